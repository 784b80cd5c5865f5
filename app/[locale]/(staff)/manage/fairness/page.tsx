import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { FairnessTables } from '@/components/enrolment/fairness-table';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { fairness } from '@/lib/enrolment/queries';
import { fairnessTable } from '@/lib/enrolment/rules';
import type { Locale } from '@/lib/i18n/routing';

interface Props {
  params: Promise<{ locale: Locale }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'manage' });
  return { title: t('fairness.title') };
}

/** Who asked for a place and who got one, in all the classes the caller looks after. */
export default async function FairnessPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const counts = await read('class.read', (tx) => fairness(tx, null));
  const t = await getTranslations('manage');
  return (
    <div className="grid gap-6">
      <Breadcrumbs items={[{ label: t('classes.title'), href: '/manage/classes' }, { label: t('fairness.title') }]} />
      <PageHeading above={t('fairness.all')} lead={t('fairness.lead')}>
        {t('fairness.title')}
      </PageHeading>
      <FairnessTables tables={fairnessTable(counts.rows, counts.named)} locale={locale} />
    </div>
  );
}
