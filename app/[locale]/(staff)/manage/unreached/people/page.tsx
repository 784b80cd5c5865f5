import { notFound } from 'next/navigation';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { UnreachedTable } from '@/components/person/unreached-table';
import { addressWith } from '@/components/ui/address';
import { ButtonLink } from '@/components/ui/button';
import { FilterBar } from '@/components/ui/filter-bar';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Select } from '@/components/ui/inputs';
import { Pagination } from '@/components/ui/pagination';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { listOfBand, unreachedPerPage } from '@/lib/person/unreached';
import { bandGroups, bandPeopleAddress, knownBands } from '@/lib/unreached/schema';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const path = '/manage/unreached/people';

export const generateMetadata = titled('unreached', 'title');

/** Who is in one band, by village: for those who go and see them. A place out of reach is not found. */
export default async function BandPeoplePage({ params, searchParams }: Props) {
  const [{ locale }, given] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const asked = bandPeopleAddress.safeParse(given);
  if (!asked.success) notFound();
  const { area, own, group, band, page } = asked.data;
  const { areas, found, mayEnrol, mayVisit, maySee } = await read('person.read', async (tx, caller) => ({
    areas: await areaChoices(tx, locale, { grants: caller.grants, capability: 'person.read', depth: 12 }),
    found: await listOfBand(tx, locale, { area, own: own !== undefined, whom: group, band, page }),
    mayEnrol: caller.capabilities.includes('enrolment.write'),
    mayVisit: caller.capabilities.includes('visit.plan'),
    maySee: caller.capabilities.includes('register.write'),
  }));
  if (!found) notFound();
  const [t, p] = await Promise.all([getTranslations('unreached'), getTranslations('people')]);
  const address = { path, params: { area: area?.toString(), own, group, band } };
  return (
    <div className="grid grid-cols-1 gap-6">
      <Breadcrumbs
        items={[
          {
            label: t('title'),
            href: addressWith({ path: '/manage/unreached', params: {} }, { group }),
          },
          { label: t(`bands.${band}`) },
        ]}
      />
      <PageHeading
        above={p('unreached.count', { count: found.total })}
        lead={t(`means.${band}`)}
        actions={
          <>
            {mayVisit && area !== undefined && own === undefined ? (
              <ButtonLink href={`/manage/visits/rounds/new?area=${area}`} icon="home">
                {t('planRound')}
              </ButtonLink>
            ) : null}
            {maySee ? (
              <ButtonLink href="/manage/tasks/week" variant="secondary" icon="people">
                {t('week')}
              </ButtonLink>
            ) : null}
            {band === 'blocked' ? (
              <ButtonLink
                href={addressWith({ path: '/manage/steps', params: {} }, { area: area?.toString(), own })}
                variant="secondary"
              >
                {t('steps')}
              </ButtonLink>
            ) : null}
          </>
        }
      >
        {t(`bands.${band}`)}
      </PageHeading>
      <FilterBar path={path} label={t('filter')} submitLabel={t('show')}>
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
        <Select
          name="band"
          label={t('list.band')}
          defaultValue={band}
          choices={knownBands.map((one) => ({ value: one, label: t(`bands.${one}`) }))}
        />
      </FilterBar>
      <UnreachedTable people={found.people} mayEnrol={mayEnrol} mayVisit={mayVisit} />
      <Pagination address={address} page={page} pageCount={Math.ceil(found.total / unreachedPerPage)} />
      <p className="max-w-prose text-sm text-muted">{t('list.note')}</p>
    </div>
  );
}
