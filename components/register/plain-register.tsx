'use client';

import { useTranslations } from 'next-intl';
import { useSent } from '@/components/class/use-sent';
import type { FormState } from '@/lib/kernel/result';
import type { Sheet, SheetPerson } from '@/lib/register/schema';
import { Checkbox } from '../ui/choices';
import { Disclosure } from '../ui/disclosure';
import { ErrorSummary } from '../ui/error-summary';
import { FieldError } from '../ui/field';
import { Select, TextInput } from '../ui/inputs';
import { SubmitButton } from '../ui/submit-button';
import { PersonHint } from './person-row';

type Action = (state: FormState, form: FormData) => Promise<FormState>;
const states = ['present', 'late', 'left_early', 'excused', 'absent'] as const;
const levels = ['0', '1', '2', '3', '4'] as const;
const skillsOf = (sheet: Sheet) => sheet.skills.slice(0, 8);

/** The register without JavaScript: everybody's mark and levels in one form, which turns into the same operations. `late`: corrections say why. */
export function PlainRegisterForm({ sheet, late, action }: { sheet: Sheet; late: boolean; action: Action }) {
  const t = useTranslations('register');
  const asked = sheet.people.flatMap(({ id }) => [
    `mark.${id}`,
    `help.${id}`,
    ...skillsOf(sheet).map(({ code }) => `level.${id}.${code}`),
  ]);
  const { send, typed, error, summary } = useSent(action, [...asked, 'guests', 'why']);
  return (
    <form action={send} className="grid grid-cols-1 gap-5">
      <ErrorSummary errors={summary} />
      <input type="hidden" name="sessionId" value={sheet.id} />
      {sheet.startedAt ? (
        <>
          {sheet.people.map((person) => (
            <PlainPerson key={person.id} person={person} sheet={sheet} typed={typed} error={error} />
          ))}
          {late ? <Why error={error('why')} typed={typed.why} /> : null}
          <TextInput
            name="guests"
            label={t('guests')}
            error={error('guests')}
            defaultValue={typed.guests ?? String(sheet.guests)}
            inputMode="numeric"
            width="short"
          />
          <div className="flex flex-wrap gap-3">
            <SubmitButton name="act" value="save" variant="secondary" pendingLabel={t('plain.saving')} wide>
              {t('plain.save')}
            </SubmitButton>
            <SubmitButton name="act" value="finish" pendingLabel={t('plain.saving')} wide>
              {t('plain.finish')}
            </SubmitButton>
          </div>
        </>
      ) : (
        <>
          <p className="max-w-prose text-muted">{t('beginHint')}</p>
          {sheet.people.length > 0 ? <PlainExcuses sheet={sheet} typed={typed} error={error} /> : null}
          <div className="flex flex-wrap gap-3">
            <SubmitButton name="act" value="start" pendingLabel={t('plain.saving')} wide>
              {t('begin')}
            </SubmitButton>
            {sheet.people.length > 0 ? (
              <SubmitButton name="act" value="save" variant="secondary" pendingLabel={t('plain.saving')} wide>
                {t('plain.saveExcuses')}
              </SubmitButton>
            ) : null}
          </div>
        </>
      )}
    </form>
  );
}

/** Who said beforehand that they cannot come. Taking a tick away is for the register itself. */
function PlainExcuses({
  sheet,
  typed,
  error,
}: {
  sheet: Sheet;
  typed: FormState['values'];
  error: (field: string) => string | undefined;
}) {
  const t = useTranslations('register');
  return (
    <Disclosure
      summary={t('excuses.title', { count: sheet.people.filter(({ state }) => state === 'excused').length })}
      open={sheet.people.some(({ id }) => error(`mark.${id}`)) || undefined}
    >
      <p className="mb-2 text-muted">{t('excuses.lead')}</p>
      {sheet.people.map((person) => {
        const name = `mark.${person.id}`;
        const was = person.state === 'excused' ? 'excused' : '';
        return (
          <div key={person.id}>
            <input type="hidden" name={`was.${name}`} value={was} />
            <input type="hidden" name={`seen.${person.id}`} value={person.marks.join()} />
            <Checkbox
              plain
              name={name}
              id={name}
              error={error(name)}
              value="excused"
              label={person.fullName}
              defaultChecked={(typed[name] ?? was) === 'excused'}
            />
          </div>
        );
      })}
    </Disclosure>
  );
}

function PlainPerson({
  person,
  sheet,
  typed,
  error,
}: {
  person: SheetPerson;
  sheet: Sheet;
  typed: FormState['values'];
  error: (field: string) => string | undefined;
}) {
  const t = useTranslations('register');
  const mark = `mark.${person.id}`;
  // Where two said different things, none is chosen: whoever settles it says which.
  const contested = person.versions.length > 1;
  const stands = contested ? null : person.state;
  return (
    <fieldset className="min-w-0 rounded-card border-[1.5px] border-line bg-surface p-4">
      <legend className="px-1">
        <b>{person.fullName}</b>
        <PersonHint person={person} among={sheet.people} />
      </legend>
      <input type="hidden" name={`was.${mark}`} value={stands ?? ''} />
      <input type="hidden" name={`seen.${person.id}`} value={person.marks.join()} />
      {contested ? (
        <p className="font-bold text-bad">
          {t('conflict.title')}: {person.versions.map(({ state }) => t(`state.${state}`)).join(' / ')}
        </p>
      ) : null}
      {error(mark) ? <FieldError id={`${mark}-error`}>{error(mark)}</FieldError> : null}
      <div
        id={mark}
        tabIndex={-1}
        role="radiogroup"
        aria-label={t('plain.markOf', { name: person.fullName })}
        aria-invalid={error(mark) ? true : undefined}
        aria-describedby={error(mark) ? `${mark}-error` : undefined}
        className="mt-2 flex flex-wrap gap-x-5"
      >
        {states.map((each) => (
          <label key={each} className="flex min-h-target cursor-pointer items-center gap-2">
            <input
              type="radio"
              name={mark}
              value={each}
              defaultChecked={(typed[mark] ?? stands) === each}
              className="size-6 accent-field"
            />
            {t(`state.${each}`)}
          </label>
        ))}
      </div>
      <div className="mt-2 grid grid-cols-1 gap-3">
        {person.state !== null && skillsOf(sheet).length > 0 ? (
          <TextInput
            name={`help.${person.id}`}
            label={t('help.plain')}
            hint={t('help.plainHint')}
            optional
            error={error(`help.${person.id}`)}
            defaultValue={typed[`help.${person.id}`]}
            maxLength={200}
          />
        ) : null}
        {skillsOf(sheet).map((skill) => {
          const name = `level.${person.id}.${skill.code}`;
          const known = sheet.levelsHere[`${person.id}:${skill.code}`];
          const was = known === undefined ? '' : String(known);
          return (
            <div key={skill.code}>
              <input type="hidden" name={`was.${name}`} value={was} />
              <Select
                name={name}
                label={t('plain.levelOf', { skill: skill.title })}
                error={error(name)}
                defaultValue={typed[name] ?? was}
                empty={t('plain.noLevel')}
                choices={levels.map((level) => ({ value: level, label: `${level} · ${t(`levels.${level}`)}` }))}
              />
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

function Why({ id, error, typed }: { id?: string; error: string | undefined; typed: string | undefined }) {
  const t = useTranslations('register');
  return (
    <TextInput
      name="why"
      id={id}
      label={t('why')}
      hint={t('whyTitle')}
      error={error}
      defaultValue={typed}
      maxLength={200}
    />
  );
}

/** Somebody who walked in, without JavaScript. `personId` is made with the page, so that sending twice adds one. */
export function PlainWalkInForm({
  sheet,
  late,
  personId,
  action,
}: {
  sheet: Sheet;
  late: boolean;
  personId: string;
  action: Action;
}) {
  const t = useTranslations('register');
  const asked = ['fullName', 'birthYear', 'areaId', 'phone', 'consent', 'why'];
  const { send, typed, error, summary } = useSent(action, asked);
  const field = (name: string) => ({ name, error: error(name), defaultValue: typed[name] });
  return (
    <form action={send} className="grid grid-cols-1 gap-4 rounded-card border-2 border-field bg-surface p-4">
      <h2 className="text-xl">{t('plain.walkInTitle')}</h2>
      <ErrorSummary errors={summary} />
      <input type="hidden" name="sessionId" value={sheet.id} />
      <input type="hidden" name="personId" value={typed.personId ?? personId} />
      <TextInput {...field('fullName')} label={t('name')} autoComplete="off" />
      <TextInput {...field('birthYear')} label={t('birthYear')} optional inputMode="numeric" width="short" />
      <Select
        name="areaId"
        label={t('village')}
        error={error('areaId')}
        defaultValue={typed.areaId ?? String(sheet.areaId)}
        choices={sheet.villages.map((village) => ({ value: String(village.id), label: village.name }))}
      />
      <TextInput {...field('phone')} label={t('phone')} optional type="tel" width="phone" autoComplete="off" />
      <Checkbox
        name="consent"
        id="consent"
        value="oral"
        label={t('consent')}
        hint={t('consentHint')}
        error={error('consent')}
      />
      {late ? <Why id="why-walk-in" error={error('why')} typed={typed.why} /> : null}
      <SubmitButton pendingLabel={t('adding')} wide>
        {t('addDone')}
      </SubmitButton>
    </form>
  );
}
