import { elevated, type Caller, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { newId } from '@/lib/kernel/id';
import { isRefusal, refuse, type Refusal } from '@/lib/kernel/result';
import { factsOf } from './facts';
import type { Verdict } from './judging';
import {
  monthStart,
  type CallOutcome,
  type ChoiceInput,
  type HelperChoiceInput,
  type MemberChoiceInput,
  type OwnChoiceInput,
} from './schema';
import { judge } from './verdicts';

type Staff = Pick<Caller, 'accountId'>;

/**
 * Writes down what came of telling somebody by hand. Reached, or the text sent from one's own phone: told, with the words that were true at that
 * moment. No answer: stays on the list, further down. A wrong number is never used again, until they have another; the message stays, to be told
 * some other way. Who does not want to be rung is not put on the list any more. The same answer pressed twice is one. Refused: not the caller's
 * (`notFound`); told by somebody else, or its fact is gone (`messageOver`).
 */
export async function recordOutcome(
  tx: ScopedTx,
  { messageId, outcome }: { readonly messageId: string; readonly outcome: CallOutcome },
  { accountId }: Staff,
  now: Date,
): Promise<Refusal | { messageId: string }> {
  // Seen only by who tells of what it is about: the wall says so.
  const [mine] = await tx`select from message where id = ${messageId}`;
  if (!mine) return refuse('notFound');
  return elevated(tx, 'message: what came of telling somebody', async (system) => {
    const [held] = await system<Held[]>`
      select m.state, m.area_id, m.person_id, m.member_id, (select l.outcome from message_call l where l.message_id = m.id and l.by = ${accountId} order by l.at desc limit 1) as last
      from message m where m.id = ${messageId} for update of m`;
    if (held && held.state !== 'to_call' && held.last === outcome) return { messageId };
    if (!held || held.state !== 'to_call') return refuse('messageOver');
    const facts = (await factsOf(system, [messageId], now)).get(messageId);
    const verdict = facts && judge(facts, now);
    if (!facts || !verdict || !('tell' in verdict) || facts.expiresAt <= now) return refuse('messageOver');
    await system`
      insert into message_call (message_id, area_id, outcome, by, at) values (${messageId}, ${held.areaId}, ${outcome}, ${accountId}, ${now})`;
    if (outcome === 'reached' || outcome === 'by_hand') await told(system, messageId, verdict, now);
    if (outcome === 'wrong_number' && facts.phone) await note(system, held, { wrongPhone: facts.phone });
    if (outcome === 'no_calls') {
      await note(system, held, { noCallsAt: now });
      await system`update message set state = 'unsent', why = 'noCalls', settled_at = ${now} where id = ${messageId}`;
    }
    return { messageId };
  });
}

/**
 * What came of one call, of everything that was to be told in it: each as `recordOutcome` does, and what is over by now is left out. Refuses: notFound
 * (one of them is not the caller's), messageOver (nothing of it is left).
 */
export async function recordOutcomes(
  tx: ScopedTx,
  { messageId: ids, outcome }: { readonly messageId: readonly string[]; readonly outcome: CallOutcome },
  caller: Staff,
  now: Date,
): Promise<Refusal | { recorded: number }> {
  let recorded = 0;
  for (const messageId of ids.toSorted()) {
    const done = await recordOutcome(tx, { messageId, outcome }, caller, now);
    if (!isRefusal(done)) recorded += 1;
    else if (done.refused !== 'messageOver') return done;
  }
  return recorded === 0 ? refuse('messageOver') : { recorded };
}

interface Held {
  readonly state: string;
  readonly areaId: number;
  readonly personId: string | null;
  readonly memberId: string | null;
  readonly last: string | null;
}

const told = (
  system: SystemTx,
  messageId: string,
  { tell: { template, version, values }, toldTo, askIds }: Extract<Verdict, { tell: unknown }>,
  now: Date,
) => system`
  update message set state = 'told', settled_at = ${now}, template = ${template}, version = ${version}, values = ${system.json(values as never)},
    told_to = ${toldTo}, ask_ids = coalesce(${askIds ? [...askIds] : null}::uuid[], ask_ids) where id = ${messageId}`;

/**
 * Says that a household was told by hand of a visit (`visit`), or that nobody comes (`visit_off`): its message, if one waits or is on the list of calls, is told by
 * that, so that nobody is asked twice. One that is on its way, or there is none, changes nothing. The caller's right to the visit was checked.
 */
export async function toldByHand(
  tx: ScopedTx,
  { visitId, purpose }: { readonly visitId: string; readonly purpose: 'visit' | 'visit_off' },
  { accountId }: Staff,
  now: Date,
): Promise<void> {
  await elevated(tx, 'message: a household was told by hand', async (system) => {
    const [open] = await system<{ id: string; areaId: number }[]>`
      select id, area_id from message where visit_id = ${visitId} and purpose = ${purpose} and state in ('waiting', 'to_call') for update`;
    if (!open) return;
    const facts = (await factsOf(system, [open.id], now)).get(open.id);
    const verdict = facts && judge(facts, now);
    if (!verdict || !('tell' in verdict)) return;
    await system`
      insert into message_call (message_id, area_id, outcome, by, at) values (${open.id}, ${open.areaId}, 'reached', ${accountId}, ${now})`;
    await told(system, open.id, verdict, now);
  });
}

/** What a caller found out of somebody, beside what they chose themselves. Of who is not known it stays with the call. */
async function note(
  tx: SystemTx,
  { personId, memberId }: Held,
  { wrongPhone = null, noCallsAt = null }: { wrongPhone?: string | null; noCallsAt?: Date | null },
): Promise<void> {
  if (personId)
    await tx`
      insert into message_choice (person_id, wrong_phone, no_calls_at) values (${personId}, ${wrongPhone}, ${noCallsAt})
      on conflict (person_id) do update set wrong_phone = coalesce(excluded.wrong_phone, message_choice.wrong_phone),
        no_calls_at = coalesce(excluded.no_calls_at, message_choice.no_calls_at), changed_at = now()`;
  if (memberId)
    await tx`
      insert into member_choice (member_id, wrong_phone, no_calls_at) values (${memberId}, ${wrongPhone}, ${noCallsAt})
      on conflict (member_id) do update set wrong_phone = coalesce(excluded.wrong_phone, member_choice.wrong_phone),
        no_calls_at = coalesce(excluded.no_calls_at, member_choice.no_calls_at), changed_at = now()`;
}

/**
 * Writes down how somebody wants to be told. Whatever is by machine rests on a consent of its own, given now or standing; taking the last of
 * it away ends that consent. That it was changed is kept, not what. Refused: out of reach (`notFound`), somebody whose consent to be kept at
 * all ended (`consentEnded`), no words to agree to yet (`consentMissing`).
 */
export async function chooseMessages(
  tx: ScopedTx,
  choice: ChoiceInput,
  { accountId }: Staff,
): Promise<Refusal | { personId: string }> {
  const { personId, zalo, sms, noCalls } = choice;
  const email = choice.email ?? null;
  const [mine] = await tx<{ areaId: number; agreed: boolean }[]>`
    select area_id, exists (select from consent c where c.person_id = person.id and c.purpose = 'class' and c.given and c.withdrawn_at is null) as agreed
    from person where id = ${personId} and merged_into is null and area_id = any (coalesce((select may_areas('person.write')), '{}')) for no key update`;
  if (!mine) return refuse('notFound');
  const byMachine = zalo || sms || email !== null;
  if (byMachine && !mine.agreed) return refuse('consentEnded');
  return elevated(tx, 'message: how somebody wants to be told', async (system) => {
    const [text] = await system<{ version: number }[]>`
      select version from consent_text where purpose = 'message' and used_from <= now() order by version desc limit 1`;
    if (byMachine && !text) return refuse('consentMissing');
    await system`
      update consent set withdrawn_at = now() where person_id = ${personId} and purpose = 'message' and withdrawn_at is null`;
    const consentId = byMachine ? newId() : null;
    if (consentId && text)
      await system`
        insert into consent (id, person_id, purpose, text_version, given, how, taken_by)
        values (${consentId}, ${personId}, 'message', ${text.version}, true, ${choice.how}, ${accountId})`;
    await system`
      insert into message_choice (person_id, consent_id, zalo, sms, email, no_calls_at)
      values (${personId}, ${consentId}, ${zalo}, ${sms}, ${email}, case when ${noCalls} then now() end)
      on conflict (person_id) do update set consent_id = excluded.consent_id, zalo = excluded.zalo, sms = excluded.sms, email = excluded.email,
        no_calls_at = case when ${noCalls} then coalesce(message_choice.no_calls_at, now()) end, changed_at = now()`;
    await system`
      insert into audit_event (account_id, action, subject_kind, subject_id, area_id)
      values (${accountId}, 'person.messages', 'person', ${personId}, ${mine.areaId})`;
    return { personId };
  });
}

/**
 * Says how many paid messages a unit may send in a month; what it sent already counts. Refused: a place that is no unit, or not the caller's
 * to keep (`notFound`).
 */
export async function setBudget(
  tx: ScopedTx,
  { areaId, month, allowed }: { readonly areaId: number; readonly month: string; readonly allowed: number },
  { accountId }: Staff,
): Promise<Refusal | { areaId: number }> {
  const [mine] = await tx`
    select from area where id = ${areaId} and kind in ('commune', 'ward', 'special_zone') and valid_to is null
      and id = any (coalesce((select may_areas('area.manage')), '{}'))`;
  if (!mine) return refuse('notFound', 'areaId');
  return elevated(tx, 'message: budget of a unit', async (system) => {
    await system`
      insert into message_budget (area_id, month, allowed) values (${areaId}, ${monthStart(month)}, ${allowed})
      on conflict (area_id, month) do update set allowed = excluded.allowed`;
    await system`
      insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
      values (${accountId}, 'message.budget', 'area', ${String(areaId)}, ${areaId}, ${system.json({ month, allowed })})`;
    return { areaId };
  });
}

/**
 * A learner says by their card how they want to be told: less than what they agreed to, never more, since a card can be had with a neighbour's phone on it and the
 * portal writes to nobody who was not asked by somebody. Taking the last way away ends the consent. Not to be rung can be asked for, and is taken back by
 * staff.
 */
export async function chooseLess(tx: ScopedTx, personId: string, choice: OwnChoiceInput): Promise<Refusal | null> {
  return elevated(tx, 'message: a learner wants fewer messages', async (system) => {
    const [had] = await system<
      { zalo: boolean; sms: boolean; email: string | null; consentId: string | null; areaId: number }[]
    >`
      select coalesce(h.zalo, false) as zalo, coalesce(h.sms, false) as sms, h.email, h.consent_id, p.area_id
      from person p left join message_choice h on h.person_id = p.id where p.id = ${personId} for no key update of p`;
    if (!had) return refuse('cardClosed');
    const zalo = had.zalo && choice.zalo;
    const sms = had.sms && choice.sms;
    const email = choice.email ? had.email : null;
    const none = !zalo && !sms && email === null;
    if (none)
      await system`
        update consent set withdrawn_at = now() where person_id = ${personId} and purpose = 'message' and withdrawn_at is null`;
    await system`
      insert into message_choice (person_id, no_calls_at) values (${personId}, case when ${choice.noCalls} then now() end)
      on conflict (person_id) do update set zalo = ${zalo}, sms = ${sms}, email = ${email}, consent_id = ${none ? null : had.consentId},
        no_calls_at = coalesce(message_choice.no_calls_at, excluded.no_calls_at), changed_at = now()`;
    await system`
      insert into audit_event (account_id, action, subject_kind, subject_id, area_id) values (null, 'person.messages', 'person', ${personId}, ${had.areaId})`;
    return null;
  });
}

/**
 * A helper says, signed in, how they want to be told of what they are asked for: for the member their account stands for now. Refused: of no team
 * (`notFound`).
 */
export async function chooseAsHelper(
  tx: ScopedTx,
  choice: HelperChoiceInput,
  { accountId }: Staff,
): Promise<Refusal | { memberId: string }> {
  const [me] = await tx<{ id: string; areaId: number }[]>`
    select id, area_id from team_member where account_id = ${accountId} and left_on is null`;
  if (!me) return refuse('notFound');
  await chosen(tx, me, choice, accountId);
  return { memberId: me.id };
}

/**
 * Writes down how a helper without an account wants to be told, by whoever plans with their team and read out the words. Who has an account says so themselves.
 * That it was agreed to, and who asked, is kept. Refused: not the caller's, or left (`notFound`), has an account (`helperChoosesAlone`).
 */
export async function chooseForHelper(
  tx: ScopedTx,
  { memberId, ...choice }: MemberChoiceInput,
  { accountId }: Staff,
): Promise<Refusal | { id: string; teamId: string }> {
  const [member] = await tx<{ id: string; teamId: string; areaId: number; hasAccount: boolean }[]>`
    select id, team_id, area_id, account_id is not null as has_account from team_member
    where id = ${memberId} and left_on is null and area_id = any (coalesce((select may_areas('class.write')), '{}')) for no key update`;
  if (!member) return refuse('notFound');
  if (member.hasAccount) return refuse('helperChoosesAlone');
  await chosen(tx, member, choice, accountId, { agreed: choice.agreed });
  return { id: member.id, teamId: member.teamId };
}

/** Keeps how a helper is told; that it was changed and by whom is kept, not what. */
const chosen = (
  tx: ScopedTx,
  member: { readonly id: string; readonly areaId: number },
  { zalo, sms, email, noCalls }: HelperChoiceInput,
  accountId: string,
  details: object = {},
) =>
  elevated(tx, 'message: how a helper wants to be told', async (system) => {
    await system`
      insert into member_choice (member_id, zalo, sms, email, no_calls_at) values (${member.id}, ${zalo}, ${sms}, ${email ?? null}, case when ${noCalls} then now() end)
      on conflict (member_id) do update set zalo = excluded.zalo, sms = excluded.sms, email = excluded.email,
        no_calls_at = case when ${noCalls} then coalesce(member_choice.no_calls_at, now()) end, changed_at = now()`;
    await system`
      insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
      values (${accountId}, 'helper.messages', 'team_member', ${member.id}, ${member.areaId}, ${system.json({ ...details })})`;
  });
