import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ReferralLines } from '@/components/referral/referral-lines';
import { ButtonLink } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { referralsOf } from '@/lib/referral/queries';

export const generateMetadata = titled('referral', 'title');

/** People other units handed to one's own, and people one's own handed to others. */
export default async function ReferralsPage({ params }: { params: Promise<{ locale: Locale }> }) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { received, sent } = await read('person.write', async (tx) => ({
    received: await referralsOf(tx, locale, 'in'),
    sent: await referralsOf(tx, locale, 'out'),
  }));
  const t = await getTranslations('referral');
  return (
    <div className="grid gap-8">
      <PageHeading
        lead={t('lead')}
        actions={
          <ButtonLink href="/manage/people" variant="secondary" icon="search">
            {t('toSearch')}
          </ButtonLink>
        }
      >
        {t('title')}
      </PageHeading>
      <ReferralLines title={t('received')} lines={received} none={t('receivedNone')} side="in" locale={locale} />
      <ReferralLines title={t('sent')} lines={sent} none={t('sentNone')} side="out" locale={locale} />
    </div>
  );
}
