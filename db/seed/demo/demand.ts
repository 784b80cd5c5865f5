import { addDays } from '../../../lib/kernel/clock';
import type { Row } from '../connection';
import { idOf } from '../ids';
import { momentBetween } from './classes';
import { Dice } from './dice';
import { inventName } from './names';
import type { Place } from './places';

export interface DemandRows {
  class_demand: Row[];
  class_demand_contact: Row[];
}

const skills = [
  ['C2', 8],
  ['D5', 5],
  ['B1', 5],
  ['E2', 4],
  ['F2', 4],
  ['E4', 3],
  [null, 4],
] as const;
const wishes = [
  'Học đóng tiền điện, tiền nước trên điện thoại.',
  'Nhờ chỉ cách xem lịch tiêm cho cháu.',
  'Học bán nông sản trên mạng.',
  'Học đọc báo, nghe đài trên điện thoại.',
] as const;
const times = ['["evening"]', '["evening", "weekend"]', '["morning"]', '["afternoon"]', '[]', '["weekend"]'] as const;

/** What people asked for and nobody has answered yet; some of it with a name and a number to call. */
export function makeDemand(place: Place, today: string, rows: DemandRows): void {
  const dice = new Dice(`demand/${place.unit.id}`);
  const count = place.rich ? 12 : dice.chance(0.5) ? dice.int(1, 3) : 0;
  for (let number = 1; number <= count; number += 1) {
    const id = idOf(`demo/demand/${place.unit.id}/${number}`);
    // Several in the same village, so that a group is worth a class.
    const village = place.villages[dice.int(0, place.rich ? 2 : place.villages.length - 1)];
    const areaId = village?.id ?? place.unit.id;
    const skill = dice.weighted(skills);
    const at = momentBetween(addDays(today, -dice.int(1, 20)), 7, 21, dice);
    rows.class_demand.push({
      id,
      area_id: areaId,
      skill_code: skill,
      wish: skill === null ? dice.pick(wishes) : '',
      times: dice.pick(times),
      people: dice.weighted([
        [1, 5],
        [2, 3],
        [5, 1],
      ]),
      idempotency_key: idOf(`demo/demand-key/${place.unit.id}/${number}`),
      created_at: at,
    });
    if (!dice.chance(0.6)) continue;
    rows.class_demand_contact.push({
      demand_id: id,
      area_id: areaId,
      full_name: inventName(dice, 'female', place.mountain),
      phone: dice.chance(0.8) ? `+84900099${String(900 + dice.int(0, 99))}` : null,
      consent_version: 1,
      consent_at: at,
    });
  }
}
