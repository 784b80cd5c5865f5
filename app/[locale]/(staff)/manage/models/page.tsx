import { getTranslations, setRequestLocale } from 'next-intl/server';
import { People, useHours } from '@/components/model/told';
import { ButtonLink } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar } from '@/components/ui/filter-bar';
import { PageHeading } from '@/components/ui/headings';
import { Select, TextInput } from '@/components/ui/inputs';
import { Pagination } from '@/components/ui/pagination';
import { StatusPill } from '@/components/ui/pill';
import { read } from '@/lib/access/doors';
import { formatNumber } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { modelList } from '@/lib/model/queries';
import { resultsOf } from '@/lib/model/results';
import { audiences, modelListInput, modelOwners, modelStates, unitSorts, type Came } from '@/lib/model/schema';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const path = '/manage/models';
const perPage = 20;

export const generateMetadata = titled('model', 'title');

export default async function ModelsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = modelListInput.parse(await searchParams);
  const { list, results, mayWrite } = await read('figures.read', async (tx, caller) => {
    const found = await modelList(tx, locale, asked, perPage);
    return {
      list: found,
      results: await resultsOf(
        tx,
        found.rows.map(({ id }) => id),
        new Date(),
      ),
      mayWrite: caller.capabilities.includes('class.write'),
    };
  });
  const t = await getTranslations('model');
  const { page, ...rest } = asked;
  const active = Boolean(asked.q ?? asked.for ?? asked.unit ?? asked.whose ?? asked.state);
  const begin = mayWrite ? (
    <ButtonLink href={`${path}/new`} icon="plus">
      {t('begin')}
    </ButtonLink>
  ) : null;
  const came = (id: string) => results.find(({ modelId }) => modelId === id)?.total;
  return (
    <div className="grid gap-6">
      <PageHeading lead={t('lead')} actions={begin}>
        {t('title')}
      </PageHeading>
      <FilterBar path={path} label={t('filters')} active={active}>
        <TextInput name="q" label={t('q')} defaultValue={asked.q} type="search" maxLength={200} />
        <Select
          name="for"
          label={t('for')}
          empty={t('anybody')}
          defaultValue={asked.for ?? ''}
          choices={audiences.map((value) => ({ value, label: t(`audiences.${value}`) }))}
        />
        <Select
          name="unit"
          label={t('unit')}
          empty={t('anyUnit')}
          defaultValue={asked.unit ?? ''}
          choices={unitSorts.map((value) => ({ value, label: t(`units.${value}`) }))}
        />
        {mayWrite ? (
          <>
            <Select
              name="whose"
              label={t('whose')}
              empty={t('anybodys')}
              defaultValue={asked.whose ?? ''}
              choices={modelOwners.map((value) => ({ value, label: t(`owners.${value}`) }))}
            />
            <Select
              name="state"
              label={t('state')}
              empty={t('anyState')}
              defaultValue={asked.state ?? ''}
              choices={modelStates.map((value) => ({ value, label: t(`states.${value}`) }))}
            />
          </>
        ) : null}
      </FilterBar>
      <p className="text-muted">{t('count', { count: list.total, shown: formatNumber(locale, list.total) })}</p>
      <DataTable
        caption={t('title')}
        captionHidden
        rows={list.rows}
        rowKey={(row) => row.id}
        empty={
          <EmptyState title={active ? t('noneFound') : t('none')} action={begin}>
            {active ? t('noneFoundBody') : t('noneBody')}
          </EmptyState>
        }
        columns={[
          {
            key: 'name',
            header: t('model'),
            cell: (row) => (
              <span className="block min-w-40 font-normal lg:min-w-64">
                <Link href={`${path}/${row.id}`} prefetch={false} className="link font-bold">
                  {row.name}
                </Link>
                <span className="block text-sm text-muted">
                  {row.source ? t('copiedFrom', { name: row.source }) : t('copies', { count: row.copies })}
                </span>
                {row.status === 'published' ? null : <StatusPill>{t(`states.${row.status}`)}</StatusPill>}
              </span>
            ),
          },
          { key: 'owner', header: t('owner'), cell: (row) => row.owner },
          {
            key: 'audience',
            header: t('audience'),
            cell: (row) => (
              <span className="block min-w-44">{row.audience.map((one) => t(`audiences.${one}`)).join('; ')}</span>
            ),
          },
          {
            key: 'sessions',
            header: t('results.sessions'),
            align: 'end',
            cell: (row) => formatNumber(locale, came(row.id)?.sessions ?? 0),
          },
          {
            key: 'reached',
            header: t('results.reached'),
            align: 'end',
            cell: (row) => <People told={came(row.id)?.reached ?? null} />,
          },
          {
            key: 'attained',
            header: t('results.attained'),
            align: 'end',
            cell: (row) => <People told={came(row.id)?.attained ?? null} />,
          },
          {
            key: 'hours',
            header: t('results.hours'),
            align: 'end',
            cell: (row) => <Hours came={came(row.id)} />,
          },
        ]}
      />
      <Pagination address={{ path, params: rest }} page={page} pageCount={Math.ceil(list.total / perPage)} />
    </div>
  );
}

function Hours({ came }: { came: Came | undefined }) {
  return useHours()(came?.helperMinutes ?? 0, came);
}
