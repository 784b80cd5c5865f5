import type { Metadata } from 'next';
import { useTranslations } from 'next-intl';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { CalendarBar, useShownWords, ViewSwitch } from '@/components/class/calendar-bar';
import { ClassState } from '@/components/class/class-lines';
import { SessionCalendar } from '@/components/class/session-calendar';
import { placeOf } from '@/components/class/session-lines';
import { ButtonLink } from '@/components/ui/button';
import { DataTable, parseSort, type Sort } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar } from '@/components/ui/filter-bar';
import { PageHeading } from '@/components/ui/headings';
import { Select, TextInput } from '@/components/ui/inputs';
import { Notice } from '@/components/ui/notice';
import { Pagination } from '@/components/ui/pagination';
import { StatusPill } from '@/components/ui/pill';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { classListInput, classNeeds, classStatuses, classTimes } from '@/lib/class/schema';
import { formatDay, formatNumber, formatTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { dayOf } from '@/lib/kernel/clock';
import { mostInCalendar, sessionsOfDays, type CalendarLine } from '@/lib/manage/month';
import { classList, classSorts, type ClassLine } from '@/lib/manage/queries';
import { weeksShown } from '@/lib/manage/rules';

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
  const today = dayOf(now);
  const weeks = asked.view ? weeksShown(asked.view, asked.day ?? today) : [];
  const shown = weeks.flat();
  const days = { first: shown[0] ?? today, last: shown.at(-1) ?? today };
  const { list, sessions, areas, mayPlan, mayPutOff } = await read('class.read', async (tx, caller) => ({
    list: await classList(tx, locale, asked, { sort: order, now, perPage }),
    sessions: asked.view ? await sessionsOfDays(tx, locale, asked, { days, now }) : [],
    areas: await areaChoices(tx, locale, { grants: caller.grants, capability: 'class.read', depth: 1 }),
    mayPlan: caller.capabilities.includes('class.write'),
    mayPutOff: caller.capabilities.includes('class.postpone'),
  }));
  const e = await getTranslations('edits');
  const t = await getTranslations('manage');
  const { page, area, ...rest } = asked;
  const address = { path, params: { ...rest, area: area === undefined ? undefined : String(area) } };
  const active = Object.entries(address.params).some(
    ([name, value]) => !['sort', 'view', 'day'].includes(name) && value,
  );
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
            {mayPutOff ? (
              <ButtonLink href="/manage/classes/postpone" variant="quiet" icon="warning">
                {e('storm.open')}
              </ButtonLink>
            ) : null}
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
        {asked.view ? <input type="hidden" name="view" value={asked.view} /> : null}
        {asked.day ? <input type="hidden" name="day" value={asked.day} /> : null}
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
      <ViewSwitch address={address} now={asked.view} />
      {asked.view ? (
        <Calendar
          address={address}
          view={asked.view}
          day={asked.day ?? today}
          today={today}
          weeks={weeks}
          sessions={sessions}
        />
      ) : (
        <>
          <ClassTable
            list={list.rows}
            order={{ ...order, address }}
            now={now}
            locale={locale}
            empty={
              <EmptyState title={active ? t('classes.noneFound') : t('classes.none')} action={open}>
                {active ? t('classes.noneFoundBody') : t('classes.noneBody')}
              </EmptyState>
            }
          />
          <Pagination address={address} page={page} pageCount={Math.ceil(list.total / perPage)} />
        </>
      )}
    </div>
  );
}

function Calendar({ sessions, ...bar }: Parameters<typeof CalendarBar>[0] & { sessions: readonly CalendarLine[] }) {
  const t = useTranslations('edits.grid');
  const caption = useShownWords(bar);
  return (
    <div className="grid grid-cols-1 gap-4">
      <CalendarBar {...bar} />
      {sessions.length === mostInCalendar ? (
        <Notice tone="warn" title={t('tooMany', { count: mostInCalendar })}>
          {t('tooManyBody')}
        </Notice>
      ) : null}
      {sessions.length === 0 ? <Notice title={t('none')}>{t('noneBody')}</Notice> : null}
      <SessionCalendar
        caption={caption}
        weeks={bar.weeks}
        sessions={sessions}
        inMonth={bar.view === 'month' ? bar.day.slice(0, 7) : null}
        today={bar.today}
      />
    </div>
  );
}

function ClassTable({
  list,
  order,
  now,
  locale,
  empty,
}: {
  list: readonly ClassLine[];
  order: Sort;
  now: Date;
  locale: Locale;
  empty: ReactNode;
}) {
  const t = useTranslations('manage');
  return (
    <DataTable
      caption={t('classes.title')}
      captionHidden
      rows={list}
      rowKey={(row) => row.id}
      sort={order}
      empty={empty}
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
