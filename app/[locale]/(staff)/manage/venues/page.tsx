import { getTranslations, setRequestLocale } from 'next-intl/server';
import { VenueTable } from '@/components/venue/venue-table';
import { ButtonLink } from '@/components/ui/button';
import { FilterBar } from '@/components/ui/filter-bar';
import { PageHeading } from '@/components/ui/headings';
import { Select } from '@/components/ui/inputs';
import { Pagination } from '@/components/ui/pagination';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { venueList, venuesPerPage } from '@/lib/venue/queries';
import { venueListInput } from '@/lib/venue/schema';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const path = '/manage/venues';

export const generateMetadata = titled('venues', 'title');

export default async function VenuesPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = venueListInput.parse(await searchParams);
  const { list, areas, mayAdd } = await read('class.read', async (tx, caller) => ({
    list: await venueList(tx, locale, asked),
    areas: await areaChoices(tx, locale, { grants: caller.grants, capability: 'class.read', depth: 1 }),
    mayAdd: caller.capabilities.includes('class.write'),
  }));
  const t = await getTranslations('venues');
  const address = {
    path,
    params: { area: asked.area === undefined ? undefined : String(asked.area), retired: asked.retired },
  };
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeading
        lead={t('count', { count: list.total, shown: formatNumber(locale, list.total) })}
        actions={
          mayAdd ? (
            <ButtonLink href={`${path}/new`} icon="plus">
              {t('add')}
            </ButtonLink>
          ) : null
        }
      >
        {t('title')}
      </PageHeading>
      <FilterBar path={path} label={t('filters')} active={asked.area !== undefined || asked.retired !== undefined}>
        <Select
          name="area"
          label={t('area')}
          empty={t('anyArea')}
          defaultValue={address.params.area ?? ''}
          choices={areas.map((one) => ({ value: String(one.id), label: one.name }))}
        />
        <Select
          name="retired"
          label={t('use')}
          empty={t('inUse')}
          defaultValue={asked.retired ?? ''}
          choices={[{ value: '1', label: t('retiredOnes') }]}
        />
      </FilterBar>
      <VenueTable rows={list.rows} locale={locale} path={path} />
      <Pagination address={address} page={asked.page} pageCount={Math.ceil(list.total / venuesPerPage)} />
    </div>
  );
}
