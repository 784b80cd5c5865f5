import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ActForm } from '@/components/class/act-form';
import { DayOffForm } from '@/components/dayoff/day-off-form';
import { DayOffTable } from '@/components/dayoff/day-off-table';
import { ClientWords } from '@/components/layout/client-words';
import { Disclosure } from '@/components/ui/disclosure';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar } from '@/components/ui/filter-bar';
import { PageHeading } from '@/components/ui/headings';
import { Select } from '@/components/ui/inputs';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { calendarOwner, daysOffOf } from '@/lib/dayoff/queries';
import { calendarAddress, dayOffReasons, type DayOffLine } from '@/lib/dayoff/schema';
import { formatWeekday } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { removeDay, saveDay } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const path = '/manage/calendar';

export const generateMetadata = titled('calendar', 'title');

/** What the form begins with: a new entry, one to change, or one of an area above on whose days there are classes here all the same. */
function begun(entries: readonly DayOffLine[], areaId: number, asked: { edit?: string; open?: string }) {
  const changed = entries.find((one) => one.id === asked.edit && one.areaId === areaId);
  const opened = entries.find((one) => one.id === asked.open && one.areaId !== areaId);
  const from = changed ?? opened;
  return {
    id: changed?.id ?? null,
    opens: opened !== undefined && !changed,
    values: {
      kind: changed?.kind ?? (opened ? 'exception' : 'dates'),
      weekday: changed?.weekday ? String(changed.weekday) : '',
      firstDay: from?.firstDay ?? '',
      lastDay: from?.lastDay ?? '',
      reason: from?.reason ?? '',
      name: from?.name ?? '',
    },
  };
}

export default async function CalendarPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = calendarAddress.parse(await searchParams);
  const today = dayOf(new Date());
  const { areas, owner, entries } = await read('class.read', async (tx, caller) => {
    const choices = await areaChoices(tx, locale, { grants: caller.grants, capability: 'class.read', depth: 1 });
    const areaId = asked.area ?? choices[0]?.id ?? 0;
    return {
      areas: choices,
      owner: await calendarOwner(tx, locale, areaId),
      entries: await daysOffOf(tx, locale, areaId, addDays(today, -366)),
    };
  });
  if (!owner) notFound();
  const t = await getTranslations('calendar');
  const begin = begun(entries, owner.id, asked);
  const coming = entries.filter(({ lastDay }) => lastDay === null || lastDay >= today);
  const behind = entries.filter(({ lastDay }) => lastDay !== null && lastDay < today);
  const table = (rows: readonly DayOffLine[], caption: string) => (
    <DayOffTable caption={caption} rows={rows} all={entries} locale={locale} owner={owner} path={path} />
  );
  return (
    <div className="grid grid-cols-1 gap-7">
      <PageHeading above={owner.name} lead={t('lead')}>
        {t('title')}
      </PageHeading>
      {asked.done ? <Notice tone="good" live title={t(`done.${asked.done}`)} /> : null}
      {areas.length > 1 ? (
        <FilterBar path={path} label={t('whose')} submitLabel={t('show')}>
          <Select
            name="area"
            label={t('whose')}
            defaultValue={String(owner.id)}
            choices={areas.map((one) => ({ value: String(one.id), label: one.name }))}
          />
        </FilterBar>
      ) : null}
      {coming.length > 0 ? (
        table(coming, t('coming'))
      ) : (
        <EmptyState icon="calendar" title={t('none')}>
          {t('noneBody')}
        </EmptyState>
      )}
      {owner.mayWrite ? (
        <ClientWords of={['calendar', 'errors']}>
          <DayOffForm
            key={`${begin.id ?? ''}${asked.open ?? ''}`}
            action={saveDay}
            areaId={owner.id}
            id={begin.id}
            title={begin.id ? t('change') : begin.opens ? t('openHere') : t('add', { area: owner.name })}
            begin={begin.values}
            weekdays={[1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: formatWeekday(locale, day) }))}
            reasons={dayOffReasons.map((value) => ({ value, label: t(`reasons.${value}`) }))}
            back={begin.id || begin.opens ? `${path}?area=${owner.id}` : null}
          />
          {begin.id ? (
            <ActForm
              action={removeDay}
              fields={{ id: begin.id }}
              label={t('remove')}
              pendingLabel={t('working')}
              variant="danger"
            />
          ) : null}
        </ClientWords>
      ) : null}
      {behind.length > 0 ? <Disclosure summary={t('behind')}>{table(behind, t('behind'))}</Disclosure> : null}
    </div>
  );
}
