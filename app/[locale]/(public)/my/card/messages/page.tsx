import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { FewerMessages } from '@/components/card/fewer-messages';
import { SlipLookup } from '@/components/enrolment/slip-lookup';
import { readOwn } from '@/lib/access/doors';
import { cardInHand } from '@/lib/access/slip';
import type { Locale } from '@/lib/i18n/routing';
import { ownChoice } from '@/lib/message/queries';
import { chooseLessByCard, showSlip } from '../../actions';

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'messages' });
  return { title: t('own.title'), robots: { index: false } };
}

/** How the holder of the card is told, and less of it. */
export default async function FewerMessagesPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const choice = await readOwn('messages', (tx, personId) => ownChoice(tx, personId));
  if (!choice) return <SlipLookup action={showSlip} gone={(await cardInHand()) !== null} />;
  return <FewerMessages now={choice} action={chooseLessByCard} />;
}
