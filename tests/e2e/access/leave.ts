import { badNames, type BadName } from './bad';

/** What a form does with a value on purpose, though it looks bad, and why. */
export interface Leave {
  form: RegExp;
  field: RegExp;
  values: readonly BadName[];
  why: string;
}

/** Values that go together. */
export const missing: readonly BadName[] = ['empty', 'a file'];
export const tidied: readonly BadName[] = ['NUL', 'NFD'];
const refusedText: readonly BadName[] = ['empty', '10 000 characters', 'a file', 'twice'];
export const anyText = badNames.filter((name) => !refusedText.includes(name));
export const longEnough: readonly BadName[] = ['NFD', 'SQL', 'a script', 'an id of nothing', 'huge'];
export const anArea: readonly BadName[] = ['a year to come', 'an id of another kind'];
