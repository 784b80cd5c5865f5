import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx';
import { FieldError, FieldSet } from './field';

const row =
  'flex min-h-target cursor-pointer items-start gap-3.5 rounded-control border-2 border-edge bg-surface px-4 py-2.5 has-checked:border-field has-checked:bg-field-tint has-disabled:cursor-not-allowed has-disabled:opacity-70';
// The whole tile is the choice: chosen it is filled, so that many stand on one screen.
const tile =
  'relative flex min-h-target cursor-pointer items-center justify-center rounded-control border-2 border-edge bg-surface px-2 py-1.5 text-center leading-tight has-checked:border-field has-checked:bg-field has-checked:font-bold has-checked:text-field-ink has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-(--focus)';
const mark = 'mt-[0.1em] size-[1.4em] shrink-0 cursor-pointer accent-field';

type Own = { name: string; id?: string; label: ReactNode; hint?: ReactNode; error?: ReactNode };

/** One yes-or-no. The whole row can be pressed. `plain` without frame, for dense staff forms. */
export function Checkbox({
  label,
  hint,
  error,
  id,
  plain,
  ...rest
}: Own & { plain?: boolean } & Omit<ComponentProps<'input'>, keyof Own | 'type'>) {
  const own = id ?? (rest.value === undefined ? rest.name : `${rest.name}-${String(rest.value)}`);
  const described = cx(hint ? `${own}-hint` : null, error ? `${own}-error` : null);
  return (
    <div className={cx('max-w-prose', error ? 'border-l-4 border-bad pl-4' : null)}>
      {error ? (
        <div className="mb-2">
          <FieldError id={`${own}-error`}>{error}</FieldError>
        </div>
      ) : null}
      <label className={plain ? 'flex min-h-target cursor-pointer items-center gap-3' : row}>
        <input
          type="checkbox"
          {...rest}
          id={own}
          aria-describedby={described || undefined}
          aria-invalid={error ? true : rest['aria-invalid']}
          className={mark}
        />
        <span className="min-w-0">{label}</span>
      </label>
      {hint ? (
        <p id={`${own}-hint`} className="mt-1 text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

export type RadioChoice = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean };

/** One of a few: big rows, all to be seen at once. The first one's id is the group's id, so the error summary lands on it. */
export function RadioGroup({
  name,
  id = name,
  legend,
  hint,
  error,
  choices,
  defaultValue,
  inline,
  required,
}: {
  name: string;
  id?: string;
  legend: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  choices: RadioChoice[];
  defaultValue?: string;
  /** Side by side where there is room. */
  inline?: boolean;
  required?: boolean;
}) {
  return (
    <FieldSet id={`${id}-group`} role="radiogroup" legend={legend} hint={hint} error={error}>
      <div className={cx('grid gap-2.5', inline && 'sm:auto-cols-fr sm:grid-flow-col')}>
        {choices.map((choice, index) => (
          <label key={choice.value} className={row}>
            <input
              type="radio"
              id={index === 0 ? id : `${id}-${choice.value}`}
              name={name}
              value={choice.value}
              defaultChecked={choice.value === defaultValue}
              disabled={choice.disabled}
              required={required}
              className={mark}
            />
            <span className="min-w-0">
              <span className="block">{choice.label}</span>
              {choice.hint ? <span className="block text-muted">{choice.hint}</span> : null}
            </span>
          </label>
        ))}
      </div>
    </FieldSet>
  );
}

/** One of a few as tiles side by side, for whoever answers with a thumb: `columns` lays them out, a choice may be `wide`. */
export function RadioTiles({
  name,
  id = name,
  legend,
  error,
  choices,
  defaultValue,
  columns,
}: {
  name: string;
  id?: string;
  legend: ReactNode;
  error?: ReactNode;
  choices: { value: string; label: ReactNode; wide?: boolean }[];
  defaultValue?: string;
  columns: string;
}) {
  return (
    <FieldSet id={`${id}-group`} role="radiogroup" legend={legend} error={error}>
      <div className={cx('grid gap-1.5', columns)}>
        {choices.map(({ value, label, wide }, index) => (
          <label key={value} className={cx(tile, wide && 'col-span-full')}>
            <input
              type="radio"
              id={index === 0 ? id : `${id}-${value}`}
              name={name}
              value={value}
              defaultChecked={value === defaultValue}
              className="absolute inset-0 size-full cursor-pointer appearance-none rounded-control opacity-0"
            />
            <span className="min-w-0">{label}</span>
          </label>
        ))}
      </div>
    </FieldSet>
  );
}
