import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { FairnessPicker } from '@/components/enrolment/fairness-picker';
import { EqualityTables, FairnessTables } from '@/components/enrolment/fairness-table';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { fairness, fairnessChoices } from '@/lib/enrolment/fairness';
import { fairnessTable } from '@/lib/enrolment/rules';
import { fairnessAddress } from '@/lib/enrolment/schema';
import type { Locale } from '@/lib/i18n/routing';
import { dayOf } from '@/lib/kernel/clock';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'manage' });
  return { title: t('fairness.title') };
}

/** Who asked for a place and who got one, in the classes of a year the caller looks after, everywhere or in one unit. */
export default async function FairnessPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = fairnessAddress.safeParse(await searchParams);
  const area = asked.data?.area ?? null;
  const year = asked.data?.year ?? Number(dayOf(new Date()).slice(0, 4));
  const found = await read('class.read', async (tx) => {
    const counts = asked.success ? await fairness(tx, { areaId: area, year }) : null;
    return counts && { tables: fairnessTable(counts), choices: await fairnessChoices(tx, locale) };
  });
  if (!found) notFound();
  const t = await getTranslations('manage');
  return (
    <div className="grid gap-6">
      <Breadcrumbs items={[{ label: t('classes.title'), href: '/manage/classes' }, { label: t('fairness.title') }]} />
      <PageHeading above={t('fairness.all')} lead={t('fairness.lead')}>
        {t('fairness.title')}
      </PageHeading>
      <FairnessPicker area={area} year={year} {...found.choices} />
      <FairnessTables tables={found.tables} locale={locale} />
      <EqualityTables tables={found.tables} locale={locale} />
    </div>
  );
}
