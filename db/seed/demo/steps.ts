import { addDays, momentOf } from '../../../lib/kernel/clock';
import type { Row } from '../connection';
import { idOf } from '../ids';
import { accountOf } from './accounts';
import { Dice } from './dice';
import type { Place } from './places';

/** How likely people have each thing, in the order in which it is asked: in mountain communes signal and SIM stop them, in wards VNeID and account. */
const chances = {
  mountain: { phone: 0.66, sim: 0.7, signal: 0.58, chip_card: 0.82, vneid: 0.45, account: 0.38 },
  plain: { phone: 0.84, sim: 0.86, signal: 0.97, chip_card: 0.95, vneid: 0.55, account: 0.5 },
} as const;

interface StepRows {
  person: Row[];
  attendance: Row[];
  step_record: Row[];
}

/**
 * What people answered of their steps: half of those who came to class, and every fourth of those who were only written down. Some were asked
 * again later and had got what they lacked; of some things nobody knew.
 */
export function makeSteps(places: readonly Place[], today: string, rows: StepRows): void {
  const came = new Set(rows.attendance.map(({ person_id }) => String(person_id)));
  const homes = new Map(
    places.flatMap((place) => [place.unit.id, ...place.villages.map(({ id }) => id)].map((id) => [id, place] as const)),
  );
  for (const { id, area_id, merged_into, created_at } of rows.person) {
    const place = homes.get(Number(area_id));
    const dice = new Dice(`steps/${String(id)}`);
    if (!place || merged_into || !dice.chance(came.has(String(id)) ? 0.5 : 0.25)) continue;
    const known = created_at instanceof Date ? created_at : momentOf(addDays(today, -90), '08:00');
    const days = Math.max(1, Math.floor((momentOf(today, '00:00').getTime() - known.getTime()) / 86_400_000));
    const first = Math.max(1, days - dice.int(0, Math.min(days - 1, 20)));
    const ask = (nth: number, daysAgo: number, answers: Record<string, string>, source: string) => {
      const at = momentOf(addDays(today, -daysAgo), '09:30');
      if (at < known || at > momentOf(today, '00:00')) return;
      for (const [step_code, answer] of Object.entries(answers))
        rows.step_record.push({
          id: idOf(`demo/step/${String(id)}/${nth}/${step_code}`),
          key: idOf(`demo/step/${String(id)}/${nth}`),
          person_id: String(id),
          step_code,
          answer,
          source,
          at,
          recorded_at: at,
          recorded_by: accountOf('organiser', place.unit.id),
        });
    };
    const answers = Object.fromEntries(
      Object.entries(chances[place.mountain ? 'mountain' : 'plain']).map(([step, likely]) => [
        step,
        dice.chance(0.12) ? 'unknown' : dice.chance(likely) ? 'yes' : 'no',
      ]),
    );
    ask(
      1,
      first,
      answers,
      dice.weighted([
        ['self', 6],
        ['seen', 3],
        ['relative', 2],
        ['list', 1],
      ]),
    );
    const lacked = Object.keys(answers).filter((step) => answers[step] === 'no');
    if (first > 6 && dice.chance(0.3))
      ask(2, dice.int(1, first - 1), Object.fromEntries(lacked.slice(0, 1).map((step) => [step, 'yes'])), 'seen');
  }
}
