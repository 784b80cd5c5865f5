import { useTranslations } from 'next-intl';
import { cx } from '@/components/ui/cx';
import { stepOf } from '@/lib/map/rules';
import type { MapPlace, Steps } from '@/lib/map/schema';
import { shadeClass, signs } from './shades';

const box = 'tile inline-grid h-7 w-10 shrink-0 place-items-center rounded-sm border border-edge text-sm font-bold';

/** What the shades mean, in words: from which figure to which, and how many places; then the signs, where the map has any. */
export function MapLegend({ places, steps, legend }: { places: readonly MapPlace[]; steps: Steps; legend: string }) {
  const t = useTranslations('map');
  const known = places
    .flatMap((place) => (place.value === null || place.hidden ? [] : [{ ...place, value: place.value }]))
    .sort((a, b) => a.value - b.value);
  const hidden = places.filter((place) => place.hidden).length;
  const missing = places.length - hidden - known.length;
  return (
    <div className="grid content-start gap-2">
      <p className="max-w-prose">{legend}</p>
      <ul className="flex flex-wrap gap-x-5 gap-y-1.5 text-sm">
        {steps.shade.map((shade, step) => {
          const mine = known.filter(({ value }) => stepOf(steps, value) === step);
          const [from = '', to = ''] = [mine[0]?.text, mine.at(-1)?.text];
          return (
            <li key={shade} className="flex items-center gap-2">
              <span aria-hidden className={cx(box, shadeClass[shade])} />
              {from === to ? from : t('range', { from, to })}
              <span className="text-muted">{t('places', { count: mine.length })}</span>
            </li>
          );
        })}
        {hidden > 0 ? (
          <li className="flex items-center gap-2">
            <span aria-hidden className={cx(box, 'border-dashed bg-surface')}>
              {signs.hidden}
            </span>
            {t('hidden')}
            <span className="text-muted">{t('places', { count: hidden })}</span>
          </li>
        ) : null}
        {missing > 0 ? (
          <li className="flex items-center gap-2">
            <span aria-hidden className={cx(box, 'border-dashed bg-sunk')}>
              {signs.missing}
            </span>
            {t('missing')}
            <span className="text-muted">{t('places', { count: missing })}</span>
          </li>
        ) : null}
      </ul>
    </div>
  );
}
