import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ButtonLink } from '@/components/ui/button';
import { DataTable, parseSort } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar } from '@/components/ui/filter-bar';
import { PageHeading } from '@/components/ui/headings';
import { Select, TextInput } from '@/components/ui/inputs';
import { Pagination } from '@/components/ui/pagination';
import { StatusPill } from '@/components/ui/pill';
import { read } from '@/lib/access/doors';
import { courseList, courseSorts } from '@/lib/course/queries';
import { courseListInput, courseOwners, courseStates } from '@/lib/course/schema';
import { formatDate, formatNumber } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const path = '/manage/courses';
const perPage = 30;

export const generateMetadata = titled('course', 'title');

export default async function CoursesPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = courseListInput.parse(await searchParams);
  const order = parseSort(asked.sort, courseSorts, 'usual');
  const { list, mayWrite } = await read('class.read', async (tx, caller) => ({
    list: await courseList(tx, locale, asked, { sort: order, perPage }),
    mayWrite: caller.capabilities.includes('course.write'),
  }));
  const t = await getTranslations('course');
  const { page, state, ...rest } = asked;
  const address = { path, params: { ...rest, state: state === 'current' ? undefined : state } };
  const active = Boolean(asked.q ?? asked.whose) || state !== 'current';
  const begin = mayWrite ? (
    <ButtonLink href={`${path}/new`} icon="plus">
      {t('begin')}
    </ButtonLink>
  ) : null;
  return (
    <div className="grid gap-6">
      <PageHeading lead={t('count', { count: list.total, shown: formatNumber(locale, list.total) })} actions={begin}>
        {t('title')}
      </PageHeading>
      <FilterBar path={path} label={t('filters')} active={active}>
        {asked.sort ? <input type="hidden" name="sort" value={asked.sort} /> : null}
        <TextInput name="q" label={t('q')} defaultValue={asked.q} type="search" maxLength={200} />
        <Select
          name="whose"
          label={t('whose')}
          empty={t('anybodys')}
          defaultValue={asked.whose ?? ''}
          choices={courseOwners.map((value) => ({ value, label: t(`owners.${value}`) }))}
        />
        <Select
          name="state"
          label={t('state')}
          defaultValue={state}
          choices={courseStates.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
      </FilterBar>
      <DataTable
        caption={t('title')}
        captionHidden
        rows={list.rows}
        rowKey={(row) => row.id}
        sort={{ ...order, address }}
        empty={
          <EmptyState title={active ? t('noneFound') : t('none')} action={begin}>
            {active ? t('noneFoundBody') : t('noneBody')}
          </EmptyState>
        }
        columns={[
          {
            key: 'title',
            header: t('course'),
            sortable: true,
            cell: (row) => (
              <span className="block min-w-44 font-normal lg:min-w-64">
                <Link href={`${path}/${row.id}`} prefetch={false} className="link font-bold">
                  {row.title}
                </Link>
                {row.copiedFrom ? (
                  <span className="block text-sm text-muted">{t('copiedFrom', { owner: row.copiedFrom })}</span>
                ) : null}
              </span>
            ),
          },
          {
            key: 'owner',
            header: t('owner'),
            sortable: true,
            cell: (row) => (row.whose === 'province' ? <StatusPill tone="good">{row.owner}</StatusPill> : row.owner),
          },
          {
            key: 'lessons',
            header: t('length'),
            sortable: true,
            cell: (row) => (
              <span className="whitespace-nowrap tabular-nums">
                {t('lessonsAndSkills', { lessons: row.lessons, skills: row.skills })}
              </span>
            ),
          },
          {
            key: 'classes',
            header: t('classes'),
            sortable: true,
            align: 'end',
            cell: (row) => <span className="tabular-nums">{formatNumber(locale, row.classes)}</span>,
          },
          {
            key: 'changed',
            header: t('version'),
            sortable: true,
            cell: (row) => t('versionSince', { version: row.version, date: formatDate(locale, row.changedAt) }),
          },
        ]}
      />
      <Pagination address={address} page={page} pageCount={Math.ceil(list.total / perPage)} />
    </div>
  );
}
