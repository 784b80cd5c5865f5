'use client';

import { useActionState, type ReactNode } from 'react';
import { Checkbox, RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import type { PlaceChoice } from '@/lib/area/schema';
import { mostTogether } from '@/lib/enrolment/rules';
import { untouched, type FormState } from '@/lib/kernel/result';
import { CheckAnswers } from './check-answers';
import { asChoice, NextPeople, rowsOf } from './next-people';
import { problemsIn, type EnrolWords, type ErrorWords } from './words';

// Questions that follow from an answer are there without JavaScript too: CSS shows them, and a browser too old for :has()
// shows them always.
const whenElsewhere = 'supports-[selector(:has(a))]:hidden group-has-[option[value=elsewhere]:checked]/form:block!';
const whenOther = 'grid gap-6 supports-[selector(:has(a))]:hidden group-has-[#forWhom-other:checked]/form:grid!';

const before = ['forWhom', 'signedUpBy', 'fullName', 'phone', 'phoneOf', 'village', 'unit', 'birthYear'];
const ofRow = (row: string) => ['fullName', 'phone', 'village', 'birthYear'].map((name) => `${name}${row}`);

export interface EnrolFormProps {
  action: (before: FormState, form: FormData) => Promise<FormState>;
  words: EnrolWords;
  errorWords: ErrorWords;
  classId: string;
  formKey: string;
  /** Says when this form was rendered, signed. */
  stamp: string;
  full: boolean;
  /** Villages of the class's unit, and the unit itself for who does not find theirs. */
  homes: readonly PlaceChoice[];
  /** The answer "none of these". */
  elsewhere: string;
  units: readonly PlaceChoice[];
  /** The class in a few lines: what, when, where. */
  what: readonly string[];
  consentVersion: number;
  consentText: ReactNode;
}

/**
 * Three answers and a tick, for one person or several; then the same in words, to be looked at once more. Works without JavaScript:
 * what was typed travels in the form, and comes back with what is wrong. `formKey` marks this rendering, so that sending twice
 * enrols once.
 */
export function EnrolForm(props: EnrolFormProps) {
  const [state, send] = useActionState(props.action, untouched);
  const { errors, values } = state;
  // A form that is too old goes on with the stamp of today; any other keeps its own, which has aged meanwhile.
  const stamp = errors.stamp === 'formTooOld' ? props.stamp : (values.stamp ?? props.stamp);
  // Until it is sent for good, a form has the key of this rendering: the answers to be looked at were rendered for one person, the page
  // before for whoever asked within the same second. So nobody else knows the key that gives this slip again.
  const formKey = (values.step === 'confirm' ? values.formKey : undefined) ?? props.formKey;
  const marks = { classId: props.classId, formKey, stamp };
  const again = errors.stamp !== undefined && values.step === 'confirm';
  return (
    <form action={send} noValidate className="group/form grid gap-6" key={JSON.stringify(state)}>
      {Object.entries(marks).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Trap label={props.words.leaveEmpty} />
      {errors.step === 'check' || again ? (
        <CheckAnswers {...props} values={values} again={again ? (errors.stamp ?? null) : null} />
      ) : (
        <Questions {...props} state={state} />
      )}
    </form>
  );
}

/** A field nobody sees, hears or reaches: only a program fills it in. */
function Trap({ label }: { label: string }) {
  return (
    <div aria-hidden="true" className="sr-only">
      <label htmlFor="more">{label}</label>
      <input id="more" name="more" type="url" tabIndex={-1} autoComplete="off" defaultValue="" />
    </div>
  );
}

function Questions({
  words,
  errorWords,
  full,
  homes,
  elsewhere,
  units,
  consentVersion,
  consentText,
  state: { errors, values },
}: EnrolFormProps & { state: FormState }) {
  const adding = errors.step === 'add';
  const people = Math.min(mostTogether, Math.max(1, Number(values.people) || 1) + (adding ? 1 : 0));
  const said = Object.fromEntries(
    Object.entries(errors).filter(([name]) => name !== 'step' || errors.step === 'wrong'),
  );
  const fields = [...before, ...rowsOf(people).flatMap(ofRow), 'together', 'consent'];
  const { at, summary } = problemsIn(said, errorWords, fields);
  return (
    <>
      <ErrorSummary errors={summary} />
      <input type="hidden" name="people" value={people} />
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
        autoFocus={errors.step === 'edit'}
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
      <NextPeople people={people} adding={adding} homes={homes} words={words} at={at} values={values} />
      {consentText}
      <Checkbox
        name="consent"
        label={people > 1 ? words.consentSeveral : words.consent}
        hint={words.consentHint}
        error={at.consent}
        defaultChecked={values.consent === 'on' && !errors.consent}
      />
      <div className="flex flex-wrap items-center gap-4">
        <SubmitButton name="step" value="check" icon="arrow" wide pendingLabel={words.sending}>
          {full ? words.submitQueue : words.submit}
        </SubmitButton>
        {people < mostTogether ? (
          <SubmitButton name="step" value="add" variant="secondary" icon="plus" wide pendingLabel={words.sending}>
            {words.addPerson}
          </SubmitButton>
        ) : null}
      </div>
    </>
  );
}
