import { useLocale, useTranslations } from 'next-intl';
import { cx } from '@/components/ui/cx';
import { getPathname } from '@/lib/i18n/navigation';
import { around, stepOf } from '@/lib/map/rules';
import type { Boundary, Box, MapPlace, Steps } from '@/lib/map/schema';
import { MapLegend } from './map-legend';
import { shapeClass, signs } from './shades';
import { stepsOfPlaces } from './tile-map';

/** An island is drawn in a frame of so much of the map's width, in the corner the sea has. */
const insetShare = 0.16;
/**
 * The imported boundaries in the same shades as the squares (`TileMap`), said to be indicative. Islands stand in a frame of their own,
 * neither to scale nor at their distance. Where a shape is too small for its figure the figure is in its name.
 */
export function ShapeMap({
  places,
  boundaries,
  source,
  legend,
  caption,
}: {
  places: readonly MapPlace[];
  boundaries: readonly Boundary[];
  source: string;
  legend: string;
  caption: string;
}) {
  const t = useTranslations('map');
  const steps = stepsOfPlaces(places);
  const byId = new Map(places.map((place) => [place.id, place]));
  const drawn = boundaries.flatMap((boundary) => {
    const place = byId.get(boundary.areaId);
    return place ? [{ boundary, place }] : [];
  });
  const main = drawn.filter(({ boundary }) => !boundary.apart);
  const land = main.length > 0 ? main : drawn;
  if (land.length === 0) return null;
  const islands = main.length > 0 ? drawn.filter(({ boundary }) => boundary.apart) : [];
  const box = around(land.map(({ boundary }) => boundary.box));
  const [west, north, east, south] = box;
  const wide = Math.max(east - west, 1);
  const side = wide * insetShare;
  const pad = wide * 0.01;
  return (
    <figure className="grid grid-cols-1 gap-4">
      <figcaption className="text-lg font-bold">{caption}</figcaption>
      <MapLegend places={places} steps={steps} legend={legend} />
      <svg
        role="group"
        aria-label={caption}
        viewBox={`${west - pad} ${north - pad} ${wide + 2 * pad} ${south - north + 2 * pad}`}
        className="mx-auto max-h-[52rem] w-full print:max-h-[200mm]"
      >
        {land.map(({ boundary, place }) => (
          <Shape key={place.id} boundary={boundary} place={place} steps={steps} wide={wide} />
        ))}
        {islands.map(({ boundary, place }, index) => (
          <Inset
            key={place.id}
            at={[east - side, north + index * (side + pad), east, north + index * (side + pad) + side]}
            boundary={boundary}
            place={place}
            steps={steps}
            wide={wide}
          />
        ))}
      </svg>
      <p className="text-sm text-muted">
        {t('indicative', { source })} {islands.length > 0 ? t('inset') : null}
      </p>
    </figure>
  );
}

function Inset({ at: [x, y, right, bottom], ...shape }: { at: Box } & Parameters<typeof Shape>[0]) {
  const [west, north, east, south] = shape.boundary.box;
  const side = right - x;
  const grow = (side * 0.5) / Math.max(east - west, south - north, 1);
  const wordsAt = y + side * 0.22;
  return (
    <g>
      <rect
        x={x}
        y={y}
        width={side}
        height={bottom - y}
        rx={side * 0.06}
        className="fill-paper stroke-edge"
        strokeWidth={shape.wide / 500}
      />
      <text x={x + side / 2} y={wordsAt} textAnchor="middle" fontSize={side * 0.15} className="fill-ink font-bold">
        {shape.place.shortName}
      </text>
      <g
        transform={`translate(${x + side / 2} ${y + side * 0.62}) scale(${grow}) translate(${-(west + east) / 2} ${-(north + south) / 2})`}
      >
        <Shape {...shape} wide={shape.wide / grow} />
      </g>
    </g>
  );
}

function Shape({ boundary, place, steps, wide }: { boundary: Boundary; place: MapPlace; steps: Steps; wide: number }) {
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const [x, y, room] = boundary.spot;
  const known = place.value !== null && !place.hidden;
  const kept = place.hidden ? 'fill-surface' : 'fill-sunk';
  const look = known ? shapeClass[steps.shade[stepOf(steps, place.value ?? 0)] ?? 3] : null;
  const figure = place.hidden ? signs.hidden : known ? place.text : signs.missing;
  const size = wide * 0.018;
  // Digits are about 0.6 as wide as high; where they would cover a border, the figure is only in the shape's name.
  const fits = room >= size * Math.max(0.55, figure.length * 0.3);
  const words = `${place.name}: ${place.text}`;
  return (
    <a href={getPathname({ locale, href: place.href })} aria-label={words}>
      <title>{words}</title>
      <path
        d={boundary.path}
        fillRule="evenodd"
        vectorEffect="non-scaling-stroke"
        strokeWidth="1"
        strokeLinejoin="round"
        strokeDasharray={known ? undefined : '3 2'}
        className={cx('stroke-edge hover:stroke-ink hover:stroke-2', look ? look.shape : kept)}
      />
      {fits ? (
        <text
          x={x}
          y={y}
          dy="0.35em"
          textAnchor="middle"
          fontSize={size}
          className={cx('pointer-events-none hidden font-bold sm:inline print:inline', look ? look.words : 'fill-ink')}
        >
          {figure}
        </text>
      ) : null}
    </a>
  );
}
