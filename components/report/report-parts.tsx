import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { ButtonLink } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { DefinitionList } from '@/components/ui/facts';
import { Icon } from '@/components/ui/icons';
import { Written } from '@/components/ui/written';
import { formatDate, formatDateTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { figureWords } from '@/lib/report/rules';
import { reportFiles, type ReportFigure, type ReportInFull } from '@/lib/report/schema';

/** The words of reports, and how a figure is written. */
export function useReportWords() {
  const t = useTranslations('reports');
  const locale = useLocale() === 'en' ? ('en' as const) : ('vi' as const);
  const value = (figure: ReportFigure) => figureWords(locale, figure, { hidden: t('hidden'), missing: t('missing') });
  return { t, locale, value };
}

/** A section of a report's page; with an `id` one can be led to it. */
export function Part({
  id,
  title,
  lead,
  children,
}: {
  id?: string;
  title: string;
  lead?: string;
  children: ReactNode;
}) {
  return (
    <section className="grid grid-cols-1 gap-3">
      <h2 id={id} tabIndex={id ? -1 : undefined} className="text-xl">
        {title}
      </h2>
      {lead ? <p className="max-w-prose text-muted">{lead}</p> : null}
      {children}
    </section>
  );
}

/** The figures of a report, frozen or of this moment, each with the way to its definition and, where it is counted here, to what it is made of now. */
export function FigureTable({ report, rows }: { report: ReportInFull; rows: Readonly<Record<string, string>> }) {
  const { t, locale, value } = useReportWords();
  const { figures, frozenAt } = report;
  return (
    <Part
      title={t('figures')}
      lead={frozenAt ? t('figuresFrozen', { time: formatDateTime(locale, frozenAt) }) : t('figuresNow')}
    >
      <DataTable
        caption={t('figures')}
        captionHidden
        rows={figures}
        rowKey={({ code }) => code}
        empty={
          <EmptyState icon="chart" title={t('noFigures.title')}>
            {t('noFigures.body')}
          </EmptyState>
        }
        columns={[
          {
            key: 'indicator',
            header: t('indicator'),
            cell: ({ code, name }) => (
              <Link
                href={`/dashboard/indicators/${code}`}
                prefetch={false}
                className="link inline-flex min-h-target items-center font-normal"
              >
                {name}
              </Link>
            ),
          },
          {
            key: 'value',
            header: t('value'),
            align: 'end',
            cell: (figure) => (
              <span className="block min-w-20 font-bold tabular-nums sm:whitespace-nowrap">
                {rows[figure.code] && figure.value !== null ? (
                  <Link
                    href={rows[figure.code] ?? ''}
                    prefetch={false}
                    className="link inline-flex min-h-target items-center"
                  >
                    {value(figure)}
                  </Link>
                ) : (
                  value(figure)
                )}
              </span>
            ),
          },
          {
            key: 'source',
            header: t('source'),
            cell: ({ kind, source, asOf }) => (
              <>
                {source ? <Written>{source}</Written> : t(`kind.${kind}`)}
                {asOf ? `, ${formatDate(locale, asOf)}` : ''}
              </>
            ),
          },
        ]}
      />
      {figures.some(({ hidden }) => hidden) ? <p className="max-w-prose text-sm text-muted">{t('hiddenWhy')}</p> : null}
    </Part>
  );
}

/** What is another figure by now than the one that was frozen. */
export function ChangedTable({ report }: { report: ReportInFull }) {
  const { t, value } = useReportWords();
  const { changed } = report;
  if (!changed) return null;
  return (
    <Part title={t('changed', { count: changed.length })} lead={changed.length > 0 ? t('changedLead') : undefined}>
      {changed.length > 0 ? (
        <DataTable
          caption={t('changed', { count: changed.length })}
          captionHidden
          rows={changed}
          rowKey={({ code }) => code}
          columns={[
            { key: 'indicator', header: t('indicator'), cell: ({ name }) => name },
            { key: 'frozen', header: t('frozen'), align: 'end', cell: ({ frozen }) => value(frozen) },
            { key: 'now', header: t('now'), align: 'end', cell: ({ now }) => <b>{value(now)}</b> },
          ]}
        />
      ) : null}
    </Part>
  );
}

function Lines({ text }: { text: string }) {
  const t = useTranslations('reports');
  return text === '' ? (
    <span className="text-muted">{t('nothing')}</span>
  ) : (
    <span className="whitespace-pre-line [overflow-wrap:anywhere]">
      <Written>{text}</Written>
    </span>
  );
}

/** The words of a report that stand. */
export function WordsStanding({ report }: { report: ReportInFull }) {
  const t = useTranslations('reports');
  return (
    <Part title={t('words')}>
      <DefinitionList
        items={[
          { term: t('obstacles'), value: <Lines text={report.obstacles} /> },
          { term: t('proposals'), value: <Lines text={report.proposals} /> },
          ...(report.number === '' ? [] : [{ term: t('number'), value: report.number }]),
        ]}
      />
    </Part>
  );
}

/** What those right below say in their own reports. */
export function WordsBelow({ report }: { report: ReportInFull }) {
  const t = useTranslations('reports');
  const { below } = report;
  return (
    <Part title={t('below')}>
      {below.length === 0 ? (
        <p className="text-muted">{t('noBelow')}</p>
      ) : (
        <ul className="grid gap-4">
          {below.map(({ areaId, name, obstacles, proposals }) => (
            <li key={areaId} className="rounded-card border-[1.5px] border-line bg-surface p-4">
              <p className="font-bold">
                <Written>{name}</Written>
              </p>
              <DefinitionList
                items={[
                  { term: t('obstacles'), value: <Lines text={obstacles} /> },
                  { term: t('proposals'), value: <Lines text={proposals} /> },
                ]}
              />
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

/** Who did what and when, the first step first. */
export function StepList({ report }: { report: ReportInFull }) {
  const { t, locale } = useReportWords();
  return (
    <Part title={t('steps')}>
      <ol className="grid gap-3">
        {report.steps.map(({ id, toState, byName, at, reason }) => (
          <li key={id} className="border-l-4 border-field pl-4">
            <p className="font-bold">{t(`stepOf.${toState}`)}</p>
            <p className="text-muted">
              <Written>{t('by', { name: byName, time: formatDateTime(locale, at) })}</Written>
            </p>
            {reason ? (
              <p className="[overflow-wrap:anywhere]">
                <Written>{reason}</Written>
              </p>
            ) : null}
          </li>
        ))}
      </ol>
      {report.revisions.length > 1 ? (
        <nav aria-label={t('revisions')}>
          <p className="font-bold">{t('revisions')}</p>
          <ul>
            {report.revisions.map(({ id, revision, state }) => (
              <li key={id}>
                <Link
                  href={`/dashboard/reports/${id}`}
                  prefetch={false}
                  aria-current={id === report.id ? 'page' : undefined}
                  className="link inline-flex min-h-target items-center aria-[current]:font-bold"
                >
                  {t('revisionLine', { revision, state: t(`state.${state}`) })}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
    </Part>
  );
}

/** The report as files, and its page to print. */
export function FileLinks({ id }: { id: string }) {
  const { t, locale } = useReportWords();
  return (
    <Part title={t('files.title')}>
      <div className="flex flex-wrap gap-3">
        {reportFiles.map((file) => (
          <a
            key={file}
            href={`/api/v1/reports/${id}/${file}?language=${locale}`}
            download
            className={buttonClass('secondary')}
          >
            <Icon name="download" />
            {t(`files.${file}`)}
          </a>
        ))}
        <ButtonLink href={`/dashboard/reports/${id}/print`} variant="secondary" icon="print">
          {t('files.print')}
        </ButtonLink>
      </div>
    </Part>
  );
}
