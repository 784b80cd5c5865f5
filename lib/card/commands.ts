import { elevated, type Caller, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { cancelEnrolment } from '@/lib/enrolment/commands';
import { activeStates, turn } from '@/lib/enrolment/rules';
import { newCardCode } from '@/lib/kernel/id';
import { countedAddress } from '@/lib/kernel/network';
import { phoneHint } from '@/lib/kernel/phone';
import { isRefusal, refuse, refuseAndKeep, type Refusal } from '@/lib/kernel/result';
import { fold, givenName } from '@/lib/kernel/text';
import { endReadings } from '@/lib/lookup/commands';
import { endReferrals } from '@/lib/referral/commands';
import { recordOwnExcuse } from '@/lib/register/commands';
import { ownSession, wrongTries } from './queries';
import { mayExcuse, mostWrong, weigh, withdrawnName, type Known } from './rules';
import type { Factors } from './schema';

/** Wrong tries from one address (of IPv6: one /64) within ten minutes, slips and cards together, before one factor is no longer enough there. */
const manyWrong = 30;

type Which = { readonly code: string } | { readonly slip: string };

/**
 * Proves that somebody holds a card: its code (or the slip in hand, then the card is made if there is none) and what else its
 * holder knows. The same words and the same statements answer whether the code is unknown, the factor wrong or the card blocked.
 * Five wrong tries in a month block that one card, never a place: from a place with many wrong ones more is asked for.
 * Refuses: cardUnknown, cardNeedsMore; the try is kept.
 */
export async function openCard(
  tx: ScopedTx,
  address: string,
  which: Which,
  typed: Factors,
): Promise<Refusal | { code: string }> {
  const from = countedAddress(address);
  return elevated(tx, 'open a card: weigh what was typed and count wrong tries', async (system) => {
    const holder = await holderOf(system, which);
    const personId = holder?.personId ?? null;
    // Tries of one card take turns: a thousand at once are counted one by one. So do those of a code that does not exist.
    await lockCard(system, personId ?? ('code' in which ? which.code : which.slip));
    const [tries] = await system<{ near: number; against: number }[]>`
      select (select count(*) from slip_attempt where address = ${from} and at > now() - interval '10 minutes') as near,
        (${wrongTries(system, personId)}) as against`;
    const strict = (tries?.near ?? 0) >= manyWrong;
    const verdict = weigh(typed, holder, strict);
    const open = verdict === 'right' && (tries?.against ?? 0) < mostWrong;
    const wrong = !open && verdict !== 'more';
    await system`
      with old as (delete from card_attempt where at < now() - interval '31 days'),
        older as (delete from slip_attempt where at < now() - interval '1 day'),
        near as (insert into slip_attempt (address) select ${from}::inet where ${wrong})
      insert into card_attempt (person_id, wrong) values (${personId}, ${wrong})`;
    if (!open || personId === null) return refuseAndKeep(strict ? 'cardNeedsMore' : 'cardUnknown');
    const code = 'code' in which ? which.code : await standingCode(system, personId, null);
    await system`
      insert into audit_event (action, subject_kind, subject_id, details)
      values ('card.open', 'person', ${personId}, ${system.json({ by: 'code' in which ? 'card' : 'slip' })})`;
    return { code };
  });
}

const lockCard = (tx: SystemTx, key: string) => tx`select pg_advisory_xact_lock(hashtextextended(${key}, 9))`;

/**
 * Whose card or slip it is, and what they can be asked; nobody whose consent ended. A slip from the web is its holder's only where the
 * sign-up made them known: anybody may sign up a neighbour by name, phone and village, and would else open the neighbour's card with
 * the phone they just typed.
 */
async function holderOf(tx: SystemTx, which: Which): Promise<(Known & { personId: string }) | null> {
  const found =
    'code' in which
      ? tx`select person_id from card where code = ${which.code} and ended_at is null`
      : tx`select e.person_id from enrolment e join person w on w.id = e.person_id
          where e.code = ${which.slip} and (e.channel <> 'web' or w.created_at >= e.created_at)`;
  const [row] = await tx<(Known & { personId: string })[]>`
    select p.id as person_id, p.birth_year, n.phone, p.given_name, p.name_folded
    from (${found}) k join person o on o.id = k.person_id join person p on p.id = coalesce(o.merged_into, o.id)
      left join person_phone n on n.person_id = p.id
    where exists (select from consent c
      where c.person_id in (o.id, p.id) and c.purpose = 'class' and c.given and c.withdrawn_at is null)`;
  return row ?? null;
}

/** The code of the card somebody has; one is made where there is none. */
async function standingCode(tx: SystemTx, personId: string, by: string | null): Promise<string> {
  await tx`
    insert into card (person_id, code, created_by) values (${personId}, ${newCardCode()}, ${by})
    on conflict (person_id) where ended_at is null do nothing`;
  const [row] = await tx<{ code: string }[]>`select code from card where person_id = ${personId} and ended_at is null`;
  if (!row) throw new Error('a card just made is gone');
  return row.code;
}

/**
 * Staff make somebody's card, or another one for a card that was lost: the old code opens nothing from then on, whoever holds it.
 * Refuses: notFound (also for those who are not the caller's to look up), consentEnded.
 */
export async function makeCard(
  tx: ScopedTx,
  caller: Pick<Caller, 'accountId'>,
  personId: string,
  act: 'make' | 'replace',
): Promise<Refusal | { personId: string }> {
  const [mine] = await tx<{ areaId: number; agreed: boolean }[]>`
    select area_id, exists (select from consent c
      where c.person_id = person.id and c.purpose = 'class' and c.given and c.withdrawn_at is null) as agreed
    from person where id = ${personId} and merged_into is null
      and area_id = any (coalesce((select may_areas('person.read')), '{}'))`;
  if (!mine) return refuse('notFound');
  if (!mine.agreed) return refuse('consentEnded');
  return elevated(tx, 'card: make or replace', async (system) => {
    await lockCard(system, personId);
    if (act === 'replace')
      await system`update card set ended_at = now(), ended_why = 'replaced' where person_id = ${personId} and ended_at is null`;
    await standingCode(system, personId, caller.accountId);
    await system`
      insert into audit_event (account_id, action, subject_kind, subject_id, area_id)
      values (${caller.accountId}, ${`card.${act}`}, 'person', ${personId}, ${mine.areaId})`;
    return { personId };
  });
}

/**
 * Holders give another number: it takes the old one's place, for those who run their classes too. That it was changed is written
 * down, never what it was. Refuses: phoneSame. The holder's card must have been presented.
 */
export async function changeOwnPhone(
  tx: ScopedTx,
  personId: string,
  phone: string,
  phoneOf: 'self' | 'relative',
): Promise<Refusal | null> {
  const [same] =
    await tx`select from person_phone where person_id = ${personId} and phone = ${phone} and belongs_to = ${phoneOf}`;
  if (same) return refuse('phoneSame', 'phone');
  return elevated(tx, 'card: the holder’s own phone', async (system) => {
    await system`
      with hinted as (update person set phone_hint = ${phoneHint(phone)} where id = ${personId} returning area_id),
        noted as (insert into audit_event (action, subject_kind, subject_id, area_id)
          select 'card.phone', 'person', ${personId}, area_id from hinted)
      insert into person_phone (person_id, phone, belongs_to) values (${personId}, ${phone}, ${phoneOf})
      on conflict (person_id) do update set phone = excluded.phone, belongs_to = excluded.belongs_to`;
    return null;
  });
}

/**
 * Holders excuse themselves from one session of a class they are in: a mark of their own, which the register weighs like any other.
 * The holder's card must have been presented. Refuses: notFound, excuseClosed (too late, called off, or they came).
 */
export async function excuse(
  tx: ScopedTx,
  personId: string,
  sessionId: string,
  now = new Date(),
): Promise<Refusal | null> {
  if (!(await ownSession(tx, personId, sessionId))) return refuse('notFound');
  await elevated(
    tx,
    'card: hold the register while it is looked at',
    (system) => system`select from class_session where id = ${sessionId} for no key update`,
  );
  const session = await ownSession(tx, personId, sessionId);
  if (!session || !mayExcuse(session, now)) return refuse('excuseClosed');
  return elevated(tx, 'card: excuse oneself', async (system) => {
    if (!(await recordOwnExcuse(system, sessionId, personId, now))) return refuse('excuseClosed');
    await system`
      insert into audit_event (action, subject_kind, subject_id, area_id)
      select 'card.excuse', 'class_session', id::text, area_id from class_session where id = ${sessionId}`;
    return null;
  });
}

/**
 * Holders withdraw their consent, for good (Law 91/2025/QH15): they leave every class still running (whoever waits gets the seat),
 * phone, names and what was answered or noted with a consent of its own are erased, consents and card end. What stays are the
 * register's facts, of somebody without name, village or year of birth. The holder's card must have been presented. Refuses what leaving a class refuses.
 */
export async function withdraw(tx: ScopedTx, personId: string): Promise<Refusal | null> {
  const [me] = await tx<{ fullName: string; areaId: number; phone: string | null }[]>`
    select p.full_name, p.area_id, n.phone from person p left join person_phone n on n.person_id = p.id where p.id = ${personId}`;
  if (!me) return refuse('notFound');
  await takeTurn(tx, personId, me);
  // Pressed twice: the first one ended the card while this one waited, and with it all there is to see.
  if ((await tx`select from person where id = ${personId}`).count === 0) return null;
  // In the order of the classes, as each is locked: two who withdraw never wait for each other in a circle.
  const active = await tx<{ id: string }[]>`
    select e.id from enrolment e join class c on c.id = e.class_id
    where e.person_id = ${personId} and e.status in ${tx(activeStates)} and coalesce(c.last_ends_at > now(), true) order by e.class_id`;
  for (const { id } of active) {
    const left = await cancelEnrolment(tx, { caller: null, channel: 'web' }, { enrolmentId: id }, 'withdrawn');
    if (isRefusal(left)) return left;
  }
  return elevated(tx, 'card: withdraw consent', async (system) => {
    await lockCard(system, personId);
    await erase(system, personId);
    await system`
      insert into audit_event (action, subject_kind, subject_id, area_id, details)
      select 'card.withdraw', 'person', id::text, area_id, ${system.json({ places: active.length })} from person where id = ${personId}`;
    return null;
  });
}

/** Nobody enrols this person meanwhile, by id or by what they type (`turn` in lib/enrolment/rules). */
async function takeTurn(
  tx: ScopedTx,
  personId: string,
  me: { fullName: string; areaId: number; phone: string | null },
): Promise<void> {
  const enrolment = { classId: '', formKey: '', signedUpBy: null, consent: { version: 0, how: 'self' } } as const;
  const typed = { ...me, phoneOf: 'self', birthYear: null } as const;
  const keys = [turn({ ...enrolment, learner: { personId } }), turn({ ...enrolment, learner: typed })];
  for (const key of keys) await tx`select pg_advisory_xact_lock(hashtextextended(${key}, 3))`;
}

async function erase(tx: SystemTx, personId: string): Promise<void> {
  const ids = tx`(select id from person where ${personId} in (id, merged_into))`;
  // First of all, as who records a visit does: what is written of them at this moment is there to be erased, or is refused.
  await tx`select from person where id in ${ids} order by id for no key update`;
  await tx`delete from person_phone where person_id in ${ids}`;
  await tx`delete from person_need where person_id in ${ids}`;
  await tx`delete from equality_answer where person_id in ${ids}`;
  await tx`delete from message_choice where person_id in ${ids}`;
  await tx`
    update message set values = null, state = case when state in ('waiting', 'to_call') then 'withdrawn' else state end,
      why = case when state in ('waiting', 'to_call') then 'consentEnded' else why end,
      settled_at = case when state in ('waiting', 'to_call') then now() else settled_at end
    where person_id in ${ids} or visit_id in (select id from visit where person_id in ${ids})`;
  await tx`update person_merge set moved = '{}' where kept_id in ${ids}`;
  await tx`update enrolment set signed_up_by = null where person_id in ${ids} and signed_up_by is not null`;
  await tx`
    update consent set withdrawn_at = coalesce(withdrawn_at, now()), representative = null where person_id in ${ids}`;
  // Counted at its desk like any other whose name was never given.
  await tx`update desk_assist set person_id = null, invite = false where person_id in ${ids}`;
  // Who asked for a visit, and what was noted of one, goes with the person.
  await tx`
    update visit_request set full_name = '', phone = null, phone_of = null, birth_year = null, words = '', closed_note = '',
      closed_at = coalesce(closed_at, now()), closed_because = coalesce(closed_because, 'withdrawn') where person_id in ${ids}`;
  await tx`
    update visit v set taken_off_at = now() where v.person_id in ${ids} and v.taken_off_at is null
      and not exists (select from visit_outcome o where o.visit_id = v.id)`;
  await tx`
    update visit_outcome set words = '' where words <> '' and visit_id in (select id from visit where person_id in ${ids}
      or request_id in (select id from visit_request where person_id in ${ids}))`;
  await tx`update skill_observation set help = '' where person_id in ${ids} and help <> ''`;
  await tx`update task_work set note = '' where person_id in ${ids} and note <> ''`;
  await tx`update task_given set ended_at = now() where person_id in ${ids} and ended_at is null`;
  await tx`update register_operation set content = content - 'help' where person_id in ${ids} and content ? 'help'`;
  await tx`update card set ended_at = now(), ended_why = 'withdrawn' where person_id in ${ids} and ended_at is null`;
  await tx`
    update certificate set initials = '', name_salt = null, name_digest = null, revoked_note = '', revoked_at = coalesce(revoked_at, now()),
      revoked_code = coalesce(revoked_code, 'withdrawn') where person_id in ${ids}`;
  await tx`
    update person p set full_name = ${withdrawnName}, given_name = ${givenName(withdrawnName)}, name_folded = ${fold(withdrawnName)},
      phone_hint = null, birth_year = null, gender = case when gender in ('female', 'male') then gender end, area_id = ${unitOf(tx)},
      born_about = ${bornAbout(tx)}
    where id in ${ids}`;
  // After the person, whom everybody who links, takes out or asks about steps holds first. Gone, not ended: who shared a roof with whom tells a name.
  await tx`delete from household_member where person_id in ${ids}`;
  await tx`delete from step_record where person_id in ${ids}`;
  // Where they lived before, and who of another unit might read on.
  await tx`delete from person_residence where person_id in ${ids}`;
  await endReferrals(tx, personId);
  await endReadings(tx, personId);
}

/** Where `p` lives, as far as figures of units need it: the unit, never the village. */
const unitOf = (tx: SystemTx) => tx`
  coalesce((select u.id from area_tree t join area u on u.id = t.ancestor_id
    where t.area_id = p.area_id and u.kind in ${tx(unitKinds)} order by t.depth limit 1), p.area_id)`;

/**
 * A year in the middle of the age band `p` is in this year: the bands of the figures and those of the fairness table, wherever either has an edge, so
 * that both count them as before.
 */
const bornAbout = (tx: SystemTx) => tx`
  (select y.now - case when y.now - p.birth_year < 18 then 15 when y.now - p.birth_year < 35 then 26 when y.now - p.birth_year < 40 then 37
      when y.now - p.birth_year < 60 then 50 when y.now - p.birth_year < 70 then 65 when y.now - p.birth_year < 80 then 75 else 85 end
    from (select extract(year from now() at time zone 'Asia/Ho_Chi_Minh')::integer) y (now) where p.birth_year is not null)`;
