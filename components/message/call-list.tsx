'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextArea } from '@/components/ui/inputs';
import { StatusPill } from '@/components/ui/pill';
import { SubmitButton } from '@/components/ui/submit-button';
import { ButtonLink } from '@/components/ui/button';
import { formatDateTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { phoneForReading } from '@/lib/kernel/phone';
import { untouched, type FormState } from '@/lib/kernel/result';
import type { CallLine, CallOutcome } from '@/lib/message/schema';
import { isOfHelper, subjectOf } from './subject';

/** Whom to tell by hand, each with the number, the words, and one tap for what came of it. An offer's answer is taken where offers are. */
export function CallList({
  lines,
  classId,
  tell,
  locale,
}: {
  lines: readonly CallLine[];
  /** Narrowed to one class: there its name is not said again. */
  classId: string | undefined;
  tell: (before: FormState, form: FormData) => Promise<FormState>;
  locale: Locale;
}) {
  const say = useTranslations('errors');
  const [{ errors }, send] = useActionState(tell, untouched);
  return (
    <div className="grid grid-cols-1 gap-3">
      <ErrorSummary errors={Object.values(errors).map((key) => ({ message: say(key) }))} />
      <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
        {lines.map((line, at) => (
          <li key={line.id} className="grid gap-3 px-4 py-4">
            <Who
              line={line}
              again={isSameCall(lines[at - 1], line)}
              locale={locale}
              withSubject={classId === undefined}
            />
            <Words line={line} />
            <form action={send} className="flex flex-wrap gap-2.5">
              <input type="hidden" name="messageId" value={line.id} />
              {classId === undefined ? null : <input type="hidden" name="class" value={classId} />}
              {line.purpose === 'offer' ? <AnswerLink line={line} /> : <Outcome of={line} outcome="reached" main />}
              <Outcome of={line} outcome="by_hand" />
              {line.phone && !line.wrongNumber ? (
                <>
                  <Outcome of={line} outcome="no_answer" />
                  <Outcome of={line} outcome="wrong_number" />
                  <Outcome of={line} outcome="no_calls" />
                </>
              ) : null}
            </form>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Who has no number that works is told some other way, whatever put them on the list; helpers choose how, residents agree. */
function whyOf({ phone, wrongNumber, why, purpose }: CallLine): string {
  if (wrongNumber) return 'wrongNumber';
  if (!phone) return 'noPhone';
  return why === 'notAgreed' && isOfHelper(purpose) ? 'notChosen' : (why ?? '');
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

function Outcome({ of, outcome, main }: { of: CallLine; outcome: CallOutcome; main?: boolean }) {
  const t = useTranslations('messages');
  return (
    <SubmitButton
      name="outcome"
      value={outcome}
      variant={main ? 'primary' : 'secondary'}
      icon={main ? 'check' : undefined}
      pendingLabel={t('working')}
    >
      {t(`outcome.${outcome}`)}
      <span className="sr-only">: {of.fullName}</span>
    </SubmitButton>
  );
}

/** Who is rung at one number for one thing after the other is rung once. */
const isSameCall = (before: CallLine | undefined, line: CallLine): boolean =>
  before !== undefined && line.phone !== null && before.phone === line.phone && before.fullName === line.fullName;

function Who({
  line,
  again,
  locale,
  withSubject,
}: {
  line: CallLine;
  /** Told in the same call as the line before. */
  again: boolean;
  locale: Locale;
  withSubject: boolean;
}) {
  const t = useTranslations('messages');
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {again ? <span className="text-muted">{t('again', { name: line.fullName })}</span> : <b>{line.fullName}</b>}
        {line.phone && !line.wrongNumber && !again ? (
          <a
            href={`tel:${line.phone}`}
            className="link inline-flex min-h-target items-center text-lg font-bold whitespace-nowrap"
          >
            {phoneForReading(line.phone)}
          </a>
        ) : null}
        {line.phone && line.phoneOfRelative && !line.wrongNumber && !again ? (
          <span className="text-sm text-muted">{t('relative')}</span>
        ) : null}
      </p>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StatusPill tone={line.purpose === 'evening' ? 'plain' : 'warn'}>{t(`purpose.${line.purpose}`)}</StatusPill>
        <span className="text-sm text-muted">{t('until', { until: formatDateTime(locale, line.expiresAt) })}</span>
      </p>
      {withSubject ? (
        <p className="text-sm">
          <Link href={subjectOf(line)} prefetch={false} className="link inline-flex min-h-6 items-center">
            {line.roundId ? t('roundIn', { village: line.title }) : line.title}
          </Link>
        </p>
      ) : null}
      <p className="text-sm text-muted">
        {[
          t.has(`why.${whyOf(line)}`) ? t(`why.${whyOf(line)}`) : null,
          line.tried > 0 && line.triedAt
            ? t('tried', { count: line.tried, at: formatDateTime(locale, line.triedAt) })
            : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </div>
  );
}

/** The words, to be read out or copied: by the button where scripts run, by hand where not. */
function Words({ line }: { line: CallLine }) {
  const t = useTranslations('messages');
  return (
    <details>
      <summary className="link inline-flex min-h-target items-center">
        {t('words')}
        <span className="sr-only">: {line.fullName}</span>
      </summary>
      <div className="grid max-w-prose gap-2 pt-1">
        <TextArea
          name="words"
          id={`words-${line.id}`}
          label={t('wordsFor', { name: line.fullName })}
          rows={4}
          readOnly
          style={{ fieldSizing: 'content' }}
          defaultValue={line.text}
        />
        <div>
          <CopyButton of={`words-${line.id}`} copied={t('copied')}>
            {t('copyWords')}
          </CopyButton>
        </div>
      </div>
    </details>
  );
}
