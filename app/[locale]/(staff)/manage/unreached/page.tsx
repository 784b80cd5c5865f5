import { notFound } from 'next/navigation';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { BandLegend } from '@/components/unreached/band-bar';
import { BandTable } from '@/components/unreached/band-table';
import { addressWith } from '@/components/ui/address';
import { ButtonLink } from '@/components/ui/button';
import { parseSort, sortRows } from '@/components/ui/data-table';
import { FilterBar } from '@/components/ui/filter-bar';
import { PageHeading } from '@/components/ui/headings';
import { Select } from '@/components/ui/inputs';
import { Pagination } from '@/components/ui/pagination';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { bandsByVillage } from '@/lib/unreached/queries';
import { bandGroups, bandsAddress, bandSorts, knownBands, type BandPlace } from '@/lib/unreached/schema';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const path = '/manage/unreached';
const perPage = 100;

const values: Readonly<Record<string, (place: BandPlace) => string | number | null>> = {
  name: ({ name }) => name,
  unreached: ({ unreached }) => unreached,
  unknown: ({ unknown }) => unknown,
  total: ({ total }) => total,
  ...Object.fromEntries(knownBands.map((band) => [band, ({ counts }: BandPlace) => counts[band]])),
};

export const generateMetadata = titled('unreached', 'title');

/** Villages by how many of their people nobody has met yet, with everybody in one band. A place out of reach is not found. */
export default async function UnreachedPage({ params, searchParams }: Props) {
  const [{ locale }, given] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const asked = bandsAddress.safeParse(given);
  if (!asked.success) notFound();
  const { area, group, page } = asked.data;
  const { areas, places, mayDeclare, mayPlan, maySee } = await read('person.read', async (tx, caller) => ({
    areas: await areaChoices(tx, locale, { grants: caller.grants, capability: 'person.read', depth: 12 }),
    places: await bandsByVillage(tx, locale, { area, group }),
    mayDeclare: caller.capabilities.includes('declared.write'),
    mayPlan: caller.capabilities.includes('visit.plan'),
    maySee: caller.capabilities.includes('register.write'),
  }));
  if (!places) notFound();
  const t = await getTranslations('unreached');
  const sort = parseSort(asked.data.sort, bandSorts, '-unreached');
  const sorted = sortRows(places, sort, values);
  const address = { path, params: { area: area?.toString(), group, sort: asked.data.sort } };
  const silent = places.filter(({ declared, villageUnknown }) => declared === null && !villageUnknown).length;
  const noAge = places.reduce((sum, { ageUnknown }) => sum + ageUnknown, 0);
  const left = places.filter(({ unreached }) => (unreached ?? 0) > 0);
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeading
        lead={t('sentence', {
          people: left.reduce((sum, { unreached }) => sum + (unreached ?? 0), 0),
          places: left.length,
          group,
        })}
        actions={
          <>
            {maySee ? (
              <ButtonLink href="/manage/tasks/week" icon="people">
                {t('week')}
              </ButtonLink>
            ) : null}
            <ButtonLink
              href={addressWith({ path: '/manage/steps', params: {} }, { area: area?.toString() })}
              variant="secondary"
            >
              {t('steps')}
            </ButtonLink>
          </>
        }
      >
        {t('title')}
      </PageHeading>
      {silent > 0 ? (
        <p className="max-w-prose">
          {t('notDeclared', { places: silent })}{' '}
          {mayDeclare ? (
            <Link href="/manage/eligible" prefetch={false} className="link inline-flex min-h-6 items-center">
              {t('declare')}
            </Link>
          ) : null}
        </p>
      ) : null}
      <FilterBar
        path={path}
        label={t('filter')}
        submitLabel={t('show')}
        active={area !== undefined || group !== bandGroups[0]}
      >
        <Select
          name="area"
          label={t('village')}
          empty={t('anyVillage')}
          defaultValue={address.params.area ?? ''}
          choices={areas.map((one) => ({ value: String(one.id), label: one.name }))}
        />
        <Select
          name="group"
          label={t('group')}
          defaultValue={group}
          choices={bandGroups.map((one) => ({ value: one, label: t(`groups.${one}`) }))}
        />
      </FilterBar>
      <BandTable
        places={sorted.slice((page - 1) * perPage, page * perPage)}
        sort={{ ...sort, address }}
        lists={{ path: `${path}/people`, params: { group } }}
        mayPlan={mayPlan}
      />
      <Pagination address={address} page={page} pageCount={Math.ceil(sorted.length / perPage)} />
      <section aria-labelledby="meaning" className="grid gap-3">
        <h2 id="meaning" className="text-xl">
          {t('meaning')}
        </h2>
        <BandLegend />
      </section>
      <div className="grid max-w-prose gap-2 text-sm text-muted">
        <p>
          {t('lead')} {t('note')}
        </p>
        {noAge > 0 ? <p>{t('ageUnknown', { count: noAge, group })}</p> : null}
      </div>
    </div>
  );
}
