import { getTranslations, setRequestLocale } from 'next-intl/server';
import { BoundaryFacts, Draft, InUse } from '@/components/map/boundary-sheet';
import { DecideBoundaries, RemoveBoundaries, SendBoundaries } from '@/components/map/boundary-forms';
import { PlaceTable } from '@/components/map/place-table';
import { ShapeMap } from '@/components/map/shape-map';
import { TileMap } from '@/components/map/tile-map';
import { ClientWords } from '@/components/layout/client-words';
import { Card } from '@/components/ui/card';
import { Disclosure } from '@/components/ui/disclosure';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { boundariesInUse, boundariesOf, boundaryDraft, codedPlaces, tilesOf } from '@/lib/map/queries';
import { tileName } from '@/lib/map/rules';
import { decide, remove, send } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const outcomes = ['read', 'saved', 'dropped', 'removed'] as const;

export const generateMetadata = titled('map', 'title');

/** Units lie under the province: the place under which most of those with a code lie is the one the maps are of. */
function parentOfMost(places: readonly { parentId: number }[]): number {
  const parents = places.map(({ parentId }) => parentId).sort((a, b) => a - b);
  const count = (id: number) => parents.filter((parent) => parent === id).length;
  return [...new Set(parents)].sort((a, b) => count(b) - count(a))[0] ?? 0;
}

export default async function BoundariesPage({ params, searchParams }: Props) {
  const [{ locale }, { done }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const [t, admin] = await Promise.all([getTranslations('map'), getTranslations('admin')]);
  const { coded, used, draft, layout, set } = await read('area.manage', async (tx) => {
    const all = await codedPlaces(tx);
    const parent = parentOfMost(all);
    const coded = all.filter(({ parentId }) => parentId === parent);
    return {
      coded,
      used: await boundariesInUse(tx),
      draft: await boundaryDraft(tx),
      layout: await tilesOf(tx, parent),
      set: await boundariesOf(tx, parent),
    };
  });
  const places = coded.map((place) => ({
    id: place.id,
    name: locale === 'en' ? place.fullNameEn : place.fullNameVi,
    shortName: tileName(locale === 'en' ? place.nameEn : place.nameVi),
    value: place.below,
    hidden: false,
    text: formatNumber(locale, place.below),
    href: `/admin/areas/${place.id}`,
  }));
  const apart = new Set(coded.filter((place) => place.apart).map(({ id }) => id));
  const without = (having: readonly { areaId: number }[]) => {
    const ids = new Set(having.map(({ areaId }) => areaId));
    return places.filter(({ id }) => !ids.has(id)).map(({ name }) => name);
  };
  const outcome = outcomes.find((known) => known === done);
  const map = { places, legend: t('sampleLegend') };
  return (
    <ClientWords of={['map', 'errors']}>
      <div className="grid grid-cols-1 gap-7">
        <div className="grid gap-4">
          <Breadcrumbs items={[{ label: admin('areasTitle'), href: '/admin/areas' }, { label: t('title') }]} />
          {outcome ? <Notice tone="good" title={t(`done.${outcome}`)} live opensPage /> : null}
          <PageHeading lead={t('lead')}>{t('title')}</PageHeading>
        </div>
        {draft ? (
          <Draft
            fileName={draft.fileName}
            facts={
              <BoundaryFacts
                matched={draft.shapes.length}
                all={places.length}
                points={{ before: draft.pointsBefore, after: draft.pointsAfter }}
                source={draft.source}
              />
            }
            unmatched={draft.unmatched}
            missing={without(draft.shapes)}
          >
            <DecideBoundaries action={decide} draft={draft.id} />
            <ShapeMap
              {...map}
              caption={t('sampleShapes')}
              source={draft.source}
              boundaries={draft.shapes.map((shape) => ({ ...shape, apart: apart.has(shape.areaId) }))}
            />
          </Draft>
        ) : null}
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <InUse used={used} all={places.length} missing={used ? without(set.boundaries) : []} locale={locale}>
            {used ? <RemoveBoundaries action={remove} /> : null}
          </InUse>
          <Card as="section" labelledBy="upload">
            <h2 id="upload" className="text-xl">
              {t('upload')}
            </h2>
            <p className="mt-1 mb-4 text-muted">{t('replaceHint')}</p>
            <SendBoundaries action={send} />
          </Card>
        </div>
        {set.source ? (
          <ShapeMap {...map} caption={t('sampleShapes')} source={set.source} boundaries={set.boundaries} />
        ) : null}
        <TileMap {...map} caption={t('sampleTiles')} layout={layout}>
          <Disclosure summary={t('sampleTable')}>
            <PlaceTable places={places} shapes={new Set(set.boundaries.map(({ areaId }) => areaId))} />
          </Disclosure>
        </TileMap>
      </div>
    </ClientWords>
  );
}
