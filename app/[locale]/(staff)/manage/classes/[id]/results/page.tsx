import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ActForm } from '@/components/class/act-form';
import { ResultTable } from '@/components/completion/result-table';
import { ClientWords } from '@/components/layout/client-words';
import { parseSort } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { idInAddress, read } from '@/lib/access/doors';
import { certificateStandings, otherObservers } from '@/lib/certificate/queries';
import { registersOfClass, resultsOfClass } from '@/lib/completion/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { classForStaff } from '@/lib/manage/queries';
import { close, issue } from './actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('completion', 'results.title');

/** What became, or will become, of everybody in a class: looked at before it is closed; then who gets a certificate, and who else must look first. */
export default async function ResultsPage({ params, searchParams }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const classId = idInAddress(id);
  const now = new Date();
  const page = await read('roster.read', async (tx) => {
    const found = await classForStaff(tx, locale, classId, now);
    if (!found?.mayRoster || found.status === 'draft') return null;
    return {
      found,
      results: await resultsOfClass(tx, locale, classId, now),
      registers: await registersOfClass(tx, classId, now),
      standings: await certificateStandings(tx, classId),
      others: await otherObservers(tx, classId),
    };
  });
  if (!page) notFound();
  const { found, registers, others } = page;
  const t = await getTranslations('completion.results');
  const m = await getTranslations('manage');
  const { done, sort } = await searchParams;
  const standings = new Map(page.standings.map((one) => [one.enrolmentId, one]));
  const lines = page.results.map((line) => {
    const standing = standings.get(line.enrolmentId);
    const mayHave = line.result === 'completed' && standing?.agreed === true && !standing.serial;
    return {
      ...line,
      serial: standing?.serial ?? null,
      due: mayHave && standing.seenAgain,
      unseen: mayHave && !standing.seenAgain,
      changes: found.status === 'closed' && line.status !== line.result,
    };
  });
  const over = found.status !== 'cancelled' && found.lastEndsAt !== null && found.lastEndsAt <= now;
  const stale = found.status === 'published' || lines.some(({ changes }) => changes);
  const mayClose = found.mayWrite && over && stale && registers.taken > 0;
  const due = lines.filter((line) => line.due).length;
  const unseen = lines.filter((line) => line.unseen).length;
  const count = (result: string) => lines.filter((line) => line.result === result).length;
  return (
    <div className="grid gap-6">
      <Breadcrumbs
        items={[
          { label: m('classes.title'), href: '/manage/classes' },
          { label: found.title, href: `/manage/classes/${classId}` },
          { label: t('title') },
        ]}
      />
      {done === 'closed' || done === 'issued' ? <Notice tone="good" live title={t(`done.${done}`)} /> : null}
      <PageHeading
        above={`${found.title} · ${found.area}`}
        lead={t('lead', { completed: count('completed'), partial: count('partial'), never: count('no_show') })}
      >
        {t('title')}
      </PageHeading>
      {over ? null : <Notice tone="info" title={t('notOver')} />}
      {over && registers.missing > 0 ? (
        <Notice tone="warn" title={t('missing', { count: registers.missing })}>
          <p>{t(registers.taken > 0 ? 'missingBody' : 'noneBody')}</p>
        </Notice>
      ) : null}
      {registers.inConflict > 0 ? <Notice tone="warn" title={t('conflict', { count: registers.inConflict })} /> : null}
      {mayClose ? (
        <Notice
          tone={found.status === 'closed' ? 'warn' : 'info'}
          title={t(found.status === 'closed' ? 'again' : 'close')}
          action={
            <ClientWords of={['errors']}>
              <ActForm
                action={close}
                fields={{ classId }}
                label={t(found.status === 'closed' ? 'doAgain' : 'doClose')}
                pendingLabel={m('working')}
                icon="check"
              />
            </ClientWords>
          }
        >
          <p>{t(found.status === 'closed' ? 'againBody' : 'closeBody')}</p>
        </Notice>
      ) : null}
      {due > 0 && found.mayWrite ? (
        <Notice
          tone="good"
          title={t('due', { count: due })}
          action={
            <ClientWords of={['errors']}>
              <ActForm
                action={issue}
                fields={{ classId }}
                label={t('doIssue', { count: due })}
                pendingLabel={m('working')}
                icon="check"
              />
            </ClientWords>
          }
        />
      ) : null}
      {unseen > 0 ? (
        <Notice tone="warn" title={t('unseen', { count: unseen })}>
          <p>{others.length > 0 ? t('unseenBody', { names: others.join(', ') }) : t('unseenNobody')}</p>
        </Notice>
      ) : null}
      {lines.length > 0 ? (
        <ResultTable
          lines={lines}
          closed={found.status === 'closed'}
          sort={{
            ...parseSort(typeof sort === 'string' ? sort : undefined, ['name', 'result', 'came'], 'result'),
            address: { path: `/manage/classes/${classId}/results`, params: {} },
          }}
        />
      ) : (
        <EmptyState icon="people" title={t('nobody')} />
      )}
      <p className="max-w-prose text-muted">{t('how')}</p>
    </div>
  );
}
