/** Skills of the core set, and one beside it. */
export const coreSkills = ['skill_A1', 'skill_A2', 'skill_B1'] as const;
export const skills = [...coreSkills, 'skill_D1'] as const;
/** Skills of public services, one of which is of the core set. */
export const isOfServices = (skill: string) => skill === 'skill_B1' || skill === 'skill_D1';

/** Since when somebody was seen in a skill, and could do it. */
export interface Learnt {
  readonly skill: string;
  readonly seen: number;
  readonly good: number;
}

/** How somebody came to hold the core set when they did: its skills one after the other, the last of them then; and perhaps another skill. */
export function learnt(roll: () => number, { seen, able }: { readonly seen: number; readonly able: number }): Learnt[] {
  if (seen === 99) return [];
  const last = Math.floor(roll() * coreSkills.length);
  const between = (from: number, to: number) => from + Math.floor(roll() * (to - from + 1));
  return skills.map((skill, nth) => {
    const isCore = nth < coreSkills.length;
    // Somebody is seen in one skill at least when they are seen first.
    const first = nth === (last + 1) % coreSkills.length ? seen : between(seen, able);
    if (!isCore) return { skill, seen: roll() < 0.5 ? 99 : first, good: roll() < 0.5 ? 99 : between(first, 30) };
    return { skill, seen: first, good: nth === last ? able : between(first, able) };
  });
}

/** The cells one person's skills count in. */
export function countLearnt(
  all: readonly Learnt[],
  periods: readonly { readonly key: string; readonly halves: readonly number[] }[],
  add: (period: string, measure: string, value: number, of: number) => void,
  now: number,
) {
  for (const { key, halves: held } of periods) {
    const [from = 0, to = 0] = [held[0], held.at(-1)];
    const at = Math.min(to, now);
    const told = all.filter(({ seen, good }) => seen <= good && good >= from && good <= at).length;
    add(key, 'skills_attained', told, told);
    if (from > now) continue;
    for (const { skill, seen, good } of all) add(key, skill, Number(seen <= at && good <= at), Number(seen <= at));
  }
}
