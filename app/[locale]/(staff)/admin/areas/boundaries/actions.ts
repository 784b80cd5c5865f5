'use server';

import { action } from '@/lib/access/doors';
import { decideBoundaries, removeBoundaries, sendBoundaries } from '@/lib/map/commands';
import { boundaryDecision, boundaryFile, boundaryRemoval } from '@/lib/map/schema';

const may = 'area.manage';
const here = '/admin/areas/boundaries';

export const send = action(
  { may, input: boundaryFile, file: 'shapes' },
  async (tx, { source, shapes }, caller) =>
    (await sendBoundaries(tx, caller, {
      source,
      bytes: Buffer.from(await shapes.arrayBuffer()),
      name: shapes.name,
    })) ?? { goTo: `${here}?done=read` },
);

export const decide = action(
  { may, input: boundaryDecision },
  async (tx, input, caller) =>
    (await decideBoundaries(tx, caller, input)) ?? {
      goTo: `${here}?done=${input.act === 'save' ? 'saved' : 'dropped'}`,
    },
);

export const remove = action(
  { may, input: boundaryRemoval },
  async (tx, _input, caller) => (await removeBoundaries(tx, caller)) ?? { goTo: `${here}?done=removed` },
);
