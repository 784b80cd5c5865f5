'use server';

import { action } from '@/lib/access/doors';
import { elevated } from '@/lib/access/scoped';
import * as commands from '@/lib/area/commands';
import { addAreaInput, closeAreaInput, renameAreaInput } from '@/lib/area/schema';
import { isRefusal } from '@/lib/kernel/result';

const may = 'area.manage';

export const addArea = action({ may, input: addAreaInput }, async (tx, input, caller) => {
  const added = await commands.addArea(tx, caller, input, elevated);
  return isRefusal(added) ? added : { goTo: `/admin/areas/${added.areaId}?done=added` };
});

export const renameArea = action(
  { may, input: renameAreaInput },
  async (tx, input, caller) =>
    (await commands.renameArea(tx, caller, input)) ?? { goTo: `/admin/areas/${input.area}?done=renamed` },
);

export const closeArea = action(
  { may, input: closeAreaInput },
  async (tx, input, caller) =>
    (await commands.closeArea(tx, caller, input, elevated)) ?? { goTo: `/admin/areas/${input.area}?done=closed` },
);
