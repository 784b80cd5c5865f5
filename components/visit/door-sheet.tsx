'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useSyncExternalStore } from 'react';
import type { FormAction } from '@/components/account/use-form';
import { AttentionList } from '@/components/register/attention';
import { isAtDoor } from '@/components/register/phone-store';
import { deviceTime, newOperationId, portalNow } from '@/components/register/portal';
import { queueOf } from '@/components/register/queue';
import { ActList, SyncLine, TroubleNotice } from '@/components/register/sync-line';
import { useQueue } from '@/components/register/use-register';
import { StepsForm } from '@/components/step/steps-form';
import { Disclosure } from '@/components/ui/disclosure';
import { Notice } from '@/components/ui/notice';
import type { Locale } from '@/lib/i18n/routing';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { fieldsOf, problemsOf } from '@/lib/kernel/input';
import { untouched, type FormState } from '@/lib/kernel/result';
import { stepsForm, type Step, type StepStanding } from '@/lib/step/schema';
import type { PackedHome } from '@/lib/visit/rules';
import { outcomeForm, type SentVisitOperation } from '@/lib/visit/schema';
import { SaidBefore } from './door-facts';
import { AtHomeBox } from './at-home';
import { homeWith } from './local-home';
import { OutcomeForm } from './outcome-form';

type Content = SentVisitOperation extends infer O
  ? O extends SentVisitOperation
    ? Omit<O, 'id' | 'visitId' | 'at'>
    : never
  : never;

const never = () => () => {};
/** Whether the page's own scripts run by now: before that, and without them, forms go to the portal as forms. */
const useLive = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

/**
 * What is done at a door: the outcome, skills seen, steps, the next visit. Each act goes into the phone's own queue first, with a network and
 * without, and is shown at once; without JavaScript the same forms go to the portal (`plain`).
 */
export function DoorSheet({
  home: given,
  steps,
  owner,
  endsAtMs,
  locale,
  plain,
  keys,
}: {
  home: PackedHome;
  steps: readonly Step[];
  /** The account that records. */
  owner: string;
  /** The end of the round. */
  endsAtMs: number;
  locale: Locale;
  plain: { record: FormAction; steps: FormAction } | null;
  /** Of this rendering's plain forms: sent twice it is one. */
  keys: readonly [string, string];
}) {
  const t = useTranslations('visits');
  const view = useQueue(owner);
  const live = useLive();
  const own = useMemo(
    () => view.operations.filter(({ operation }) => isAtDoor(operation) && operation.visitId === given.id),
    [view.operations, given.id],
  );
  const home = useMemo(() => homeWith(given, own), [given, own]);
  const today = dayOf(new Date(portalNow()));
  const say = (content: Content) =>
    queueOf(owner).add(
      { id: newOperationId(), visitId: given.id, at: deviceTime(), ...content },
      { label: home.fullName, endsAtMs },
    );

  const record: FormAction = async (_before, form) => {
    const typed = outcomeForm.safeParse(fieldsOf(form));
    if (!typed.success) return wrong(form, problemsOf(typed.error));
    const { outcome, minutes, nextOn, words, skills } = typed.data;
    if (nextOn !== null && nextOn <= today) return wrong(form, { nextOn: 'nextPast' });
    if (outcome !== 'done' && home.skills.some(({ here }) => here !== null))
      return wrong(form, { outcome: 'visitHasSkills' });
    say({ kind: 'outcome', outcome, minutes, nextOn, words, after: home.said.map(({ id }) => id).slice(0, 200) });
    for (const { code, level } of skills) say({ kind: 'skill', skillCode: code, level });
    return untouched;
  };
  const answer: FormAction = async (_before, form) => {
    const typed = stepsForm.safeParse(fieldsOf(form));
    if (!typed.success) return wrong(form, problemsOf(typed.error));
    const { answers, source, at } = typed.data;
    const on = dayOf(at);
    say({ kind: 'steps', answers: [...answers], source, ...(on < today ? { on } : {}) });
    return untouched;
  };

  const [last = null] = home.said;
  const told = own.filter(({ operation }) => operation.kind === 'steps').length;
  const standing = steps.map((step): StepStanding => {
    const known = home.steps.find(({ code }) => code === step.code);
    return { ...step, answer: known?.answer ?? null, source: known?.source ?? null, at: known?.at ?? null };
  });
  const stopped = own.filter(({ state }) => state === 'attention');
  return (
    <div className="grid grid-cols-1 gap-6">
      <TroubleNotice
        trouble={own.some(({ state }) => state === 'waiting') ? view.trouble : null}
        durable={view.durable}
      />
      <AttentionList rows={stopped} owner={owner} nameOf={() => home.fullName} />
      {home.said.some(({ contested }) => contested) ? <Notice tone="bad" live title={t('contested')} /> : null}
      <SaidBefore said={home.said} locale={locale} />
      {own.length > 0 ? (
        <div>
          {stopped.length === 0 ? <Notice tone="good" live title={t('onPhone')} /> : null}
          <SyncLine rows={own} known={view.known} conflicts={0} />
          <ActList rows={own} />
        </div>
      ) : null}
      <AtHomeBox home={home} locale={locale} />
      <OutcomeForm
        key={last?.id ?? ''}
        action={live || !plain ? record : plain.record}
        visitId={home.id}
        formKey={keys[0]}
        last={last}
        skills={home.skills}
        known={home.personId !== null}
        tomorrow={addDays(today, 1)}
      />
      {home.personId === null ? null : (
        <Disclosure summary={t('stepsAsk')}>
          <StepsForm
            key={told}
            action={live || !plain ? answer : plain.steps}
            fields={{ personId: home.personId, formKey: keys[1], visitId: home.id }}
            steps={standing}
            today={today}
          />
        </Disclosure>
      )}
    </div>
  );
}

/** What is wrong, at its fields, with everything typed. */
function wrong(form: FormData, errors: FormState['errors']): FormState {
  const values = Object.entries(fieldsOf(form)).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(',') : value,
  ]);
  return { errors, values: Object.fromEntries(values) };
}
