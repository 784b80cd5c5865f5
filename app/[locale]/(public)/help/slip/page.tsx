import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ClientWords } from '@/components/layout/client-words';
import { BackLink, PageHeading } from '@/components/ui/headings';
import { SlipNumberForm } from '@/components/visit/slip-number-form';
import { VisitSlip } from '@/components/visit/visit-slip';
import { read } from '@/lib/access/doors';
import { visitorAddress, visitSlipInHand } from '@/lib/access/slip';
import type { Locale } from '@/lib/i18n/routing';
import { slipOfVisit } from '@/lib/visit/checking';
import { closeHelp, showHelp, withdrawHelp } from '../actions';

export const dynamic = 'force-dynamic';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'help' });
  return { title: t('slipTitle'), robots: { index: false } };
}

/** What the slip in hand says: what was asked for and how it stands. Nothing on it says who it is about. Without one, its number is asked for. */
export default async function HelpSlipPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const [{ sent }, code, from] = await Promise.all([searchParams, visitSlipInHand(), visitorAddress()]);
  const slip = code === null ? null : await read('public', (tx) => slipOfVisit(tx, locale, code, from, new Date()));
  const t = await getTranslations('help');
  const inHand = slip !== null && slip !== 'tooMany';
  return (
    <div className="grid max-w-prose gap-8">
      <BackLink href="/help">{t('back')}</BackLink>
      <PageHeading lead={inHand ? (sent === '1' ? t('sentLead') : undefined) : t('slipLead')}>
        {t(inHand && sent === '1' ? 'sent' : 'slipHeading')}
      </PageHeading>
      <ClientWords of={['help', 'errors']}>
        {inHand ? (
          <VisitSlip slip={slip} locale={locale} withdraw={withdrawHelp} close={closeHelp} />
        ) : (
          <SlipNumberForm action={showHelp} />
        )}
      </ClientWords>
    </div>
  );
}
