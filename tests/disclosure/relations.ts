import { coreSkills, isOfServices, skills } from './learning';
import { halves, periods, type SeenWhere } from './world';

/** Unknowns that are added up. */
export type Terms = readonly number[];

interface Unknowns {
  readonly measures: readonly string[];
  /** The smallest places. */
  readonly leaves: readonly string[];
  readonly now: number;
  readonly at: (leaf: string, span: string, measure: string, side: 'value' | 'of') => Terms;
  /** All that was counted of a measure until the end of a half-month. */
  readonly until: (leaf: string, measure: string, half: number) => Terms;
  /** All distinct people who were counted until the end of a half-month. */
  readonly peopleUntil: (leaf: string, measure: string, half: number) => Terms;
  readonly seen: SeenWhere | undefined;
  /** Says that what is added up first is no less than what is added up then. */
  readonly atLeast: (plus: Terms, minus: Terms) => void;
}

/** All that is known of how numbers of different measures, or moments, hang together, told or not. */
export function relate(known: Unknowns): void {
  for (const leaf of known.leaves) {
    relateLearning(known, leaf);
    if (known.seen) relateGuiding(known, leaf);
    if (known.seen === 'at class, as is guessed') relateComers(known, leaf);
    for (const measure of known.measures)
      for (const side of growing(measure)) relateMoments(known, leaf, measure, side);
  }
  relateComing(known);
}

/** What only grows from one moment to the next: whoever was seen once has been seen, a home is known, somebody of it came. */
function growing(measure: string): readonly ('value' | 'of')[] {
  if (measure === 'households_reached') return ['value', 'of'];
  return measure === 'core_attained' || measure.startsWith('skill_') ? ['of'] : [];
}

/** Moments at which something is told of, each by a period that ends with it. */
function momentsUntil(now: number): [end: number, period: string][] {
  const ends = new Map(
    periods
      .filter(({ halves: [from = 0] }) => from <= now)
      .map(({ key, halves: held }) => [Math.min(held.at(-1) ?? 0, now), key]),
  );
  return [...ends].sort(([a], [b]) => a - b);
}

function relateMoments({ now, at, atLeast }: Unknowns, leaf: string, measure: string, side: 'value' | 'of'): void {
  const moments = momentsUntil(now).map(([, key]) => at(leaf, key, measure, side));
  for (const [nth, before] of moments.entries()) atLeast(moments[nth + 1] ?? [], before);
}

/**
 * Who can do the core set can do each skill of it, and came to do so once; who was seen in a skill was seen. Nobody is said to unlearn nothing, so what was
 * learnt until a moment is no less than what is known at it.
 */
function relateLearning({ measures, now, at: of, until: upTo, atLeast }: Unknowns, leaf: string): void {
  const has = (measure: string) => measures.includes(measure);
  if (!has('core_attained')) return;
  const [told, core] = [skills.filter(has), coreSkills.filter(has)];
  for (const { key, halves: held } of periods) {
    const [from = 0, to = 0] = [held[0], Math.min(held.at(-1) ?? 0, now)];
    if (from > now) continue;
    const at = (measure: string, side: 'value' | 'of') => of(leaf, key, measure, side);
    const all = (which: readonly string[], side: 'value' | 'of') => which.flatMap((one) => at(one, side));
    const until = (measure: string) => (has(measure) ? upTo(leaf, measure, to) : []);
    for (const skill of told) atLeast(at('core_attained', 'of'), at(skill, 'of'));
    for (const skill of core) atLeast(at(skill, 'value'), at('core_attained', 'value'));
    // Who cannot do the core set lacks one skill of it at least.
    if (core.length === coreSkills.length) {
      const others = core.slice(1).flatMap(() => at('core_attained', 'of'));
      atLeast([...at('core_attained', 'value'), ...others], all(core, 'value'));
    }
    if (told.length === skills.length) {
      atLeast(all(told, 'of'), at('core_attained', 'of'));
      atLeast(until('skills_attained'), all(told, 'value'));
      atLeast(all(told, 'of'), until('skills_attained'));
    }
    atLeast(until('new_core'), at('core_attained', 'value'));
    atLeast(at('core_attained', 'of'), until('new_core'));
    const each = coreSkills.flatMap(() => until('new_core'));
    atLeast(until('skills_attained'), each);
  }
}

/** Whoever came was marked so. Marks are told where classes are, people where they live: the two meet in the province alone. */
function relateComing({ measures, leaves, at, atLeast }: Unknowns): void {
  if (!measures.includes('attendance') || !measures.includes('people_reached')) return;
  const all = (span: string, measure: string, side: 'value' | 'of') =>
    leaves.flatMap((leaf) => at(leaf, span, measure, side));
  for (const { key } of periods)
    for (const side of ['value', 'of'] as const)
      atLeast(all(key, 'attendance', side), all(key, 'people_reached', side));
}

/** All who were guided in public services came to a lesson on them or were observed, and whoever can do the core set was observed in such a skill. */
function relateGuiding({ measures, now, at: of, peopleUntil, atLeast }: Unknowns, leaf: string): void {
  const has = (measure: string) => measures.includes(measure);
  const [guided, came, core] = ['service_guided', 'people_reached', 'core_attained'] as const;
  if (!has(guided)) return;
  const ofServices = skills.filter((skill) => has(skill) && isOfServices(skill));
  const moments = momentsUntil(now);
  const beforeOf = new Map(moments);
  for (const [end, key] of moments) {
    const until = peopleUntil(leaf, guided, end);
    if (has(core)) atLeast(until, of(leaf, key, core, 'value'));
    if (has(core) && has(came)) atLeast([...peopleUntil(leaf, came, end), ...of(leaf, key, core, 'of')], until);
    for (const skill of ofServices) atLeast(until, of(leaf, key, skill, 'of'));
  }
  for (const { key, halves: held } of periods) {
    const [from = 0] = held;
    if (from > now) continue;
    const during = of(leaf, key, guided, 'value');
    if (has(core) && has(came)) atLeast([...of(leaf, key, came, 'value'), ...of(leaf, key, core, 'of')], during);
    const before = beforeOf.get(from - 1);
    for (const skill of before === undefined ? [] : ofServices)
      atLeast([...during, ...of(leaf, before ?? '', skill, 'of')], of(leaf, key, skill, 'of'));
  }
}

/**
 * What is so only where nobody is observed or guided but at a class, which nobody is told: whoever was, came; and whoever is new among those who were observed, or
 * can do the core set, came since.
 */
function relateComers({ measures, now, at: of, peopleUntil, atLeast }: Unknowns, leaf: string): void {
  const has = (measure: string) => measures.includes(measure);
  const [guided, came, core] = ['service_guided', 'people_reached', 'core_attained'] as const;
  if (!has(came)) return;
  if (has(guided)) {
    for (const { key } of periods) atLeast(of(leaf, key, came, 'value'), of(leaf, key, guided, 'value'));
    for (const half of halves) atLeast(peopleUntil(leaf, came, half), peopleUntil(leaf, guided, half));
  }
  if (!has(core)) return;
  const beforeOf = new Map(momentsUntil(now));
  for (const [end, key] of beforeOf) atLeast(peopleUntil(leaf, came, end), of(leaf, key, core, 'of'));
  for (const {
    key,
    halves: [from = 0],
  } of periods) {
    const before = beforeOf.get(from - 1);
    if (before === undefined || from > now) continue;
    for (const side of ['value', 'of'] as const)
      atLeast([...of(leaf, key, came, 'value'), ...of(leaf, before, core, side)], of(leaf, key, core, side));
  }
}
