import { phoneHint } from '../../../lib/kernel/phone';
import type { Row } from '../connection';
import { idOf } from '../ids';
import { lettersOf } from './dice';
import type { RegisterRows } from './registers';

const cardLetters = '2346789ACDEFGHJKMNPQRTWXY';

/** The card everybody may try (docs/contract.md): of a woman of Minh Hóa who has a place in a class and has learnt something. */
const shown = { unit: 18901, code: 'CAMTAYHKM', birthYear: 1954, phone: '+84900099678' };

interface CardRows extends RegisterRows {
  certificate: Row[];
  area_parent: Row[];
  class: Row[];
  card: Row[];
}

/** Those who came to a class have a card; one of them has the code everybody knows. */
export function makeCards(now: Date, rows: CardRows): void {
  const holder = shownHolder(now, rows);
  if (holder) {
    giveShown(holder, rows);
    for (const status of ['offered', 'waitlisted'])
      giveTurn(
        holder,
        rows.enrolment.filter((row) => row.status === status),
        rows,
      );
  }
  const came = new Set(rows.attendance.map((row) => row.person_id));
  for (const person of rows.person) {
    if (!came.has(person.id ?? null) && person !== holder) continue;
    const name = `demo/card/${String(person.id)}`;
    const code = person === holder ? shown.code : lettersOf(name, cardLetters, 9);
    rows.card.push({ id: idOf(name), person_id: person.id ?? null, code, created_at: person.created_at ?? null });
  }
}

/** A unit and the villages in it. */
const placesOf = (unit: number, rows: CardRows) =>
  new Set<unknown>([unit, ...rows.area_parent.filter((row) => row.parent_id === unit).map((row) => row.area_id)]);

/** A woman with a place in a class there that goes on the day after tomorrow: who has a certificate first, then who attained most. */
function shownHolder(now: Date, rows: CardRows): Row | undefined {
  const places = placesOf(shown.unit, rows);
  const goesOn = (row: Row) =>
    row.last_ends_at instanceof Date && row.last_ends_at.getTime() > now.getTime() + 2 * 86_400_000;
  const classes = new Set(
    rows.class
      .filter((row) => row.status === 'published' && places.has(row.area_id) && goesOn(row))
      .map((row) => row.id),
  );
  const placed = new Set(
    rows.enrolment
      .filter((row) => row.status === 'confirmed' && classes.has(row.class_id ?? null))
      .map((row) => row.person_id),
  );
  const attained = new Map<unknown, number>();
  for (const row of rows.skill_observation)
    if (Number(row.level) >= 3) attained.set(row.person_id, (attained.get(row.person_id) ?? 0) + 1);
  const certified = new Set(rows.certificate.flatMap((row) => (row.revoked_at ? [] : [row.person_id])));
  const attainedBy = (row: Row) => (attained.get(row.id) ?? 0) + (certified.has(row.id ?? null) ? 1000 : 0);
  return rows.person
    .filter((row) => placed.has(row.id ?? null) && row.gender === 'female')
    .toSorted((a, b) => attainedBy(b) - attainedBy(a) || (String(a.id) < String(b.id) ? -1 : 1))[0];
}

function giveShown(holder: Row, rows: CardRows): void {
  Object.assign(holder, { birth_year: shown.birthYear, phone_hint: phoneHint(shown.phone) });
  const phone = rows.person_phone.find((row) => row.person_id === holder.id);
  if (phone) Object.assign(phone, { phone: shown.phone, belongs_to: 'self' });
  else rows.person_phone.push({ person_id: holder.id ?? null, phone: shown.phone, belongs_to: 'self' });
}

/** The holder stands in the queue of one more class of the unit, in the place of whoever stood there. */
function giveTurn(holder: Row, turns: readonly Row[], rows: CardRows): void {
  const places = placesOf(shown.unit, rows);
  const known = new Set(rows.enrolment.filter((row) => row.person_id === holder.id).map((row) => row.class_id));
  const turn = turns.find((row) => places.has(row.area_id) && !known.has(row.class_id ?? null));
  if (turn) Object.assign(turn, { person_id: holder.id, signed_up_by: null });
}
