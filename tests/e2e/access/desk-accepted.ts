import { anyText, missing, tidied, type Leave } from './leave';

/** What the forms of support desks accept though it looks bad. */
export const deskAccepted: readonly Leave[] = [
  { form: /desk#log$/, field: /^personId$/, values: ['empty'], why: 'nobody is named' },
  { form: /desk#askVisit$/, field: /^(words|times|born|phone)$/, values: missing, why: 'may be left out' },
  { form: /desk#askVisit$/, field: /^phoneOf$/, values: ['a file'], why: 'their own unless said' },
  { form: /desk#askVisit$/, field: /^fullName$/, values: tidied, why: 'stored tidied' },
  { form: /desk#askVisit$/, field: /^words$/, values: anyText, why: 'free text, stored tidied' },
  { form: /desks#(add|change)$/, field: /^(name|address)$/, values: anyText, why: 'free text, stored tidied' },
  { form: /desks#(add|change)$/, field: /^wayThere$/, values: [...anyText, ...missing], why: 'may be left out' },
  { form: /desks#(add|change)$/, field: /^day\d$/, values: missing, why: 'closed on that day' },
  { form: /desks#plan$/, field: /^weeks$/, values: missing, why: 'left out it is one' },
  { form: /desks#dismiss$/, field: /^reason$/, values: anyText, why: 'free text, stored tidied' },
  { form: /desks#dismiss$/, field: /^deskId$/, values: ['empty'], why: 'then it is of the area as a whole' },
];
