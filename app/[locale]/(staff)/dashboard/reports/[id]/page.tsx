import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { rowsHref } from '@/components/figure/rows-link';
import { ClientWords } from '@/components/layout/client-words';
import { ChangedBelow } from '@/components/report/changed-below';
import { ReportActs } from '@/components/report/report-acts';
import { RemarksForm } from '@/components/report/report-forms';
import { ReportPills } from '@/components/report/report-list';
import {
  ChangedTable,
  FigureTable,
  FileLinks,
  Part,
  StepList,
  WordsBelow,
  WordsStanding,
} from '@/components/report/report-parts';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { rowsBehind } from '@/lib/figure/rules';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { indicators } from '@/lib/indicator/queries';
import { dayOf } from '@/lib/kernel/clock';
import { id as uuid } from '@/lib/kernel/input';
import { periodOf } from '@/lib/period/rules';
import { changedBelow } from '@/lib/report/below';
import { reportInFull } from '@/lib/report/queries';
import { hasTurn, isOverdue, periodDays, periodWords } from '@/lib/report/rules';
import { approve, giveBack, lock, reopen, sign, write } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const outcomes = ['begun', 'written', 'signed', 'returned', 'approved', 'locked', 'reopened'] as const;

export const generateMetadata = titled('reports', 'title');

/** One report: its figures and words, who did what, the step that is one's own to take, and its files. */
export default async function ReportPage({ params, searchParams }: Props) {
  const [{ locale, id }, { done }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  if (!wanted.success) notFound();
  const found = await read('figures.read', async (tx) => {
    const report = await reportInFull(tx, locale, wanted.data);
    return report && { report, registry: await indicators(tx), below: await changedBelow(tx, locale, report) };
  });
  if (!found) notFound();
  const { report, registry, below } = found;
  const rows = Object.fromEntries(
    registry.flatMap((version) => {
      const [only, another] = rowsBehind(version);
      return only && !another
        ? [[version.code, rowsHref(report.areaId, report.period.key, only.measure, only.group)]]
        : [];
    }),
  );
  const t = await getTranslations('reports');
  const today = dayOf(new Date());
  const { state, period, hands } = report;
  const words = periodWords(locale, period);
  const outcome = outcomes.find((known) => known === done);
  const last = report.steps.at(-1);
  const first = report.steps[0];
  const [newest] = report.revisions;
  const carried = report.carriedFrom === null ? null : periodOf(report.carriedFrom);
  const writing = (state === 'draft' || state === 'returned') && hands.includes('write');
  const list = `/dashboard/reports?${new URLSearchParams({ period: period.key })}`;
  return (
    <div className="grid grid-cols-1 gap-7">
      <Breadcrumbs items={[{ label: t('title'), href: list }, { label: report.areaName }]} />
      {outcome ? <Notice tone="good" live title={t(`done.${outcome}`)} /> : null}
      <div className="grid gap-3">
        <PageHeading
          above={report.areaName}
          lead={t('dueOn', { days: periodDays(locale, period), due: formatDate(locale, report.dueOn) })}
        >
          {t('heading', { period: words })}
        </PageHeading>
        <ReportPills state={state} overdue={isOverdue(state, report.dueOn, today)} />
        {hasTurn(report) ? (
          <a href="#to-do" className="link inline-flex min-h-target w-fit items-center font-bold">
            {t('toAct')}
          </a>
        ) : null}
      </div>
      {newest && newest.id !== report.id ? (
        <Notice
          tone="warn"
          title={t('older')}
          action={
            <ButtonLink href={`/dashboard/reports/${newest.id}`} variant="secondary">
              {t('openNewer')}
            </ButtonLink>
          }
        />
      ) : null}
      {state === 'returned' && last ? (
        <Notice tone="warn" title={t('returnedBecause', { name: last.byName, reason: last.reason })} />
      ) : null}
      {report.revision > 1 && first?.reason ? (
        <Notice tone="info" title={t('reopenedBecause', { reason: first.reason })} />
      ) : null}
      <FigureTable report={report} rows={rows} />
      <ChangedTable report={report} />
      {below ? <ChangedBelow below={below} /> : null}
      <ClientWords of={['reports', 'errors']}>
        {writing ? (
          <Part title={t('words')} {...(carried && { lead: t('carried', { period: periodWords(locale, carried) }) })}>
            <RemarksForm action={write} now={report} besides={hands.includes('sign')} />
          </Part>
        ) : (
          <WordsStanding report={report} />
        )}
        {report.areaKind === 'province' || report.aboveKind === 'province' ? <WordsBelow report={report} /> : null}
        <Part title={t('act.title')} id="to-do">
          <ReportActs report={report} actions={{ approve, giveBack, lock, reopen, sign }} today={today} />
        </Part>
      </ClientWords>
      <FileLinks id={report.id} />
      <StepList report={report} />
    </div>
  );
}
