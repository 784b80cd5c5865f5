'use server';

import { action } from '@/lib/access/doors';
import { reviseSkill as revise } from '@/lib/skill/commands';
import { reviseSkillInput } from '@/lib/skill/schema';

export const reviseSkill = action(
  { may: 'skill.manage', input: reviseSkillInput },
  async (tx, input, caller) =>
    (await revise(tx, caller, input)) ?? { goTo: `/admin/skills/${input.skill}?done=revised` },
);
