import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Icon } from './icons';
import { cx } from './cx';

/** What a control inside a Field must carry so that label, hint and error are read with it. */
export type FieldWiring = {
  id: string;
  name: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
};

export type FieldProps = {
  name: string;
  /** Defaults to `name`; give one when a page has several forms. The error summary links to it. */
  id?: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** Adds "(không bắt buộc)" to the label. Everything else is needed, and is not starred. */
  optional?: boolean;
};

/** The ids of hint and error of a field, and the wiring for its control. */
export function wire({ name, id = name, hint, error }: FieldProps): FieldWiring {
  const described = cx(hint ? `${id}-hint` : null, error ? `${id}-error` : null);
  return { id, name, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined };
}

/** The words of an error at its field: a sign, the word "Lỗi" for those who listen, and what to do. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  const t = useTranslations('ui');
  return (
    <p id={id} className="mt-1.5 flex items-start gap-2 font-bold text-bad">
      <Icon name="stop" className="mt-[0.15em] size-[1.25em]" />
      <span>
        <span className="sr-only">{t('error')} </span>
        {children}
      </span>
    </p>
  );
}

/** Label above, hint under it, error under that, then the control: the order in which it is read. */
export function Field({ children, ...field }: FieldProps & { children: (wiring: FieldWiring) => ReactNode }) {
  const t = useTranslations('ui');
  const wiring = wire(field);
  return (
    <div className={cx('max-w-prose', field.error ? 'border-l-4 border-bad pl-4' : null)}>
      <label htmlFor={wiring.id} className="block font-bold">
        {field.label}
        {field.optional ? <span className="font-normal text-muted"> {t('optional')}</span> : null}
      </label>
      {field.hint ? (
        <p id={`${wiring.id}-hint`} className="mt-0.5 text-muted">
          {field.hint}
        </p>
      ) : null}
      {field.error ? <FieldError id={`${wiring.id}-error`}>{field.error}</FieldError> : null}
      <div className="mt-2">{children(wiring)}</div>
    </div>
  );
}

/** A group of controls under one question. Of tick boxes each says itself that it is wrong; of radios (`radiogroup`) the group does. */
export function FieldSet({
  legend,
  hint,
  error,
  id,
  role,
  children,
}: {
  legend: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  id: string;
  role?: 'radiogroup';
  children: ReactNode;
}) {
  const described = cx(hint ? `${id}-hint` : null, error ? `${id}-error` : null);
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      role={role}
      aria-describedby={described || undefined}
      aria-invalid={error && role ? true : undefined}
      className={cx('max-w-prose min-w-0', error ? 'border-l-4 border-bad pl-4' : null)}
    >
      <legend className="font-bold">{legend}</legend>
      {hint ? (
        <p id={`${id}-hint`} className="mt-0.5 text-muted">
          {hint}
        </p>
      ) : null}
      {error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}
      <div className="mt-2 grid gap-2.5">{children}</div>
    </fieldset>
  );
}
