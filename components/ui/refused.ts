import type { FormErrors } from './error-summary';

/**
 * What a refused form says on top: first, and without a link, what belongs to none of its visible `fields` (a thing that is gone,
 * a page too old); then each field in its order, leading to its control. `messages` are words by field name.
 */
export function summaryOf(
  messages: Readonly<Record<string, string>>,
  fields: readonly string[],
  idOf: (name: string) => string = (name) => name,
): FormErrors {
  const whole = Object.entries(messages).flatMap(([name, message]) => (fields.includes(name) ? [] : [message]));
  const known = fields.flatMap((name) => (messages[name] ? [{ field: idOf(name), message: messages[name] }] : []));
  return [...[...new Set(whole)].map((message) => ({ message })), ...known];
}
