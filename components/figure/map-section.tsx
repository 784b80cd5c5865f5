import { useTranslations } from 'next-intl';
import { ShapeMap } from '@/components/map/shape-map';
import { TileMap } from '@/components/map/tile-map';
import { addressWith, type Address } from '@/components/ui/address';
import { Disclosure } from '@/components/ui/disclosure';
import type { Dashboard, PlaceRow } from '@/lib/figure/schema';
import { sessionsPerThousand } from '@/lib/figure/rules';
import { tileName } from '@/lib/map/rules';
import type { MapPlace } from '@/lib/map/schema';
import { useFigureWords } from './words';

/** Where older people have been reached, of each 1 000: a square for each unit, and the drawn boundaries where somebody brought them. */
export function MapSection({ dashboard, address }: { dashboard: Dashboard; address: Address }) {
  const t = useTranslations('dashboard.map');
  const { name, number, hidden } = useFigureWords();
  const { tiles, boundaries } = dashboard;
  if (!tiles || tiles.cells.length === 0) return null;
  // Where who came is kept back of everybody, the map tells of sessions, which are about nobody.
  const ofSessions = dashboard.places.every(({ perThousand }) => perThousand === null);
  const one = (place: PlaceRow): MapPlace => {
    const share = ofSessions ? sessionsPerThousand(place) : place.perThousand;
    const value = share === null ? null : Math.round(share);
    const kept = !ofSessions && place.reachedAge60 === null;
    return {
      id: place.id,
      name: name(place),
      shortName: tileName(name(place)),
      value,
      hidden: kept,
      text: kept ? hidden : (number(value) ?? '—'),
      href: addressWith(address, { area: String(place.id), sort: undefined }),
    };
  };
  const places = dashboard.places.map(one);
  const legend = t(ofSessions ? 'legendSessions' : 'legend');
  return (
    <section aria-labelledby="map" className="grid grid-cols-1 gap-4">
      <h2 id="map" className="text-2xl">
        {t('title')}
      </h2>
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
