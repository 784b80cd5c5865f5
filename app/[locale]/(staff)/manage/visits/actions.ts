'use server';

import { cookies } from 'next/headers';
import { action } from '@/lib/access/doors';
import { pointFor } from '@/lib/desk/commands';
import { isRefusal, type Refusal } from '@/lib/kernel/result';
import { keptSearch, searchCookie } from '@/lib/person/schema';
import {
  askForSomebody,
  callOffRound,
  closeRequest,
  forgetMet,
  matchNewPerson,
  matchRequest,
  metOnRound,
  planRound,
  putOnRound,
  putStoppedOn,
  recordOutcome,
  recordStepsAtHome,
  rungBack,
  setVillage,
  swapHelper,
  takeOffRound,
  tellNumber,
} from '@/lib/visit/commands';
import { saidAgain } from '@/lib/visit/queries';
import {
  closeForm,
  doorStepsForm,
  matchForm,
  metForm,
  newPersonForm,
  outcomeForm,
  putOnForm,
  requestForm,
  requestIdForm,
  roundForm,
  roundIdForm,
  swapForm,
  villageForm,
  visitIdForm,
} from '@/lib/visit/schema';

const toRequest = (done: Refusal | { id: string }, what: string) =>
  isRefusal(done) ? done : { goTo: `/manage/visits/requests/${done.id}?done=${what}` };
const toRound = (done: Refusal | { id: string }, what: string) =>
  isRefusal(done) ? done : { goTo: `/manage/visits/rounds/${done.id}?done=${what}` };

export const askFor = action({ may: 'visit.plan', input: requestForm }, async (tx, form, caller) =>
  toRequest(await askForSomebody(tx, form, caller), 'asked'),
);

export const match = action({ may: 'visit.plan', input: matchForm }, async (tx, form, caller) =>
  toRequest(await matchRequest(tx, form, caller), 'matched'),
);

export const matchNew = action({ may: 'visit.plan', input: newPersonForm }, async (tx, form, caller) => {
  const searched = keptSearch((await cookies()).get(searchCookie)?.value);
  return toRequest(await matchNewPerson(tx, form, searched, caller), 'matched');
});

export const placeVillage = action({ may: 'visit.plan', input: villageForm }, async (tx, form, caller) =>
  toRequest(await setVillage(tx, form, caller), 'village'),
);

export const closeOne = action({ may: 'visit.plan', input: closeForm }, async (tx, form, caller) =>
  toRequest(await closeRequest(tx, form, caller), 'closed'),
);

export const forgetOne = action({ may: 'visit.plan', input: requestIdForm }, async (tx, { requestId }, caller) =>
  toRequest(await forgetMet(tx, requestId, caller), 'forgotten'),
);

export const plan = action({ may: 'visit.plan', input: roundForm }, async (tx, form, caller) => {
  const { areaId, day, formKey: roundId } = form;
  const point = form.point ? await pointFor(tx, { areaId, day, roundId }, caller) : null;
  if (isRefusal(point)) return point;
  const [now, { step }] = [new Date(), form];
  const done = await planRound(tx, form, caller, now, point?.id);
  if (isRefusal(done) || step === undefined) return toRound(done, 'planned');
  const put = await putStoppedOn(tx, { roundId: done.id, areaId, step }, caller, now);
  return toRound(put, isRefusal(put) || put.people > 0 ? 'together' : 'planned');
});

export const putOn = action({ may: 'visit.plan', input: putOnForm }, async (tx, form, caller) =>
  toRound(await putOnRound(tx, form, caller, new Date()), 'putOn'),
);

export const takeOff = action({ may: 'visit.plan', input: visitIdForm }, async (tx, form, caller) =>
  toRound(await takeOffRound(tx, form, caller, new Date()), 'takenOff'),
);

export const tell = action({ may: 'visit.plan', input: visitIdForm }, async (tx, form, caller) =>
  toRound(await tellNumber(tx, form, caller, new Date()), 'told'),
);

export const callOff = action({ may: 'visit.plan', input: roundIdForm }, async (tx, form, caller) =>
  toRound(await callOffRound(tx, form, caller, new Date()), 'calledOff'),
);

export const swap = action({ may: 'visit.plan', input: swapForm }, async (tx, form, caller) =>
  toRound(await swapHelper(tx, form, caller, new Date()), 'swapped'),
);

export const rangBack = action({ may: 'visit.plan', input: visitIdForm }, async (tx, form, caller) =>
  toRound(await rungBack(tx, form, caller, new Date()), 'rungBack'),
);

export const met = action({ may: 'visit.record', input: metForm }, async (tx, form, caller) => {
  const done = await metOnRound(tx, form, caller, new Date());
  return isRefusal(done) ? done : { goTo: `/manage/visits/${done.id}?done=met` };
});

export const record = action({ may: 'visit.record', input: outcomeForm }, async (tx, form, caller) => {
  const to = (visitId: string) => ({ goTo: `/manage/visits/${visitId}?done=recorded` });
  if (await saidAgain(tx, form)) return to(form.visitId);
  const done = await recordOutcome(tx, form, caller, new Date());
  return isRefusal(done) ? done : to(done.visitId);
});

export const steps = action({ may: 'visit.record', input: doorStepsForm }, async (tx, form, caller) => {
  const done = await recordStepsAtHome(tx, form, caller, new Date());
  return isRefusal(done) ? done : { goTo: `/manage/visits/${done.visitId}?done=steps` };
});
