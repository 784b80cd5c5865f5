import { getTranslations, setRequestLocale } from 'next-intl/server';
import { UploadForm } from '@/components/import/upload-form';
import { JobTable } from '@/components/job/job-table';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import { Disclosure } from '@/components/ui/disclosure';
import { DownloadLink } from '@/components/ui/download-link';
import { PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { columnsToFill, kinds, versionSigned } from '@/lib/import/queries';
import { importJobs, importKinds, type ImportKind } from '@/lib/import/schema';
import { jobsOf } from '@/lib/job/queries';
import { upload } from './actions';

export const generateMetadata = titled('import', 'title');

export default async function ImportPage({ params }: { params: Promise<{ locale: Locale }> }) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { mine, jobs, version } = await read('declared.write', async (tx, caller) => ({
    mine: importKinds.filter((kind) => caller.capabilities.includes(kinds[kind].may)),
    jobs: await jobsOf(tx, importJobs, 10),
    version: await versionSigned(tx, locale),
  }));
  const [t, job] = await Promise.all([getTranslations('import'), getTranslations('job')]);
  return (
    <div className="grid grid-cols-1 gap-7">
      <PageHeading
        lead={t('lead')}
        actions={
          <>
            <ButtonLink href="/manage/exports" variant="secondary" icon="download">
              {job('toExports')}
            </ButtonLink>
            <ButtonLink href="/manage/jobs" variant="secondary" icon="clock">
              {job('title')}
            </ButtonLink>
          </>
        }
      >
        {t('title')}
      </PageHeading>
      {mine.length === 0 ? <Notice title={t('notAllowed')} /> : null}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card>
          <ClientWords of={['import', 'errors']}>
            <UploadForm action={upload} kinds={mine} language={locale} />
          </ClientWords>
        </Card>
        <Card as="section" labelledBy="templates">
          <h2 id="templates" className="text-xl">
            {t('guide')}
          </h2>
          <div className="mt-4 grid grid-cols-1 gap-6">
            {mine.map((kind) => (
              <Template key={kind} kind={kind} locale={locale} version={version} />
            ))}
          </div>
        </Card>
      </div>
      <JobTable jobs={jobs} locale={locale} caption={t('recent')} />
    </div>
  );
}

async function Template({ kind, locale, version }: { kind: ImportKind; locale: Locale; version: number }) {
  const t = await getTranslations('import');
  const address = (format: string) => `/manage/import/template?kind=${kind}&format=${format}&language=${locale}`;
  return (
    <section aria-labelledby={`template-${kind}`} className="grid grid-cols-1 gap-3">
      <h3 id={`template-${kind}`} className="text-lg">
        {t(`kinds.${kind}.title`)}
      </h3>
      <p className="text-muted">{t(`kinds.${kind}.lead`)}</p>
      <div className="flex flex-wrap gap-3">
        <DownloadLink href={address('xlsx')}>{t('template', { format: 'Excel' })}</DownloadLink>
        <DownloadLink href={address('csv')} variant="quiet">
          {t('template', { format: 'CSV' })}
        </DownloadLink>
      </div>
      <Disclosure summary={t('whatColumns')}>
        <DataTable
          caption={`${t('whatColumns')}: ${t(`kinds.${kind}.title`)}`}
          rows={columnsToFill(locale, kind, version)}
          rowKey={(column) => column.key}
          empty={null}
          columns={[
            { key: 'name', header: t('column'), cell: (column) => <b>{column.name}</b> },
            { key: 'must', header: t('must'), cell: (column) => t(column.required ? 'yes' : 'no') },
            {
              key: 'hint',
              header: t('whatToWrite'),
              cell: (column) => <span className="block w-fit min-w-48">{column.hint}</span>,
            },
          ]}
        />
      </Disclosure>
    </section>
  );
}
