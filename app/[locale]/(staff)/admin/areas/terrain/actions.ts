'use server';

import { action } from '@/lib/access/doors';
import { setTerrains } from '@/lib/area/commands';
import { terrainInput } from '@/lib/area/schema';

export const say = action(
  { may: 'area.manage', input: terrainInput },
  async (tx, input, caller) => (await setTerrains(tx, caller, input)) ?? { goTo: '/admin/areas/terrain?done=terrain' },
);
