import { useTranslations } from 'next-intl';
import { KeptWords } from '@/components/enrolment/kept-words';
import { OfClass } from '@/components/class/class-named';
import { ButtonLink } from '@/components/ui/button';
import { VisuallyHidden } from '@/components/ui/hidden';
import { Written } from '@/components/ui/written';
import type { OwnEnrolment } from '@/lib/card/schema';
import type { ClassCard } from '@/lib/class/schema';
import { formatDateTimeRange, formatDay, formatTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';

/** Classes one is in, each with the way out, and classes near with room. */
export function OwnClasses({
  enrolments,
  open,
  locale,
}: {
  enrolments: readonly OwnEnrolment[];
  open: readonly ClassCard[];
  locale: Locale;
}) {
  const t = useTranslations('card');
  const m = useTranslations('my');
  return (
    <>
      {enrolments.length > 0 ? (
        <div className="grid gap-2">
          <h3 className="text-xl">{t('myClasses')}</h3>
          <ul className="grid gap-3">
            {enrolments.map((enrolment, at) => (
              <li
                key={enrolment.id}
                className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-card border-[1.5px] border-line bg-surface px-4 py-3"
              >
                <div className="grid min-w-0 gap-1">
                  <p className="font-bold">{enrolment.title}</p>
                  <p className="text-muted">
                    {t(`enrolment.${enrolment.status}`)} · {enrolment.placeName}
                  </p>
                  {enrolment.status === 'waitlisted' ? <WhyWaiting enrolment={enrolment} locale={locale} /> : null}
                </div>
                {enrolment.status === 'offered' ? null : (
                  <ButtonLink href={`/my/card?leave=${at + 1}`} variant="quiet">
                    {enrolment.status === 'waitlisted' ? m('leaveQueue') : t('leave')}
                    <VisuallyHidden>
                      : {enrolment.title}, {enrolment.placeName}
                    </VisuallyHidden>
                  </ButtonLink>
                )}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <div className="grid gap-2">
        <h3 className="text-xl">{t('open')}</h3>
        {open.length === 0 ? <p className="text-muted">{t('openNone')}</p> : null}
        <ul className="grid gap-3">
          {open.map((one) => (
            <li key={one.id} className="rounded-card border-[1.5px] border-line bg-surface px-4 py-3">
              <Link
                href={`/classes/${one.id}`}
                prefetch={false}
                className="link inline-flex min-h-target items-center font-bold"
              >
                {one.title}
                <OfClass card={one} locale={locale} />
              </Link>
              <span className="block">{formatDateTimeRange(locale, one.nextStartsAt, one.nextEndsAt)}</span>
              <span className="block text-muted">
                <Written>{one.venue}</Written> · {t('seats', { count: one.seatsLeft })}
              </span>
            </li>
          ))}
        </ul>
        <div>
          <ButtonLink href="/classes" variant="secondary" icon="search" wide>
            {t('findClasses')}
          </ButtonLink>
        </div>
      </div>
    </>
  );
}

/** In a sentence: why the holder waits, and where they stand. */
function WhyWaiting({ enrolment, locale }: { enrolment: OwnEnrolment; locale: Locale }) {
  const t = useTranslations('card');
  const m = useTranslations('my');
  const { placeInQueue, unconfirmedUntil: until, hotline, kept } = enrolment;
  if (until)
    return (
      <p className="max-w-prose">
        {m('unconfirmedBody', {
          hotline: hotline || m('unconfirmedWho'),
          time: formatTime(locale, until),
          day: formatDay(locale, until),
        })}
      </p>
    );
  return (
    <>
      <p className="max-w-prose">{t('waiting', { place: placeInQueue ?? 1 })}</p>
      <KeptWords kept={kept} locale={locale} />
    </>
  );
}
