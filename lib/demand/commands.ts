import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { mine } from '@/lib/class/queries';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { askKey, roomForOneMore } from './rules';
import type { Ask, Settlement } from './schema';

interface Standing {
  repeated: boolean;
  placeKnown: boolean;
  skillKnown: boolean;
  consentVersion: number | null;
  phone: number;
  place: number;
  unit: number;
}

/**
 * Writes down that somebody wants a class. The same form again is the same ask. Anybody may; whose it is stands apart, and only with
 * consent. Refuses: chooseVillage, wrong (no such skill), consentChanged, askTooMany (see `mostADay`).
 */
export async function askForClass(tx: ScopedTx, ask: Ask): Promise<Refusal | { repeated: boolean }> {
  return elevated(tx, 'ask for a class', async (system) => {
    // One at a time, so that the counts of the day hold.
    const [, [found]] = await Promise.all([
      system`select pg_advisory_xact_lock(hashtextextended('camtay.ask', 4))`,
      system<Standing[]>`
        with unit as (select u.id from area_tree t join area u on u.id = t.ancestor_id
            where t.area_id = ${ask.area} and u.kind in ${system(unitKinds)} order by t.depth limit 1),
          today as (select d.id, d.area_id from class_demand d
            where d.area_id in (select area_id from area_tree where ancestor_id = (select id from unit))
              and d.created_at > now() - interval '1 day')
        select exists (select from class_demand where idempotency_key = ${askKey(ask)}) as repeated,
          exists (select from area where id = ${ask.area} and kind <> 'province' and (valid_to is null or valid_to > current_date)) as place_known,
          ${ask.skill}::text is null or exists (select from skill where code = ${ask.skill}) as skill_known,
          (select max(version) from consent_text where purpose = 'ask' and used_from <= now()) as consent_version,
          (select count(*)::int from class_demand_contact c join class_demand d on d.id = c.demand_id
            where c.phone = ${ask.contact?.phone ?? null} and d.created_at > now() - interval '1 day') as phone,
          (select count(*)::int from today where area_id = ${ask.area}) as place, (select count(*)::int from today) as unit`,
    ]);
    if (!found?.placeKnown) return refuse('chooseVillage', 'area');
    if (!found.skillKnown) return refuse('wrong', 'skill');
    if (found.repeated) return { repeated: true };
    if (ask.contact && ask.contact.consentVersion !== found.consentVersion) return refuse('consentChanged', 'consent');
    if (!roomForOneMore(found)) return refuse('askTooMany');
    const demandId = newId();
    await system`
      insert into class_demand (id, area_id, skill_code, wish, times, people, idempotency_key)
      values (${demandId}, ${ask.area}, ${ask.skill}, ${ask.wish}, ${system.json(ask.times)}, ${ask.people}, ${askKey(ask)})`;
    if (ask.contact)
      await system`
        insert into class_demand_contact (demand_id, area_id, full_name, phone, consent_version)
        values (${demandId}, ${ask.area}, ${ask.contact.fullName}, ${ask.contact.phone}, ${ask.contact.consentVersion})`;
    return { repeated: false };
  });
}

/**
 * Settles asks of the caller's areas and forgets who asked: by then they have been told. Refuses: notFound (none of them open and the
 * caller's), chooseClass (no published class of the caller's).
 */
export async function settleDemand(
  tx: ScopedTx,
  caller: Caller,
  { ids, outcome, classId, note }: Settlement,
): Promise<Refusal | { settled: number }> {
  if (classId !== null) {
    const known = await tx`
      select from class where id = ${classId} and status = 'published' and area_id = ${mine(tx, 'class.write')}`;
    if (known.count === 0) return refuse('chooseClass', 'classId');
  }
  const done = await tx<{ id: string; areaId: number }[]>`
    update class_demand set outcome = ${outcome}, class_id = ${classId}, outcome_note = ${note}, settled_at = now(), settled_by = ${caller.accountId}
    where id in ${tx(ids)} and outcome is null and area_id = ${mine(tx, 'class.write')} returning id, area_id`;
  const [first] = done;
  if (!first) return refuse('notFound');
  await tx`delete from class_demand_contact where demand_id in ${tx(done.map(({ id }) => id))}`;
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, 'demand.settle', 'area', ${String(first.areaId)}, ${first.areaId},
      ${tx.json({ outcome, classId, settled: done.count })})`;
  return { settled: done.count };
}
