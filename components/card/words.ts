import { useTranslations } from 'next-intl';
import type { ErrorWords } from '@/components/enrolment/words';

const keys = [
  'alreadyCancelled',
  'birthYearFuture',
  'birthYearShape',
  'cardClosed',
  'cardNeedsMore',
  'cardSayOne',
  'cardUnknown',
  'classOver',
  'codeNeedsName',
  'codeShape',
  'codeUnknown',
  'digitsShape',
  'excuseClosed',
  'noOffer',
  'notFound',
  'offerOver',
  'phoneMissing',
  'phoneSame',
  'phoneShape',
  'slipClosed',
  'tooLong',
  'unknownId',
  'withdrawTick',
  'wrong',
] as const;

/** What can be wrong with a form about a slip's or a card's code, in the reader's language: a form on the client is given its words. */
export function useCardErrors(): ErrorWords {
  const t = useTranslations('errors');
  return Object.fromEntries(keys.map((key) => [key, t(key)]));
}

const factorKeys = ['birthYear', 'birthYearHint', 'digits', 'digitsHint', 'name', 'nameHint'] as const;
export type FactorWords = Record<(typeof factorKeys)[number], string>;

/** The words of the three boxes that prove whose card it is. */
export function useFactorWords(): FactorWords {
  const t = useTranslations('card');
  return {
    birthYear: t('birthYear'),
    birthYearHint: t('birthYearHint'),
    digits: t('digits'),
    digitsHint: t('digitsHint'),
    name: t('factorName'),
    nameHint: t('factorNameHint'),
  };
}
