import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx';
import { Field, type FieldProps } from './field';
import { Icon } from './icons';

const box =
  'block min-h-target w-full min-w-0 rounded-control border-2 border-edge bg-surface px-4 py-2 text-ink aria-invalid:border-bad';

// As wide as the answer is long, so the box itself says what is expected.
const widths = { full: '', name: 'max-w-md', phone: 'max-w-60', short: 'max-w-36', date: 'max-w-52' } as const;
export type InputWidth = keyof typeof widths;

type Own = FieldProps & { width?: InputWidth };

/** One line of text, a number, a phone, a date. Takes what `<input>` takes besides label, hint and error. */
export function TextInput({
  label,
  hint,
  error,
  optional,
  width = 'full',
  ...rest
}: Own & Omit<ComponentProps<'input'>, keyof Own>) {
  return (
    <Field name={rest.name} id={rest.id} label={label} hint={hint} error={error} optional={optional}>
      {(wiring) => <input type="text" {...rest} {...wiring} className={cx(box, widths[width])} />}
    </Field>
  );
}

/** Several lines of text. */
export function TextArea({
  label,
  hint,
  error,
  optional,
  width = 'full',
  ...rest
}: Own & Omit<ComponentProps<'textarea'>, keyof Own>) {
  return (
    <Field name={rest.name} id={rest.id} label={label} hint={hint} error={error} optional={optional}>
      {(wiring) => <textarea rows={4} {...rest} {...wiring} className={cx(box, widths[width])} />}
    </Field>
  );
}

export type Choice = { value: string; label: string; disabled?: boolean };
export type ChoiceGroup = { label: string; choices: Choice[] };

function options(choices: (Choice | ChoiceGroup)[]): ReactNode {
  return choices.map((item) =>
    'choices' in item ? (
      <optgroup key={item.label} label={item.label}>
        {options(item.choices)}
      </optgroup>
    ) : (
      <option key={item.value} value={item.value} disabled={item.disabled}>
        {item.label}
      </option>
    ),
  );
}

/**
 * A native select: the device's own list, which everybody knows. `empty` is the words of the no-choice line. What was chosen in a form that was refused stays: a sent form is
 * reset to what it began with, and a list begins with another choice only as another list.
 */
export function Select({
  label,
  hint,
  error,
  optional,
  width = 'full',
  choices,
  empty,
  ...rest
}: Own & { choices: (Choice | ChoiceGroup)[]; empty?: string } & Omit<ComponentProps<'select'>, keyof Own>) {
  return (
    <Field name={rest.name} id={rest.id} label={label} hint={hint} error={error} optional={optional}>
      {(wiring) => (
        <span className={cx('relative block', widths[width])}>
          <select
            key={String(rest.defaultValue)}
            {...rest}
            {...wiring}
            className={cx(box, 'cursor-pointer appearance-none pr-12')}
          >
            {empty === undefined ? null : <option value="">{empty}</option>}
            {options(choices)}
          </select>
          <Icon name="chevron" className="pointer-events-none absolute top-1/2 right-3.5 size-6 -translate-y-1/2" />
        </span>
      )}
    </Field>
  );
}
