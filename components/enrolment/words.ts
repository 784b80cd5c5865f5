import { useTranslations } from 'next-intl';
import type { FormErrors } from '@/components/ui/error-summary';
import { summaryOf } from '@/components/ui/refused';

const formWords = [
  'fullName',
  'phone',
  'phoneHint',
  'noPhone',
  'village',
  'chooseVillage',
  'elsewhere',
  'unit',
  'chooseUnit',
  'birthYear',
  'birthYearHint',
  'forWhom',
  'self',
  'other',
  'signedUpBy',
  'phoneOf',
  'phoneOfLearner',
  'phoneOfRelative',
  'consent',
  'consentHint',
  'submit',
  'submitQueue',
  'sending',
  'addPerson',
  'personNumber',
  'personHint',
  'sameVillage',
  'together',
  'togetherYes',
  'togetherYesHint',
  'togetherNo',
  'togetherNoHint',
  'consentSeveral',
  'leaveEmpty',
  'checkTitle',
  'checkLead',
  'ofRelative',
  'noPhoneSaid',
  'notSaid',
  'agreed',
  'agreedSeveral',
  'confirm',
  'confirmQueue',
  'correct',
] as const;

const formErrors = [
  'alreadyEnrolled',
  'birthYearFuture',
  'birthYearShape',
  'chooseArea',
  'chooseUnit',
  'chooseVillage',
  'classCancelled',
  'classOver',
  'consentChanged',
  'consentRequired',
  'formTooOld',
  'nameRequired',
  'nameShape',
  'notFound',
  'phoneFull',
  'phoneRequired',
  'phoneShape',
  'sameTwice',
  'signedUpByRequired',
  'tooLong',
  'tooQuick',
  'unknownId',
  'wrong',
] as const;

const slipErrors = [
  'alreadyCancelled',
  'classOver',
  'codeNeedsName',
  'codeShape',
  'codeUnknown',
  'noOffer',
  'notFound',
  'offerOver',
  'slipClosed',
  'tooLong',
  'wrong',
] as const;

const equalityErrors = ['consentChanged', 'consentRequired', 'nothingAnswered', 'slipClosed', 'wrong'] as const;

export type EnrolWords = Record<(typeof formWords)[number], string>;
/** Messages by key; a form shows `wrong` for one it was not given. */
export type ErrorWords = Readonly<Record<string, string>>;

/** The one helper that casts: a record with just the keys it was given. */
function wordsOf<K extends string>(keys: readonly K[], word: (key: K) => string): Record<K, string> {
  return Object.fromEntries(keys.map((key) => [key, word(key)])) as Record<K, string>;
}

/** The words of the enrolment form in the reader's language: a form on the client is given its words. */
export function useEnrolWords(): EnrolWords {
  const t = useTranslations('enrolment');
  return wordsOf(formWords, (key) => t(key));
}

/** `hotline` is named where somebody has to call. */
export function useEnrolErrors(hotline: string): ErrorWords {
  const t = useTranslations('errors');
  return wordsOf(formErrors, (key) => t(key, { hotline }));
}

export function useSlipErrors(): ErrorWords {
  const t = useTranslations('errors');
  return wordsOf(slipErrors, (key) => t(key));
}

export function useEqualityErrors(): ErrorWords {
  const t = useTranslations('errors');
  return wordsOf(equalityErrors, (key) => t(key));
}

/** The words of a refused form, in the order of its fields, for the summary; what belongs to no field comes first. */
export function problemsIn(
  errors: Readonly<Record<string, string>>,
  words: ErrorWords,
  fields: readonly string[],
): { at: Record<string, string>; summary: FormErrors } {
  const at = Object.fromEntries(
    Object.entries(errors).map(([field, key]) => [field, words[key] ?? words.wrong ?? key]),
  );
  return { at, summary: summaryOf(at, fields) };
}
