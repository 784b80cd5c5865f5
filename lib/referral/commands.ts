import { elevated, type Caller, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { changeHome } from '@/lib/person/commands';
import { askForReferred, forgetReferred } from '@/lib/visit/commands';
import { acceptedDays, openDays, type Accepting, type ReferralAsk, type ReferralState, type Referring } from './schema';

type Who = Pick<Caller, 'accountId'>;

/**
 * Hands somebody who lives where the caller corrects people to another unit, with their consent. Refused: `notFound`, `consentGone` (they
 * withdrew), `chooseArea` (no unit of today), `referralSameUnit`, `referralStands` (one to that unit is under way), `unknownId` (no such course).
 */
export async function refer(tx: ScopedTx, form: Referring, { accountId }: Who): Promise<Refusal | { id: string }> {
  const { personId, toAreaId, why, asks, note, sharePhone, how, witness } = form;
  const [person] = await tx<{ areaId: number }[]>`
    select area_id from person where id = ${personId} and merged_into is null
      and area_id = any (coalesce((select may_areas('person.write')), '{}')) for no key update`;
  if (!person) return refuse('notFound');
  return elevated(tx, 'referral: send somebody to another unit', async (system) => {
    const [at] = await system<{ fromAreaId: number | null; to: boolean; agreed: boolean; version: number | null }[]>`
      select (select u.id from area_tree t join area u on u.id = t.ancestor_id
          where t.area_id = ${person.areaId} and u.kind in ${system(unitKinds)} order by t.depth limit 1) as from_area_id,
        exists (select from area where id = ${toAreaId} and kind in ${system(unitKinds)} and (valid_to is null or valid_to > current_date)) as to,
        exists (select from consent c where c.person_id = ${personId} and c.purpose = 'class' and c.given and c.withdrawn_at is null) as agreed,
        (select max(version) from consent_text where purpose = 'refer' and used_from <= now()) as version`;
    if (!at || at.fromAreaId === null || at.version === null) return refuse('notFound');
    if (!at.agreed) return refuse('consentGone');
    if (!at.to) return refuse('chooseArea', 'toAreaId');
    if (at.fromAreaId === toAreaId) return refuse('referralSameUnit', 'toAreaId');
    const courseId = asks === 'class' ? (form.courseId ?? null) : null;
    if (
      courseId !== null &&
      (await system`select from course where id = ${courseId} and retired_at is null`).count === 0
    )
      return refuse('unknownId', 'courseId');
    const standing = await system`
      update referral set state = state where person_id = ${personId} and to_area_id = ${toAreaId} and state in ('open', 'accepted') and expires_at > now()`;
    if (standing.count > 0) return refuse('referralStands', 'toAreaId');
    // One that ran out without an answer makes room for another.
    const over = await system<{ id: string }[]>`
      select id from referral where person_id = ${personId} and to_area_id = ${toAreaId} and state in ('open', 'accepted')`;
    for (const { id } of over) await step(system, id, 'withdrawn', accountId, '');
    const [id, consentId] = [newId(), newId()];
    await system`
      insert into consent (id, person_id, purpose, text_version, given, how, witness, taken_by)
      values (${consentId}, ${personId}, 'refer', ${at.version}, true, ${how}, ${how === 'oral' ? witness : null}, ${accountId})`;
    await system`
      insert into referral (id, person_id, from_area_id, to_area_id, why, asks, course_id, note, consent_id, share_phone, sent_by, expires_at)
      values (${id}, ${personId}, ${at.fromAreaId}, ${toAreaId}, ${why}, ${asks}, ${courseId}, ${note}, ${consentId}, ${sharePhone}, ${accountId},
        now() + make_interval(days => ${openDays}))`;
    await system`insert into referral_step (referral_id, to_state, by, note) values (${id}, 'open', ${accountId}, '')`;
    await audit(system, accountId, id, 'send');
    return { id };
  });
}

interface Standing {
  readonly id: string;
  readonly personId: string;
  readonly asks: ReferralAsk;
  readonly toAreaId: number;
  readonly state: ReferralState;
  readonly live: boolean;
}

/** Held from here on: of two who answer at once the second sees what the first made of it. Elevated; its side was asked before. */
async function hold(system: SystemTx, id: string): Promise<Standing | null> {
  const [row] = await system<Standing[]>`
    select f.id, coalesce(p.merged_into, p.id) as person_id, f.asks, f.to_area_id, f.state, f.state in ('open', 'accepted') and f.expires_at > now() as live
    from referral f join person p on p.id = f.person_id where f.id = ${id} for update of f`;
  return row ?? null;
}

async function step(system: SystemTx, id: string, to: ReferralState, by: string | null, note: string): Promise<void> {
  await system`update referral set state = ${to}, state_at = now() where id = ${id}`;
  await system`insert into referral_step (referral_id, to_state, by, note) values (${id}, ${to}, ${by}, ${note})`;
  // Reading ends at once, and so does what was asked for by what was read.
  if (to === 'withdrawn') await forgetReferred(system, id, 'staff');
}

const audit = (system: SystemTx, by: string | null, id: string, what: string) => system`
  insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
  select ${by}, ${`referral.${what}`}, 'person', person_id::text, to_area_id, ${system.json({ referral: id })} from referral where id = ${id}`;

/** Of the unit it was sent to, or of the one that sent it: else it is not there. */
async function mine(tx: ScopedTx, id: string, side: 'to_area_id' | 'from_area_id'): Promise<boolean> {
  const rows = await tx`
    select from referral where id = ${id} and ${tx(side)} = any (coalesce((select may_areas('person.write')), '{}'))`;
  return rows.count > 0;
}

/**
 * The receiving unit takes somebody on: who does, and, where they live there by now, in which place. Then their record lies there and the
 * referral is done. Refused: `notFound`, `referralOver` (answered, taken back or run out), `chooseArea` (no place of the unit).
 */
export async function acceptReferral(
  tx: ScopedTx,
  { referralId, takenBy, livesHere, homeId, movedOn }: Accepting,
  caller: Who,
): Promise<Refusal | null> {
  if (!(await mine(tx, referralId, 'to_area_id'))) return refuse('notFound');
  return elevated(tx, 'referral: accept', async (system) => {
    const standing = await hold(system, referralId);
    if (!standing?.live || standing.state !== 'open') return refuse('referralOver');
    if (livesHere) {
      const home =
        await system`select from area_tree where area_id = ${homeId ?? 0} and ancestor_id = ${standing.toAreaId}`;
      if (home.count === 0) return refuse('chooseArea', 'homeId');
    }
    await system`
      update referral set taken_by = ${takenBy}, expires_at = now() + make_interval(days => ${acceptedDays}) where id = ${referralId}`;
    await step(system, referralId, 'accepted', caller.accountId, takenBy);
    await audit(system, caller.accountId, referralId, 'accept');
    if (standing.asks === 'visit') await askForVisit(system, standing, { livesHere, homeId }, caller);
    if (livesHere && homeId !== undefined) {
      await changeHome(
        system,
        { personId: standing.personId, areaId: homeId, how: 'moved', since: movedOn, referralId },
        caller,
      );
      await step(system, referralId, 'done', caller.accountId, '');
      await audit(system, caller.accountId, referralId, 'moveIn');
    }
    return null;
  });
}

/** Who was referred for a visit waits in the receiving unit's queue: in the place they live in by now, or under the unit while they live elsewhere. */
async function askForVisit(
  system: SystemTx,
  { id, personId, toAreaId }: Standing,
  { livesHere, homeId }: Pick<Accepting, 'livesHere' | 'homeId'>,
  caller: Who,
): Promise<void> {
  const [person] = await system<{ fullName: string; birthYear: number | null; phone: string | null; note: string }[]>`
    select p.full_name, p.birth_year, case when f.share_phone then n.phone end as phone, f.note
    from referral f join person p on p.id = ${personId} left join person_phone n on n.person_id = p.id where f.id = ${id}`;
  if (!person) return;
  const { note, ...who } = person;
  const moved = livesHere && homeId !== undefined;
  const where = { areaId: moved ? homeId : toAreaId, personId: moved ? personId : null };
  await askForReferred(system, { referralId: id, ...where, ...who, words: note }, caller);
}

/** One step from one side, while it stands. Refused: `notFound`, `referralOver`. */
async function move(
  tx: ScopedTx,
  side: 'to_area_id' | 'from_area_id',
  {
    id,
    from,
    to,
    what,
    note,
  }: { id: string; from: readonly ReferralState[]; to: ReferralState; what: string; note: string },
  { accountId }: Who,
): Promise<Refusal | null> {
  if (!(await mine(tx, id, side))) return refuse('notFound');
  return elevated(tx, `referral: ${what}`, async (system) => {
    const standing = await hold(system, id);
    if (!standing?.live || !from.includes(standing.state)) return refuse('referralOver');
    await step(system, id, to, accountId, note);
    await audit(system, accountId, id, what);
    return null;
  });
}

/** The receiving unit sends it back with its reason; it reads nothing of the record from then on. Refused: `notFound`, `referralOver`. */
export const rejectReferral = (tx: ScopedTx, form: { referralId: string; reason: string }, caller: Who) =>
  move(
    tx,
    'to_area_id',
    { id: form.referralId, from: ['open'], to: 'rejected', what: 'reject', note: form.reason },
    caller,
  );

/** The sending unit takes it back with its reason; reading ends at once. Refused: `notFound`, `referralOver`. */
export const withdrawReferral = (tx: ScopedTx, form: { referralId: string; reason: string }, caller: Who) =>
  move(
    tx,
    'from_area_id',
    { id: form.referralId, from: ['open', 'accepted'], to: 'withdrawn', what: 'withdraw', note: form.reason },
    caller,
  );

/** The receiving unit has done what was asked; reading ends with it. Refused: `notFound`, `referralOver`. */
export const finishReferral = (tx: ScopedTx, referralId: string, caller: Who) =>
  move(tx, 'to_area_id', { id: referralId, from: ['accepted'], to: 'done', what: 'finish', note: '' }, caller);

/**
 * The person takes their consent to a referral back, by their card: reading ends at once. The holder's card must have been presented.
 * Refused: `notFound`, `referralOver`.
 */
export async function withdrawOwnReferral(tx: ScopedTx, personId: string, referralId: string): Promise<Refusal | null> {
  const [own] = await tx`select from referral where id = ${referralId} and person_id = ${personId}`;
  if (!own) return refuse('notFound');
  return elevated(tx, 'referral: taken back by the person', async (system) => {
    const standing = await hold(system, referralId);
    if (!standing?.live) return refuse('referralOver');
    await step(system, referralId, 'withdrawn', null, '');
    await system`
      update consent set withdrawn_at = now() where withdrawn_at is null and id = (select consent_id from referral where id = ${referralId})`;
    await audit(system, null, referralId, 'withdrawOwn');
    return null;
  });
}

/** Ends what stands of somebody who withdraws for good, and forgets what was written of them. For `withdraw` of the card. */
export async function endReferrals(system: SystemTx, personId: string): Promise<void> {
  const ids = system`(select id from person where ${personId} in (id, merged_into))`;
  const live = await system<{ id: string }[]>`
    select id from referral where person_id in ${ids} and state in ('open', 'accepted') order by id for update`;
  for (const { id } of live) await step(system, id, 'withdrawn', null, '');
  // Also where it was done, or ended otherwise: the visit it asked for may wait on, with the name and the phone that were handed over.
  const asked = await system<{ id: string }[]>`
    select id from referral where person_id in ${ids} and asks = 'visit' order by id`;
  for (const { id } of asked) await forgetReferred(system, id, 'staff');
  await system`update referral set note = '' where person_id in ${ids} and note <> ''`;
  await system`
    update referral_step set note = '' where note <> '' and referral_id in (select id from referral where person_id in ${ids})`;
}
