import { TextInput } from '@/components/ui/inputs';
import type { FactorWords } from './words';

/** Year of birth, last digits of the phone, given name: what a card's holder knows besides the code. */
export function FactorInputs({
  words,
  at,
  values,
}: {
  words: FactorWords;
  at: Readonly<Record<string, string>>;
  values: Readonly<Record<string, string>>;
}) {
  return (
    <>
      <TextInput
        name="birthYear"
        label={words.birthYear}
        hint={words.birthYearHint}
        error={at.birthYear}
        defaultValue={values.birthYear}
        width="short"
        inputMode="numeric"
        maxLength={4}
        autoComplete="off"
      />
      <TextInput
        name="digits"
        label={words.digits}
        hint={words.digitsHint}
        error={at.digits}
        defaultValue={values.digits}
        width="short"
        inputMode="numeric"
        maxLength={20}
        autoComplete="off"
      />
      <GivenNameInput words={words} error={at.name} value={values.name} />
    </>
  );
}

/** The given name, as one says it: asked for beside a code. */
export function GivenNameInput({
  words,
  error,
  value,
}: {
  words: Pick<FactorWords, 'name' | 'nameHint'>;
  error: string | undefined;
  value: string | undefined;
}) {
  return (
    <TextInput
      name="name"
      label={words.name}
      hint={words.nameHint}
      error={error}
      defaultValue={value}
      width="name"
      maxLength={100}
      autoComplete="off"
    />
  );
}
