import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { WithdrawPanel } from '@/components/card/withdraw-panel';
import { SlipLookup } from '@/components/enrolment/slip-lookup';
import { readOwn } from '@/lib/access/doors';
import { cardInHand } from '@/lib/access/slip';
import { ownEnrolments } from '@/lib/card/queries';
import type { Locale } from '@/lib/i18n/routing';
import { showSlip, withdrawByCard } from '../../actions';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'card' });
  return { title: t('withdraw'), robots: { index: false } };
}

/** Explains what withdrawing does, then asks a second time. */
export default async function WithdrawPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const enrolments = await readOwn('withdraw', (tx, personId) => ownEnrolments(tx, locale, personId));
  if (!enrolments) return <SlipLookup action={showSlip} gone={(await cardInHand()) !== null} />;
  return (
    <WithdrawPanel
      classes={enrolments.map(({ title }) => title)}
      asking={(await searchParams).sure === '1'}
      action={withdrawByCard}
    />
  );
}
