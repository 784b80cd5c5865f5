'use client';

import { useActionState, type ReactNode } from 'react';
import { Checkbox, RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import type { PlaceChoice } from '@/lib/area/schema';
import { untouched, type FormState } from '@/lib/kernel/result';
import { problemsIn, type EnrolWords, type ErrorWords } from './words';

const fields = ['forWhom', 'signedUpBy', 'fullName', 'phone', 'phoneOf', 'village', 'unit', 'birthYear', 'consent'];
const asChoice = (place: PlaceChoice) => ({ value: String(place.id), label: place.name });

// Questions that follow from an answer are there without JavaScript too: CSS shows them, and a browser too old for :has()
// shows them always.
const whenElsewhere = 'supports-[selector(:has(a))]:hidden group-has-[option[value=elsewhere]:checked]/form:block!';
const whenOther = 'grid gap-6 supports-[selector(:has(a))]:hidden group-has-[#forWhom-other:checked]/form:grid!';

/**
 * Three answers and a tick. Works without JavaScript; everything typed comes back with what is wrong. `formKey` marks this
 * rendering, so that sending twice enrols once.
 */
export function EnrolForm({
  action,
  words,
  errorWords,
  classId,
  formKey,
  full,
  homes,
  elsewhere,
  units,
  consentVersion,
  consentText,
}: {
  action: (before: FormState, form: FormData) => Promise<FormState>;
  words: EnrolWords;
  errorWords: ErrorWords;
  classId: string;
  formKey: string;
  full: boolean;
  /** Villages of the class's unit, and the unit itself for who does not find theirs. */
  homes: readonly PlaceChoice[];
  /** The answer "none of these": given, since importing it would bring 60 KB of checks to the phone. */
  elsewhere: string;
  units: readonly PlaceChoice[];
  consentVersion: number;
  consentText: ReactNode;
}) {
  const [{ errors, values }, send] = useActionState(action, untouched);
  const { at, summary } = problemsIn(errors, errorWords, fields);
  return (
    <form action={send} noValidate className="group/form grid gap-6" key={JSON.stringify(values)}>
      <ErrorSummary errors={summary} />
      <input type="hidden" name="classId" value={classId} />
      <input type="hidden" name="formKey" value={values.formKey ?? formKey} />
      <input type="hidden" name="consentVersion" value={consentVersion} />
      <RadioGroup
        name="forWhom"
        legend={words.forWhom}
        error={at.forWhom}
        defaultValue={values.forWhom === 'other' ? 'other' : 'self'}
        choices={[
          { value: 'self', label: words.self },
          { value: 'other', label: words.other },
        ]}
      />
      <div className={whenOther}>
        <TextInput
          name="signedUpBy"
          label={words.signedUpBy}
          error={at.signedUpBy}
          defaultValue={values.signedUpBy}
          width="name"
          maxLength={100}
          autoComplete="off"
        />
      </div>
      <TextInput
        name="fullName"
        label={words.fullName}
        error={at.fullName}
        defaultValue={values.fullName}
        width="name"
        maxLength={100}
        autoComplete="name"
      />
      <div className="grid gap-2">
        <TextInput
          name="phone"
          type="tel"
          inputMode="tel"
          label={words.phone}
          hint={words.phoneHint}
          error={at.phone}
          defaultValue={values.phone}
          width="phone"
          maxLength={30}
          autoComplete="tel"
        />
        <Checkbox name="noPhone" plain label={words.noPhone} defaultChecked={values.noPhone === 'on'} />
      </div>
      <div className={whenOther}>
        <RadioGroup
          name="phoneOf"
          legend={words.phoneOf}
          error={at.phoneOf}
          defaultValue={values.phoneOf === 'relative' ? 'relative' : 'self'}
          choices={[
            { value: 'self', label: words.phoneOfLearner },
            { value: 'relative', label: words.phoneOfRelative },
          ]}
        />
      </div>
      <div className="grid gap-4">
        <Select
          name="village"
          label={words.village}
          error={at.village}
          empty={words.chooseVillage}
          defaultValue={values.village ?? ''}
          width="name"
          choices={[...homes.map(asChoice), { value: elsewhere, label: words.elsewhere }]}
        />
        <div className={whenElsewhere}>
          <Select
            name="unit"
            label={words.unit}
            error={at.unit}
            empty={words.chooseUnit}
            defaultValue={values.unit ?? ''}
            width="name"
            choices={units.map(asChoice)}
          />
        </div>
      </div>
      <TextInput
        name="birthYear"
        inputMode="numeric"
        label={words.birthYear}
        hint={words.birthYearHint}
        optional
        error={at.birthYear}
        defaultValue={values.birthYear}
        width="short"
        maxLength={4}
        autoComplete="off"
      />
      {consentText}
      <Checkbox
        name="consent"
        label={words.consent}
        hint={words.consentHint}
        error={at.consent}
        defaultChecked={values.consent === 'on' && !errors.consent}
      />
      <div>
        <SubmitButton icon="check" wide pendingLabel={words.sending}>
          {full ? words.submitQueue : words.submit}
        </SubmitButton>
      </div>
    </form>
  );
}
