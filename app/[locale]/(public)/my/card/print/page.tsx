import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { CardSheet } from '@/components/card/card-sheet';
import { SlipLookup } from '@/components/enrolment/slip-lookup';
import { BackLink } from '@/components/ui/headings';
import { PrintButton } from '@/components/ui/print-button';
import { readOwn } from '@/lib/access/doors';
import { cardInHand } from '@/lib/access/slip';
import { holderOfCard, stampsOf } from '@/lib/card/queries';
import type { Locale } from '@/lib/i18n/routing';
import { showSlip } from '../../actions';
import { portalAddress } from '../../portal-address';

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'card' });
  return { title: t('print'), robots: { index: false } };
}

/** The holder's card for paper. */
export default async function PrintCardPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const own = await readOwn('print', async (tx, personId) => ({
    holder: await holderOfCard(tx, locale, personId),
    domains: await stampsOf(tx, locale, personId),
  }));
  if (!own?.holder) return <SlipLookup action={showSlip} gone={(await cardInHand()) !== null} />;
  const t = await getTranslations('card');
  return (
    <div className="grid gap-7">
      <BackLink href="/my/card">{t('back')}</BackLink>
      <h1 className="sr-only">{t('print')}</h1>
      <div className="grid gap-3 print:hidden">
        <p className="max-w-prose text-lg">{t('printLead')}</p>
        <div>
          <PrintButton>{t('print')}</PrintButton>
        </div>
      </div>
      <CardSheet
        fullName={own.holder.fullName}
        code={own.holder.code}
        domains={own.domains}
        address={portalAddress()}
      />
    </div>
  );
}
