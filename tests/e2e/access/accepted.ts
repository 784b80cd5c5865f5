import { badNames, type BadName } from './bad';

/** What a form does with a value on purpose, though it looks bad, and why. */
export interface Leave {
  form: RegExp;
  field: RegExp;
  values: readonly BadName[];
  why: string;
}

const missing: readonly BadName[] = ['empty', 'a file'];
const tidied: readonly BadName[] = ['NUL', 'NFD'];
const refusedText: readonly BadName[] = ['empty', '10 000 characters', 'a file', 'twice'];
const anyText = badNames.filter((name) => !refusedText.includes(name));
const longEnough: readonly BadName[] = ['NFD', 'SQL', 'a script', 'an id of nothing', 'huge'];
const anArea: readonly BadName[] = ['a year to come', 'an id of another kind'];

/** What is accepted. What is shown of it comes back escaped: the trials look. */
export const accepted: readonly Leave[] = [
  {
    form: /#(moveThem|settle|revoke|record)$/,
    field: /^(overbookReason|note|help)$/,
    values: [...anyText, ...missing],
    why: 'free text that may be left out',
  },
  {
    form: /#noteTheirNeed/,
    field: /^onPaper$/,
    values: badNames,
    why: 'a tick box: anything but “on” is no tick',
  },
  {
    form: /#enrolHere/,
    field: /^together$/,
    values: ['a file'],
    why: 'left out it means together; asked only of several people',
  },
  {
    form: /#(enrolHere|enrolForThem|enrolNew|addWalkIn|correct|search)/,
    field: /^birthYear\d*$/,
    values: missing,
    why: 'a year of birth may be left out; a file is dropped at the door like a field that was not sent',
  },
  {
    form: /#(enrolHere( with one more)?|enrolForThem|enrolNew)$/,
    field: /^phone2?$/,
    values: missing,
    why: '“no phone” is ticked in this form',
  },
  {
    form: /#(correct|createAccount|addWalkIn|addPerson|change|openClass|search)/,
    field: /^(phone|hotline)$/,
    values: missing,
    why: 'the phone may be left out',
  },
  { form: /#correct/, field: /^(gender|phoneOf)$/, values: ['a file'], why: 'may be left out' },
  { form: /#correct/, field: /^gender$/, values: ['empty'], why: 'may be left out' },
  {
    form: /#(enrolHere|enrolForThem|enrolNew)/,
    field: /^(phoneOf|forWhom)$/,
    values: ['a file'],
    why: 'left out it means the learner',
  },
  {
    form: /#enrolHere( with one more)?$/,
    field: /^(signedUpBy|unit|phoneOf)$/,
    values: badNames,
    why: 'asked of who signs up somebody else, or lives elsewhere; the form of those is tried apart',
  },
  {
    form: /#(enrolHere|enrolForThem|enrolNew|correct)/,
    field: /^(fullName|signedUpBy)$/,
    values: tidied,
    why: 'stored in NFC, the NUL as a space',
  },
  {
    form: /#enrolHere with one more/,
    field: /^fullName2$/,
    values: tidied,
    why: 'stored in NFC, the NUL as a space',
  },
  {
    form: /#addWalkIn/,
    field: /^fullName$/,
    values: anyText,
    why: 'a walk-in taken down without a signal is never lost for the shape of a name; stored tidied',
  },
  {
    form: /#(createAccount|addArea|renameArea|findAccount|reviseSkill|openClass|addPerson|changePerson)|teams#(add|change)$/,
    field: /^(fullName|name|title..|canDo..|evidenceVi|venueName|venueAddress)$/,
    values: anyText,
    why: 'free text, stored tidied',
  },
  {
    form: /#(cancelWhole|cancelOne|leaveForThem|takeBeyond|take$)/,
    field: /^reason$/,
    values: anyText,
    why: 'free text, stored tidied',
  },
  {
    form: /#(change|openClass|moveThem|editSession)/,
    field: /^(note|venueWayThere|overbookReason)$/,
    values: [...anyText, ...missing],
    why: 'free text that may be left out',
  },
  {
    form: /#(change|openClass)/,
    field: /^(held|reservedPlaces|reservedFor|offerHours)$/,
    values: missing,
    why: 'left out they stay as they are, or as in most classes',
  },
  {
    form: /#openClass/,
    field: /^moves\./,
    values: missing,
    why: 'a date is moved only where another day or time is given',
  },
  { form: /#openClass/, field: /^venueSeats$/, values: missing, why: 'may be left out' },
  {
    form: /#(openClass|reviseSkill|write$)/,
    field: /^(venueStepFree|core|warned)$/,
    values: badNames,
    why: 'a tick box: anything but “on” is no tick',
  },
  {
    form: /#(createAccount|resetPassword)/,
    field: /^newPassword$/,
    values: longEnough,
    why: 'a password is any 12 characters',
  },
  { form: /#addGrant/, field: /^until$/, values: missing, why: 'a task may have no end' },
  {
    form: /#search/,
    field: /^name$/,
    values: anyText.filter((name) => name !== 'emoji' && name !== 'negative'),
    why: 'finds nobody',
  },
  { form: /#search/, field: /^area$/, values: [...missing, ...anArea], why: 'no place, or one that holds nobody' },
  { form: /#saveRegister/, field: /^(guests|mark\.|level\.)/, values: missing, why: 'left as it stands' },
  { form: /#savePaper/, field: /^(said|seen)$/, values: ['empty', 'an id of nothing'], why: 'nothing said or shown' },
  { form: /#saveRegister/, field: /^(help|was|seen)\./, values: badNames, why: 'own words; hints of what was shown' },
  {
    form: /./,
    field: /^(formKey|personId)$/,
    values: ['an id of nothing'],
    why: 'a new form, or a new person, brings its own id',
  },
  {
    form: /#(leaveForThem|noteTheirNeed)/,
    field: /^classId$/,
    values: ['an id of another kind'],
    why: 'the enrolment says which class it is of',
  },
  {
    form: /#enrolHere for somebody else/,
    field: /^noPhone$/,
    values: badNames,
    why: 'a tick box: anything but “on” is no tick, and here a phone is given',
  },
  {
    form: /#ask$/,
    field: /^wish$/,
    values: [...anyText, ...missing],
    why: 'own words beside the skill chosen, which may be left out',
  },
  {
    form: /#ask$/,
    field: /^(times|people|fullName|phone)$/,
    values: missing,
    why: 'may be left out; nobody said how many is one',
  },
  { form: /#ask$/, field: /^consent$/, values: badNames, why: 'asked only of who leaves a name or a phone' },
  { form: /#saveOutline/, field: /^(title|summary|bring)Vi1?$/, values: anyText, why: 'free text' },
  {
    form: /#saveOutline/,
    field: /^(title|summary|bring)En1?$/,
    values: [...anyText, ...missing],
    why: 'left out, the English is the Vietnamese',
  },
  {
    form: /#saveOutline/,
    field: /^lessonsRequired$/,
    values: missing,
    why: 'asked only where some lessons are enough',
  },
  { form: /#saveOutline/, field: /^skills1$/, values: missing, why: 'a lesson may teach no skill of the catalogue' },
  { form: /#saveOutline/, field: /^shown$/, values: ['empty'], why: 'no skill was shown yet' },
  {
    form: /venues#(add|changeDetails)$/,
    field: /^(name|address)$/,
    values: anyText,
    why: 'free text, stored tidied',
  },
  {
    form: /(venues#(add|changeDetails)|#(settle|answer|noteAnswer))$/,
    field: /^(wayThere|note|reason)$/,
    values: [...anyText, ...missing],
    why: 'free text that may be left out',
  },
  { form: /venues#(add|changeDetails)$/, field: /^seats$/, values: missing, why: 'may be left out' },
  {
    form: /venues#(add|changeDetails)$/,
    field: /^(power|wifi|stepFree)$/,
    values: badNames,
    why: 'a tick box: anything but “on” is no tick',
  },
  { form: /#saveDay$/, field: /^name$/, values: anyText, why: 'free text, stored tidied' },
  {
    form: /#saveDay$/,
    field: /^(weekday|lastDay)$/,
    values: missing,
    why: 'asked only of a weekly day off; without a last day it is one day',
  },
  { form: /#upload/, field: /^sheet$/, values: ['a file'], why: 'any file is looked at, and its page says what it is' },
  { form: /#(add|change)Person$/, field: /^(accountId|joinedOn|skills)$/, values: missing, why: 'may be left out' },
  {
    form: /#settle$/,
    field: /^classId$/,
    values: [...missing, 'an id of another kind'],
    why: 'asked only where a class was made',
  },
  {
    form: /#enrolHere/,
    field: /^more$/,
    values: missing,
    why: 'the trap: empty is how people leave it',
  },
  {
    form: /#(enrolForThem|enrolNew)/,
    field: /^(noPhone|phoneOf|fullName|birthYear|phone)\d+$/,
    values: missing,
    why: 'a line with nothing on it is nobody',
  },
  {
    form: /#(enrolForThem|enrolNew)/,
    field: /^(noPhone|phoneOf|areaId)\d+$/,
    values: badNames,
    why: 'on a line with nobody’s name it is not asked',
  },
  {
    form: /duplicates#merge/,
    field: /^(name|birthYear|gender|area|phone)$/,
    values: ['a file'],
    why: 'left out it is that of the record that is kept',
  },
  {
    form: /#(enrolForThem|enrolNew)/,
    field: /^isNew$/,
    values: badNames,
    why: 'a tick box: anything but “on” is no tick',
  },
  {
    form: /#(enrolForThem|enrolNew)/,
    field: /^together$/,
    values: badNames,
    why: 'a tick box: anything but “on” is no tick',
  },
  {
    form: /#(enrolForThem|enrolNew)/,
    field: /^witness$/,
    values: [...missing, ...tidied],
    why: 'may be left out; stored in NFC',
  },
  {
    form: /#answerQuestions/,
    field: /^(ethnic_minority|poor_household)$/,
    values: missing,
    why: 'each question may be left alone, as long as one is answered',
  },
  {
    form: /#openMyCard/,
    field: /^name$/,
    values: [...anyText, ...missing],
    why: 'weighed only where neither year nor phone is known',
  },
  {
    form: /#openMyCard/,
    field: /^digits$/,
    values: [...missing, ...tidied, 'SQL', 'emoji'],
    why: 'no digits were typed: the year of birth is enough',
  },
  { form: /#changePhoneByCard/, field: /^phoneOf$/, values: ['a file'], why: 'left out it means the holder' },
  {
    form: /#undoSignUps/,
    field: /^keep$/,
    values: ['an id of nothing', 'a file'],
    why: 'nobody is kept; whoever is not of the class neither',
  },
  { form: /#change$/, field: /^venueId$/, values: badNames, why: 'not asked here' },
];

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
