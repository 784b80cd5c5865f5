import { DefinitionList } from '@/components/ui/facts';
import { ErrorSummary } from '@/components/ui/error-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import type { PlaceChoice } from '@/lib/area/schema';
import { phoneForReading, phoneNumber } from '@/lib/kernel/phone';
import { tidy } from '@/lib/kernel/text';
import { rowsOf } from './next-people';
import type { EnrolWords, ErrorWords } from './words';

type Texts = Readonly<Record<string, string>>;

/** The form's answers, in words, before they are sent. They stand in the form as hidden fields: nothing is kept anywhere else. */
export function CheckAnswers({
  words,
  errorWords,
  full,
  homes,
  units,
  elsewhere,
  what,
  values,
  again,
}: {
  words: EnrolWords;
  errorWords: ErrorWords;
  full: boolean;
  homes: readonly PlaceChoice[];
  units: readonly PlaceChoice[];
  elsewhere: string;
  /** The class in a few lines: what, when, where. */
  what: readonly string[];
  values: Texts;
  /** It was sent already and has to be sent once more: why. */
  again: string | null;
}) {
  const own = ['classId', 'formKey', 'stamp', 'more', 'step'];
  const kept = Object.entries(values).filter(([name]) => !own.includes(name));
  const rows = ['', ...rowsOf(Number(values.people) || 1)].filter(
    (row) => row === '' || tidy(values[`fullName${row}`] ?? '') !== '',
  );
  const named = (id: string | undefined) => [...homes, ...units].find((one) => String(one.id) === id)?.name;
  const home = named(values.village === elsewhere ? values.unit : values.village);
  const one = (row: string) => {
    const village = values[`village${row}`];
    const phone = values[`noPhone${row}`] === 'on' ? null : phoneNumber(values[`phone${row}`] ?? '');
    const relative = row === '' && values.forWhom === 'other' && values.phoneOf === 'relative';
    return [
      { term: words.fullName, value: <b>{tidy(values[`fullName${row}`] ?? '')}</b> },
      {
        term: words.phone,
        value: phone ? `${phoneForReading(phone)}${relative ? ` (${words.ofRelative})` : ''}` : words.noPhoneSaid,
      },
      { term: words.village, value: row === '' || village === 'same' ? home : named(village) },
      { term: words.birthYear, value: values[`birthYear${row}`]?.trim() || words.notSaid },
    ];
  };
  return (
    <>
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div>
        <h3 id="check" tabIndex={-1} autoFocus={again === null} className="text-2xl">
          {words.checkTitle}
        </h3>
        <p className="mt-1 max-w-prose text-muted">{words.checkLead}</p>
      </div>
      <ErrorSummary errors={again ? [{ message: errorWords[again] ?? again }] : []} />
      <p className="rounded-card bg-field-tint px-4 py-3 sm:px-5">
        {what.map((line) => (
          <span key={line} className="block first:font-bold">
            {line}
          </span>
        ))}
      </p>
      {rows.map((row, at) => (
        <section key={row} className="grid gap-3 rounded-card border-2 border-edge p-4 sm:p-5">
          {rows.length > 1 ? (
            <h4 className="text-lg font-bold">
              {words.personNumber} {at + 1}
            </h4>
          ) : null}
          <DefinitionList items={one(row)} />
        </section>
      ))}
      <ul className="grid max-w-prose gap-2">
        {values.forWhom === 'other' ? (
          <li>
            {words.signedUpBy}: <b>{tidy(values.signedUpBy ?? '')}</b>
          </li>
        ) : null}
        {rows.length > 1 ? <li>{values.together === 'no' ? words.togetherNo : words.togetherYes}</li> : null}
        <li>{rows.length > 1 ? words.agreedSeveral : words.agreed}</li>
      </ul>
      <div className="flex flex-wrap items-center gap-4">
        <SubmitButton name="step" value="confirm" icon="check" wide pendingLabel={words.sending}>
          {full ? words.confirmQueue : words.confirm}
        </SubmitButton>
        <SubmitButton name="step" value="edit" variant="secondary" icon="pencil" wide pendingLabel={words.sending}>
          {words.correct}
        </SubmitButton>
      </div>
    </>
  );
}
