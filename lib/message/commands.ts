import { elevated, type Caller, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { factsOf } from './facts';
import { judge } from './judging';
import { monthStart, type CallOutcome, type ChoiceInput } from './schema';

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
  const [mine] = await tx<{ areaId: number; personId: string }[]>`
    select area_id, person_id from message where id = ${messageId} and area_id = any (coalesce((select may_areas('contact.read')), '{}'))`;
  if (!mine) return refuse('notFound');
  return elevated(tx, 'message: what came of telling somebody', async (system) => {
    const [held] = await system<{ state: string; last: string | null }[]>`
      select m.state, (select l.outcome from message_call l where l.message_id = m.id and l.by = ${accountId} order by l.at desc limit 1) as last
      from message m where m.id = ${messageId} for update of m`;
    if (held && held.state !== 'to_call' && held.last === outcome) return { messageId };
    const facts = (await factsOf(system, [messageId], now)).get(messageId);
    const verdict = facts && judge(facts, now);
    if (!facts || !verdict || !('tell' in verdict) || held?.state !== 'to_call' || facts.expiresAt <= now)
      return refuse('messageOver');
    await system`
      insert into message_call (message_id, area_id, outcome, by, at) values (${messageId}, ${mine.areaId}, ${outcome}, ${accountId}, ${now})`;
    if (outcome === 'reached' || outcome === 'by_hand') {
      const { template, version, values } = verdict.tell;
      await system`
        update message set state = 'told', settled_at = ${now}, template = ${template}, version = ${version}, values = ${system.json(values as never)},
          told_to = ${verdict.toldTo} where id = ${messageId}`;
    }
    if (outcome === 'wrong_number' && facts.phone) await note(system, mine.personId, { wrongPhone: facts.phone });
    if (outcome === 'no_calls') {
      await note(system, mine.personId, { noCallsAt: now });
      await system`update message set state = 'unsent', why = 'noCalls', settled_at = ${now} where id = ${messageId}`;
    }
    return { messageId };
  });
}

/** What a caller found out of somebody, beside what they chose themselves. */
const note = (tx: SystemTx, personId: string, found: { wrongPhone?: string; noCallsAt?: Date }) => tx`
  insert into message_choice (person_id, wrong_phone, no_calls_at) values (${personId}, ${found.wrongPhone ?? null}, ${found.noCallsAt ?? null})
  on conflict (person_id) do update set wrong_phone = coalesce(excluded.wrong_phone, message_choice.wrong_phone),
    no_calls_at = coalesce(excluded.no_calls_at, message_choice.no_calls_at), changed_at = now()`;

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
