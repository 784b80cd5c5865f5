import { badNames } from './bad';
import { anArea, anyText, longEnough, missing, tidied, type Leave } from './leave';

/** What the forms of reading elsewhere, of referrals and of moves accept though it looks bad. */
export const awayAccepted: readonly Leave[] = [
  {
    form: /elsewhere#find$/,
    field: /^name$/,
    values: [...tidied, 'SQL', 'a script', 'an id of nothing', 'a day that is not', 'a day as written by hand'],
    why: 'two words or more; only compared, kept nowhere',
  },
  {
    form: /elsewhere#find$/,
    field: /^digits$/,
    values: [
      ...missing,
      'a year to come',
      'a day that is not',
      'a day as written by hand',
      'an id of another kind',
      'an id of nothing',
      'huge',
    ],
    why: 'the last four digits of whatever is typed; not needed beside the year',
  },
  { form: /elsewhere#open$/, field: /^words$/, values: longEnough, why: 'ten letters in own words' },
  {
    form: /readings#answer$/,
    field: /^objection$/,
    values: [...anyText, ...missing],
    why: 'free text; a reading that runs ends without',
  },
  { form: /referrals#send$/, field: /^note$/, values: [...anyText, ...missing], why: 'free text that may be left out' },
  {
    form: /referrals#send$/,
    field: /^courseId$/,
    values: [...missing, 'an id of nothing'],
    why: 'read only where a class is asked for',
  },
  { form: /referrals#send$/, field: /^witness$/, values: anyText, why: 'free text, stored tidied' },
  { form: /referrals#send$/, field: /^sharePhone$/, values: badNames, why: 'anything but a tick is none' },
  { form: /referrals#accept$/, field: /^takenBy$/, values: anyText, why: 'free text, stored tidied' },
  { form: /referrals#accept$/, field: /^livesHere$/, values: badNames, why: 'anything but a tick is none' },
  {
    form: /referrals#accept$/,
    field: /^homeId$/,
    values: [...missing, ...anArea],
    why: 'a place, asked of those who live here by now',
  },
  { form: /referrals#accept$/, field: /^movedOn$/, values: missing, why: 'then it is today' },
  { form: /referrals#(reject|withdraw)$/, field: /^reason$/, values: anyText, why: 'free text, stored tidied' },
  { form: /people#correct$/, field: /^movedOn$/, values: missing, why: 'then it is today' },
  { form: /people#correct$/, field: /^homeHow$/, values: ['a file'], why: 'left out it is a correction' },
];
