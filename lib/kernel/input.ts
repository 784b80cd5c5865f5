import { z } from 'zod';
import { tidy, tidyLines } from './text';

/** Pieces for the zod schemas at the edge. Every message is a key under `errors` in messages/. */

/** Required text, tidied, at most `max` characters. */
export const text = (max: number, missing = 'required') =>
  z.string(missing).max(20_000, 'tooLong').transform(tidy).pipe(z.string().min(1, missing).max(max, 'tooLong'));

/** Text that may be left empty; then ''. */
export const optionalText = (max: number) =>
  z.string().max(20_000, 'tooLong').default('').transform(tidy).pipe(z.string().max(max, 'tooLong'));

/** Text of several lines that may be left empty; then ''. */
export const optionalLines = (max: number) =>
  z.string().max(20_000, 'tooLong').default('').transform(tidyLines).pipe(z.string().max(max, 'tooLong'));

export const id = z.uuid('unknownId');

/** The short id in a class's address. */
export const addressId = z.string('unknownId').regex(/^[2-9a-hjkmnp-z]{8}$/, 'unknownId');

/** `?sort=` of a list; which keys count is the list's to say (`parseSort`). */
export const sortAsked = z.string().max(20).optional().catch(undefined);

/** An area: an official code or the number of a village. */
export const areaId = z.coerce
  .number('chooseArea')
  .int('chooseArea')
  .min(1, 'chooseArea')
  .max(2_000_000_000, 'chooseArea');

const codeOf = (length: string, wrong: string) =>
  z
    .string(wrong)
    .max(100, wrong)
    .transform((typed) =>
      typed
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[\s.\-–—_]/g, ''),
    )
    .pipe(z.string().regex(new RegExp(`^[2346789ACDEFGHJKMNPQRTWXY]{${length}}$`), wrong));

/** The code on a slip, however it was typed: small letters, spaces and dashes are fine. */
export const slipCode = codeOf('8', 'codeShape');

/** The code on the slip of somebody who asked for a visit, typed the same way. */
export const visitSlipCode = codeOf('8', 'visitCodeShape');

/** The code on a slip (eight signs) or on a learner's card (nine), typed the same way. */
export const paperCode = codeOf('8,9', 'codeShape');

/** The code of a printed register (six signs), typed the same way. */
export const sheetCode = codeOf('6', 'sheetShape');

/** A day that exists (`yyyy-mm-dd`), within a century of now. */
export const day = z
  .string('dayShape')
  .regex(/^20\d\d-\d\d-\d\d$/, 'dayShape')
  .refine((typed) => {
    const moment = new Date(`${typed}T00:00:00Z`);
    return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(typed);
  }, 'dayUnknown');

/** A time of day, `HH:MM`. */
export const time = z.string('timeShape').regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'timeShape');

/** Device clocks are believed from 2020 on; how far into the future is for whoever knows the time. */
export const deviceTime = z.iso
  .datetime({ offset: true, error: 'clockWrong' })
  .transform((typed) => new Date(typed))
  .refine((at) => at.getTime() >= Date.UTC(2020, 0, 1), 'clockWrong');

/** A tick box: ticked or not there at all. */
export const ticked = z.preprocess(
  (value) => value === 'on' || value === 'yes' || value === 'true' || value === true,
  z.boolean(),
);

/** Left empty means not given. */
export const emptyAsMissing = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema.optional());

/** A year of birth from 1900 to this year. */
export const birthYear = emptyAsMissing(
  z.coerce
    .number('birthYearShape')
    .int('birthYearShape')
    .min(1900, 'birthYearShape')
    .refine((year) => year <= new Date().getFullYear(), 'birthYearFuture'),
);

/** Whole number within bounds; `wrong` is the message key. */
export const wholeNumber = (min: number, max: number, wrong: string) =>
  z.coerce.number(wrong).int(wrong).min(min, wrong).max(max, wrong);

/** Most of anything that is counted in a province: more is a slip of the finger. */
const mostCounted = 5_000_000;

/** How many, as people type it: whole, not negative, with or without a sign between thousands ("1.234"). Left empty is nothing said. */
export const countTyped = (wrong = 'countShape') =>
  z
    .string(wrong)
    .max(40, wrong)
    .transform((typed) => typed.trim())
    .refine((typed) => typed === '' || /^(\d{1,9}|\d{1,3}([.,\s]\d{3}){1,2})$/.test(typed), wrong)
    .transform((typed) => (typed === '' ? undefined : Number(typed.replace(/\D/g, ''))))
    .refine((count) => count === undefined || count <= mostCounted, wrong)
    .optional();

/** A file sent in a field that asks for one; `missing` is the message key where there is none. */
export const file = (missing: string) =>
  z.instanceof(File, { error: missing }).refine((sent) => sent.size > 0, missing);

/** Fields of a form as plain values: text only, a repeated field as a list; files and Next's own fields are left out. */
export function fieldsOf(form: FormData): Record<string, string | string[]> {
  // One pass: `getAll` for each of 16 000 names, which fit into one form, took three seconds of everybody's time.
  const sent = new Map<string, string[]>();
  for (const [name, value] of form) {
    if (name.startsWith('$ACTION') || typeof value !== 'string') continue;
    const all = sent.get(name);
    if (all) all.push(value);
    else sent.set(name, [value]);
  }
  // From entries, so that a field named __proto__ is a field like any other.
  return Object.fromEntries(
    [...sent].map(([name, [first = '', ...more]]) => [name, more.length > 0 ? [first, ...more] : first]),
  );
}

/** The first message per field, as keys. What is wrong with one of a repeated field's values is said of the field. */
export function problemsOf(error: z.ZodError): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const issue of error.issues) {
    const field =
      issue.path
        .filter((part) => typeof part !== 'number')
        .map(String)
        .join('.') || 'form';
    problems[field] ??= /^[a-z][A-Za-z]*$/.test(issue.message) ? issue.message : 'wrong';
  }
  return problems;
}
