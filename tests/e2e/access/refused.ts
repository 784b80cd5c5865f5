import { badNames } from './bad';
import { missing, tidied, anyText, longEnough, type Leave } from './leave';

/** What is neither taken nor refused: the form asks once more before it acts. */
export const askedAgain: readonly Leave[] = [
  {
    form: /#changePhoneByCard/,
    field: /^sure$/,
    values: badNames,
    why: 'the number is shown as it was understood, and asked for once more',
  },
];

/** What is refused without blaming the field it stands in. */
export const refusedElsewhere: readonly Leave[] = [
  {
    form: /#answerQuestions/,
    field: /^disability$/,
    values: missing,
    why: 'no question was answered: said at the first one',
  },
  {
    form: /#openMyCard/,
    field: /^digits$/,
    values: [
      'a day that is not',
      'a day as written by hand',
      'a year to come',
      'huge',
      'an id of nothing',
      'an id of another kind',
    ],
    why: 'a card never says which of the things typed was wrong',
  },
  { form: /#ask$/, field: /^fullName$/, values: tidied, why: 'a name, and then consent is asked for' },
  {
    form: /#signIn/,
    field: /^(name|password)$/,
    values: anyText,
    why: 'sign-in never says which of the two was wrong',
  },
  {
    form: /#changePassword/,
    field: /^newPassword$/,
    values: longEnough,
    why: 'a password is any 12 characters; the present one, wrong in this form, is asked for again',
  },
  {
    form: /#(enrolHere|enrolForThem|enrolNew)/,
    field: /^noPhone2?$/,
    values: badNames,
    why: 'a tick box: anything but “on” is no tick, and then the phone is asked for',
  },
  {
    form: /#(enrolForThem|enrolNew)/,
    field: /^fullName\d+$/,
    values: tidied,
    why: 'somebody’s name: then their phone, or “no phone”, is asked for',
  },
  {
    form: /#enrolHere/,
    field: /^more$/,
    values: badNames,
    why: 'the trap: nobody sees it, so nobody is blamed; the form is to be sent again',
  },
];
