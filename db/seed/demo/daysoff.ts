import { addDays } from '../../../lib/kernel/clock';
import type { Row } from '../connection';
import { idOf } from '../ids';
import type { Place } from './places';

/** Invented days off of the places that are shown in full: a market, a harvest, the flood season, and a village that learns all the same. */
export function makeDaysOff(place: Place, today: string, rows: { day_off: Row[] }): void {
  if (!place.rich) return;
  const [first, second] = place.villages;
  const year = Number(today.slice(0, 4));
  const add = (areaId: number, row: Row) =>
    rows.day_off.push({ id: idOf(`demo/day-off/${areaId}/${String(row.name)}`), area_id: areaId, ...row });
  const dates = (first_day: string, last_day: string) => ({ kind: 'dates', first_day, last_day });
  add(place.unit.id, { kind: 'weekly', weekday: 7, reason: 'weekly', name: 'Chủ nhật nghỉ (demo)' });
  add(place.unit.id, {
    ...dates(`${year + 1}-10-01`, `${year + 1}-10-31`),
    reason: 'flood',
    name: 'Cao điểm mưa lũ (demo)',
  });
  if (first)
    add(first.id, {
      ...dates(addDays(today, 20), addDays(today, 24)),
      reason: 'harvest',
      name: 'Thu hoạch vụ đông (demo)',
    });
  if (second)
    add(second.id, { ...dates(addDays(today, 12), addDays(today, 12)), reason: 'market', name: 'Phiên chợ (demo)' });
  if (second)
    add(second.id, {
      kind: 'exception',
      first_day: `${year + 1}-04-30`,
      last_day: `${year + 1}-04-30`,
      reason: 'other',
      name: 'Học bù trước kỳ nghỉ (demo)',
    });
}
