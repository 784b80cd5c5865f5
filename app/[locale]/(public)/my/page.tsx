import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { MySlip } from '@/components/enrolment/my-slip';
import { SlipLookup } from '@/components/enrolment/slip-lookup';
import { read } from '@/lib/access/doors';
import { slipInHand } from '@/lib/access/slip';
import { slipByCode } from '@/lib/enrolment/queries';
import type { Locale } from '@/lib/i18n/routing';
import { answerMine, cancelMine, closeSlip, showSlip } from './actions';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'my' });
  return { title: t('title'), robots: { index: false } };
}

export default async function MyPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const code = await slipInHand();
  const slip = code === null ? null : await read('public', (tx) => slipByCode(tx, locale, code));
  if (!slip) return <SlipLookup action={showSlip} gone={code !== null} />;
  const asking = (await searchParams).cancel === '1';
  return (
    <MySlip
      slip={slip}
      locale={locale}
      asking={asking}
      address={portalAddress()}
      cancel={cancelMine}
      answer={answerMine}
      close={closeSlip}
    />
  );
}

/** As one types it: "camtay.example.vn". */
const portalAddress = () => new URL(process.env.PORTAL_URL || 'http://localhost').host;
