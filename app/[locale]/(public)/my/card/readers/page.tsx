import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ReadingList } from '@/components/card/reading-list';
import { SlipLookup } from '@/components/enrolment/slip-lookup';
import { BackLink, PageHeading } from '@/components/ui/headings';
import { readOwn } from '@/lib/access/doors';
import { cardInHand } from '@/lib/access/slip';
import { readingsOf } from '@/lib/card/queries';
import type { Locale } from '@/lib/i18n/routing';
import { showSlip } from '../../actions';

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'card' });
  return { title: t('readers'), robots: { index: false } };
}

export default async function ReadersPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const readings = await readOwn('readers', (tx, personId) => readingsOf(tx, locale, personId));
  if (!readings) return <SlipLookup action={showSlip} gone={(await cardInHand()) !== null} />;
  const t = await getTranslations('card');
  return (
    <div className="grid max-w-prose gap-7">
      <BackLink href="/my/card">{t('back')}</BackLink>
      <PageHeading lead={t('readersLead')}>{t('readers')}</PageHeading>
      <ReadingList readings={readings} locale={locale} />
    </div>
  );
}
