import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
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

/**
 * Somebody whom nobody named before is met on a round of the caller's: their name and village, for that visit alone, and a home of the round like the others,
 * told its number face to face. The form's key is the request's: twice is once. Refuses: notFound (no round the caller goes on or plans), roundCalledOff,
 * visitEarly, visitLate (as for what is recorded at its doors), chooseVillage (none the round goes to), consentChanged, roundFull.
 */
export async function metOnRound(
  tx: ScopedTx,
  met: Met,
  caller: Pick<Caller, 'accountId'>,
  now: Date,
): Promise<Refusal | { id: string }> {
  const seen = await tx`select from visit_round where id = ${met.roundId}`;
  if (seen.count === 0) return refuse('notFound');
  return elevated(tx, 'visits: somebody is met on a round the caller goes on', async (system) => {
    const [round] = await system<{ areaId: number; day: string; off: boolean }[]>`
      select area_id, day::text, called_off_at is not null as off from visit_round where id = ${met.roundId} for update`;
    if (!round || round.off) return refuse('roundCalledOff');
    const [known] = await system<{ id: string }[]>`
      select v.id from visit v join visit_request q on q.id = v.request_id
      where q.idempotency_key = ${met.formKey} and q.created_by = ${caller.accountId} and v.round_id = ${met.roundId}`;
    if (known) return known;
    const late = outOfTime(round.day, dayOf(now), dayOf(now));
    if (late) return refuse(late);
    const [found] = await system<{ near: boolean; version: number | null; homes: number }[]>`
      select exists (select from area_tree t join area a on a.id = t.area_id
          where t.area_id = ${met.area} and t.ancestor_id = ${round.areaId} and (a.valid_to is null or a.valid_to > ${dayOf(now)}::date)) as near,
        (select max(version) from consent_text where purpose = 'visit' and used_from <= now()) as version,
        (select count(*)::int from visit where round_id = ${met.roundId} and taken_off_at is null) as homes`;
    if (!found?.near) return refuse('chooseVillage', 'area');
    if (met.consentVersion !== found.version) return refuse('consentChanged', 'consent');
    if (found.homes >= mostHomes) return refuse('roundFull');
    const [requestId, id] = [newId(), newId()];
    const made = await system`
      insert into visit_request (id, code, area_id, asked_by, full_name, birth_year, phone, phone_of, needs, times, words, consent_version, idempotency_key, created_by)
      values (${requestId}, ${newSlipCode()}, ${met.area}, 'self', ${met.fullName}, ${met.birthYear}, ${met.phone}, ${met.phoneOf},
        ${[...met.needs]}::text[], ${[...met.times]}::text[], ${met.words}, ${met.consentVersion}, ${met.formKey}, ${caller.accountId})
      on conflict (idempotency_key) do nothing`;
    if (made.count === 0) return refuse('notFound');
    const pin = await freeNumber(system, round.areaId, round.day);
    await system`
      insert into visit (id, round_id, area_id, day, request_id, pin, planned_at, told_at, told_by)
      values (${id}, ${met.roundId}, ${round.areaId}, ${round.day}, ${requestId}, ${pin}, ${now}, ${now}, ${caller.accountId})`;
    await audit(system, caller, 'visit.met', { kind: 'visit_round', id: met.roundId, areaId: round.areaId });
    return { id };
  });
}
