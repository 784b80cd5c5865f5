import { getTranslations, setRequestLocale } from 'next-intl/server';
import { AbsenceTable } from '@/components/register/absence-table';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { phoneForReading } from '@/lib/kernel/phone';
import { missedInARow } from '@/lib/register/watch';

interface Props {
  params: Promise<{ locale: Locale }>;
}

export const generateMetadata = titled('register', 'absences.title');

/** Who missed two sessions in a row without a word: to be rung. Nothing is kept of the list itself. */
export default async function AbsencesPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { missed, mayReadPeople } = await read('roster.read', async (tx, caller) => ({
    missed: await missedInARow(tx, locale, new Date()),
    mayReadPeople: caller.capabilities.includes('person.read'),
  }));
  const t = await getTranslations('register');
  const rows = missed.rows.map((one) => ({ ...one, phoneReads: one.phone ? phoneForReading(one.phone) : null }));
  return (
    <div className="grid grid-cols-1 gap-6">
      <Breadcrumbs items={[{ label: t('today'), href: '/manage' }, { label: t('absences.title') }]} />
      <PageHeading above={t('absences.notice', { count: missed.total })} lead={t('absences.lead')}>
        {t('absences.title')}
      </PageHeading>
      <AbsenceTable rows={rows} mayReadPeople={mayReadPeople} />
    </div>
  );
}
