import { useLocale, useTranslations } from 'next-intl';
import { addressWith, type Address } from '@/components/ui/address';
import { DataTable } from '@/components/ui/data-table';
import { formatNumber } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Funnel, StepCounts, StepPlace } from '@/lib/step/schema';

/** Step by step: who has it, who lacks it, of whom nobody knows, and how many stop just there, with what to do next. */
export function FunnelTable({ funnel, address }: { funnel: Funnel; address: Address }) {
  const t = useTranslations('steps');
  const number = useNumber();
  return (
    <DataTable<StepCounts>
      caption={t('funnel.caption')}
      captionHidden
      rows={funnel.steps}
      rowKey={({ code }) => code}
      columns={[
        { key: 'step', header: t('step'), cell: ({ name }) => <span className="block w-fit min-w-28">{name}</span> },
        {
          key: 'stopped',
          header: t('funnel.stopped'),
          align: 'end',
          cell: ({ code, stopped }) =>
            stopped > 0 ? (
              <Link
                href={addressWith(address, { step: code, page: undefined })}
                prefetch={false}
                className="link inline-flex min-h-target items-center font-bold whitespace-nowrap"
              >
                {t('funnel.open', { count: number(stopped) })}
              </Link>
            ) : (
              number(0)
            ),
        },
        {
          key: 'bar',
          header: <span className="sr-only">{t('funnel.caption')}</span>,
          cell: (step) => <Parts of={step} known={funnel.known} />,
        },
        { key: 'yes', header: t('funnel.yes'), align: 'end', cell: ({ yes }) => number(yes) },
        { key: 'no', header: t('funnel.no'), align: 'end', cell: ({ no }) => number(no) },
        { key: 'unknown', header: t('funnel.unknown'), align: 'end', cell: ({ unknown }) => number(unknown) },
        {
          key: 'next',
          header: t('funnel.next'),
          cell: ({ next }) => <span className="block min-w-40">{next}</span>,
        },
      ]}
    />
  );
}

/** Ornament: the numbers stand beside it. Yes full, no striped, unknown empty, so that no colour is needed. */
function Parts({ of: { yes, no, unknown }, known }: { of: StepCounts; known: number }) {
  const parts = [
    { key: 'yes', people: yes, look: 'bg-chart-1' },
    { key: 'no', people: no, look: 'bg-stripes' },
    { key: 'unknown', people: unknown, look: 'bg-sunk' },
  ];
  return (
    <span aria-hidden className="flex h-6 w-32 overflow-hidden rounded-sm border border-edge sm:w-40">
      {parts.map(({ key, people, look }) => (
        <span key={key} className={look} style={{ width: `${known > 0 ? (100 * people) / known : 0}%` }} />
      ))}
    </span>
  );
}

/** Where people stop, place by place; each number opens who they are. */
export function StopPlaces({ funnel, address }: { funnel: Funnel; address: Address }) {
  const t = useTranslations('steps');
  const number = useNumber();
  return (
    <DataTable
      caption={t('funnel.places')}
      captionHidden
      rows={funnel.places}
      rowKey={({ id }) => String(id)}
      columns={[
        {
          key: 'place',
          header: t('funnel.place'),
          cell: (place) => (
            <>
              <Link href={addressWith(address, ofPlace(place))} prefetch={false} className="link block w-fit min-w-32">
                {place.name}
              </Link>
              {place.villageUnknown ? (
                <span className="block text-sm font-normal text-muted">{t('funnel.villageUnknown')}</span>
              ) : null}
            </>
          ),
        },
        { key: 'known', header: t('funnel.known'), align: 'end', cell: ({ known }) => number(known) },
        ...funnel.steps.map(({ code, name }) => ({
          key: code,
          header: <span className="block min-w-16 whitespace-normal">{name}</span>,
          align: 'end' as const,
          cell: (place: StepPlace) =>
            (place.stopped[code] ?? 0) > 0 ? (
              <Link
                href={addressWith(address, { ...ofPlace(place), step: code })}
                prefetch={false}
                className="link inline-flex min-h-6 min-w-6 items-center justify-end"
              >
                {number(place.stopped[code] ?? 0)}
                <span className="sr-only">
                  {' '}
                  ({t('list.caption', { step: name })}, {place.name})
                </span>
              </Link>
            ) : (
              number(0)
            ),
        })),
      ]}
    />
  );
}

/** Of a commune as a place of its own: those of its villages are in theirs. */
const ofPlace = ({ id, villageUnknown }: StepPlace) => ({ area: String(id), own: villageUnknown ? '1' : undefined });

function useNumber() {
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  return (value: number | null) => formatNumber(locale, value);
}
