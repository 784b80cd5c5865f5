import type { ObservedSkill } from './schema';

/** The level that counts: the latest observation by somebody else. What people say of themselves never sets it; null before any. */
export function currentLevel(skill: Pick<ObservedSkill, 'history'>): number | null {
  return skill.history.find((one) => one.source !== 'own_claim')?.level ?? null;
}

/** Level 3, "alone", and above counts as attained. */
export const attainedFrom = 3;

/** How many of the core skills are attained, of how many there are. */
export function coreAttained(skills: readonly ObservedSkill[]): { attained: number; of: number } {
  const core = skills.filter((skill) => skill.core);
  return { attained: core.filter((skill) => (currentLevel(skill) ?? 0) >= attainedFrom).length, of: core.length };
}
