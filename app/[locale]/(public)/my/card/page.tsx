import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { CardDoor } from '@/components/card/card-door';
import { CardHome } from '@/components/card/card-home';
import { SlipLookup } from '@/components/enrolment/slip-lookup';
import { readOwn } from '@/lib/access/doors';
import { cardInHand, slipInHand } from '@/lib/access/slip';
import { holderOfCard, offersGone, ownEnrolments, ownSessions, stampsOf } from '@/lib/card/queries';
import { certificatesOf } from '@/lib/certificate/queries';
import { classSchedule } from '@/lib/class/queries';
import { pathOfPerson } from '@/lib/completion/queries';
import type { Locale } from '@/lib/i18n/routing';
import { answerByCard, closeCard, excuseByCard, leaveByCard, openMyCard, showSlip } from '../actions';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'card' });
  return { title: t('title'), robots: { index: false } };
}

/** The learner's card in hand. Without one, whoever has a slip in hand may open theirs; else the code is asked for. */
export default async function CardPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const now = new Date();
  const own = await readOwn('home', async (tx, personId) => {
    const holder = await holderOfCard(tx, locale, personId);
    if (!holder) return null;
    const [sessions, enrolments, gone, domains, certificates, open] = await Promise.all([
      ownSessions(tx, locale, personId),
      ownEnrolments(tx, locale, personId),
      offersGone(tx, locale, personId),
      stampsOf(tx, locale, personId),
      certificatesOf(tx, locale, personId),
      classSchedule(
        tx,
        locale,
        { ...(holder.unitId ? { area: holder.unitId } : {}), open: true, page: 1 },
        { perPage: 8 },
      ),
    ]);
    const mine = new Set(enrolments.map(({ classId }) => classId));
    const paths = await pathOfPerson(tx, locale, personId, now);
    return {
      holder,
      paths,
      certificates,
      sessions,
      enrolments,
      gone,
      domains,
      open: open.classes.filter(({ id }) => !mine.has(id)).slice(0, 3),
    };
  });
  if (!own) {
    const [card, slip] = await Promise.all([cardInHand(), slipInHand()]);
    if (slip !== null && card === null) return <CardDoor action={openMyCard} />;
    return <SlipLookup action={showSlip} gone={card !== null} />;
  }
  return (
    <CardHome
      {...own}
      locale={locale}
      now={now}
      asked={await searchParams}
      answer={answerByCard}
      excuse={excuseByCard}
      leave={leaveByCard}
      close={closeCard}
    />
  );
}
