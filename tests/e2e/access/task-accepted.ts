import { anyText, missing, type Leave } from './leave';

/** What the forms of tasks accept though it looks bad. */
export const taskAccepted: readonly Leave[] = [
  { form: /tasks#work$/, field: /^note$/, values: [...anyText, ...missing], why: 'free text that may be left out' },
  { form: /tasks#work$/, field: /^spent$/, values: missing, why: 'nothing said of the time is no time' },
];
