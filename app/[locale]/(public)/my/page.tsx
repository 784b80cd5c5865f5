import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { cache } from 'react';
import { CardOffer } from '@/components/card/card-offer';
import { MySlip } from '@/components/enrolment/my-slip';
import { SlipLinks } from '@/components/enrolment/slip-links';
import { SlipLookup } from '@/components/enrolment/slip-lookup';
import { Notice } from '@/components/ui/notice';
import { UnconfirmedNotice } from '@/components/enrolment/unconfirmed-notice';
import { read } from '@/lib/access/doors';
import { cardInHand, slipInHand, slipsInHand } from '@/lib/access/slip';
import { slipByCode } from '@/lib/enrolment/queries';
import { formatDay, formatTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { answerMine, cancelMine, closeSlip, showSlip } from './actions';
import { portalAddress } from './portal-address';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The slip in hand, read once for the page and its title. */
const slipOnPage = cache(async (locale: Locale) => {
  const code = await slipInHand();
  return { code, slip: code === null ? null : await read('public', (tx) => slipByCode(tx, locale, code)) };
});

/** With a slip in hand the title says how it stands: it is the first thing one hears after signing up, answering or cancelling. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const [{ slip }, t] = await Promise.all([slipOnPage(locale), getTranslations({ locale, namespace: 'my' })]);
  const by = slip?.answerBy ?? new Date(0);
  const until = { time: formatTime(locale, by), day: formatDay(locale, by) };
  return { title: slip ? t(`status.${slip.status}`, until) : t('title'), robots: { index: false } };
}

export default async function MyPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const [{ code, slip }, card, asked] = await Promise.all([slipOnPage(locale), cardInHand(), searchParams]);
  if (!slip) {
    const t = await getTranslations('card');
    return (
      <div className="grid gap-8">
        {asked.done === 'withdrawn' && !card ? (
          <Notice tone="good" live opensPage title={t('withdrawnDone')}>
            <p>{t('withdrawnDoneBody')}</p>
          </Notice>
        ) : null}
        <SlipLookup action={showSlip} gone={code !== null} open={card !== null} />
      </div>
    );
  }
  const slips = await slipsInHand();
  return (
    <div className="grid gap-8">
      <UnconfirmedNotice slip={slip} locale={locale} />
      <MySlip
        slip={slip}
        locale={locale}
        asking={asked.cancel === '1'}
        address={portalAddress()}
        cancel={cancelMine}
        answer={answerMine}
        close={closeSlip}
      >
        <SlipLinks several={slips.length > 1} />
        <CardOffer open={card !== null} />
      </MySlip>
    </div>
  );
}
