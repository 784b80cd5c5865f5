import { useTranslations } from 'next-intl';
import { Fragment, type ReactNode } from 'react';
import { encode } from 'uqr';
import { Landscape } from '@/components/layout/landscape';
import { Icon, type IconName } from '@/components/ui/icons';
import { Logo } from '@/components/ui/logo';
import { Written } from '@/components/ui/written';
import type { ClassDetails } from '@/lib/class/schema';
import { formatDate, formatDay, formatTimeRange, formatWeekday } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { dayOf, weekdayOf } from '@/lib/kernel/clock';
import { hotlineInWords, placeInWords } from './share-message';

/** The code of an address, drawn as one path with the four modules of white it needs around it. */
function Code({ address, label }: { address: string; label: string }) {
  const { size, data } = encode(address, { ecc: 'M', border: 4 });
  const rows = data.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark && !row[x - 1] ? [`M${x} ${y}h${runFrom(row, x)}v1H${x}Z`] : [])),
  );
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className="block w-full"
    >
      <path d={`M0 0h${size}v${size}H0Z`} fill="#ffffff" />
      <path d={rows.join('')} fill="#000000" />
    </svg>
  );
}

const runFrom = (row: readonly boolean[], from: number) => {
  const end = row.indexOf(false, from);
  return (end < 0 ? row.length : end) - from;
};

/** When the class meets: one day in full, or its days of the week when it always is at the same hours. */
function useWhen(found: ClassDetails, locale: Locale): { day: string; time: string; more: string } | null {
  const t = useTranslations('sharing.poster');
  const coming = found.sessions.filter(({ state }) => state === 'toCome');
  const shown = coming.length > 0 ? coming : found.sessions;
  const [first] = shown;
  const last = shown.at(-1);
  if (!first || !last) return null;
  const hours = formatTimeRange(locale, first.startsAt, first.endsAt);
  const regular = shown.every((one) => formatTimeRange(locale, one.startsAt, one.endsAt) === hours);
  const weekdays = [...new Set(shown.map((one) => weekdayOf(dayOf(one.startsAt))))].sort((a, b) => a - b);
  const more =
    shown.length > 1 && regular
      ? t('every', {
          days: weekdays.map((weekday) => formatWeekday(locale, weekday)).join(', '),
          from: formatDate(locale, first.startsAt),
          to: formatDate(locale, last.startsAt),
        })
      : '';
  return {
    day: formatDay(locale, first.startsAt),
    time: hours,
    more: [more, shown.length > 1 ? t('times', { count: shown.length }) : ''].filter(Boolean).join('. '),
  };
}

function Fact({ icon, term, children }: { icon: IconName; term: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[auto_1fr] gap-x-4 sm:gap-x-5 print:gap-x-[5mm]">
      <dt className="contents">
        <span className="row-span-2 grid size-12 place-items-center rounded-full bg-sun text-sun-ink sm:size-14 print:size-[15mm]">
          <Icon name={icon} className="size-7 sm:size-8 print:size-[9mm]" />
        </span>
        <span className="font-bold text-field">{term}</span>
      </dt>
      <dd className="poster-fact col-start-2 font-bold">{children}</dd>
    </div>
  );
}

/** An address that goes to the next line after a slash rather than inside a word. */
const brokenAtSlashes = (address: string) =>
  address.split(/(?<=\/)/).map((part, index) => (
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ));

/** A class on one sheet of A4. Large enough to be read from two metres, small enough for whatever a class is called. */
export function Poster({ found, locale, address }: { found: ClassDetails; locale: Locale; address: string }) {
  const t = useTranslations('sharing.poster');
  const c = useTranslations('class');
  const when = useWhen(found, locale);
  const where = placeInWords(found);
  const length = found.title.length;
  const facts = where.length + found.wayThere.length;
  return (
    <article
      className="poster mx-auto flex w-full max-w-[52rem] flex-col overflow-hidden rounded-card border-2 border-line bg-surface text-ink print:rounded-none print:border-0"
      data-title={length > 60 ? 'longest' : length > 30 ? 'long' : 'short'}
      data-facts={facts > 130 ? 'long' : 'short'}
    >
      <div aria-hidden className="woven shrink-0" />
      <div className="flex flex-1 flex-col gap-6 px-5 pt-6 sm:px-10 print:gap-[6mm] print:px-[14mm] print:pt-[8mm]">
        <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <p className="flex items-center gap-3">
            <Logo className="size-12 print:size-[14mm]" />
            <span className="leading-tight">
              <span className="block text-xl font-bold print:text-[18pt]">Cầm Tay</span>
              <span className="block text-sm print:text-[11pt]">{t('movement')}</span>
            </span>
          </p>
          <p className="text-right font-bold text-field">{found.unitName ?? found.placeName}</p>
        </header>
        <div>
          <p className="poster-fact font-bold text-lotus">{t('invite')}</p>
          <h1 className="poster-title mt-1">{found.title}</h1>
          <p className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 print:mt-[4mm]">
            <span className="poster-fact inline-block rounded-full bg-sun px-5 py-1 font-bold text-sun-ink">
              {t('free')}
            </span>
            <span className="min-w-0">{t('anyone')}</span>
          </p>
        </div>
        <dl className="grid gap-5 print:gap-[5mm]">
          {when ? (
            <Fact icon="clock" term={t('when')}>
              <span className="block text-lotus">
                {when.day}, {when.time}
              </span>
              {when.more ? <span className="block text-base font-normal print:text-[14pt]">{when.more}</span> : null}
            </Fact>
          ) : null}
          <Fact icon="place" term={t('where')}>
            <Written>{where}</Written>
            {found.wayThere ? (
              <span className="block text-base font-normal print:text-[14pt]">
                <Written>{found.wayThere}</Written>
              </span>
            ) : null}
          </Fact>
          {found.bring ? (
            <Fact icon="bag" term={t('bring')}>
              <span className="block text-lg font-normal print:text-[15pt]">{found.bring}</span>
            </Fact>
          ) : null}
          {found.language === 'vi' ? null : (
            <Fact icon="language" term={c('taughtIn')}>
              {c(`languages.${found.language}`)}
            </Fact>
          )}
        </dl>
        <div className="mt-auto flex flex-wrap items-center gap-x-8 gap-y-5 pb-6 print:flex-nowrap print:pb-[4mm]">
          <div className="w-44 shrink-0 print:w-[56mm]">
            <Code address={address} label={t('code')} />
          </div>
          <div className="min-w-0 flex-1 basis-64">
            <p className="poster-fact font-bold">{t('scan')}</p>
            <p>{t('address')}</p>
            <p className="font-bold wrap-anywhere">{brokenAtSlashes(address.replace(/^https?:\/\//, ''))}</p>
            {found.hotline ? (
              <p className="mt-4 flex items-center gap-3">
                <Icon name="phone" className="size-10 text-lotus print:size-[12mm]" />
                <span className="min-w-0">
                  <span className="block">{t('call')}</span>
                  <a
                    className="poster-title flex min-h-target items-center font-bold whitespace-nowrap text-lotus [--poster-title:clamp(1.75rem,1rem+3vw,2.75rem)] print:min-h-0 print:[--poster-title:34pt]"
                    href={`tel:${found.hotline.replace(/[^+\d]/g, '')}`}
                  >
                    {hotlineInWords(found.hotline)}
                  </a>
                </span>
              </p>
            ) : null}
          </div>
        </div>
      </div>
      <Landscape className="h-24 sm:h-32 print:block! print:h-[26mm]" />
    </article>
  );
}
