'use client';

import { useTranslations } from 'next-intl';
import { useActionState, type ReactNode } from 'react';
import { useKept } from '@/components/class/no-network';
import { cx } from '@/components/ui/cx';
import { Disclosure } from '@/components/ui/disclosure';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { ButtonLink } from '@/components/ui/button';
import type { Locale } from '@/lib/i18n/routing';
import { untouched, type FormState } from '@/lib/kernel/result';
import { callTurns, type CallLine, type CallOutcome, type CallTurn } from '@/lib/message/schema';
import { CallTo, CallWords } from './call-line';

type Tell = (before: FormState, form: FormData) => Promise<FormState>;

/**
 * Whom to tell by hand, whoever is told several things once: the number, the words, and one tap for what came of the call. Those there is time for, and those who
 * did not answer a moment ago, are folded below whoever comes first. An offer's answer is taken where offers are.
 */
export function CallList({
  lines,
  classId,
  turn,
  done,
  tell,
  locale,
}: {
  lines: readonly CallLine[];
  /** Narrowed to one class: there its name is not said again. */
  classId: string | undefined;
  /** The part somebody works in, and what was recorded in it just now. */
  turn: CallTurn | undefined;
  done: CallOutcome | undefined;
  tell: Tell;
  locale: Locale;
}) {
  const t = useTranslations('messages');
  const say = useTranslations('errors');
  const [{ errors, values }, send] = useActionState(useKept(tell), untouched);
  // What was refused stands open, without scripts too.
  const opened = values.turn ?? turn;
  const parts = callTurns
    .map((of) => ({ of, calls: callsOf(lines.filter((line) => line.turn === of)) }))
    .filter(({ calls }) => calls.length > 0);
  const list = (calls: readonly Call[], of: CallTurn, framed = false) => (
    <div
      className={cx(
        'divide-y-[1.5px] divide-line',
        framed ? 'border-t-[1.5px] border-line' : 'rounded-card border-[1.5px] border-line bg-surface',
      )}
    >
      {calls.map((call) => (
        <OneCall
          key={call.map(({ id }) => id).join()}
          call={call}
          send={send}
          locale={locale}
          withSubject={classId === undefined}
        >
          {classId === undefined ? null : <input type="hidden" name="class" value={classId} />}
          <input type="hidden" name="turn" value={of} />
        </OneCall>
      ))}
    </div>
  );
  return (
    <div className="grid grid-cols-1 gap-4">
      <ErrorSummary errors={Object.values(errors).map((key) => ({ message: say(key) }))} />
      {parts.map(({ of, calls }, at) =>
        at === 0 ? (
          <section key={of} id={`calls-${of}`} aria-labelledby={`first-${of}`} className="grid grid-cols-1 gap-3">
            <h2 id={`first-${of}`} className="text-xl">
              {t(`turn.${of}`, { count: calls.length })}
            </h2>
            {turn === of && done ? <Notice tone="good" live title={t(`done.${done}`)} /> : null}
            {list(calls, of)}
          </section>
        ) : (
          <section
            key={of}
            id={`calls-${of}`}
            aria-label={t(`turn.${of}`, { count: calls.length })}
            className="scroll-mt-4"
          >
            <Disclosure summary={t(`turn.${of}`, { count: calls.length })} open={opened === of} wide>
              {turn === of && done ? (
                <div className="px-4 pb-3">
                  <Notice tone="good" live title={t(`done.${done}`)} />
                </div>
              ) : null}
              {list(calls, of, true)}
            </Disclosure>
          </section>
        ),
      )}
    </div>
  );
}

/** All that one person is told in one call. */
type Call = readonly [CallLine, ...CallLine[]];

/** Who is rung at one number for one thing after the other is rung once; an offer has an answer of its own. */
function callsOf(lines: readonly CallLine[]): readonly Call[] {
  const calls: [CallLine, ...CallLine[]][] = [];
  for (const line of lines) {
    const call = calls.at(-1);
    const first = call?.[0];
    const same = first && line.phone !== null && first.phone === line.phone && first.fullName === line.fullName;
    if (call && same && first.purpose !== 'offer' && line.purpose !== 'offer') call.push(line);
    else calls.push([line]);
  }
  return calls;
}

function OneCall({
  call,
  send,
  locale,
  withSubject,
  children,
}: {
  call: Call;
  send: (form: FormData) => void;
  locale: Locale;
  withSubject: boolean;
  /** What the form carries besides. */
  children: ReactNode;
}) {
  const [first] = call;
  const outcomes = (
    <form action={send} className="flex flex-wrap items-start gap-2.5">
      {call.map(({ id }) => (
        <input key={id} type="hidden" name="messageId" value={id} />
      ))}
      {children}
      <Outcomes call={call} />
    </form>
  );
  return (
    <div className="grid gap-3 px-4 py-4">
      <ul className="grid gap-3">
        {call.map((line, at) => (
          <li key={line.id} className="grid gap-1">
            <CallTo line={line} again={at > 0} locale={locale} withSubject={withSubject} />
            <CallWords line={line} />
            {call.length === 1 ? outcomes : null}
          </li>
        ))}
      </ul>
      {first && call.length > 1 ? outcomes : null}
    </div>
  );
}

/** What came of it: told, or nobody answered; the rest is a press away. Without a number that works there is no call. */
function Outcomes({ call }: { call: Call }) {
  const t = useTranslations('messages');
  const [line] = call;
  const count = call.length;
  const rung = line.phone !== null && !line.wrongNumber;
  return (
    <>
      {line.purpose === 'offer' ? (
        <AnswerLink line={line} />
      ) : (
        <Outcome of={line} outcome="reached" count={count} main />
      )}
      <Outcome of={line} outcome={rung ? 'no_answer' : 'by_hand'} />
      {rung ? (
        <details className="open:basis-full">
          <summary className="link inline-flex min-h-target items-center">
            {t('outcome.others')}
            <span className="sr-only">: {line.fullName}</span>
          </summary>
          <div className="flex flex-wrap gap-2.5 pt-1">
            <Outcome of={line} outcome="by_hand" />
            <Outcome of={line} outcome="wrong_number" />
            <Outcome of={line} outcome="no_calls" />
          </div>
        </details>
      ) : null}
    </>
  );
}

function AnswerLink({ line }: { line: CallLine }) {
  const t = useTranslations('messages');
  return (
    <ButtonLink href={`/manage/classes/${line.classId}#offers`}>
      {t('noteAnswer')}
      <span className="sr-only">: {line.fullName}</span>
    </ButtonLink>
  );
}

function Outcome({
  of,
  outcome,
  count = 1,
  main,
}: {
  of: CallLine;
  outcome: CallOutcome;
  /** Of so many things told in one call. */
  count?: number;
  main?: boolean;
}) {
  const t = useTranslations('messages');
  return (
    <SubmitButton
      name="outcome"
      value={outcome}
      variant={main ? 'primary' : 'secondary'}
      icon={main ? 'check' : undefined}
      pendingLabel={t('working')}
    >
      {count > 1 ? t('outcome.reachedAll', { count }) : t(`outcome.${outcome}`)}
      <span className="sr-only">: {of.fullName}</span>
    </SubmitButton>
  );
}
