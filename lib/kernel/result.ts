/** A refusal is a value: `reason` is the key of its message under `errors`, `field` the form field it belongs to. */
export interface Refusal {
  readonly refused: string;
  readonly field?: string;
  /** What was written before saying no stands. */
  readonly kept?: true;
}

/** Says no, with the message key and, where one is to blame, the field. */
export function refuse(reason: string, field?: string): Refusal {
  return field === undefined ? { refused: reason } : { refused: reason, field };
}

/** Says no, yet keeps what was written: for counting wrong tries. */
export function refuseAndKeep(reason: string, field?: string): Refusal {
  return { ...refuse(reason, field), kept: true };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value && typeof value.refused === 'string';
}

/** What a form shows after it was sent and refused: messages by field, and what was typed, so that nothing is lost. */
export interface FormState {
  /** Message keys under `errors` by field name; `form` is for the whole. */
  readonly errors: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
}

export const untouched: FormState = { errors: {}, values: {} };
