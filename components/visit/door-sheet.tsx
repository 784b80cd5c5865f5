'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { FormAction } from '@/components/account/use-form';
import { AttentionList } from '@/components/register/attention';
import { useLive, wrong } from '@/components/register/live';
import { isAtDoor } from '@/components/register/phone-store';
import { deviceTime, newOperationId, portalNow } from '@/components/register/portal';
import { queueOf } from '@/components/register/queue';
import { ActList, SyncLine, TroubleNotice } from '@/components/register/sync-line';
import { useQueue } from '@/components/register/use-register';
import { StepsForm } from '@/components/step/steps-form';
import { Notice } from '@/components/ui/notice';
import type { Locale } from '@/lib/i18n/routing';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { fieldsOf, problemsOf } from '@/lib/kernel/input';
import { untouched } from '@/lib/kernel/result';
import { stepsForm, type Step, type StepStanding } from '@/lib/step/schema';
import { saysTheSame, skillsToAsk, type PackedHome } from '@/lib/visit/rules';
import { outcomeForm, type SentVisitOperation } from '@/lib/visit/schema';
import { AtHomeBox } from './at-home';
import { SaidBefore } from './door-facts';
import { EarlierVisits } from './earlier-visits';
import { homeWith } from './local-home';
import { OutcomeForm } from './outcome-form';

type Content = SentVisitOperation extends infer O
  ? O extends SentVisitOperation
    ? Omit<O, 'id' | 'visitId' | 'at'>
    : never
  : never;

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
  const say = (content: Content): string => {
    const id = newOperationId();
    queueOf(owner).add({ id, visitId: given.id, at: deviceTime(), ...content }, { label: home.fullName, endsAtMs });
    return id;
  };

  // What was pressed is told where one looks: after each press the eyes and the reader go to what is recorded.
  const recorded = useRef<HTMLDivElement>(null);
  const [presses, setPresses] = useState(0);
  useEffect(() => {
    if (presses === 0) return;
    recorded.current?.focus({ preventScroll: true });
    recorded.current?.scrollIntoView({ block: 'start' });
  }, [presses]);
  const show = () => setPresses((before) => before + 1);
  /** What this page said last, where two say otherwise: the first press settles it, the second says nothing new. */
  const settled = useRef<string | null>(null);

  const [last = null] = home.said;
  const record: FormAction = async (_before, form) => {
    const typed = outcomeForm.safeParse(fieldsOf(asSeen(form)));
    if (!typed.success) return wrong(form, problemsOf(typed.error));
    const { outcome, minutes, nextOn, words, skills } = typed.data;
    if (nextOn !== null && nextOn <= today) return wrong(form, { nextOn: 'nextPast' });
    if (outcome !== 'done' && home.skills.some(({ here }) => here !== null))
      return wrong(form, { outcome: 'visitHasSkills' });
    const fresh = skills.filter(({ code, level }) => home.skills.find((one) => one.code === code)?.here !== level);
    const said = { outcome, minutes, nextOn, words };
    const mine = last !== null && !last.contested && last.id === settled.current;
    if (!saysTheSame(said, mine ? [last] : home.said))
      settled.current = say({ kind: 'outcome', ...said, after: home.said.map(({ id }) => id).slice(0, 200) });
    for (const { code, level } of fresh) say({ kind: 'skill', skillCode: code, level });
    show();
    return untouched;
  };
  const answer: FormAction = async (_before, form) => {
    const typed = stepsForm.safeParse(fieldsOf(form));
    if (!typed.success) return wrong(form, problemsOf(typed.error));
    const { answers, source, at } = typed.data;
    const on = dayOf(at);
    say({ kind: 'steps', answers: [...answers], source, ...(on < today ? { on } : {}) });
    show();
    return untouched;
  };

  const told = own.filter(({ operation }) => operation.kind === 'steps').length;
  const standing = steps.map((step): StepStanding => {
    const known = home.steps.find(({ code }) => code === step.code);
    return { ...step, answer: known?.answer ?? null, source: known?.source ?? null, at: known?.at ?? null };
  });
  const due = home.household
    .filter(({ id }) => id === home.personId)
    .flatMap((one) => one.due.flatMap(({ kind, label }) => (kind === 'recheck' && label ? [label] : [])));
  const stopped = own.filter(({ state }) => state === 'attention');
  return (
    <div className="grid grid-cols-1 gap-6">
      <TroubleNotice
        trouble={own.some(({ state }) => state === 'waiting') ? view.trouble : null}
        durable={view.durable}
      />
      <AttentionList rows={stopped} owner={owner} nameOf={() => home.fullName} />
      {home.said.some(({ contested }) => contested) ? <Notice tone="bad" live title={t('contested')} /> : null}
      <AtHomeBox home={home} locale={locale} />
      <EarlierVisits earlier={home.earlier} locale={locale} />
      <div ref={recorded} tabIndex={-1} className="grid grid-cols-1 gap-4 empty:hidden">
        {own.length > 0 || presses > 0 ? (
          <div>
            {stopped.length === 0 ? (
              <Notice tone="good" live title={t(own.length > 0 ? 'onPhone' : 'done.recorded')} />
            ) : null}
            <SyncLine rows={own} known={view.known} conflicts={0} />
          </div>
        ) : null}
        <SaidBefore said={home.said} locale={locale} />
        <ActList rows={own} />
      </div>
      <OutcomeForm
        key={last?.id ?? ''}
        action={live || !plain ? record : plain.record}
        live={live}
        visitId={home.id}
        formKey={keys[0]}
        last={last}
        skills={skillsToAsk(home.skills, due)}
        known={home.personId !== null}
        tomorrow={addDays(today, 1)}
      />
      {home.personId === null ? null : (
        <StepsForm
          fold={{ summary: t('stepsAsk') }}
          key={told}
          action={live || !plain ? answer : plain.steps}
          fields={{ personId: home.personId, formKey: keys[1], visitId: home.id }}
          steps={standing}
          today={today}
        />
      )}
    </div>
  );
}

/** The form as one sees it: minutes and skills are asked of a help alone, and out of sight otherwise. */
function asSeen(form: FormData): FormData {
  if (form.get('outcome') === 'done') return form;
  const seen = new FormData();
  for (const [name, value] of form) if (name !== 'minutes' && !name.startsWith('level.')) seen.append(name, value);
  return seen;
}
