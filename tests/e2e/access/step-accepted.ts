import { missing, type Leave } from './leave';

/** What the form of steps before skills accepts though it looks bad. */
export const stepAccepted: readonly Leave[] = [
  { form: /steps#record$/, field: /^step_/, values: missing, why: 'left alone it says nothing; others were answered' },
  { form: /steps#record$/, field: /^on$/, values: missing, why: 'left out it is today' },
];
