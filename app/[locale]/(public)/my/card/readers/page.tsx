import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ReadingList } from '@/components/card/reading-list';
import { OwnReferrals } from '@/components/card/own-referrals';
import { SlipLookup } from '@/components/enrolment/slip-lookup';
import { ClientWords } from '@/components/layout/client-words';
import { BackLink, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { readOwn } from '@/lib/access/doors';
import { cardInHand } from '@/lib/access/slip';
import { readingsOf } from '@/lib/card/queries';
import type { Locale } from '@/lib/i18n/routing';
import { ownReferrals } from '@/lib/referral/queries';
import { showSlip, stopReferralByCard } from '../../actions';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'card' });
  return { title: t('readers'), robots: { index: false } };
}

export default async function ReadersPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const own = await readOwn('readers', async (tx, personId) => ({
    readings: await readingsOf(tx, locale, personId),
    referrals: await ownReferrals(tx, locale, personId),
  }));
  if (!own) return <SlipLookup action={showSlip} gone={(await cardInHand()) !== null} />;
  const t = await getTranslations('card');
  return (
    <div className="grid max-w-prose gap-7">
      <BackLink href="/my/card">{t('back')}</BackLink>
      <PageHeading lead={t('readersLead')}>{t('readers')}</PageHeading>
      {(await searchParams).done === 'stopped' ? <Notice tone="good" live title={t('referralStopped')} /> : null}
      {own.referrals.length > 0 ? (
        <ClientWords of={['card', 'errors']}>
          <OwnReferrals referrals={own.referrals} locale={locale} stop={stopReferralByCard} />
        </ClientWords>
      ) : null}
      <ReadingList readings={own.readings} locale={locale} />
    </div>
  );
}
