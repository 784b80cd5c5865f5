import { useTranslations } from 'next-intl';
import { addressWith, type Address } from '@/components/ui/address';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import type { DeskRow, HelpRow, VisitRow, MadeOf as Made, MemberRow, TeamRow } from '@/lib/figure/schema';
import { formatDate, formatTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { useFigureWords } from './words';

/** The teams, members or helpers a figure is made of, a page at a time, each leading on to the page that has it. */
export function MadeOf({ made, address, page }: { made: Made; address: Address; page: number }) {
  const t = useTranslations('dashboard.rows');
  const ui = useTranslations('ui');
  const to = (target: number) => addressWith(address, { page: target > 1 ? String(target) : undefined });
  return (
    <section aria-labelledby="made" className="grid gap-3">
      <h2 id="made" className="text-2xl">
        {t(`made.${made.kind}`)}
      </h2>
      {made.kind === 'members' ? (
        <Members rows={made.rows} />
      ) : made.kind === 'help' ? (
        <Help rows={made.rows} />
      ) : made.kind === 'visits' ? (
        <Visits rows={made.rows} />
      ) : made.kind === 'desks' ? (
        <Desks rows={made.rows} />
      ) : (
        <Teams rows={made.rows} shock={made.kind === 'shock'} />
      )}
      {page > 1 || made.more ? (
        <p className="flex flex-wrap gap-x-6 print:hidden">
          {page > 1 ? (
            <Link
              href={to(page - 1)}
              prefetch={false}
              rel="prev"
              className="link inline-flex min-h-target items-center"
            >
              {ui('previousPage')}
            </Link>
          ) : null}
          {made.more ? (
            <Link
              href={to(page + 1)}
              prefetch={false}
              rel="next"
              className="link inline-flex min-h-target items-center"
            >
              {ui('nextPage')}
            </Link>
          ) : null}
        </p>
      ) : null}
    </section>
  );
}

/** A name that leads on where the caller may go. */
function Name({ href, mayOpen, children }: { href: string; mayOpen: boolean; children: string }) {
  return mayOpen ? (
    <Link href={href} prefetch={false} className="link inline-flex min-h-target items-center">
      {children}
    </Link>
  ) : (
    children
  );
}

function useColumns() {
  const t = useTranslations('dashboard.rows');
  const team = useTranslations('teams');
  const words = useFigureWords();
  return {
    t,
    team,
    ...words,
    where: {
      key: 'where',
      header: t('where'),
      cell: (row: { areaNameVi: string; areaNameEn: string }) =>
        words.locale === 'en' ? row.areaNameEn : row.areaNameVi,
    },
    none: <EmptyState icon="people" title={t('made.none')} />,
  };
}

function Teams({ rows, shock }: { rows: readonly TeamRow[]; shock: boolean }) {
  const { t, team, number, where, none } = useColumns();
  return (
    <DataTable
      caption={t(shock ? 'made.shock' : 'made.teams')}
      captionHidden
      rows={rows}
      rowKey={({ id }) => id}
      empty={none}
      columns={[
        {
          key: 'name',
          header: t('made.team'),
          cell: (row) => (
            <Name href={`/manage/teams/${row.id}`} mayOpen={row.mayOpen}>
              {row.name}
            </Name>
          ),
        },
        { key: 'kind', header: t('made.kind'), cell: (row) => team(`kinds.${row.kind}`) },
        where,
        shock
          ? {
              key: 'held',
              header: t('made.held'),
              align: 'end',
              cell: (row) => t('cameOf', { came: number(row.held) ?? '—', marked: number(row.announced) ?? '—' }),
            }
          : {
              key: 'members',
              header: t('made.memberCount'),
              align: 'end',
              cell: (row) => number(row.members) ?? '—',
            },
      ]}
    />
  );
}

/** Noted as a day, or in whatever form somebody wrote it. */
const isDay = (noted: string) => /^\d{4}-\d\d-\d\d$/.test(noted);

function Members({ rows }: { rows: readonly MemberRow[] }) {
  const { t, team, locale, where, none } = useColumns();
  return (
    <DataTable
      caption={t('made.members')}
      captionHidden
      rows={rows}
      rowKey={({ id }) => id}
      empty={none}
      columns={[
        {
          key: 'name',
          header: t('made.member'),
          cell: (row) => (
            <Name href={`/manage/teams/${row.teamId}/members/${row.id}`} mayOpen={row.mayOpen}>
              {row.fullName}
            </Name>
          ),
        },
        { key: 'team', header: t('made.team'), cell: (row) => row.teamName },
        {
          key: 'organisation',
          header: t('made.organisation'),
          cell: (row) => team(`organisations.${row.organisation}`),
        },
        where,
        {
          key: 'joined',
          header: t('made.joined'),
          cell: ({ joinedOn }) => (joinedOn && isDay(joinedOn) ? formatDate(locale, joinedOn) : (joinedOn ?? '—')),
        },
      ]}
    />
  );
}

function Help({ rows }: { rows: readonly HelpRow[] }) {
  const { t, locale, number, where, none } = useColumns();
  return (
    <DataTable
      caption={t('made.help')}
      captionHidden
      rows={rows}
      rowKey={({ id }) => id}
      empty={none}
      columns={[
        {
          key: 'session',
          header: t('session'),
          cell: (row) => <What row={row} />,
        },
        {
          key: 'when',
          header: t('when'),
          cell: (row) => (
            <span className="whitespace-nowrap">
              {row.startsAt ? `${formatDate(locale, row.startsAt)}, ${formatTime(locale, row.startsAt)}` : '—'}
            </span>
          ),
        },
        where,
        {
          key: 'helper',
          header: t('made.helper'),
          cell: (row) => row.fullName ?? (row.kind === 'session' ? t('made.elsewhere') : '—'),
        },
        {
          key: 'minutes',
          header: t('made.minutes'),
          align: 'end',
          cell: (row) => (row.absent ? t('made.absent') : number(row.minutes)),
        },
      ]}
    />
  );
}

/** What the time was given for, leading on where the caller may go. */
function What({ row }: { row: HelpRow }) {
  const { t, locale } = useColumns();
  const title = locale === 'en' ? row.titleEn : row.titleVi;
  if (row.kind === 'shift' || row.kind === 'assist') return t(`made.${row.kind}`, { desk: title ?? '' });
  if (row.kind === 'door') return t('made.door');
  const words = row.kind === 'round' ? t('made.round') : title;
  const open = row.kind === 'round' ? '/manage/visits/rounds' : row.mayOpen ? '/manage/classes' : '/classes';
  if (row.kind === 'round' && !row.mayOpen) return words;
  return (
    <Link href={`${open}/${row.classId}`} prefetch={false} className="link inline-flex min-h-target items-center">
      {words}
    </Link>
  );
}

function Visits({ rows }: { rows: readonly VisitRow[] }) {
  const { t, locale, where } = useColumns();
  return (
    <DataTable
      caption={t('made.visits')}
      captionHidden
      rows={rows}
      rowKey={({ id }) => id}
      empty={<p>{t('made.visitsNone')}</p>}
      columns={[
        {
          key: 'when',
          header: t('when'),
          cell: (row) =>
            row.roundId === null ? (
              formatDate(locale, row.day)
            ) : (
              <Link
                href={`/manage/visits/rounds/${row.roundId}`}
                prefetch={false}
                className="link inline-flex min-h-target items-center"
              >
                {formatDate(locale, row.day)}
              </Link>
            ),
        },
        where,
        { key: 'team', header: t('made.team'), cell: (row) => row.teamName },
      ]}
    />
  );
}

function Desks({ rows }: { rows: readonly DeskRow[] }) {
  const { t, number, where } = useColumns();
  return (
    <DataTable
      caption={t('made.desks')}
      captionHidden
      rows={rows}
      rowKey={({ id }) => id}
      empty={<p>{t('made.desksNone')}</p>}
      columns={[
        { key: 'desk', header: t('made.desk'), cell: (row) => row.name },
        where,
        { key: 'count', header: t('made.times'), align: 'end', cell: (row) => number(row.count) },
      ]}
    />
  );
}
