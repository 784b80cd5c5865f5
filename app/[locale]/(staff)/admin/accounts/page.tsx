import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { FindAccountForm } from '@/components/account/account-forms';
import { areaChoices } from '@/components/account/area-choices';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { DataTable, parseSort } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar } from '@/components/ui/filter-bar';
import { PageHeading } from '@/components/ui/headings';
import { Select } from '@/components/ui/inputs';
import { Notice } from '@/components/ui/notice';
import { Pagination } from '@/components/ui/pagination';
import { StatusPill } from '@/components/ui/pill';
import { read } from '@/lib/access/doors';
import { accountList, accountsPerPage, administeredAreas } from '@/lib/account/queries';
import { accountListAddress, accountSorts, roles } from '@/lib/account/schema';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { findAccount } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'admin' });
  return { title: t('accountsTitle') };
}

export default async function AccountsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const filter = accountListAddress.parse(await searchParams);
  const [t, account] = await Promise.all([getTranslations('admin'), getTranslations('account')]);
  const order = parseSort(filter.sort, accountSorts, 'name');
  const { rows, areas } = await read('account.manage', async (tx) => ({
    rows: await accountList(tx, filter, order),
    areas: await administeredAreas(tx),
  }));
  const total = rows[0]?.total ?? 0;
  const area = filter.area === undefined ? undefined : String(filter.area);
  const searched = filter.found !== undefined;
  const kept = { role: filter.role, state: filter.state, area, sort: filter.sort, found: filter.found?.join(',') };
  const address = { path: '/admin/accounts', params: kept };
  return (
    <div className="grid gap-6">
      <PageHeading
        lead={t('accountsLead')}
        actions={
          <ButtonLink href="/admin/accounts/new" icon="plus">
            {t('newAccount')}
          </ButtonLink>
        }
      >
        {t('accountsTitle')}
      </PageHeading>
      <ClientWords of={['admin', 'errors']}>
        <FindAccountForm action={findAccount} />
      </ClientWords>
      {searched ? (
        <Notice title={t('found', { count: total })} live>
          <Link href="/admin/accounts" prefetch={false} className="link">
            {t('showAll')}
          </Link>
        </Notice>
      ) : (
        <FilterBar
          path="/admin/accounts"
          label={t('filterAccounts')}
          active={Boolean(filter.role ?? area ?? filter.state)}
        >
          {filter.sort ? <input type="hidden" name="sort" value={filter.sort} /> : null}
          <Select
            name="role"
            label={t('role')}
            empty={t('all')}
            defaultValue={filter.role}
            choices={roles.map((role) => ({ value: role, label: account(`roles.${role}`) }))}
          />
          <Select
            name="area"
            label={t('home')}
            empty={t('all')}
            defaultValue={area}
            choices={areaChoices(areas, locale)}
          />
          <Select
            name="state"
            label={t('state')}
            empty={t('all')}
            defaultValue={filter.state}
            choices={(['active', 'without', 'disabled'] as const).map((value) => ({
              value,
              label: t(`states.${value}`),
            }))}
          />
        </FilterBar>
      )}
      {rows.length > 0 || !searched ? (
        <DataTable
          caption={t('accountCount', { count: total })}
          rows={rows}
          rowKey={(row) => row.id}
          sort={{ ...order, address }}
          empty={<EmptyState title={t('noAccounts')}>{t('noAccountsHint')}</EmptyState>}
          columns={[
            {
              key: 'name',
              header: t('fullName'),
              sortable: true,
              cell: (row) => (
                <Link href={`/admin/accounts/${row.id}`} prefetch={false} className="link font-bold">
                  {row.fullName}
                </Link>
              ),
            },
            { key: 'username', header: t('username'), sortable: true, cell: (row) => row.username },
            {
              key: 'role',
              header: t('role'),
              cell: (row) => row.roles.map((role) => account(`roles.${role}`)).join('; ') || '—',
            },
            {
              key: 'area',
              header: t('home'),
              sortable: true,
              cell: (row) => (locale === 'en' ? row.areaNameEn : row.areaNameVi),
            },
            {
              key: 'state',
              header: t('state'),
              sortable: true,
              cell: (row) =>
                row.disabledAt ? (
                  <StatusPill tone="bad">{t('states.disabled')}</StatusPill>
                ) : row.roles.length === 0 ? (
                  <StatusPill tone="warn">{t('states.without')}</StatusPill>
                ) : (
                  <StatusPill tone="good">{t('states.active')}</StatusPill>
                ),
            },
          ]}
        />
      ) : null}
      <Pagination address={address} page={filter.page} pageCount={Math.ceil(total / accountsPerPage)} />
    </div>
  );
}
