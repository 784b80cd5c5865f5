import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { PhonePanel } from '@/components/card/phone-panel';
import { SlipLookup } from '@/components/enrolment/slip-lookup';
import { readOwn } from '@/lib/access/doors';
import { cardInHand } from '@/lib/access/slip';
import { holderOfCard } from '@/lib/card/queries';
import type { Locale } from '@/lib/i18n/routing';
import { changePhoneByCard, showSlip } from '../../actions';

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'card' });
  return { title: t('changePhone'), robots: { index: false } };
}

export default async function ChangePhonePage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const holder = await readOwn('phone', (tx, personId) => holderOfCard(tx, locale, personId));
  if (!holder) return <SlipLookup action={showSlip} gone={(await cardInHand()) !== null} />;
  return <PhonePanel phoneHint={holder.phoneHint} action={changePhoneByCard} />;
}
