import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { OwnDataSheet } from '@/components/card/own-data-sheet';
import { SlipLookup } from '@/components/enrolment/slip-lookup';
import { readOwn } from '@/lib/access/doors';
import { cardInHand } from '@/lib/access/slip';
import { ownData } from '@/lib/card/queries';
import { getPathname } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { showSlip } from '../../actions';

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'card' });
  return { title: t('data'), robots: { index: false } };
}

/** All that is kept about the holder, to read or print; the same as a file is behind the button. */
export default async function OwnDataPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const data = await readOwn('data', (tx, personId) => ownData(tx, locale, personId));
  if (!data) return <SlipLookup action={showSlip} gone={(await cardInHand()) !== null} />;
  return <OwnDataSheet data={data} locale={locale} file={getPathname({ href: '/my/card/data.json', locale })} />;
}
