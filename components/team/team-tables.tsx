import { useTranslations } from 'next-intl';
import { DataTable, type Sort } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { StatusPill } from '@/components/ui/pill';
import type { TaughtIn } from '@/lib/class/schema';
import { formatDate, formatNumber } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { phoneForReading } from '@/lib/kernel/phone';
import { hoursOf } from '@/lib/team/rules';
import type { MemberLine, MonthOfHelp, TeamLine } from '@/lib/team/schema';

/** Languages in words, Vietnamese first; "—" where none is noted. */
export function useSpoken() {
  const t = useTranslations('teams');
  return (languages: readonly TaughtIn[]) =>
    languages
      .toSorted((a, b) => Number(b === 'vi') - Number(a === 'vi'))
      .map((one) => t(`spoken.${one}`))
      .join(', ') || '—';
}

/** The teams as a list: what they are, who is in them, what they teach now. */
export function TeamTable({
  rows,
  locale,
  path,
  sort,
}: {
  rows: readonly TeamLine[];
  locale: Locale;
  path: string;
  sort: Sort;
}) {
  const t = useTranslations('teams');
  const spoken = useSpoken();
  const number = (value: number) => <span className="tabular-nums">{formatNumber(locale, value)}</span>;
  return (
    <DataTable
      caption={t('title')}
      captionHidden
      rows={rows}
      rowKey={({ id }) => id}
      sort={sort}
      empty={
        <EmptyState icon="people" title={t('none')}>
          {t('noneBody')}
        </EmptyState>
      }
      columns={[
        {
          key: 'name',
          header: t('name'),
          sortable: true,
          cell: (row) => (
            <Link href={`${path}/${row.id}`} prefetch={false} className="link block w-fit min-w-40 lg:min-w-64">
              {row.name}
              {row.closedOn ? (
                <span className="block text-sm text-muted">
                  {t('closing.since', { day: formatDate(locale, row.closedOn) })}
                </span>
              ) : null}
            </Link>
          ),
        },
        {
          key: 'kind',
          header: t('kind'),
          sortable: true,
          cell: (row) => (
            <span className="block min-w-36">
              {t(`kinds.${row.kind}`)}
              <span className="block text-sm text-muted">{t(`organisations.${row.organisation}`)}</span>
            </span>
          ),
        },
        { key: 'area', header: t('area'), sortable: true, cell: (row) => row.area },
        { key: 'members', header: t('people'), sortable: true, align: 'end', cell: (row) => number(row.members) },
        { key: 'languages', header: t('languages'), cell: (row) => spoken(row.languages) },
        { key: 'classes', header: t('classes'), sortable: true, align: 'end', cell: (row) => number(row.classes) },
      ]}
    />
  );
}

/** Everybody of a team; those who left stand last and say so. */
export function MemberTable({ rows, locale, path }: { rows: readonly MemberLine[]; locale: Locale; path: string }) {
  const t = useTranslations('teams');
  const spoken = useSpoken();
  return (
    <DataTable
      caption={t('members')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon="people" title={t('noMembers')}>
          {t('noMembersBody')}
        </EmptyState>
      }
      columns={[
        {
          key: 'name',
          header: t('fullName'),
          cell: (row) => (
            <span className="block min-w-32 font-normal lg:min-w-48">
              <Link href={`${path}/${row.id}`} prefetch={false} className="link font-bold">
                {row.fullName}
              </Link>
              {row.leftOn ? (
                <StatusPill>{t('left', { day: formatDate(locale, row.leftOn) })}</StatusPill>
              ) : (
                <span className="block text-sm text-muted">{t(`roles.${row.role}`)}</span>
              )}
            </span>
          ),
        },
        {
          key: 'phone',
          header: t('phone'),
          cell: (row) => <span className="whitespace-nowrap">{row.phone ? phoneForReading(row.phone) : '—'}</span>,
        },
        { key: 'languages', header: t('languages'), cell: (row) => spoken(row.languages) },
        { key: 'skills', header: t('mayTeach'), cell: (row) => t('skillCount', { count: row.skills.length }) },
        { key: 'account', header: t('account'), cell: (row) => t(row.hasAccount ? 'hasAccount' : 'noAccount') },
        { key: 'joined', header: t('joined'), cell: (row) => (row.joinedOn ? formatDate(locale, row.joinedOn) : '—') },
        {
          key: 'coming',
          header: t('coming'),
          align: 'end',
          cell: (row) => <span className="tabular-nums">{row.coming}</span>,
        },
      ]}
    />
  );
}

/** Hours by person and month, the newest month first; "—" where there were none. Only months in which somebody worked stand as columns. */
export function HoursTable({
  people,
  months,
  locale,
}: {
  people: readonly { id: string; fullName: string }[];
  months: readonly MonthOfHelp[];
  locale: Locale;
}) {
  const t = useTranslations('teams');
  const did = useTranslations('duty.did');
  const own = months.filter(({ memberId }) => people.some(({ id }) => id === memberId));
  const columns = [...new Set(own.map(({ month }) => month))];
  const minutesOf = (id: string, month?: string) =>
    months
      .filter((one) => one.memberId === id && (month === undefined || one.month === month))
      .reduce((sum, one) => sum + one.minutes, 0);
  const sum = (id: string, what: 'sessions' | 'shifts' | 'rounds' | 'doors' | 'assists') =>
    own.filter(({ memberId }) => memberId === id).reduce((all, one) => all + one[what], 0);
  const hours = (minutes: number) => (
    <span className="tabular-nums">{minutes > 0 ? formatNumber(locale, hoursOf(minutes), 1) : '—'}</span>
  );
  return (
    <section className="grid grid-cols-1 gap-3">
      <h2 className="text-xl">{t('hours')}</h2>
      <p className="max-w-prose text-muted">{t('hoursLead')}</p>
      {columns.length === 0 ? (
        <p>{t('hoursNone')}</p>
      ) : (
        <DataTable
          caption={t('hours')}
          captionHidden
          rows={people.filter(({ id }) => minutesOf(id) > 0)}
          rowKey={({ id }) => id}
          columns={[
            { key: 'name', header: t('fullName'), cell: (row) => row.fullName },
            ...columns.map((month) => ({
              key: month,
              header: t('month', { month: month.slice(5), year: month.slice(0, 4) }),
              align: 'end' as const,
              cell: (row: { id: string }) => hours(minutesOf(row.id, month)),
            })),
            { key: 'total', header: t('total'), align: 'end', cell: (row) => <b>{hours(minutesOf(row.id))}</b> },
            ...(['sessions', 'shifts', 'rounds', 'doors', 'assists'] as const).map((what) => ({
              key: what,
              header: did(what),
              align: 'end' as const,
              cell: (row: { id: string }) => (
                <span className="tabular-nums">
                  {sum(row.id, what) > 0 ? formatNumber(locale, sum(row.id, what)) : '—'}
                </span>
              ),
            })),
          ]}
        />
      )}
    </section>
  );
}
