import { useTranslations } from 'next-intl';
import { ShapeMap } from '@/components/map/shape-map';
import { TileMap } from '@/components/map/tile-map';
import { addressWith, type Address } from '@/components/ui/address';
import { Disclosure } from '@/components/ui/disclosure';
import type { Dashboard, PlaceRow } from '@/lib/figure/schema';
import { sessionsPerThousand } from '@/lib/figure/rules';
import { Link } from '@/lib/i18n/navigation';
import { tileName } from '@/lib/map/rules';
import { mapFigures, type MapFigure, type MapPlace } from '@/lib/map/schema';
import { useFigureWords } from './words';

/** What a square is coloured by; `instead` of older people: of each 1 000 of them. */
function valueOf(place: PlaceRow, figure: MapFigure, instead: boolean): number | null {
  if (figure === 'older') return place.perThousand;
  if (figure === 'core') return place.corePerThousand;
  return instead ? sessionsPerThousand(place) : place.sessionsPerThousand;
}

/** A square for each unit, coloured by what was chosen in the address, and the drawn boundaries where somebody brought them. */
export function MapSection({
  dashboard,
  address,
  asked,
}: {
  dashboard: Dashboard;
  address: Address;
  asked: MapFigure | undefined;
}) {
  const t = useTranslations('dashboard.map');
  const { name, number, hidden } = useFigureWords();
  const { tiles, boundaries } = dashboard;
  if (!tiles || tiles.cells.length === 0) return null;
  // Where who came is kept back of everybody and nobody chose, the map tells of sessions, which are about nobody.
  const instead = asked === undefined && dashboard.places.every(({ perThousand }) => perThousand === null);
  const figure = asked ?? (instead ? 'sessions' : 'older');
  const one = (place: PlaceRow): MapPlace => {
    const share = valueOf(place, figure, instead);
    const value = share === null ? null : Math.round(share);
    const kept = (figure === 'older' && place.reachedAge60 === null) || (figure === 'core' && place.core === null);
    return {
      id: place.id,
      name: name(place),
      shortName: tileName(name(place)),
      value,
      hidden: kept,
      text: kept ? hidden : (number(value) ?? '—'),
      href: addressWith(address, { area: String(place.id), sort: undefined, map: undefined }),
    };
  };
  const places = dashboard.places.map(one);
  const legend = t(instead ? 'legendSessions' : `legends.${figure}`);
  return (
    <section aria-labelledby="map" className="grid grid-cols-1 gap-4">
      <h2 id="map" className="text-2xl">
        {t('title')}
      </h2>
      <nav aria-label={t('choose')} className="print:hidden">
        <ul className="flex flex-wrap gap-x-5">
          {mapFigures.map((choice) => (
            <li key={choice}>
              <Link
                href={`${addressWith(address, { map: choice })}#map`}
                prefetch={false}
                aria-current={choice === figure ? 'true' : undefined}
                className="link inline-flex min-h-target items-center aria-[current]:font-bold"
              >
                {t(`figures.${choice}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <TileMap places={places} layout={tiles} legend={legend} caption={t('tiles')}>
        <p>
          <a href="#places" className="link inline-flex min-h-target items-center print:hidden">
            {t('table')}
          </a>
        </p>
      </TileMap>
      {boundaries?.source ? (
        <Disclosure summary={t('shapes')}>
          <ShapeMap
            places={places}
            boundaries={boundaries.boundaries}
            source={boundaries.source}
            legend={legend}
            caption={t('shapes')}
          />
        </Disclosure>
      ) : null}
    </section>
  );
}
