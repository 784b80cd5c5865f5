import type { Row } from '../connection';
import { idOf } from '../ids';
import { Dice } from './dice';
import type { Place } from './places';

interface EqualityRows {
  person: Row[];
  enrolment: Row[];
  consent: Row[];
  equality_answer: Row[];
}

const minutes = 60_000;

/** Some of those who signed up themselves answered the equality questions on their slip, with a consent of their own. */
export function makeEquality(places: readonly Place[], rows: EqualityRows): void {
  const mountains = new Set(
    places
      .filter(({ mountain }) => mountain)
      .flatMap(({ unit, villages }) => [unit.id, ...villages.map(({ id }) => id)]),
  );
  const bySlip = new Set(rows.enrolment.filter(({ channel }) => channel === 'web').map((row) => row.person_id));
  for (const { id = null, area_id: home, created_at: since } of rows.person) {
    const dice = new Dice(`equality/${String(id)}`);
    if (!bySlip.has(id) || !(since instanceof Date) || !dice.chance(0.45)) continue;
    const at = new Date(since.getTime() + dice.int(2, 9) * minutes);
    const consentId = idOf(`demo/equality/${String(id)}`);
    rows.consent.push({
      id: consentId,
      person_id: id,
      purpose: 'equality',
      text_version: 1,
      given: true,
      how: 'self',
      representative: null,
      taken_by: null,
      at,
    });
    const likely = {
      ethnic_minority: mountains.has(Number(home)) ? 0.55 : 0.06,
      disability: 0.14,
      poor_household: 0.24,
    };
    for (const [question, yes] of Object.entries(likely)) {
      // A question may be left out.
      if (dice.chance(0.08)) continue;
      const name = `demo/equality/${String(id)}/${question}`;
      rows.equality_answer.push({
        id: idOf(name),
        person_id: id,
        question,
        answer: dice.chance(yes),
        consent_id: consentId,
        at,
      });
    }
  }
}
