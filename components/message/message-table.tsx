import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { StatusPill } from '@/components/ui/pill';
import type { Tone } from '@/components/ui/notice';
import { formatDateTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import type { MessageLine, MessageState } from '@/lib/message/schema';

const tones: Readonly<Record<MessageState, Tone | 'plain'>> = {
  waiting: 'info',
  sending: 'info',
  sent: 'good',
  delivered: 'good',
  told: 'good',
  to_call: 'warn',
  unsent: 'bad',
  expired: 'bad',
  withdrawn: 'plain',
};

/** Messages with what became of them: to whom, of which class, how, when, and the words of those that went out. */
export function MessageTable({
  lines,
  caption,
  locale,
  withClass,
  mayReadPeople,
}: {
  lines: readonly MessageLine[];
  caption: string;
  locale: Locale;
  withClass: boolean;
  mayReadPeople: boolean;
}) {
  const t = useTranslations('messages');
  return (
    <DataTable
      caption={caption}
      rows={lines}
      rowKey={(line) => line.id}
      columns={[
        {
          key: 'who',
          header: t('who'),
          cell: (line) => (
            <span className="block min-w-36">
              {mayReadPeople && line.personId ? (
                <Link
                  href={`/manage/people/${line.personId}`}
                  prefetch={false}
                  className="link inline-flex min-h-6 items-center"
                >
                  {line.fullName}
                </Link>
              ) : (
                line.fullName
              )}
            </span>
          ),
        },
        {
          key: 'what',
          header: t('what'),
          cell: (line) => (
            <span className="block min-w-44">
              {t(`purpose.${line.purpose}`)}
              {withClass ? (
                <span className="block text-sm text-muted">
                  {line.roundId ? t('roundIn', { village: line.title }) : line.title}
                </span>
              ) : null}
            </span>
          ),
        },
        {
          key: 'state',
          header: t('how'),
          cell: (line) => (
            <span className="grid min-w-44 justify-items-start gap-1">
              <StatusPill tone={tones[line.state]}>
                {line.channel && (line.state === 'sent' || line.state === 'delivered')
                  ? `${t(`state.${line.state}`)} · ${t(`channel.${line.channel}`)}`
                  : t(`state.${line.state}`)}
              </StatusPill>
              {line.why && t.has(`why.${line.why}`) ? (
                <span className="text-sm text-muted">{t(`why.${line.why}`)}</span>
              ) : null}
            </span>
          ),
        },
        {
          key: 'when',
          header: t('when'),
          cell: (line) => <span className="block min-w-36">{formatDateTime(locale, line.at)}</span>,
        },
        {
          key: 'words',
          header: t('words'),
          cell: (line) =>
            line.text === null ? (
              '—'
            ) : (
              <details className="min-w-64 max-w-prose">
                <summary className="link inline-flex min-h-6 items-center">
                  {t('seeWords')}
                  <span className="sr-only">: {line.fullName}</span>
                </summary>
                <p className="text-sm">{line.text}</p>
              </details>
            ),
        },
      ]}
    />
  );
}
