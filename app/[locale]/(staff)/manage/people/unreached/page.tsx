import { notFound } from 'next/navigation';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { UnreachedTable } from '@/components/person/unreached-table';
import { FilterBar } from '@/components/ui/filter-bar';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Select } from '@/components/ui/inputs';
import { Pagination } from '@/components/ui/pagination';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { unreachedAddress } from '@/lib/person/schema';
import { neverContacted, unreachedPerPage } from '@/lib/person/unreached';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const path = '/manage/people/unreached';

export const generateMetadata = titled('people', 'unreached.title');

/** Who is known and has never been contacted, by village: for those who go and see them. A place out of reach is not found. */
export default async function UnreachedPage({ params, searchParams }: Props) {
  const [{ locale }, given] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const asked = unreachedAddress.safeParse(given);
  const { areas, found, mayEnrol } = await read('person.read', async (tx, caller) => ({
    areas: await areaChoices(tx, locale, { grants: caller.grants, capability: 'person.read', depth: 12 }),
    found: asked.success ? await neverContacted(tx, locale, asked.data) : null,
    mayEnrol: caller.capabilities.includes('enrolment.write'),
  }));
  if (!found || !asked.success) notFound();
  const { area, age, page } = asked.data;
  const t = await getTranslations('people');
  const address = { path, params: { area: area?.toString(), age: age?.toString() } };
  return (
    <div className="grid grid-cols-1 gap-6">
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/people' }, { label: t('unreached.title') }]} />
      <PageHeading above={t('unreached.count', { count: found.total })} lead={t('unreached.lead')}>
        {t('unreached.title')}
      </PageHeading>
      <FilterBar
        path={path}
        label={t('unreached.filter')}
        submitLabel={t('unreached.show')}
        active={area !== undefined || age !== undefined}
      >
        <Select
          name="area"
          label={t('village')}
          empty={t('anyVillage')}
          defaultValue={address.params.area ?? ''}
          choices={areas.map((one) => ({ value: String(one.id), label: one.name }))}
        />
        <Select
          name="age"
          label={t('unreached.ages')}
          empty={t('unreached.anyAge')}
          defaultValue={address.params.age ?? ''}
          choices={[{ value: '60', label: t('unreached.from60') }]}
        />
      </FilterBar>
      <UnreachedTable people={found.people} mayEnrol={mayEnrol} />
      <Pagination address={address} page={page} pageCount={Math.ceil(found.total / unreachedPerPage)} />
      <p className="max-w-prose text-sm text-muted">{t('unreached.note')}</p>
    </div>
  );
}
