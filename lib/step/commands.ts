import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { fieldOf, type StepsSaid } from './schema';

/**
 * Writes down what somebody said of their steps, or was seen; what was written before stays, the newest counts. Whoever records must hold
 * register.write and have to do with the person. The same key with the same content again is the same record. Of a record that was merged the kept one is
 * meant. Refuses: notFound (out of reach), stepsConsent (their consent ended, or nobody asked for it), stepUnknown (no such step), stepsKnown (the key was used for
 * something else). `atHome`: whoever records was sent to their home, which lib/visit asked.
 */
export async function recordSteps(
  tx: ScopedTx,
  { personId, answers, source, at, key }: StepsSaid,
  caller: Pick<Caller, 'accountId' | 'capabilities'>,
  atHome = false,
): Promise<Refusal | { personId: string }> {
  if (answers.length === 0) return refuse('stepsNone');
  if (!caller.capabilities.includes('register.write')) return refuse('notFound');
  const person = await held(tx, personId);
  if (!person) return refuse('notFound');
  const [reached] = await tx<{ yes: boolean }[]>`select person_in_reach(${person.id}) as yes`;
  if (!atHome && !reached?.yes) return refuse('notFound');
  if (!person.agreed) return refuse('stepsConsent');
  const asked = await tx<{ code: string }[]>`select code from step where retired_at is null`;
  const strange = answers.find(({ step }) => !asked.some(({ code }) => code === step));
  if (strange) return refuse('stepUnknown', fieldOf(strange.step));
  const rows = answers.map(({ step, answer }) => ({ personId: person.id, stepCode: step, answer, source, at, key }));
  const write = async (by: ScopedTx) => {
    const made = await by`insert into step_record ${by(rows)} on conflict (key, step_code) do nothing`;
    if (made.count === rows.length) return 'made';
    const same = made.count === 0 && (await saidBefore(by, person.id, { answers, source, key }, caller));
    return same ? 'same' : 'other';
  };
  const done = await (atHome ? elevated(tx, 'steps: of somebody the caller visits', write) : write(tx));
  if (done === 'other') return refuse('stepsKnown');
  if (done === 'same') return { personId: person.id };
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, 'step.record', 'person', ${person.id}, ${person.areaId}, ${tx.json({ steps: answers.map(({ step }) => step), source })})`;
  return { personId: person.id };
}

/** The record that counts of this person, held until the end: whoever withdraws or merges meanwhile waits, and finds what is written here. */
async function held(tx: ScopedTx, personId: string): Promise<{ id: string; areaId: number; agreed: boolean } | null> {
  return elevated(tx, 'steps: the record that counts, and whether consent stands', async (system) => {
    const [row] = await system<{ id: string; areaId: number }[]>`
      select k.id, k.area_id from person p join person k on k.id = coalesce(p.merged_into, p.id)
      where p.id = ${personId} and k.merged_into is null for share of k`;
    if (!row) return null;
    const agreed = await system`
      select from consent where person_id = ${row.id} and purpose = 'class' and given and withdrawn_at is null limit 1`;
    return { ...row, agreed: agreed.count > 0 };
  });
}

/** Whether all that was sent under this key is there already, said of the same person by the same account, and nothing else. */
async function saidBefore(
  tx: ScopedTx,
  personId: string,
  { answers, source, key }: Pick<StepsSaid, 'answers' | 'source' | 'key'>,
  caller: Pick<Caller, 'accountId'>,
): Promise<boolean> {
  const rows = await tx<{ stepCode: string; answer: string }[]>`
    select step_code, answer from step_record
    where key = ${key} and person_id = ${personId} and source = ${source} and recorded_by = ${caller.accountId}`;
  return (
    rows.length === answers.length &&
    answers.every(({ step, answer }) => rows.some((row) => row.stepCode === step && row.answer === answer))
  );
}
