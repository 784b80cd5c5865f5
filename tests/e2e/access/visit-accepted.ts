import { badNames } from './bad';
import { anyText, missing, tidied, type Leave } from './leave';

/** What the forms of home visits accept though it looks bad. */
export const visitAccepted: readonly Leave[] = [
  { form: /help#askHelp$/, field: /^(words|times|born|phone)$/, values: missing, why: 'may be left out' },
  { form: /help#askHelp$/, field: /^phoneOf$/, values: ['a file'], why: 'their own unless said' },
  { form: /help#askHelp$/, field: /^fullName$/, values: tidied, why: 'stored tidied' },
  { form: /visits#askFor$/, field: /^(words|times)$/, values: missing, why: 'may be left out' },
  { form: /visits#matchNew$/, field: /^birthYear$/, values: missing, why: 'may not be known' },
  { form: /visits#matchNew$/, field: /^how$/, values: missing, why: 'by word of mouth unless said' },
  { form: /visits#matchNew$/, field: /^keepPhone$/, values: badNames, why: 'anything but a tick is none' },
  { form: /(help#askHelp|visits#askFor)$/, field: /^words$/, values: anyText, why: 'free text, stored tidied' },
  { form: /visits#closeOne$/, field: /^reason$/, values: anyText, why: 'free text, stored tidied' },
  { form: /visits#swap$/, field: /^out$/, values: missing, why: 'a place of the round is free' },
  { form: /visits#record$/, field: /^words$/, values: [...anyText, ...missing], why: 'may be left out' },
  { form: /visits#record$/, field: /^(minutes|nextOn|level\..*)$/, values: missing, why: 'may be left out' },
  { form: /visits#steps$/, field: /^step_/, values: missing, why: 'left alone it says nothing; others were answered' },
  { form: /visits#plan$/, field: /^point$/, values: badNames, why: 'a tick box: anything but “on” is no tick' },
  { form: /visits#steps$/, field: /^on$/, values: missing, why: 'left out it is today' },
];
