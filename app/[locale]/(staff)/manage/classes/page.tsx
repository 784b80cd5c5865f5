import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ClassState } from '@/components/class/class-lines';
import { placeOf } from '@/components/class/session-lines';
import { ButtonLink } from '@/components/ui/button';
import { DataTable, parseSort } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar } from '@/components/ui/filter-bar';
import { PageHeading } from '@/components/ui/headings';
import { Select, TextInput } from '@/components/ui/inputs';
import { Pagination } from '@/components/ui/pagination';
import { StatusPill } from '@/components/ui/pill';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { classListInput, classNeeds, classStatuses, classTimes } from '@/lib/class/schema';
import { formatDay, formatNumber, formatTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { classList, classSorts, type ClassLine } from '@/lib/manage/queries';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const path = '/manage/classes';
const perPage = 30;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'manage' });
  return { title: t('classes.title') };
}

export default async function ClassesPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = classListInput.parse(await searchParams);
  const order = parseSort(asked.sort, classSorts, 'next');
  const now = new Date();
  const { list, areas, mayPlan } = await read('class.read', async (tx, caller) => ({
    list: await classList(tx, locale, asked, { sort: order, now, perPage }),
    areas: await areaChoices(tx, locale, { grants: caller.grants, capability: 'class.read', depth: 1 }),
    mayPlan: caller.capabilities.includes('class.write'),
  }));
  const t = await getTranslations('manage');
  const { page, area, ...rest } = asked;
  const address = { path, params: { ...rest, area: area === undefined ? undefined : String(area) } };
  const active = Object.entries(address.params).some(([name, value]) => name !== 'sort' && value);
  const open = mayPlan ? (
    <ButtonLink href="/manage/classes/new" icon="plus">
      {t('openNew')}
    </ButtonLink>
  ) : null;
  return (
    <div className="grid gap-6">
      <PageHeading
        lead={t('classes.count', { count: list.total, shown: formatNumber(locale, list.total) })}
        actions={
          <>
            {open}
            <ButtonLink href="/manage/fairness" variant="quiet" icon="chart">
              {t('fairness.title')}
            </ButtonLink>
          </>
        }
      >
        {t('classes.title')}
      </PageHeading>
      <FilterBar
        path={path}
        label={t('classes.filters')}
        active={active}
        moreOpen={Boolean(asked.state ?? asked.when)}
        more={
          <>
            <Select
              name="state"
              label={t('classes.state')}
              empty={t('classes.anyState')}
              defaultValue={asked.state ?? ''}
              choices={classStatuses.map((value) => ({ value, label: t(`state.${value}`) }))}
            />
            <Select
              name="when"
              label={t('classes.when')}
              empty={t('classes.anyTime')}
              defaultValue={asked.when ?? ''}
              choices={classTimes.map((value) => ({ value, label: t(`when.${value}`) }))}
            />
          </>
        }
      >
        {asked.sort ? <input type="hidden" name="sort" value={asked.sort} /> : null}
        <TextInput name="q" label={t('classes.q')} defaultValue={asked.q} type="search" maxLength={200} />
        <Select
          name="need"
          label={t('classes.need')}
          empty={t('classes.anyNeed')}
          defaultValue={asked.need ?? ''}
          choices={classNeeds.map((value) => ({ value, label: t(`need.${value}`) }))}
        />
        <Select
          name="area"
          label={t('classes.area')}
          empty={t('classes.anyArea')}
          defaultValue={area === undefined ? '' : String(area)}
          choices={areas.map((one) => ({ value: String(one.id), label: one.name }))}
        />
      </FilterBar>
      <DataTable
        caption={t('classes.title')}
        captionHidden
        rows={list.rows}
        rowKey={(row) => row.id}
        sort={{ ...order, address }}
        empty={
          <EmptyState title={active ? t('classes.noneFound') : t('classes.none')} action={open}>
            {active ? t('classes.noneFoundBody') : t('classes.noneBody')}
          </EmptyState>
        }
        columns={[
          { key: 'title', header: t('classes.class'), sortable: true, cell: (row) => <NameOfClass row={row} /> },
          {
            key: 'state',
            header: t('classes.state'),
            sortable: true,
            cell: (row) => <ClassState status={row.status} over={row.lastEndsAt !== null && row.lastEndsAt <= now} />,
          },
          {
            key: 'next',
            header: t('classes.next'),
            sortable: true,
            cell: (row) =>
              row.nextStartsAt ? (
                <>
                  <span className="block whitespace-nowrap">{formatDay(locale, row.nextStartsAt)}</span>
                  {formatTime(locale, row.nextStartsAt)}
                </>
              ) : (
                '—'
              ),
          },
          {
            key: 'seats',
            header: t('classes.seats'),
            sortable: true,
            align: 'end',
            cell: (row) => (
              <span className="whitespace-nowrap tabular-nums">
                {row.confirmed}/{row.capacity}
              </span>
            ),
          },
          {
            key: 'waiting',
            header: t('classes.waiting'),
            sortable: true,
            align: 'end',
            cell: (row) => (row.waiting > 0 ? <b className="tabular-nums">{row.waiting}</b> : '0'),
          },
          {
            key: 'registers',
            header: t('classes.registers'),
            sortable: true,
            cell: (row) => <Registers row={row} missing={t('classes.missing', { count: row.registersMissing })} />,
          },
        ]}
      />
      <Pagination address={address} page={page} pageCount={Math.ceil(list.total / perPage)} />
    </div>
  );
}

function NameOfClass({ row }: { row: ClassLine }) {
  return (
    <span className="block min-w-40 font-normal lg:min-w-64">
      <Link href={`/manage/classes/${row.id}`} prefetch={false} className="link font-bold">
        {row.title}
      </Link>
      <span className="block text-sm text-muted">{placeOf(row)}</span>
    </span>
  );
}

function Registers({ row, missing }: { row: ClassLine; missing: string }) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      <span className="whitespace-nowrap tabular-nums">
        {row.registersTaken}/{row.sessions}
      </span>
      {row.registersMissing > 0 ? <StatusPill tone="warn">{missing}</StatusPill> : null}
    </span>
  );
}
