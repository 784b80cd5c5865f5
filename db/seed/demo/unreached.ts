import { addDays, momentOf } from '../../../lib/kernel/clock';
import { idOf } from '../ids';
import { accountOf } from './accounts';
import { Dice } from './dice';
import { inventName } from './names';
import { meet, type PersonRows } from './people';
import type { Place } from './places';

/** In each village two or three who were only written down, from a list on paper: nobody has taught or seen them yet. */
export function writeDownOnly(place: Place, today: string, rows: PersonRows): void {
  for (const village of place.villages) {
    const dice = new Dice(`unreached/${village.id}`);
    for (let at = 1; at <= dice.int(2, 3); at += 1) {
      const gender = dice.chance(0.5) ? 'female' : 'male';
      const person = {
        id: idOf(`demo/unreached/${village.id}/${at}`),
        villageId: village.id,
        fullName: inventName(dice, gender, place.mountain),
        birthYear: Number(today.slice(0, 4)) - dice.int(58, 86),
        gender,
        phone: null,
        phoneOfRelative: false,
        ability: 0,
        reliability: 0,
        levels: new Map<string, number>(),
        courses: new Set<string>(),
        busyUntil: '',
        joined: 0,
        record: null,
      };
      const noted = momentOf(addDays(today, -40 + at * 7), '09:00');
      const takenBy = accountOf('organiser', place.unit.id);
      meet(person, { at: noted, how: 'paper', representative: null, takenBy }, rows);
    }
  }
}
