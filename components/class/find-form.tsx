import { useTranslations } from 'next-intl';
import { Checkbox } from '@/components/ui/choices';
import { FilterBar } from '@/components/ui/filter-bar';
import { Select, TextInput, type ChoiceGroup } from '@/components/ui/inputs';
import type { PlaceChoice } from '@/lib/area/schema';
import { dayParts, type ScheduleFilters } from '@/lib/class/schema';
import { formatDay, formatWeekday } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

const asChoice = (place: PlaceChoice) => ({ value: String(place.id), label: place.name });

/** Words for a `day` filter: a date, a weekday, today, the next seven days. */
export function useDayWords(locale: Locale): (day: string) => string {
  const t = useTranslations('schedule');
  return (day) => {
    if (day === 'today' || day === 'week') return t(day);
    return day.length === 1
      ? t('everyWeekday', { weekday: formatWeekday(locale, Number(day)) })
      : formatDay(locale, day);
  };
}

/** Where and what one looks for. On the first page only the two questions about the place. */
export function FindForm({
  locale,
  filters,
  units,
  place,
  skills,
}: {
  locale: Locale;
  filters?: ScheduleFilters;
  units: readonly PlaceChoice[];
  /** The place looked in, when it is none of the units. */
  place?: PlaceChoice | null;
  skills?: readonly { code: string; title: string; domain: string }[];
}) {
  const t = useTranslations('schedule');
  const dayWords = useDayWords(locale);
  const days = ['today', 'week', '1', '2', '3', '4', '5', '6', '7'];
  if (filters?.day && !days.includes(filters.day)) days.unshift(filters.day);
  const domains = new Map<string, ChoiceGroup>();
  for (const { code, title, domain } of skills ?? []) {
    const group = domains.get(domain) ?? { label: domain, choices: [] };
    group.choices.push({ value: code, label: title });
    domains.set(domain, group);
  }
  return (
    <FilterBar
      path="/classes"
      landing="found"
      label={t('filters')}
      submitLabel={t('submit')}
      active={filters && (['area', 'q', 'skill', 'day', 'part', 'open'] as const).some((name) => filters[name])}
      moreLabel={t('more')}
      more={
        skills ? (
          <>
            <Select
              name="skill"
              label={t('skill')}
              empty={t('anySkill')}
              defaultValue={filters?.skill ?? ''}
              choices={[...domains.values()]}
            />
            <Select
              name="day"
              label={t('day')}
              empty={t('anyDay')}
              defaultValue={filters?.day ?? ''}
              choices={days.map((value) => ({ value, label: dayWords(value) }))}
            />
            <Select
              name="part"
              label={t('part')}
              empty={t('anyPart')}
              defaultValue={filters?.part ?? ''}
              choices={dayParts.map((value) => ({ value, label: t(`parts.${value}`) }))}
            />
            <Checkbox name="open" value="1" id="open" label={t('open')} defaultChecked={filters?.open} plain />
          </>
        ) : undefined
      }
    >
      <TextInput
        name="q"
        label={t('q')}
        hint={t('qHint')}
        defaultValue={filters?.q}
        maxLength={100}
        autoComplete="off"
      />
      <Select
        name="area"
        label={t('area')}
        empty={t('anyArea')}
        defaultValue={filters?.area ? String(filters.area) : ''}
        choices={[...(place ? [asChoice(place)] : []), ...units.map(asChoice)]}
      />
    </FilterBar>
  );
}
