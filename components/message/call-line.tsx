import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/ui/copy-button';
import { TextArea } from '@/components/ui/inputs';
import { StatusPill } from '@/components/ui/pill';
import { formatDateTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { phoneForReading } from '@/lib/kernel/phone';
import type { CallLine } from '@/lib/message/schema';
import { isOfHelper, subjectOf } from './subject';

/** Who has no number that works is told some other way, whatever put them on the list; helpers choose how, residents agree. */
function whyOf({ phone, wrongNumber, why, purpose }: CallLine): string {
  if (wrongNumber) return 'wrongNumber';
  if (!phone) return 'noPhone';
  return why === 'notAgreed' && isOfHelper(purpose) ? 'notChosen' : (why ?? '');
}

/** Whom to call, at which number, what about and until when. */
export function CallTo({
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
          // Said once of whoever is rung for several things.
          !again && t.has(`why.${whyOf(line)}`) ? t(`why.${whyOf(line)}`) : null,
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
export function CallWords({ line }: { line: CallLine }) {
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
