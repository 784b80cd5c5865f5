'use server';

import { action } from '@/lib/access/doors';
import { isRefusal } from '@/lib/kernel/result';
import { decidePair, mergePeople, undoMerge } from '@/lib/pair/commands';
import { mergeInput, pairInput, undoMergeInput } from '@/lib/pair/schema';

export const merge = action({ may: 'person.write', input: mergeInput }, async (tx, input, caller) => {
  const done = await mergePeople(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/people/${done.id}?done=merged` };
});

export const decide = action({ may: 'person.write', input: pairInput }, async (tx, input, caller) => {
  const done = await decidePair(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/people/duplicates?done=${done.decision}` };
});

export const undo = action({ may: 'person.write', input: undoMergeInput }, async (tx, input, caller) => {
  const done = await undoMerge(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/people/${done.id}?done=undone` };
});
