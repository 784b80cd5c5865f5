import { getTranslations, setRequestLocale } from 'next-intl/server';
import { TeamTable } from '@/components/team/team-tables';
import { ButtonLink } from '@/components/ui/button';
import { parseSort } from '@/components/ui/data-table';
import { FilterBar } from '@/components/ui/filter-bar';
import { PageHeading } from '@/components/ui/headings';
import { Select } from '@/components/ui/inputs';
import { Pagination } from '@/components/ui/pagination';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { taughtIn } from '@/lib/class/schema';
import { formatNumber } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { teamList, teamsPerPage } from '@/lib/team/queries';
import { teamKinds, teamListInput, teamSorts } from '@/lib/team/schema';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const path = '/manage/teams';

export const generateMetadata = titled('teams', 'title');

export default async function TeamsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = teamListInput.parse(await searchParams);
  const order = parseSort(asked.sort, teamSorts, 'name');
  const { list, areas, mayAdd } = await read('class.read', async (tx, caller) => ({
    list: await teamList(tx, locale, asked, order),
    areas: await areaChoices(tx, locale, { grants: caller.grants, capability: 'class.read', depth: 1 }),
    mayAdd: caller.capabilities.includes('class.write'),
  }));
  const t = await getTranslations('teams');
  const { area, kind, language, closed, sort } = asked;
  const address = {
    path,
    params: { area: area === undefined ? undefined : String(area), kind, language, closed, sort },
  };
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeading
        lead={t('count', { count: list.total, shown: formatNumber(locale, list.total) })}
        actions={
          mayAdd && !closed ? (
            <ButtonLink href={`${path}/new`} icon="plus">
              {t('add')}
            </ButtonLink>
          ) : null
        }
      >
        {t(closed ? 'closing.list' : 'title')}
      </PageHeading>
      <FilterBar path={path} label={t('filters')} active={Boolean(area ?? kind ?? language)}>
        {closed ? <input type="hidden" name="closed" value="1" /> : null}
        {sort ? <input type="hidden" name="sort" value={sort} /> : null}
        <Select
          name="area"
          label={t('area')}
          empty={t('anyArea')}
          defaultValue={address.params.area ?? ''}
          choices={areas.map((one) => ({ value: String(one.id), label: one.name }))}
        />
        <Select
          name="kind"
          label={t('kindAsked')}
          empty={t('anyKind')}
          defaultValue={kind ?? ''}
          choices={teamKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        />
        <Select
          name="language"
          label={t('languageAsked')}
          empty={t('anyLanguage')}
          defaultValue={language ?? ''}
          choices={taughtIn.map((value) => ({ value, label: t(`spoken.${value}`) }))}
        />
      </FilterBar>
      <TeamTable rows={list.rows} locale={locale} path={path} sort={{ ...order, address }} />
      <p>
        <Link
          href={closed ? path : `${path}?closed=1`}
          prefetch={false}
          className="link inline-flex min-h-target items-center"
        >
          {t(closed ? 'closing.toOpen' : 'closing.toClosed')}
        </Link>
      </p>
      <Pagination address={address} page={asked.page} pageCount={Math.ceil(list.total / teamsPerPage)} />
    </div>
  );
}
