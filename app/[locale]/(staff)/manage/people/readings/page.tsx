import { getTranslations, setRequestLocale } from 'next-intl/server';
import { z } from 'zod';
import { ClientWords } from '@/components/layout/client-words';
import { ReadingsHere } from '@/components/lookup/readings-here';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { Pagination } from '@/components/ui/pagination';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { readingsHere, readingsPerPage } from '@/lib/lookup/queries';
import { answer } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('lookup', 'here.title');

const pageAsked = z.coerce.number().int().min(1).max(1000).catch(1);

/** Who of other units opened the records of people of one's own, what for, until when; each may be ended or objected to. */
export default async function ReadingsPage({ params, searchParams }: Props) {
  const [{ locale }, address] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const page = pageAsked.parse(address.page);
  const { readings, total } = await read('person.write', (tx) => readingsHere(tx, locale, page));
  const [t, p] = await Promise.all([getTranslations('lookup'), getTranslations('people')]);
  const done = (['ended', 'objected'] as const).find((one) => one === address.done);
  return (
    <div className="grid gap-7">
      <Breadcrumbs items={[{ label: p('title'), href: '/manage/people' }, { label: t('here.title') }]} />
      {done ? <Notice tone="good" live title={t(`here.${done}`)} /> : null}
      <PageHeading lead={t('here.lead')}>{t('here.title')}</PageHeading>
      {readings.length === 0 ? (
        <EmptyState icon="lock" title={t('here.none')}>
          {t('here.noneBody')}
        </EmptyState>
      ) : (
        <ClientWords of={['lookup', 'errors']}>
          <ReadingsHere readings={readings} locale={locale} answer={answer} />
        </ClientWords>
      )}
      <Pagination
        address={{ path: '/manage/people/readings', params: {} }}
        page={page}
        pageCount={Math.ceil(total / readingsPerPage)}
      />
    </div>
  );
}
