import { Checkbox, RadioGroup } from '@/components/ui/choices';
import { Select, TextInput } from '@/components/ui/inputs';
import type { PlaceChoice } from '@/lib/area/schema';
import type { EnrolWords } from './words';

type Texts = Readonly<Record<string, string>>;

export const asChoice = (place: PlaceChoice) => ({ value: String(place.id), label: place.name });

/** What follows the names of the fields of everybody after the first. */
export const rowsOf = (people: number) => Array.from({ length: people - 1 }, (_, at) => String(at + 2));

/** Everybody after the first one, and whether they want to stay together. Somebody left empty is nobody. */
export function NextPeople({
  people,
  adding,
  homes,
  words,
  at,
  values,
}: {
  people: number;
  /** The last of them was just asked for. */
  adding: boolean;
  homes: readonly PlaceChoice[];
  words: EnrolWords;
  at: Texts;
  values: Texts;
}) {
  if (people < 2) return null;
  return (
    <>
      {rowsOf(people).map((row) => (
        <fieldset key={row} className="grid min-w-0 gap-6 rounded-card border-2 border-edge p-4 sm:p-5">
          <legend className="px-2 text-lg font-bold">
            {words.personNumber} {row}
          </legend>
          <p className="-mt-3 max-w-prose text-muted">{words.personHint}</p>
          <TextInput
            name={`fullName${row}`}
            label={words.fullName}
            error={at[`fullName${row}`]}
            defaultValue={values[`fullName${row}`]}
            width="name"
            maxLength={100}
            autoComplete="off"
            autoFocus={adding && row === String(people)}
          />
          <div className="grid gap-2">
            <TextInput
              name={`phone${row}`}
              type="tel"
              inputMode="tel"
              label={words.phone}
              error={at[`phone${row}`]}
              defaultValue={values[`phone${row}`]}
              width="phone"
              maxLength={30}
              autoComplete="off"
            />
            <Checkbox
              name={`noPhone${row}`}
              plain
              label={words.noPhone}
              defaultChecked={values[`noPhone${row}`] === 'on'}
            />
          </div>
          <Select
            name={`village${row}`}
            label={words.village}
            error={at[`village${row}`]}
            defaultValue={values[`village${row}`] ?? 'same'}
            width="name"
            choices={[{ value: 'same', label: words.sameVillage }, ...homes.map(asChoice)]}
          />
          <TextInput
            name={`birthYear${row}`}
            inputMode="numeric"
            label={words.birthYear}
            optional
            error={at[`birthYear${row}`]}
            defaultValue={values[`birthYear${row}`]}
            width="short"
            maxLength={4}
            autoComplete="off"
          />
        </fieldset>
      ))}
      <RadioGroup
        name="together"
        legend={words.together}
        error={at.together}
        defaultValue={values.together === 'no' ? 'no' : 'yes'}
        choices={[
          { value: 'yes', label: words.togetherYes, hint: words.togetherYesHint },
          { value: 'no', label: words.togetherNo, hint: words.togetherNoHint },
        ]}
      />
    </>
  );
}
