'use server';

import { action } from '@/lib/access/doors';
import { isRefusal } from '@/lib/kernel/result';
import { copyModel, link, moveModel, saveModel, unlink } from '@/lib/model/commands';
import { copyModelInput, heldInput, modelForm, moveModelInput } from '@/lib/model/schema';

export const save = action({ may: 'class.write', input: modelForm }, async (tx, draft, caller) => {
  const done = await saveModel(tx, draft, caller, new Date());
  return isRefusal(done) ? done : { goTo: `/manage/models/${done.id}?done=${done.made}` };
});

export const move = action({ may: 'class.write', input: moveModelInput }, async (tx, input, caller) => {
  const done = await moveModel(tx, input, caller, new Date());
  return isRefusal(done) ? done : { goTo: `/manage/models/${done.id}?done=${input.to}` };
});

export const copyToMine = action({ may: 'class.write', input: copyModelInput }, async (tx, input, caller) => {
  const done = await copyModel(tx, input, caller, new Date());
  return isRefusal(done) ? done : { goTo: `/manage/models/${done.id}?done=copied` };
});

export const count = action({ may: 'class.write', input: heldInput }, async (tx, input, caller) => {
  const done = await link(tx, input, caller, new Date());
  return isRefusal(done) ? done : { goTo: `/manage/models/${done.id}?done=linked` };
});

export const countNoMore = action({ may: 'class.write', input: heldInput }, async (tx, input, caller) => {
  const done = await unlink(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/models/${done.id}?done=unlinked` };
});
