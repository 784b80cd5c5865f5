import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cx } from '@/components/ui/cx';
import { Link } from '@/lib/i18n/navigation';
import { stepOf, stepsOf } from '@/lib/map/rules';
import type { MapPlace, Steps, TileLayout } from '@/lib/map/schema';
import { MapLegend } from './map-legend';
import { shadeClass, signs } from './shades';

/** The figures a map sorts into steps: those that may be shown. */
export const stepsOfPlaces = (places: readonly MapPlace[]): Steps =>
  stepsOf(places.flatMap(({ value, hidden }) => (value === null || hidden ? [] : [value])));

/** Its ground, and the words of its figure. */
function looks(place: MapPlace, steps: Steps): { ground: string; figure: string } {
  if (place.hidden) return { ground: 'border-dashed border-edge bg-surface', figure: signs.hidden };
  if (place.value === null) return { ground: 'border-dashed border-edge bg-sunk', figure: signs.missing };
  const shade = steps.shade[stepOf(steps, place.value)] ?? 3;
  return { ground: cx('border-edge', shadeClass[shade]), figure: place.text };
}

/**
 * A square for each place, near where it lies (`tileLayout`), with its name and figure in it, so that the colour never stands alone; each
 * leads on. Read and walked through by keyboard from the north-west, row by row. On a phone it scrolls in its own frame: names stay as
 * large as they are. `children` say the same as a table.
 */
export function TileMap({
  places,
  layout,
  legend,
  caption,
  children,
}: {
  places: readonly MapPlace[];
  layout: TileLayout;
  legend: string;
  caption: string;
  children?: ReactNode;
}) {
  const t = useTranslations('map');
  const steps = stepsOfPlaces(places);
  const byId = new Map(places.map((place) => [place.id, place]));
  const set = layout.cells.flatMap((cell) => {
    const place = byId.get(cell.id);
    return place ? [{ cell, place }] : [];
  });
  const placed = new Set(set.map(({ place }) => place.id));
  const others = places.filter(({ id }) => !placed.has(id));
  return (
    <figure className="grid grid-cols-1 gap-4">
      <figcaption className="text-lg font-bold">{caption}</figcaption>
      <MapLegend places={places} steps={steps} legend={legend} />
      <div
        role="region"
        tabIndex={0}
        aria-label={t('frame', { caption })}
        className="scroll-frame relative rounded-card border-[1.5px] border-line bg-surface p-2 sm:p-4 print:border-0 print:p-0"
      >
        <ul
          className="tiles grid gap-[3px] print:gap-px"
          style={{
            gridTemplateColumns: `repeat(${layout.columns}, minmax(var(--tile), 1fr))`,
            gridTemplateRows: `repeat(${layout.rows}, minmax(3.5rem, auto))`,
          }}
        >
          {set.map(({ cell, place }) => (
            <Tile key={place.id} place={place} steps={steps} column={cell.column} row={cell.row} />
          ))}
        </ul>
      </div>
      <p className="text-sm text-muted">{t('how')}</p>
      {others.length > 0 ? (
        <div>
          <p className="font-bold">{t('unplaced')}</p>
          <ul className="flex flex-wrap gap-x-5">
            {others.map((place) => (
              <li key={place.id}>
                <Link href={place.href} prefetch={false} className="link inline-flex min-h-target items-center">
                  {place.name}: {place.text}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {children}
    </figure>
  );
}

function Tile({ place, steps, column, row }: { place: MapPlace; steps: Steps; column: number; row: number }) {
  const { ground, figure } = looks(place, steps);
  return (
    <li style={{ gridColumn: column + 1, gridRow: row + 1 }} className="grid">
      <Link
        href={place.href}
        prefetch={false}
        title={`${place.name}: ${place.text}`}
        aria-label={`${place.name}: ${place.text}`}
        className={cx(
          'tile grid grid-rows-[1fr_auto] rounded-md border px-px pt-0.5 pb-1 text-center no-underline hover:outline-2 hover:outline-ink',
          ground,
        )}
      >
        <span className="tile-name">{place.shortName}</span>
        <span className="tile-figure">{figure}</span>
      </Link>
    </li>
  );
}
