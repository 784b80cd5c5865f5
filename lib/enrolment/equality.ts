import { elevated, presentCode, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { equalityQuestions } from './rules';

/**
 * The equality questions: asked after the confirmation of whoever likes, with a consent of their own, for counting only. No role
 * reads an answer, nothing in the portal acts on one, and withdrawing takes them away. `fairness` counts them.
 */

export type EqualityAnswers = Partial<Record<(typeof equalityQuestions)[number], boolean>>;

/** Whose slip this is; null when there is none with this code. */
async function personOf(tx: ScopedTx, code: string): Promise<string | null> {
  await presentCode(tx, code);
  const [row] = await tx<{ personId: string }[]>`select person_id from enrolment where code = ${code}`;
  return row?.personId ?? null;
}

/**
 * Keeps the answers of a slip's holder; answers given before are replaced. Refuses: slipClosed, consentChanged, nothingAnswered.
 */
export async function answerEquality(
  tx: ScopedTx,
  code: string,
  { answers, consentVersion }: { readonly answers: EqualityAnswers; readonly consentVersion: number },
): Promise<Refusal | { kept: number }> {
  const personId = await personOf(tx, code);
  if (!personId) return refuse('slipClosed');
  const given = equalityQuestions.flatMap((question) => {
    const answer = answers[question];
    return answer === undefined ? [] : [{ question, answer }];
  });
  if (given.length === 0) return refuse('nothingAnswered', equalityQuestions[0]);
  return elevated(tx, 'equality questions: keep the answers', async (system) => {
    const [words] = await system<{ version: number }[]>`
      select max(version) as version from consent_text where purpose = 'equality' and used_from <= now()`;
    if (words?.version !== consentVersion) return refuse('consentChanged', 'consent');
    await system`select pg_advisory_xact_lock(hashtextextended(${personId}, 5))`;
    await system`delete from equality_answer where person_id in ${recordsOf(system, personId)}`;
    await system`
      update consent set withdrawn_at = now() where person_id in ${recordsOf(system, personId)} and purpose = 'equality' and withdrawn_at is null`;
    const consentId = newId();
    await system`
      insert into consent (id, person_id, purpose, text_version, given, how)
      values (${consentId}, ${personId}, 'equality', ${consentVersion}, true, 'self')`;
    await system`insert into equality_answer ${system(given.map((one) => ({ ...one, personId, consentId })))}`;
    return { kept: given.length };
  });
}

/** Withdraws the consent of a slip's holder and takes the answers away. Twice is once. Refuses: slipClosed. */
export async function withdrawEquality(tx: ScopedTx, code: string): Promise<Refusal | { gone: number }> {
  const personId = await personOf(tx, code);
  if (!personId) return refuse('slipClosed');
  return elevated(tx, 'equality questions: withdraw', async (system) => {
    const gone = await system`delete from equality_answer where person_id in ${recordsOf(system, personId)}`;
    await system`
      update consent set withdrawn_at = now() where person_id in ${recordsOf(system, personId)} and purpose = 'equality' and withdrawn_at is null`;
    return { gone: gone.count };
  });
}

/** Somebody and the records merged into them: an answer both had given stays with the other one. */
const recordsOf = (tx: SystemTx, personId: string) =>
  tx`(select id from person where ${personId} in (id, merged_into))`;
