import { useLocale, useTranslations } from 'next-intl';
import { cx } from '@/components/ui/cx';
import { Icon, skillIcon } from '@/components/ui/icons';
import type { Stamp, StampDomain } from '@/lib/card/schema';
import { formatDate } from '@/lib/i18n/format';

/** The mark itself: a full seal with a tick, or an empty ring; on paper with its word, so that one line holds it all. */
function Seal({ filled, className }: { filled: boolean; className?: string }) {
  const t = useTranslations('card');
  return (
    <span
      aria-hidden
      className={cx(
        'flex size-8 shrink-0 items-center justify-center rounded-full border-2 [print-color-adjust:exact]',
        'print:h-[4.8mm] print:w-[16mm] print:gap-[0.8mm] print:border-[0.4mm] print:text-[7pt] print:font-bold',
        filled ? 'border-field bg-field text-field-ink' : 'border-dashed border-edge',
        className,
      )}
    >
      {filled ? (
        <>
          <Icon name="check" className="size-5 stroke-[3] print:size-[3mm]" />
          <span className="hidden whitespace-nowrap print:inline">{t('stampWord')}</span>
        </>
      ) : null}
    </span>
  );
}

function StampLine({ stamp, short }: { stamp: Stamp; short: boolean }) {
  const t = useTranslations('card');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  return (
    <li className={cx('flex gap-3 print:items-center print:gap-[1.6mm]', short ? 'items-center' : 'items-start')}>
      <Seal filled={stamp.since !== null} />
      <span className="min-w-0 print:text-[8.2pt] print:leading-[1.22]">
        <span className={cx(stamp.since && 'font-bold')}>{short ? stamp.title : stamp.canDo}</span>
        {stamp.since ? (
          <span className="block text-sm text-field print:hidden">
            {t('stampSince', { day: formatDate(locale, stamp.since) })}
          </span>
        ) : (
          <span className={short ? 'sr-only' : 'block text-sm text-muted'}>{t('stampEmpty')}</span>
        )}
      </span>
    </li>
  );
}

/** The whole catalogue as boxes of stamps, for paper and for the page that is printed. */
export function StampGrid({ domains }: { domains: readonly StampDomain[] }) {
  return (
    <div className="columns-1 gap-5 sm:columns-2 print:columns-2 print:gap-[5mm]">
      {domains.map((domain) => (
        <section
          key={domain.code}
          className="mb-5 break-inside-avoid rounded-control border-[1.5px] border-line p-4 print:mb-[2.2mm] print:rounded-[2mm] print:border-edge print:px-[2.5mm] print:py-[1.6mm]"
        >
          <h3 className="flex items-center gap-2.5 font-bold print:gap-[1.5mm] print:text-[9.2pt]">
            <Icon name={skillIcon(domain.code)} className="size-6 text-field print:size-[4.2mm]" />
            {domain.name}
          </h3>
          <ul className="mt-3 grid gap-3 print:mt-[1mm] print:gap-[0.9mm]">
            {domain.stamps.map((stamp) => (
              <StampLine key={stamp.code} stamp={stamp} short />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** The same on a phone: a domain opens to its stamps, its count is said before. Domains with stamps come first. */
export function StampList({ domains }: { domains: readonly StampDomain[] }) {
  const t = useTranslations('card');
  const filledOf = (domain: StampDomain) => domain.stamps.filter(({ since }) => since !== null).length;
  const ordered = domains.toSorted((a, b) => Number(filledOf(b) > 0) - Number(filledOf(a) > 0));
  return (
    <ul className="grid items-start gap-3 md:grid-cols-2">
      {ordered.map((domain) => (
        <li key={domain.code}>
          <details className="group rounded-card border-[1.5px] border-line bg-surface">
            <summary className="flex min-h-target items-center gap-3 rounded-card px-4 py-3">
              <Icon name={skillIcon(domain.code)} className="size-7 text-field" />
              <span className="min-w-0 grow">
                <span className="block font-bold">{domain.name}</span>
                <span className="mt-1.5 flex flex-wrap gap-1.5">
                  {domain.stamps.map((stamp) => (
                    <Seal key={stamp.code} filled={stamp.since !== null} className="size-6" />
                  ))}
                </span>
                <span className="mt-1 block text-sm text-muted">
                  {t('stampCount', { filled: filledOf(domain), of: domain.stamps.length })}
                </span>
              </span>
              <Icon name="chevron" className="size-6 text-lotus group-open:rotate-180" />
            </summary>
            <ul className="grid gap-4 px-4 pt-1 pb-5">
              {domain.stamps.map((stamp) => (
                <StampLine key={stamp.code} stamp={stamp} short={false} />
              ))}
            </ul>
          </details>
        </li>
      ))}
    </ul>
  );
}
