'use client';

import { useTranslations } from 'next-intl';
import type { KeyboardEvent, ReactNode } from 'react';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction } from '@/components/class/use-sent';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FieldSet } from '@/components/ui/field';
import { SubmitButton } from '@/components/ui/submit-button';
import { cx } from '@/components/ui/cx';
import { assistMinutes, assistOutcomes, helpLevels, type Need } from '@/lib/desk/schema';

const questions = ['need', 'level', 'minutes', 'outcome'] as const;
type Question = (typeof questions)[number];

interface Key {
  readonly value: string;
  /** The digit that chooses it by keyboard, shown on the button. */
  readonly digit: string;
  readonly label: string;
  readonly hint?: string;
}

/**
 * One person helped, in four taps or four keys: what for, how much help, how long, and sent where (settled unless said otherwise). A
 * digit answers the question one is at and goes to the next; Enter saves from anywhere. Without JavaScript it is a form of radio buttons.
 */
export function AssistForm({
  action,
  deskId,
  formKey,
  needs,
  person,
  whose,
}: {
  action: FormAction;
  deskId: string;
  /** Of this rendering: sent twice it is one assist. */
  formKey: string;
  needs: readonly Need[];
  /** Who was looked up, if anybody. */
  person: string | null;
  /** Who it is about, and the way to look somebody up. */
  whose: ReactNode;
}) {
  const t = useTranslations('desk');
  const { send, typed, error, summary, refused } = useSent(action, questions);
  const choices: Readonly<Record<Question, readonly Key[]>> = {
    need: needs.map(({ code, version, name, hint }, at) => ({
      value: `${code}.${version}`,
      digit: String(at + 1),
      label: name,
      hint,
    })),
    level: helpLevels.map((level) => ({ value: level, digit: level, label: t(`levels.${level}`) })),
    minutes: assistMinutes.map((minutes, at) => ({
      value: minutes,
      digit: String(at + 1),
      label: minutes,
    })),
    outcome: assistOutcomes.map((outcome, at) => ({
      value: outcome,
      digit: String(at),
      label: t(`keys.${outcome}`),
    })),
  };
  const shape: Readonly<Record<Question, string>> = {
    need: 'grid-cols-2 sm:grid-cols-3',
    level: 'grid-cols-3 sm:grid-cols-5',
    minutes: 'grid-cols-5',
    outcome: 'grid-cols-3 sm:grid-cols-4',
  };
  return (
    <form
      action={send}
      noValidate
      className="grid max-w-3xl gap-3 rounded-card border-[1.5px] border-line bg-surface p-3.5 sm:p-5"
      aria-label={t('formLabel')}
    >
      <ErrorSummary errors={summary} />
      <Hidden fields={{ deskId, formKey, personId: person ?? '' }} />
      {whose}
      {questions.map((question) => (
        <FieldSet
          key={question}
          id={`${question}-group`}
          role="radiogroup"
          legend={t(`asked.${question}`)}
          error={error(question)}
        >
          <div className={cx('grid gap-1.5', shape[question])}>
            {choices[question].map((key, at) => (
              <ChoiceKey
                key={`${key.value} ${typed[question] ?? ''}`}
                question={question}
                choice={key}
                id={at === 0 ? question : `${question}-${key.value}`}
                chosen={(typed[question] ?? (question === 'outcome' ? 'settled' : '')) === key.value}
                first={question === 'need' && at === 0 && !refused}
              />
            ))}
          </div>
        </FieldSet>
      ))}
      {person === null ? null : (
        <label className="flex min-h-target cursor-pointer items-start gap-3 py-1.5">
          <input
            type="checkbox"
            name="invite"
            defaultChecked={typed.invite === 'on'}
            className="mt-[0.1em] size-[1.4em] shrink-0 cursor-pointer accent-field"
          />
          {t('inviteAgreed')}
        </label>
      )}
      <div>
        <SubmitButton icon="check" pendingLabel={t('logging')} wide>
          {t('log')}
        </SubmitButton>
        <p className="mt-2 hidden text-sm text-muted lg:block">{t('byKeys')}</p>
      </div>
    </form>
  );
}

function ChoiceKey({
  question,
  choice: { value, digit, label, hint },
  id,
  chosen,
  first,
}: {
  question: Question;
  choice: Key;
  id: string;
  chosen: boolean;
  first: boolean;
}) {
  return (
    <label className="relative flex min-h-target cursor-pointer items-center gap-2 rounded-control border-2 border-edge bg-surface px-2 py-1 text-base leading-tight sm:px-2.5 sm:py-1.5 has-checked:border-field has-checked:bg-field has-checked:font-bold has-checked:text-field-ink has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-(--focus)">
      <input
        type="radio"
        name={question}
        id={id}
        value={value}
        data-digit={digit}
        onKeyDown={answerByDigit}
        defaultChecked={chosen}
        autoFocus={first}
        className="absolute inset-0 size-full cursor-pointer appearance-none rounded-control opacity-0"
      />
      <kbd aria-hidden className="hidden min-w-4 text-center font-sans text-sm opacity-75 lg:inline">
        {digit}
      </kbd>
      <span className={cx('min-w-0', question === 'minutes' && 'w-full text-center')}>
        <span className="block">{label}</span>
        {hint ? <span className="hidden text-sm font-normal opacity-85 sm:block">{hint}</span> : null}
      </span>
    </label>
  );
}

/** A digit chooses in the question one is at, and goes on to the next; only from a button of the form itself. */
function answerByDigit(event: KeyboardEvent<HTMLInputElement>): void {
  const { key, altKey, ctrlKey, metaKey, currentTarget } = event;
  if (altKey || ctrlKey || metaKey) return;
  const inGroup = (name: string) => [
    ...(currentTarget.form?.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`) ?? []),
  ];
  const wanted = inGroup(currentTarget.name).find(({ dataset }) => dataset.digit === key);
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
  const next = questions[questions.findIndex((question) => question === currentTarget.name) + 1];
  const group = next === undefined ? [] : inGroup(next);
  (group.find(({ checked }) => checked) ?? group[0] ?? wanted).focus();
}
