import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { phoneHint } from '@/lib/kernel/phone';
import { momentOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { fold, givenName } from '@/lib/kernel/text';
import { changeHome } from './residence';
import type { Correction, NewPerson } from './schema';

export { changeHome } from './residence';

/**
 * Corrects who somebody is and where they live. Refused: somebody out of reach, a place out of reach, a phone one may not
 * see the present number of (`phoneNotYours`). Another place is a move or a mistake put right (`changeHome`). Which fields changed is
 * written down, never what they held.
 */
export async function correctPerson(
  tx: ScopedTx,
  correction: Correction,
  caller: Pick<Caller, 'accountId'>,
): Promise<Refusal | { id: string }> {
  const { personId, fullName, birthYear = null, gender = null, areaId } = correction;
  const [before] = await tx<
    { fullName: string; birthYear: number | null; gender: string | null; areaId: number; phoneHint: string | null }[]
  >`
    select full_name, birth_year, gender, area_id, phone_hint from person
    where id = ${personId} and merged_into is null and area_id = any (coalesce((select may_areas('person.write')), '{}')) for update`;
  if (!before) return refuse('notFound');
  const [mine] =
    await tx`select from area where id = ${areaId} and id = any (coalesce((select may_areas('person.write')), '{}'))`;
  if (!mine) return refuse('notFound', 'areaId');
  const phone = correction.phone ?? null;
  if (phone && !(await putPhone(tx, personId, phone, correction.phoneOf, before.phoneHint !== null)))
    return refuse('phoneNotYours', 'phone');
  await tx`
    update person set full_name = ${fullName}, given_name = ${givenName(fullName)}, name_folded = ${fold(fullName)},
      birth_year = ${birthYear}, gender = ${gender}, phone_hint = ${phone ? phoneHint(phone) : before.phoneHint}
    where id = ${personId}`;
  if (before.areaId !== areaId)
    await elevated(tx, 'person: lives elsewhere', (system) =>
      changeHome(system, { personId, areaId, how: correction.homeHow, since: correction.movedOn }, caller),
    );
  const changed = [
    before.fullName !== fullName && 'fullName',
    before.birthYear !== birthYear && 'birthYear',
    before.gender !== gender && 'gender',
    before.areaId !== areaId && 'areaId',
    phone !== null && 'phone',
  ].filter((field) => field !== false);
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, 'person.correct', 'person', ${personId}, ${areaId}, ${tx.json({ changed })})`;
  return { id: personId };
}

/** Changes the number where the caller sees it, adds one where there is none; false when there is one behind the wall. */
async function putPhone(
  tx: ScopedTx,
  personId: string,
  phone: string,
  of: 'self' | 'relative',
  known: boolean,
): Promise<boolean> {
  const changed = await tx`update person_phone set phone = ${phone}, belongs_to = ${of} where person_id = ${personId}`;
  if (changed.count > 0) return true;
  if (known) return false;
  await tx`insert into person_phone (person_id, phone, belongs_to) values (${personId}, ${phone}, ${of})`;
  return true;
}

/**
 * Writes people down who live where the caller corrects people, each with phone and consent; at most 500 at once, one line in the
 * audit. Refused, with nothing written: somebody who lives elsewhere (`notFound`). Whether they are there already is for the caller
 * to have asked (`likeness`).
 */
export async function addPeople(
  tx: ScopedTx,
  caller: Pick<Caller, 'accountId' | 'areaId'>,
  people: readonly NewPerson[],
): Promise<Refusal | null> {
  if (people.length === 0) return null;
  const homes = [...new Set(people.map(({ areaId }) => areaId))];
  const mine = await tx`
    select from area where id in ${tx(homes)} and kind <> 'province' and id = any (coalesce((select may_areas('person.write')), '{}'))`;
  if (mine.count < homes.length) return refuse('notFound');
  const rows = people.map((person) => ({ ...person, id: newId() }));
  await tx`insert into person ${tx(
    rows.map(({ id, areaId, fullName, birthYear, gender, phone }) => ({
      id,
      areaId,
      fullName,
      givenName: givenName(fullName),
      nameFolded: fold(fullName),
      birthYear,
      gender,
      phoneHint: phone === null ? null : phoneHint(phone),
    })),
  )}`;
  const phones = rows.flatMap(({ id, phone, phoneOf }) =>
    phone === null ? [] : [{ personId: id, phone, belongsTo: phoneOf }],
  );
  if (phones.length > 0) await tx`insert into person_phone ${tx(phones)}`;
  await tx`insert into consent ${tx(
    rows.map(({ id, consent: { how, version, on } }) => ({
      personId: id,
      purpose: 'class',
      textVersion: version,
      given: true,
      how,
      takenBy: caller.accountId,
      at: momentOf(on, '12:00'),
    })),
  )}`;
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, 'person.import', 'area', ${String(caller.areaId)}, ${caller.areaId}, ${tx.json({ people: rows.length })})`;
  return null;
}
