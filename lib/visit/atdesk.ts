import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { mine } from '@/lib/class/queries';
import { newId, newSlipCode } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { audit, type Staff } from './record';
import type { DeskAsked } from './schema';

/** What was logged at a desk of the caller's, not undone, that leads to a visit of somebody nobody named. */
export async function assistToVisit(
  tx: ScopedTx,
  assistId: string,
): Promise<{ deskId: string; areaId: number; need: string; asked: boolean } | null> {
  const [found] = await tx<{ deskId: string; areaId: number; need: string }[]>`
    select desk_id, area_id, need_code as need from desk_assist
    where id = ${assistId} and undone_at is null and referred_to = 'home_visit' and person_id is null and area_id = ${mine(tx, 'desk.log')}`;
  if (!found) return null;
  // Whoever logs at a desk need not be one who plans visits.
  const asked = await elevated(
    tx,
    'visits: whether a desk has asked already',
    (system) => system`select from visit_request where idempotency_key = ${assistId}`,
  );
  return { ...found, asked: asked.count > 0 };
}

/** Minutes after which the number of a slip asked for at a desk is shown there no more. */
export const slipShown = 30;

/**
 * The number of the slip that the caller has just asked for with an assist, to be read out: to nobody else, and not for longer than the
 * person sits there.
 */
export async function slipFromDesk(
  tx: ScopedTx,
  assistId: string,
  caller: Pick<Caller, 'accountId'>,
): Promise<string | null> {
  if (!(await assistToVisit(tx, assistId))) return null;
  const [slip] = await elevated(
    tx,
    'visits: the number of a slip its desk has just asked for',
    (system) => system<{ code: string }[]>`
      select code from visit_request where idempotency_key = ${assistId} and asked_by = 'desk' and created_by = ${caller.accountId}
        and closed_at is null and created_at > now() - make_interval(mins => ${slipShown})`,
  );
  return slip?.code ?? null;
}

/**
 * Asks for a visit to somebody who was at a desk and whom nobody looked up: their name and village, for that visit alone. The assist's id is the
 * key: twice is once. Refuses: notFound (no such assist at a desk of the caller's), chooseVillage (none of the desk's commune), consentChanged.
 */
export async function askAtDesk(
  tx: ScopedTx,
  asked: DeskAsked,
  caller: Staff,
): Promise<Refusal | { deskId: string; code: string }> {
  const assist = await assistToVisit(tx, asked.assistId);
  if (!assist) return refuse('notFound');
  return elevated(tx, 'visits: a desk asks for a visit', async (system) => {
    // Held: what is undone at this moment takes the request back with it, or was first.
    const held = await system`select from desk_assist where id = ${asked.assistId} and undone_at is null for share`;
    if (held.count === 0) return refuse('notFound');
    const [found] = await system<{ near: boolean; version: number | null }[]>`
      select exists (select from area_tree d join area u on u.id = d.ancestor_id and u.kind in ${system(unitKinds)}
          join area_tree t on t.ancestor_id = u.id join area a on a.id = t.area_id
          where d.area_id = ${assist.areaId} and a.id = ${asked.area} and (a.valid_to is null or a.valid_to > current_date)) as near,
        (select max(version) from consent_text where purpose = 'visit' and used_from <= now()) as version`;
    if (!found?.near) return refuse('chooseVillage', 'area');
    if (asked.consentVersion !== found.version) return refuse('consentChanged', 'consent');
    const id = newId();
    const made = await system`
      insert into visit_request (id, code, area_id, asked_by, full_name, birth_year, phone, phone_of, needs, times, words, consent_version, idempotency_key, created_by)
      values (${id}, ${newSlipCode()}, ${asked.area}, 'desk', ${asked.fullName}, ${asked.birthYear}, ${asked.phone}, ${asked.phoneOf},
        ${[...asked.needs]}::text[], ${[...asked.times]}::text[], ${asked.words}, ${asked.consentVersion}, ${asked.assistId}, ${caller.accountId})
      on conflict (idempotency_key) do nothing`;
    if (made.count > 0)
      await audit(
        system,
        caller,
        'visit.ask',
        { kind: 'visit_request', id, areaId: asked.area },
        { desk: assist.deskId },
      );
    const [slip] = await system<{ code: string }[]>`
      select code from visit_request where idempotency_key = ${asked.assistId} and asked_by = 'desk'`;
    return slip ? { deskId: assist.deskId, code: slip.code } : refuse('notFound');
  });
}
