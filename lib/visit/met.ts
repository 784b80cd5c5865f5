import { elevated, type Caller, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { dayOf } from '@/lib/kernel/clock';
import { newId, newSlipCode } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { audit } from './record';
import { freeNumber, mostHomes } from './rounds';
import { outOfTime } from './rules';
import type { Met } from './schema';

/** Of a request `q`: somebody was met there and nobody said who they are, while their name is kept. */
export const metUnnamed = (tx: ScopedTx) =>
  tx`(q.closed_because = 'done' and q.person_id is null and q.full_name <> '')`;

/** Where somebody met on a round into an area lives: the area itself where it is a village, and what lies in it. */
export async function placesOn(
  tx: ScopedTx,
  language: 'vi' | 'en',
  areaId: number,
): Promise<readonly { readonly id: number; readonly name: string }[]> {
  const places = await tx<{ id: number; name: string; unit: boolean }[]>`
    select a.id, ${tx(`a.full_name_${language}`)} as name, a.kind in ${tx(unitKinds)} as unit
    from area_tree t join area a on a.id = t.area_id and (a.valid_to is null or a.valid_to > ${dayOf(new Date())}::date)
    where t.ancestor_id = ${areaId} order by t.depth, a.name_vi collate "vi-x-icu", a.id limit 300`;
  const villages = places.filter(({ unit }) => !unit);
  return villages.length > 0 ? villages : places;
}

/** Somebody met, as they are written down: with the ids of their request and visit, and when it was said. */
interface MetThen extends Met {
  readonly requestId: string;
  readonly visitId: string;
  readonly at: Date;
}

/**
 * Somebody whom nobody named before is met on a round of the caller's: their name and village, for that visit alone, and a home of the round like the others,
 * told its number face to face. The form's key is the request's: twice is once. Refuses: notFound (no round the caller goes on or plans) and what `putMet` refuses.
 */
export async function metOnRound(
  tx: ScopedTx,
  met: Met,
  caller: Pick<Caller, 'accountId'>,
  now: Date,
): Promise<Refusal | { id: string }> {
  const seen = await tx`select from visit_round where id = ${met.roundId}`;
  if (seen.count === 0) return refuse('notFound');
  return elevated(tx, 'visits: somebody is met on a round the caller goes on', (system) =>
    putMet(system, { ...met, requestId: newId(), visitId: newId(), at: now }, caller, now),
  );
}

/**
 * Writes down who was met on a round, now or told later by a phone; whether the caller goes there was asked before. Refuses: roundCalledOff, visitEarly,
 * visitLate, visitArrivedLate (as for what is recorded at its doors), chooseVillage (none the round goes to), consentChanged (words that were no
 * more in use when it was said), roundFull, visitNumbersGone (no number is left there that day), idReused (the visit's id is another's), notFound (the key is).
 */
export async function putMet(
  system: SystemTx,
  met: MetThen,
  caller: Pick<Caller, 'accountId'>,
  now: Date,
): Promise<Refusal | { id: string }> {
  const { requestId, visitId: id, at } = met;
  const [round] = await system<{ areaId: number; day: string; off: boolean }[]>`
    select area_id, day::text, called_off_at is not null as off from visit_round where id = ${met.roundId} for update`;
  if (!round || round.off) return refuse('roundCalledOff');
  const [known] = await system<{ id: string }[]>`
    select v.id from visit v join visit_request q on q.id = v.request_id
    where q.idempotency_key = ${met.formKey} and q.created_by = ${caller.accountId} and v.round_id = ${met.roundId}`;
  if (known) return known;
  const late = outOfTime(round.day, dayOf(at), dayOf(now));
  if (late) return refuse(late);
  const [found] = await system<{ near: boolean; agreed: boolean; homes: number; taken: boolean }[]>`
    select exists (select from area_tree t join area a on a.id = t.area_id
        where t.area_id = ${met.area} and t.ancestor_id = ${round.areaId} and (a.valid_to is null or a.valid_to > ${dayOf(now)}::date)) as near,
      exists (select from consent_text c where c.purpose = 'visit' and c.version = ${met.consentVersion} and c.used_from <= ${now}
        and not exists (select from consent_text n where n.purpose = 'visit' and n.version > c.version and n.used_from <= ${at})) as agreed,
      (select count(*)::int from visit where round_id = ${met.roundId} and taken_off_at is null) as homes,
      exists (select from visit where id = ${id}) or exists (select from visit_request where id = ${requestId}) as taken`;
  if (!found?.near) return refuse('chooseVillage', 'area');
  if (!found.agreed) return refuse('consentChanged', 'consent');
  if (found.homes >= mostHomes) return refuse('roundFull');
  if (found.taken) return refuse('idReused');
  const pin = await freeNumber(system, round.areaId, round.day);
  if (pin === null) return refuse('visitNumbersGone');
  const made = await system`
    insert into visit_request (id, code, area_id, asked_by, full_name, birth_year, phone, phone_of, needs, words, consent_version, idempotency_key, created_by)
    values (${requestId}, ${newSlipCode()}, ${met.area}, 'self', ${met.fullName}, ${met.birthYear}, ${met.phone}, ${met.phoneOf},
      ${[...met.needs]}::text[], ${met.words}, ${met.consentVersion}, ${met.formKey}, ${caller.accountId})
    on conflict (idempotency_key) do nothing`;
  if (made.count === 0) return refuse('notFound');
  await system`
    insert into visit (id, round_id, area_id, day, request_id, pin, planned_at, told_at, told_by)
    values (${id}, ${met.roundId}, ${round.areaId}, ${round.day}, ${requestId}, ${pin}, ${at}, ${at}, ${caller.accountId})`;
  await audit(system, caller, 'visit.met', { kind: 'visit_round', id: met.roundId, areaId: round.areaId });
  return { id };
}
