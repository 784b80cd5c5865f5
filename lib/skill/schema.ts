import { z } from 'zod';
import { text, ticked, wholeNumber } from '@/lib/kernel/input';

export const skillCode = z.string('unknownId').regex(/^[A-Z][A-Z0-9.-]{0,15}$/, 'unknownId');

/** A new wording of a skill; `version` is the one it was written over, so that nobody overwrites another's. */
export const reviseSkillInput = z.object({
  skill: skillCode,
  version: wholeNumber(1, 100_000, 'unknownId'),
  titleVi: text(200),
  titleEn: text(200),
  canDoVi: text(1000),
  canDoEn: text(1000),
  evidenceVi: text(1000),
  level: wholeNumber(1, 4, 'skillLevel'),
  core: ticked,
});
export type SkillRevision = z.output<typeof reviseSkillInput>;
