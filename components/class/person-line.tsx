'use client';

import { useTranslations } from 'next-intl';
import { Checkbox } from '@/components/ui/choices';
import { Select, TextInput, type Choice, type ChoiceGroup } from '@/components/ui/inputs';

/** The fields of one person, in their order; `row` is what follows their names. */
export const fieldsOfLine = (row: string) =>
  ['fullName', 'birthYear', 'areaId', 'phone', 'noPhone', 'phoneOf', 'isNew'].map((name) => `${name}${row}`);

/**
 * One resident whom staff write down. Where the name was refused because somebody known looks like them, a box says that it is
 * somebody else.
 */
export function PersonLine({
  row,
  legend,
  noPlace,
  villages,
  typed,
  error,
}: {
  row: string;
  legend: string;
  noPlace: string;
  villages: (Choice | ChoiceGroup)[];
  typed: Readonly<Record<string, string>>;
  error: (field: string) => string | undefined;
}) {
  const t = useTranslations('manage');
  const say = useTranslations('errors');
  const field = (name: string) => ({
    name: `${name}${row}`,
    defaultValue: typed[`${name}${row}`],
    error: error(`${name}${row}`),
  });
  return (
    <fieldset className="grid min-w-0 gap-x-4 gap-y-3 rounded-card border-2 border-edge p-4 sm:grid-cols-2 lg:grid-cols-[2fr_7rem_2fr_2fr]">
      <legend className="px-1 font-bold">{legend}</legend>
      <TextInput {...field('fullName')} label={t('enrol.name')} autoComplete="off" maxLength={100} />
      <TextInput
        {...field('birthYear')}
        inputMode="numeric"
        label={t('enrol.birthYear')}
        autoComplete="off"
        maxLength={4}
      />
      <Select {...field('areaId')} label={t('enrol.village')} empty={noPlace} choices={villages} />
      <TextInput {...field('phone')} type="tel" label={t('enrol.phone')} autoComplete="off" maxLength={40} />
      <div className="flex flex-wrap gap-x-8 sm:col-span-full">
        <Checkbox
          name={`noPhone${row}`}
          plain
          label={t('enrol.noPhone')}
          defaultChecked={typed[`noPhone${row}`] === 'on'}
        />
        <Checkbox
          name={`phoneOf${row}`}
          id={`phoneOf${row}`}
          value="relative"
          plain
          label={t('enrol.phoneOfRelative')}
          defaultChecked={typed[`phoneOf${row}`] === 'relative'}
          error={error(`phoneOf${row}`)}
        />
        {error(`fullName${row}`) === say('looksKnown') || typed[`isNew${row}`] === 'on' ? (
          <Checkbox
            name={`isNew${row}`}
            plain
            label={t('enrol.isNew')}
            defaultChecked={typed[`isNew${row}`] === 'on'}
          />
        ) : null}
      </div>
    </fieldset>
  );
}
