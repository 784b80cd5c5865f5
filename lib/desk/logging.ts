import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { forgetReferred } from '@/lib/visit/commands';
import { audit, type Staff } from './record';
import { undoMinutes } from './rules';
import type { Assist } from './schema';

type Logged = { id: string; deskId: string };

/**
 * Writes down that somebody was helped. The same form again is the same assist. Refuses: notFound (no open desk of the caller's, or
 * nobody within reach), chooseNeed (no such wording), assistKnown (the key was used for something else, or what it stood for was undone).
 */
export async function logAssist(tx: ScopedTx, form: Assist, caller: Staff, now: Date): Promise<Refusal | Logged> {
  const { formKey, deskId, need, level, minutes, referredTo, personId, invite } = form;
  const [desk] = await tx<{ areaId: number }[]>`
    select area_id from desk where id = ${deskId} and retired_at is null and area_id = ${mine(tx, 'desk.log')}`;
  if (!desk) return refuse('notFound');
  const known = await tx`select from desk_need where code = ${need.code} and version = ${need.version}`;
  if (known.count === 0) return refuse('chooseNeed', 'need');
  if (personId !== null) {
    const person = await tx`
      select from person where id = ${personId} and merged_into is null and area_id = ${mine(tx, 'person.read')}`;
    if (person.count === 0) return refuse('notFound');
  }
  const made = await tx`
    insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, referred_to, person_id, invite, at, logged_by)
    values (${formKey}, ${deskId}, ${desk.areaId}, ${need.code}, ${need.version}, ${level}, ${minutes}, ${referredTo}, ${personId},
      ${invite}, ${now}, ${caller.accountId})
    on conflict (id) do nothing`;
  if (made.count === 0) {
    const same = await tx`
      select from desk_assist where id = ${formKey} and desk_id = ${deskId} and need_code = ${need.code} and level = ${level}
        and minutes = ${minutes} and referred_to is not distinct from ${referredTo} and person_id is not distinct from ${personId}
        and invite = ${invite} and logged_by = ${caller.accountId} and undone_at is null`;
    return same.count > 0 ? { id: formKey, deskId } : refuse('assistKnown');
  }
  await audit(tx, caller, 'desk.log', { kind: 'desk', id: deskId, areaId: desk.areaId }, { need: need.code });
  return { id: formKey, deskId };
}

/**
 * Takes back what the caller logged within the last minutes (`undoMinutes`), and the visit that was asked for with it; twice is once. Refuses: notFound (not theirs),
 * assistTooOld.
 */
export async function undoAssist(
  tx: ScopedTx,
  { assistId }: { readonly assistId: string },
  caller: Staff,
  now: Date,
): Promise<Refusal | Logged> {
  // As the system: at a mobile point also those are named whom the caller looks up nowhere else.
  const [found] = await elevated(
    tx,
    'desk: what the caller logged',
    (system) =>
      system<{ deskId: string; areaId: number; undone: boolean; late: boolean }[]>`
        select desk_id, area_id, undone_at is not null as undone, at < ${now}::timestamptz - make_interval(mins => ${undoMinutes}) as late
        from desk_assist where id = ${assistId} and logged_by = ${caller.accountId} and area_id = ${mine(system, 'desk.log')} for update`,
  );
  if (!found) return refuse('notFound');
  const { deskId, areaId, undone, late } = found;
  if (undone) return { id: assistId, deskId };
  if (late) return refuse('assistTooOld');
  await elevated(tx, 'desk: nobody goes there for what was undone', async (system) => {
    await system`update desk_assist set undone_at = ${now} where id = ${assistId}`;
    // Where it led to a request for a visit, that is taken back with it: the assist is its key.
    await forgetReferred(system, assistId, 'desk');
  });
  await audit(tx, caller, 'desk.undo', { kind: 'desk', id: deskId, areaId });
  return { id: assistId, deskId };
}
