import { z } from 'zod';
import { addressId, areaId, birthYear, emptyAsMissing, id, ticked, wholeNumber } from '@/lib/kernel/input';
import { equalityQuestions, mostOnBehalf, mostTogether } from './rules';
import { elsewhere, personName, phoneTyped, type Enrolment } from './schema';

/** The forms that sign people up, several at once: fields of the first person by their name, of the others with a number behind. */

type Typed = Readonly<Record<string, unknown>>;
const isTyped = (value: unknown): value is Typed => typeof value === 'object' && value !== null;
const isEmpty = (value: unknown) => value === undefined || (typeof value === 'string' && value.trim() === '');

type Complain = (field: string, message: string) => void;
const complaintsTo =
  (context: z.RefinementCtx, row = ''): Complain =>
  (field, message) =>
    context.addIssue({ code: 'custom', path: [`${field}${row}`], message });

/** Runs one schema on what was typed and passes its complaints on; undefined when there are some. */
function within<S extends z.ZodType>(schema: S, typed: unknown, complain: Complain): z.output<S> | undefined {
  const parsed = schema.safeParse(typed);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) complain(String(path[0] ?? 'form'), message);
  return undefined;
}

/** The fields of one person under their plain names. */
function rowOf(typed: Typed, names: readonly string[], row: string): Typed {
  return Object.fromEntries(names.map((name) => [name, typed[`${name}${row}`]]));
}

const nameAndPhone = {
  fullName: personName('nameRequired'),
  phone: phoneTyped,
  noPhone: ticked,
  birthYear,
};
const phoneOrNone = <T extends z.ZodType<{ phone?: string | undefined; noPhone: boolean }>>(schema: T) =>
  // Asked whatever else is wrong, so that everything missing is said at once.
  schema.refine((one) => Boolean(one.phone) || one.noPhone, {
    path: ['phone'],
    message: 'phoneRequired',
    when: ({ issues }) => !issues.some((issue) => issue.path?.[0] === 'phone'),
  });

const village = z
  .string('chooseVillage')
  .regex(/^(elsewhere|[1-9]\d{0,8})$/, 'chooseVillage')
  .transform((typed) => (typed === elsewhere ? elsewhere : Number(typed)));

const firstPerson = phoneOrNone(
  z
    .object({ ...nameAndPhone, village, unit: emptyAsMissing(areaId) })
    .refine((one) => one.village !== elsewhere || one.unit !== undefined, {
      path: ['unit'],
      message: 'chooseUnit',
      when: ({ issues }) => !issues.some((issue) => issue.path?.[0] === 'unit'),
    }),
);

/** Lives where the first one lives, unless told. */
const nextPerson = phoneOrNone(z.object({ ...nameAndPhone, village: z.literal('same', 'chooseVillage').or(village) }));
const personFields = ['fullName', 'phone', 'noPhone', 'birthYear', 'village'];

const whole = z
  .object({
    classId: addressId,
    formKey: id,
    step: z.enum(['check', 'confirm'], 'wrong'),
    people: wholeNumber(1, mostTogether, 'wrong'),
    together: z.enum(['yes', 'no'], 'wrong').default('yes'),
    forWhom: z.enum(['self', 'other'], 'wrong').default('self'),
    signedUpBy: emptyAsMissing(personName('signedUpByRequired')),
    phoneOf: z.enum(['self', 'relative'], 'wrong').default('self'),
    consent: ticked.refine((given) => given, 'consentRequired'),
    consentVersion: wholeNumber(1, 10_000, 'consentRequired'),
    stamp: z.string('formTooOld').max(200, 'formTooOld'),
    more: z.string('tooQuick').max(20_000, 'tooQuick').default(''),
  })
  .refine((form) => form.forWhom !== 'other' || form.signedUpBy !== undefined, {
    path: ['signedUpBy'],
    message: 'signedUpByRequired',
    when: ({ issues }) => !issues.some((issue) => issue.path?.[0] === 'signedUpBy'),
  });

/** What pressing a button of the sign-up form means: shown again for more people or a correction, looked at once more, or sent. */
export type SignUp =
  | { readonly step: 'add' | 'edit' }
  | {
      readonly step: 'check' | 'confirm';
      readonly classId: string;
      readonly stamp: string;
      /** A person leaves the trap empty: nobody sees it. */
      readonly trapped: boolean;
      readonly together: boolean;
      readonly enrolments: readonly Enrolment[];
    };

/**
 * The sign-up form: for each person a name, a phone or "no phone", where they live, the year of birth if one likes; for oneself or
 * somebody else; consent. `formKey` marks one rendering, `consentVersion` the words beside the box, `stamp` when it was rendered.
 */
export const enrolForm = z.unknown().transform((given, context): SignUp => {
  if (!isTyped(given)) {
    context.addIssue({ code: 'custom', message: 'wrong' });
    return z.NEVER;
  }
  // Answers to questions that were not asked are left out: nobody could see what is wrong with them.
  const forOther = given.forWhom === 'other';
  const typed = {
    ...given,
    ...(forOther ? {} : { signedUpBy: undefined, phoneOf: undefined }),
    ...(given.village === elsewhere ? {} : { unit: undefined }),
  } satisfies Typed as Typed;
  if (typed.step === 'add' || typed.step === 'edit') return { step: typed.step };
  const first = within(firstPerson, typed, complaintsTo(context));
  const form = within(whole, typed, complaintsTo(context));
  // Somebody added and then left empty is nobody.
  const rows = [2, 3, 4, 5, 6].filter((row) => row <= Number(typed.people)).map(String);
  const filled = rows.filter(
    (row) => !['fullName', 'phone', 'birthYear'].every((name) => isEmpty(typed[`${name}${row}`])),
  );
  const next = filled.map((row) => ({
    row,
    ...within(nextPerson, rowOf(typed, personFields, row), complaintsTo(context, row)),
  }));
  if (!form || !first || next.some((one) => one.fullName === undefined)) return z.NEVER;
  const home = first.village === elsewhere ? (first.unit ?? 0) : Number(first.village);
  const shared = { classId: form.classId, formKey: form.formKey };
  const signedUpBy = forOther ? (form.signedUpBy ?? null) : null;
  const consent = (by: string | null) =>
    ({ version: form.consentVersion, how: by === null ? 'self' : 'representative' }) as const;
  const enrolments = [{ ...first, row: '' }, ...next].map((one, at): Enrolment => {
    // Of several people whoever comes first signs the others up, unless somebody else does.
    const by = at === 0 ? signedUpBy : (signedUpBy ?? first.fullName);
    // "No phone" wins over a number left in the box.
    const phone = one.noPhone ? null : (one.phone ?? null);
    const shares = at > 0 && phone !== null && phone === first.phone;
    const place = one.village === 'same' || one.village === elsewhere ? home : Number(one.village);
    return {
      ...shared,
      row: one.row,
      learner: {
        fullName: one.fullName ?? '',
        phone,
        phoneOf: shares ? 'relative' : form.phoneOf,
        areaId: place,
        birthYear: one.birthYear ?? null,
      },
      placeField: at === 0 && first.village === elsewhere ? 'unit' : 'village',
      signedUpBy: by,
      consent: consent(by),
    };
  });
  return {
    step: form.step,
    classId: form.classId,
    stamp: form.stamp,
    trapped: form.more !== '',
    together: form.together === 'yes',
    enrolments,
  };
});

const onBehalf = z.object({
  classId: addressId,
  formKey: id,
  channel: z.enum(['staff', 'phone', 'paper'], 'wrong'),
  witness: emptyAsMissing(personName('nameRequired')),
  together: ticked,
  consent: ticked.refine((given) => given, 'consentRequired'),
  consentVersion: wholeNumber(1, 10_000, 'consentRequired'),
});

const listed = phoneOrNone(
  z.object({ ...nameAndPhone, areaId, phoneOf: z.enum(['self', 'relative'], 'wrong').default('self'), isNew: ticked }),
);
const listedFields = ['fullName', 'phone', 'noPhone', 'birthYear', 'areaId', 'phoneOf', 'isNew'];
const empties = ['fullName', 'phone', 'birthYear'];

/** A line of the sheet; where no place is chosen it is that of the first line. */
function lineOf(typed: Typed, row: string, rows: readonly string[]): Typed {
  const line = rowOf(typed, listedFields, row);
  return isEmpty(line.areaId) ? { ...line, areaId: typed[`areaId${rows[0] ?? ''}`] ?? '' } : line;
}

/**
 * Staff sign people up for them, as many as a sheet has lines: how it reached us, and that the words were read out before a witness
 * or signed on paper. Empty lines are nobody. Who took the consent is whoever is signed in.
 */
export const staffEnrolForm = z.unknown().transform((given, context) => {
  if (!isTyped(given)) {
    context.addIssue({ code: 'custom', message: 'wrong' });
    return z.NEVER;
  }
  const form = within(onBehalf, given, complaintsTo(context));
  const rows = Array.from({ length: mostOnBehalf }, (_, at) => (at === 0 ? '' : String(at + 1)));
  // The first line is asked for even when it is empty, so that a sheet without anybody is refused at a field.
  const filled = rows.filter((row) => row === '' || !empties.every((name) => isEmpty(given[`${name}${row}`])));
  const wanted = filled.length > 1 && empties.every((name) => isEmpty(given[name])) ? filled.slice(1) : filled;
  const people = wanted.map((row) => ({
    row,
    one: within(listed, lineOf(given, row, wanted), complaintsTo(context, row)),
  }));
  if (!form || people.some(({ one }) => !one)) return z.NEVER;
  const enrolments = people.flatMap(({ row, one }): Enrolment[] =>
    one
      ? [
          {
            classId: form.classId,
            formKey: form.formKey,
            row,
            learner: {
              fullName: one.fullName,
              phone: one.noPhone ? null : (one.phone ?? null),
              phoneOf: one.phoneOf,
              areaId: one.areaId,
              birthYear: one.birthYear ?? null,
              isNew: one.isNew,
            },
            placeField: 'areaId',
            signedUpBy: null,
            consent: {
              version: form.consentVersion,
              how: form.channel === 'paper' ? 'paper' : 'oral',
              witness: form.witness ?? null,
            },
          },
        ]
      : [],
  );
  return { classId: form.classId, channel: form.channel, together: form.together, enrolments };
});

/** Somebody vouches for an unconfirmed place. */
export const confirmForm = z.object({ classId: addressId, enrolmentId: id });

/** Ends a batch of unconfirmed places, but for those ticked to stay; `before` is when its preview was shown. */
export const undoForm = z.object({
  classId: addressId,
  batch: id,
  before: z.iso.datetime('unknownId').transform((typed) => new Date(typed)),
  keep: z
    .union([id, z.array(id).max(500, 'tooMany')], 'unknownId')
    .default([])
    .transform((typed) => (typeof typed === 'string' ? [typed] : typed)),
});

const yesOrNo = emptyAsMissing(z.enum(['yes', 'no'], 'wrong').transform((typed) => typed === 'yes'));

/** The equality questions, each of which may be left alone. */
export const equalityForm = z
  .object({
    ethnic_minority: yesOrNo,
    disability: yesOrNo,
    poor_household: yesOrNo,
    consent: ticked.refine((given) => given, 'consentRequired'),
    consentVersion: wholeNumber(1, 10_000, 'consentRequired'),
  })
  .transform(({ consentVersion, ...typed }) => ({
    consentVersion,
    answers: Object.fromEntries(equalityQuestions.map((question) => [question, typed[question]])),
  }));
