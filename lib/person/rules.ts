import { fold } from '@/lib/kernel/text';
import type { LikenessReason, ObservedSkill } from './schema';

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

/**
 * How much each reason speaks for two descriptions being one person. The name carries it, the year of birth and the village settle
 * it; a phone hardly counts, since families share one.
 */
const likenessPoints: Readonly<Record<LikenessReason, number>> = {
  nameSame: 50,
  nameOrder: 40,
  nameAlike: 30,
  namePart: 20,
  bornSame: 25,
  bornNear: 15,
  placeSame: 20,
  phoneSame: 5,
};

/** From here on two descriptions are so alike that somebody has to say they are two people. */
export const likelyFrom = 70;

/** How somebody is described: as typed, or as known. The name is folded. */
export interface Described {
  readonly name: string;
  readonly birthYear: number | null;
  readonly phoneHint: string | null;
}

export interface Likeness {
  readonly score: number;
  readonly reasons: readonly LikenessReason[];
}

/**
 * How like each other two people are, and why: the one scoring of searches, of the question before somebody new is written down, and
 * of duplicates. Null when they cannot be one: other names, or years of birth more than one apart.
 */
export function likeness(wanted: Described, known: Described, placeSame: boolean): Likeness | null {
  const name = nameLikeness(wanted.name, known.name);
  if (name === null) return null;
  const apart =
    wanted.birthYear === null || known.birthYear === null ? null : Math.abs(wanted.birthYear - known.birthYear);
  if (apart !== null && apart > 1) return null;
  const reasons: LikenessReason[] = [name];
  if (apart !== null) reasons.push(apart === 0 ? 'bornSame' : 'bornNear');
  if (placeSame) reasons.push('placeSame');
  if (wanted.phoneHint !== null && wanted.phoneHint === known.phoneHint) reasons.push('phoneSame');
  return { reasons, score: reasons.reduce((sum, reason) => sum + likenessPoints[reason], 0) };
}

/**
 * Folded names: the same; the same words in another order; the same family and given name around other middle names; or all of
 * what was typed found somewhere in it.
 */
function nameLikeness(wanted: string, known: string): LikenessReason | null {
  if (wanted === '' || known === '') return null;
  if (wanted === known) return 'nameSame';
  const [typed, held] = [wanted.split(' '), known.split(' ')];
  if (typed.toSorted().join(' ') === held.toSorted().join(' ')) return 'nameOrder';
  if (typed.length > 1 && typed[0] === held[0] && typed.at(-1) === held.at(-1)) return 'nameAlike';
  return typed.every((word) => known.includes(word)) ? 'namePart' : null;
}

/** Whether somebody about to be written down is the one just searched for: the same name and year of birth. */
export function answersSearch(
  searched: { readonly name: string; readonly birthYear?: number | undefined } | null,
  typed: { readonly fullName: string; readonly birthYear: number | null },
): boolean {
  return (
    searched !== null &&
    fold(searched.name) === fold(typed.fullName) &&
    (searched.birthYear ?? null) === typed.birthYear
  );
}
