import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { placeAfter } from '@/components/class/class-facts';
import { CalendarLink } from '@/components/class/share-class';
import { SlipLookup } from '@/components/enrolment/slip-lookup';
import { UnconfirmedNotice } from '@/components/enrolment/unconfirmed-notice';
import { ButtonLink } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/headings';
import { PrintButton } from '@/components/ui/print-button';
import { Written } from '@/components/ui/written';
import { read } from '@/lib/access/doors';
import { slipsInHand } from '@/lib/access/slip';
import { slipByCode } from '@/lib/enrolment/queries';
import { formatDay, formatTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { showSlip } from '../actions';

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'my' });
  return { title: t('allTitle'), robots: { index: false } };
}

/** Everybody who was signed up together: one page with every code, to keep or to print. */
export default async function AllSlipsPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const codes = await slipsInHand();
  const slips = (
    await read('public', async (tx) => {
      const found = [];
      for (const code of codes) found.push(await slipByCode(tx, locale, code));
      return found;
    })
  ).filter((slip) => slip !== null);
  const [first] = slips;
  if (!first) return <SlipLookup action={showSlip} gone={codes.length > 0} />;
  const t = await getTranslations('my');
  const session = first.sessions.find(({ cancelled }) => !cancelled);
  const seated = slips.filter(({ status }) => status === 'confirmed' || status === 'offered').length;
  const unconfirmed = slips.find(({ unconfirmedUntil }) => unconfirmedUntil !== null);
  return (
    <div className="grid gap-7">
      <PageHeading lead={t('allLead')}>{t('allHeading', { seated, waiting: slips.length - seated })}</PageHeading>
      {unconfirmed ? <UnconfirmedNotice slip={unconfirmed} locale={locale} /> : null}
      <section className="grid gap-2 rounded-card border-2 border-field bg-surface p-5 sm:p-6">
        <h2 className="text-xl">{first.classTitle}</h2>
        {session ? (
          <p>
            {formatDay(locale, session.startsAt)}, {formatTimeRange(locale, session.startsAt, session.endsAt)}
          </p>
        ) : null}
        <p>
          <Written>
            {[first.venue, placeAfter(first.venue, first.address.split(', '))].filter(Boolean).join(', ')}
          </Written>
        </p>
        {first.hotline ? <p>{t('allHotline', { hotline: first.hotline })}</p> : null}
      </section>
      <ul className="grid gap-4 md:grid-cols-2 print:grid-cols-2">
        {slips.map((slip) => (
          <li
            key={slip.code}
            className="grid gap-1 rounded-card border-2 border-edge bg-surface p-5 break-inside-avoid"
          >
            <p className="text-lg font-bold">{slip.fullName}</p>
            <p className="flex flex-wrap gap-x-[0.35em] text-3xl font-bold tracking-[0.08em]">
              <span>{slip.code.slice(0, 4)}</span>
              <span>{slip.code.slice(4)}</span>
            </p>
            <p>{slip.status === 'waitlisted' ? t('allWaits', { place: slip.placeInQueue ?? 1 }) : t('allSeated')}</p>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-start gap-3 print:hidden">
        <PrintButton variant="secondary">{t('allPrint')}</PrintButton>
        <CalendarLink path={`${locale === 'en' ? '/en' : ''}/classes/${first.classId}`} />
        <ButtonLink href="/my" variant="quiet" wide>
          {t('questions.back')}
        </ButtonLink>
        <ButtonLink href={`/classes/${first.classId}`} variant="quiet" wide>
          {t('allClass')}
        </ButtonLink>
      </div>
    </div>
  );
}
