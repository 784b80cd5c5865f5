import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { cache } from 'react';
import { ClientWords } from '@/components/layout/client-words';
import { FindForm } from '@/components/class/find-form';
import { LastPlace } from '@/components/class/last-place';
import { PlaceChoices, PlaceRead } from '@/components/class/place-choices';
import { ClassRings, Neighbours } from '@/components/class/class-rings';
import { Chips, NextBest, NothingFound } from '@/components/class/schedule-result';
import { addressWith } from '@/components/ui/address';
import { PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { Pagination } from '@/components/ui/pagination';
import { read } from '@/lib/access/doors';
import type { ScopedTx } from '@/lib/access/scoped';
import { findPlaces, homesAround, placeNamed, unitChoices, unitsNear, type PlaceLooked } from '@/lib/area/queries';
import { placeMeant } from '@/lib/area/rules';
import type { PlaceFound } from '@/lib/area/schema';
import { classesWithout, classSchedule, skillChoices } from '@/lib/class/queries';
import { classesPerPage, scheduleFilters, type ClassCard, type ScheduleFilters } from '@/lib/class/schema';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const neighboursShown = 4;

/** What was looked for says in the title how much was found, and which page of it this is. */
export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'schedule' });
  const { filters } = scheduleFilters(await searchParams);
  const narrowed = Object.values(asAddress(filters)).some(Boolean);
  const { key, words } = foundWords(locale, await pageOf(locale, filters));
  const title = narrowed ? t(key, words) : t('title');
  return {
    title: filters.page > 1 ? t('titlePage', { title, page: filters.page }) : title,
    description: t('lead'),
  };
}

/** What was typed is a place before it is anything else: its whole name at once, a part or a letter off when nothing is taught so. */
async function whereMeant(tx: ScopedTx, locale: Locale, { q, area }: ScheduleFilters) {
  if (!q) return { meant: null, others: [] as PlaceFound[], guesses: [] as PlaceFound[] };
  const found = await findPlaces(tx, locale, q);
  const whole = found.filter(({ fit }) => fit === 'exact');
  // With a unit chosen from the list, "thôn 1" is that unit's.
  const here = whole.filter(({ id, unitId }) => area !== undefined && (id === area || unitId === area));
  const exact = here.length > 0 ? here : whole;
  const meant = placeMeant(exact);
  // Words of a class within the place chosen from the list are no guess at another place.
  const guesses = exact.length === 0 && area === undefined ? found : [];
  return { meant, others: exact.filter(({ id }) => id !== meant?.id), guesses };
}

/** Everything the page shows, on one connection. */
async function schedulePage(tx: ScopedTx, locale: Locale, asked: ScheduleFilters) {
  const { meant, others, guesses } = await whereMeant(tx, locale, asked);
  const byWords =
    asked.q && guesses.length > 0
      ? await classSchedule(tx, locale, { ...asked, area: undefined, page: 1 }, { perPage: 1 })
      : null;
  const guess = meant ?? (byWords?.total === 0 ? placeMeant(guesses) : null);
  const placeId = guess?.id ?? asked.area;
  const place = placeId ? await placeNamed(tx, locale, placeId) : null;
  const filters = { ...asked, area: place?.id, q: guess ? undefined : asked.q };
  const [units, skills, homes, found, near] = await Promise.all([
    unitChoices(tx, locale),
    skillChoices(tx, locale),
    place?.unitId ? homesAround(tx, locale, place.id) : null,
    classesAt(tx, locale, filters, place),
    place?.unitId ? unitsNear(tx, locale, place.unitId) : [],
  ]);
  const isLast = found.page * classesPerPage >= found.total;
  const [without, neighbours] = await Promise.all([
    found.total === 0 ? classesWithout(tx, { ...filters, area: place?.unitId ?? filters.area }) : [],
    isLast && near.length > 0
      ? classesNextDoor(
          tx,
          locale,
          filters,
          near.map(({ id }) => id),
        )
      : [],
  ]);
  const best =
    found.total === 0 && neighbours.length === 0 ? await nextBest(tx, locale, filters, without[0]?.filter) : [];
  const unsure = byWords?.total === 0 ? guesses : [];
  const which = { guess, others: [...others, ...unsure].filter(({ id }) => id !== guess?.id) };
  return {
    place,
    filters,
    units,
    skills,
    villages: homes?.villages ?? [],
    found,
    near,
    neighbours,
    without,
    best,
    which,
  };
}

/** The same, read once for the page and its title. */
const pageAt = cache((locale: Locale, query: string) => {
  const { filters } = scheduleFilters(Object.fromEntries(new URLSearchParams(query)));
  return read('public', (tx) => schedulePage(tx, locale, filters));
});
const pageOf = (locale: Locale, filters: ScheduleFilters) =>
  pageAt(locale, addressWith({ path: '', params: asAddress(filters) }, { page: String(filters.page) }).slice(1));

/** How much was found, and where: the key of the words and what goes into them. */
function foundWords(locale: Locale, { found, place }: Awaited<ReturnType<typeof schedulePage>>) {
  const words = { count: found.total, shown: formatNumber(locale, found.total) };
  const where = place?.unitId ? (place.isUnit ? place.label : (place.unitName ?? '')) : null;
  return where === null
    ? { key: 'found' as const, words }
    : { key: 'foundIn' as const, words: { ...words, place: where } };
}

/** In the place itself first, then elsewhere in its unit. */
function classesAt(tx: ScopedTx, locale: Locale, filters: ScheduleFilters, place: PlaceLooked | null) {
  if (!place?.unitId) return classSchedule(tx, locale, filters);
  const rings = place.isUnit ? [place.id] : [place.id, place.unitId];
  return classSchedule(tx, locale, { ...filters, area: undefined }, { rings });
}

async function classesNextDoor(tx: ScopedTx, locale: Locale, filters: ScheduleFilters, rings: readonly number[]) {
  const asked = { ...filters, area: undefined, page: 1 };
  return (await classSchedule(tx, locale, asked, { rings, perPage: neighboursShown })).classes;
}

/** Where nothing is: what there would be without the one condition that keeps most out. */
async function nextBest(
  tx: ScopedTx,
  locale: Locale,
  filters: ScheduleFilters,
  without: keyof ScheduleFilters | undefined,
): Promise<readonly ClassCard[]> {
  const asked = without ? { ...filters, [without]: undefined, page: 1 } : { page: 1, open: true as const };
  return (await classSchedule(tx, locale, asked, { perPage: 3 })).classes;
}

export default async function SchedulePage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { filters: asked, ignored } = scheduleFilters(await searchParams);
  const [page, t] = await Promise.all([pageOf(locale, asked), getTranslations('schedule')]);
  const { place, filters, units, skills, villages, found, near, neighbours, without, best, which } = page;
  const address = { path: '/classes', params: asAddress(filters) };
  const unknownArea = asked.area !== undefined && !place;
  const none = found.total === 0;
  const heading = foundWords(locale, page);
  const sought = skills.find(({ code }) => code === filters.skill);
  const domain = skills.find(({ domainCode }) => domainCode === filters.skill)?.domain;
  return (
    <div className="grid gap-8">
      <PageHeading lead={t('lead')}>{t('title')}</PageHeading>
      <FindForm
        key={JSON.stringify(asked)}
        locale={locale}
        filters={{ ...filters, q: filters.q }}
        units={units}
        place={place}
        villages={villages}
        skills={skills}
      />
      {place ? <div hidden data-place={place.id} data-place-name={place.name} /> : <LastPlace locale={locale} />}
      {ignored.length > 0 || unknownArea ? (
        <Notice tone="info" title={ignored.length > 0 ? t('ignored') : t('unknownArea')} />
      ) : null}
      {which.guess ? (
        <PlaceRead typed={asked.q ?? ''} place={which.guess} address={address} others={which.others} />
      ) : null}
      {!which.guess && which.others.length > 0 ? (
        <PlaceChoices typed={asked.q ?? ''} places={which.others} address={address} />
      ) : null}
      <section aria-labelledby="found" className="grid gap-5">
        <h2 id="found" className="text-2xl">
          {t(heading.key, heading.words)}
        </h2>
        <Chips
          locale={locale}
          address={address}
          filters={filters}
          placeName={place?.name ?? null}
          skillTitle={sought?.title ?? domain ?? null}
        />
        {none ? (
          <NothingFound
            address={address}
            without={without}
            ask={{ area: place?.unitId ? place.id : undefined, skill: sought?.code }}
          />
        ) : null}
        <ClientWords of={['class']}>
          <ClassRings classes={found.classes} place={place} locale={locale} />
          {neighbours.length > 0 ? <Neighbours classes={neighbours} near={near} locale={locale} /> : null}
          {best.length > 0 ? <NextBest classes={best} locale={locale} /> : null}
        </ClientWords>
      </section>
      <Pagination
        address={address}
        page={found.page}
        pageCount={Math.ceil(found.total / classesPerPage)}
        landing="found"
      />
    </div>
  );
}

const asAddress = ({ area, q, skill, day, part, lang, stepFree, open }: ScheduleFilters) => ({
  area: area ? String(area) : undefined,
  q,
  skill,
  day,
  part,
  lang,
  stepFree: stepFree ? '1' : undefined,
  open: open ? '1' : undefined,
});
