import { useTranslations } from 'next-intl';
import { Checkbox } from '@/components/ui/choices';
import { FilterBar } from '@/components/ui/filter-bar';
import { Select, TextInput, type ChoiceGroup } from '@/components/ui/inputs';
import type { PlaceChoice } from '@/lib/area/schema';
import { dayParts, filterNames, taughtIn, type ScheduleFilters, type SkillChoice } from '@/lib/class/schema';
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
  villages,
  skills,
}: {
  locale: Locale;
  filters?: ScheduleFilters;
  units: readonly PlaceChoice[];
  /** The place looked in, and the villages of its unit to go on choosing from. */
  place?: (PlaceChoice & { unitId: number | null; unitName: string | null }) | null;
  villages?: readonly PlaceChoice[];
  skills?: readonly SkillChoice[];
}) {
  const t = useTranslations('schedule');
  const dayWords = useDayWords(locale);
  const days = ['today', 'week', '1', '2', '3', '4', '5', '6', '7'];
  if (filters?.day && !days.includes(filters.day)) days.unshift(filters.day);
  const domains = new Map<string, ChoiceGroup>();
  for (const { code, title, domain, domainCode } of skills ?? []) {
    const whole = { value: domainCode, label: t('wholeDomain', { domain }) };
    const group = domains.get(domain) ?? { label: domain, choices: [whole] };
    group.choices.push({ value: code, label: title });
    domains.set(domain, group);
  }
  // Once a unit is chosen its villages come first, then the other units.
  const inUnit = place?.unitId && villages?.length ? place : null;
  const unitName = units.find(({ id }) => id === inUnit?.unitId)?.name ?? '';
  const choices = inUnit
    ? [
        {
          label: unitName,
          choices: [
            { value: String(inUnit.unitId), label: t('wholeUnit', { unit: unitName }) },
            ...(villages ?? []).map(asChoice),
          ],
        },
        { label: t('otherUnits'), choices: units.filter(({ id }) => id !== inUnit.unitId).map(asChoice) },
      ]
    : [...(place && !units.some(({ id }) => id === place.id) ? [asChoice(place)] : []), ...units.map(asChoice)];
  return (
    <FilterBar
      path="/classes"
      landing="found"
      label={t('filters')}
      submitLabel={t('submit')}
      active={filters && filterNames.some((name) => filters[name])}
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
            <Select
              name="lang"
              label={t('taughtIn')}
              empty={t('anyLanguage')}
              defaultValue={filters?.lang ?? ''}
              choices={taughtIn.map((value) => ({ value, label: t(`languages.${value}`) }))}
            />
            <Checkbox
              name="stepFree"
              value="1"
              id="stepFree"
              label={t('stepFree')}
              defaultChecked={filters?.stepFree}
              plain
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
        label={inUnit ? t('areaOrVillage') : t('area')}
        empty={t('anyArea')}
        defaultValue={filters?.area ? String(filters.area) : ''}
        choices={choices}
      />
    </FilterBar>
  );
}
