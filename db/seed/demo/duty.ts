import { addDays, momentOf } from '../../../lib/kernel/clock';
import type { Row } from '../connection';
import { idOf } from '../ids';
import { accountOf } from './accounts';
import type { Place } from './places';

interface DutyRows {
  team_member: Row[];
  team_member_free: Row[];
  team_member_away: Row[];
  team_member_training: Row[];
}

const weeks = [
  // Works in offices: evenings, and the weekend.
  [...[1, 2, 3, 4, 5].map((weekday) => [weekday, 'evening']), [6, 'morning'], [6, 'evening'], [7, 'morning']],
  // On the fields in the morning.
  [1, 2, 3, 4, 5, 6].flatMap((weekday) => [
    [weekday, 'afternoon'],
    [weekday, 'evening'],
  ]),
  // At home all day, never in the evening.
  [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => [
    [weekday, 'morning'],
    [weekday, 'afternoon'],
  ]),
] as const;

const trainings = [
  ['Hướng dẫn bà con cài và dùng VNeID', 'Công an tỉnh', 180],
  ['Cách ngồi kèm người lớn tuổi', 'Hội Khuyến học tỉnh', 90],
  ['Nhận ra lừa đảo trên mạng', 'Viettel Quảng Trị', 120],
] as const;

/**
 * Of the units shown in full: three of four said when they can, one is away next week, one was a while ago; most went to a training or two.
 */
export function makeDuty(place: Place, today: string, rows: DutyRows): void {
  if (!place.rich) return;
  const by = accountOf('organiser', place.unit.id);
  const members = rows.team_member.filter((row) => row.area_id === place.unit.id && !row.left_on);
  for (const [at, member] of members.entries()) {
    const own = { member_id: member.id ?? null, area_id: place.unit.id };
    const said = at % 4 === 3 ? [] : (weeks[at % 4] ?? []);
    for (const [weekday = 1, part = 'evening'] of said) rows.team_member_free.push({ ...own, weekday, part });
    const away = at === 2 ? 4 : at === 5 ? -20 : null;
    if (away !== null)
      rows.team_member_away.push({
        ...own,
        id: idOf(`demo/away/${String(member.id)}`),
        first_day: addDays(today, away),
        last_day: addDays(today, away + 5),
        said_at: momentOf(addDays(today, Math.min(away, 0) - 3), '19:20'),
        said_by: by,
      });
    for (const [index, [title, givenBy, minutes]] of trainings.slice(0, at % 3).entries())
      rows.team_member_training.push({
        ...own,
        id: idOf(`demo/training/${String(member.id)}/${index}`),
        title,
        held_on: addDays(today, -150 + 40 * index),
        given_by: givenBy,
        minutes,
        noted_at: momentOf(addDays(today, -149 + 40 * index), '09:00'),
        noted_by: by,
      });
  }
}
