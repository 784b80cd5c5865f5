import { useTranslations } from 'next-intl';
import { cx } from '@/components/ui/cx';
import { bands, type Band, type PlaceBands } from '@/lib/unreached/schema';

/**
 * From "nobody has written them down" to "can alone": hues apart for every kind of colour blindness, and a pattern for the two nobody has met, so
 * that grey print tells them from the rest.
 */
const looks: Readonly<Record<Band, string>> = {
  unknown: 'bg-sunk',
  never: 'bg-stripes',
  contacted: 'bg-step-1',
  blocked: 'bg-sun',
  inClass: 'bg-step-3',
  helped: 'bg-chart-1',
  alone: 'bg-step-5',
};

const peopleOf = ({ unknown, counts }: PlaceBands, band: Band) => (band === 'unknown' ? (unknown ?? 0) : counts[band]);

/** One place's people as one bar. Ornament: the table it stands in says each number. */
export function BandBar({ place }: { place: PlaceBands }) {
  return (
    <span aria-hidden className="mt-1 flex h-6 w-32 overflow-hidden rounded-sm border border-edge sm:w-56">
      {bands.map((band) => {
        const people = peopleOf(place, band);
        return people > 0 ? (
          <span
            key={band}
            className={cx('border-l border-surface first:border-l-0', looks[band])}
            style={{ width: `${(100 * people) / place.total}%` }}
          />
        ) : null;
      })}
    </span>
  );
}

/** What each part of a bar is, in words: name, look and meaning. */
export function BandLegend() {
  const t = useTranslations('unreached');
  return (
    <ul className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
      {bands.map((band) => (
        <li key={band} className="flex items-start gap-3">
          <span aria-hidden className={cx('mt-1 h-5 w-8 shrink-0 rounded-sm border border-edge', looks[band])} />
          <span className="min-w-0">
            <b>{t(`bands.${band}`)}.</b> <span className="text-sm text-muted">{t(`means.${band}`)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
