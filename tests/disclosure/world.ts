import { learnerMeasures } from '@/lib/disclosure/rules';
import { countLearnt, isOfServices, learnt, skills, type Learnt } from './learning';
import { tiers, type Tier } from '@/lib/disclosure/schema';

/** Half-months of a year: 0 is the second of December before, 1 and 2 are January's, 24 is the last. */
export const halves = Array.from({ length: 25 }, (_, half) => half);
export const year = 2026;

export interface Period {
  readonly key: string;
  readonly halves: readonly number[];
}

const two = (month: number) => String(month).padStart(2, '0');
const run = (from: number, to: number) => halves.filter((half) => half >= from && half <= to);
/** All periods of the year, in both calendars, with what is known of the year before and of the administration's next. */
export const periods: readonly Period[] = [
  ...[0, 1].flatMap((early): Period[] => {
    const name = `${early ? 'k' : ''}${year}`;
    const span = (first: number, months: number) => run(2 * first - 1 - early, 2 * (first + months - 1) - early);
    return [
      { key: name, halves: span(1, 12) },
      ...[1, 2, 3, 4].map((nth) => ({ key: `${name}-q${nth}`, halves: span(nth * 3 - 2, 3) })),
      ...Array.from({ length: 12 }, (_, at) => ({ key: `${name}-${two(at + 1)}`, halves: span(at + 1, 1) })),
    ];
  }),
  ...['', '-q4', '-12'].map((part) => ({ key: `${year - 1}${part}`, halves: [0] })),
  ...['', '-q1', '-01'].map((part) => ({ key: `k${year + 1}${part}`, halves: [24] })),
];
/** The same, and each half-month by itself and all until its end, which are told nowhere. */
const halfByHalf: readonly Period[] = [...periods, ...halves.map((half) => ({ key: `h${half}`, halves: [half] }))];
const untilEach = halves.map((half) => ({ key: `u${half}`, halves: run(0, half) }));
export const isToldNowhere = (period: string) => /^[hu]/.test(period);

/** The half-month by its first day. */
export const dayOf = (half: number) =>
  half === 0 ? `${year - 1}-12-15` : `${year}-${two(Math.ceil(half / 2))}-${half % 2 === 1 ? '01' : '15'}`;

export interface Area {
  readonly id: number;
  readonly parent: number | null;
}

interface Person {
  readonly area: number;
  readonly groups: readonly string[];
  readonly marks: readonly { readonly half: number; readonly came: boolean }[];
  readonly guided: readonly number[];
  readonly checks: readonly { readonly half: number; readonly kept: boolean }[];
  /** From when on observed, and able. */
  readonly seen: number;
  readonly able: number;
}

/** Some who live together. */
interface Home {
  /** From when on the portal knows of it, somebody of it had come, and somebody of it could do the five skills. */
  readonly known: number;
  readonly came: number;
  readonly able: number;
  /** When somebody was met there. */
  readonly met: readonly number[];
}

export type Numbers = ReadonlyMap<string, readonly [number, number]>;
/** A value, its whole, and to the nearest how many both are told; exactly where not said. */
export type Told = readonly [value: number, of: number, step?: number];
/** What is shown, by the same keys. */
export type Shown = ReadonlyMap<string, Told>;
/** What signed reports say, by area and measure, as `BlockPart` has it. */
export type Signed = ReadonlyMap<string, ReadonlySet<string>>;
export interface World {
  readonly areas: readonly Area[];
  /** The last half-month of which anything is known. */
  readonly now: number;
  /** By `area period measure group`, areas with all below them. */
  readonly exact: Numbers;
  /** Of exactly an area; by half-month as well. */
  readonly own: Numbers;
  /** As its plan had it. */
  readonly seen?: SeenWhere;
}

export const keyOf = (area: number, period: string, measure: string, group: string) =>
  `${area} ${period} ${measure} ${group}`;
export const groupsOf = tiers.flatMap(({ sides }) => sides.flatMap(({ parts }) => parts));
const needs = ['assist_vneid', 'assist_service'] as const;
export const measures = [...learnerMeasures, ...skills, ...needs];

/** Random numbers that a seed repeats. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
export type Dice = ReturnType<typeof dice>;

/** Somebody of a place where classes are held in some half-months. */
function somebody(roll: Dice, area: number, taught: readonly number[], older: number): Person {
  const sex = roll() < 0.6 ? 'women' : roll() < 0.96 ? 'men' : 'sex_unknown';
  const age =
    roll() < older
      ? ['age_60_69', 'age60', ...(roll() < 0.5 ? ['age60', 'age_70'] : [])].slice(-2)
      : [['age_0_17', 'age_18_34', 'age_35_59', 'age_35_59', 'age_unknown'][Math.floor(roll() * 5)] ?? 'age_unknown'];
  const grown = age.some((group) => group !== 'age_0_17' && group !== 'age_unknown') ? ['adults'] : [];
  const said = ['ethnic_minority', 'disability', 'poor_household'].filter(() => roll() < 0.15);
  const marks = taught.flatMap((half) => (roll() < 0.6 ? [{ half, came: roll() < 0.85 }] : []));
  const first = marks[0]?.half ?? 99;
  return {
    area,
    groups: ['all', sex, ...new Set(age), ...grown, ...said],
    marks,
    guided: marks.flatMap(({ half, came }) => (came && roll() < 0.4 ? [half] : [])),
    checks: marks.slice(2).flatMap(({ half }) => (roll() < 0.4 ? [{ half, kept: roll() < 0.8 }] : [])),
    seen: roll() < 0.8 ? first : 99,
    able: first + Math.floor(roll() * 16),
  };
}

type Add = (period: string, measure: string, value: number, of: number) => void;

/** The cells one person counts in. */
function count(person: Person, add: Add, { now, seen }: Plan) {
  for (const { key, halves: held } of [...halfByHalf, ...(seen ? untilEach : [])]) {
    const [from = 0, to = 0] = [held[0], held.at(-1)];
    const inside = (half: number) => half >= from && half <= to && half <= now;
    const marks = person.marks.filter(({ half }) => inside(half));
    const checks = person.checks.filter(({ half }) => inside(half));
    const came = marks.filter((mark) => mark.came).length;
    const fresh = inside(person.able) && person.seen < 99;
    add(key, 'attendance', came, marks.length);
    add(key, 'people_reached', Number(came > 0), Number(marks.length > 0));
    add(key, 'new_core', Number(fresh), Number(fresh));
    add(key, 'retention', checks.filter(({ kept }) => kept).length, checks.length);
    const at = Math.min(to, now);
    if (from <= now)
      add(key, 'core_attained', Number(person.seen <= at && person.able <= at), Number(person.seen <= at));
  }
}

function countGuided(guided: readonly number[], add: Add, { now, seen }: Plan) {
  for (const { key, halves: held } of [...halfByHalf, ...(seen ? untilEach : [])]) {
    const was = guided.some((half) => held.includes(half) && half <= now);
    add(key, 'service_guided', Number(was), Number(was));
  }
}

function household(roll: Dice, visited: readonly number[]): Home {
  const known = Math.floor(roll() * 24);
  const came = known + (roll() < 0.5 ? 0 : Math.floor(roll() * 20));
  return {
    known,
    came,
    able: came + Math.floor(roll() * 12),
    met: visited.flatMap((half) => (roll() < 0.3 ? [half] : [])),
  };
}

/** Likewise of one skill. */
function learntAtClass({ skill, seen, good }: Learnt, { marks }: Person): Learnt {
  const then = (half: number) =>
    half === 99 ? 99 : (marks.findLast((mark) => mark.came && mark.half <= half)?.half ?? 99);
  return { skill, seen: then(seen), good: then(good) };
}

/** The cells one home counts in. */
function countHome(home: Home, add: Add, now: number) {
  for (const { key, halves: held } of halfByHalf) {
    const [from = 0, to = 0] = [held[0], held.at(-1)];
    const met = home.met.filter((half) => half >= from && half <= to && half <= now).length;
    add(key, 'home_visits', met, met);
    const at = Math.min(to, now);
    if (from > now) continue;
    add(key, 'households_reached', Number(home.came <= at), Number(home.known <= at));
    add(key, 'households_five', Number(home.able <= at), Number(home.able <= at));
  }
}

export interface Plan {
  readonly units: number;
  readonly villages: (roll: Dice) => number;
  readonly people: (roll: Dice) => number;
  readonly taught: (roll: Dice) => readonly number[];
  readonly now: number;
  /** Only these are counted, if not all: of a large world that is much less to do. */
  readonly groups?: readonly string[];
  readonly measures?: readonly string[];
  readonly seen?: SeenWhere;
}

/**
 * Nobody is observed but when they come, and whoever is observed in a skill of public services was guided in them. Whoever attacks knows the second, which is so by
 * definition; the first they may guess.
 */
export type SeenWhere = 'at class' | 'at class, as is guessed';

/** Somebody who is observed only when they come: what is said of other half-months was so when they had come last. */
function atClass(person: Person): Person {
  const came = person.marks.flatMap((mark) => (mark.came ? [mark.half] : []));
  const [first] = came;
  if (first === undefined || person.seen === 99) return { ...person, seen: 99 };
  return { ...person, seen: first, able: came.findLast((half) => half <= person.able) ?? first };
}

export function worldOf(roll: Dice, plan: Plan): World {
  const areas: Area[] = [{ id: 1, parent: null }];
  const exact = new Map<string, [number, number]>();
  const own = new Map<string, [number, number]>();
  const isCounted = (measure: string) => plan.measures?.includes(measure) ?? true;
  const groupsIn = (all: readonly string[]) => all.filter((group) => plan.groups?.includes(group) ?? true);
  const adding = (area: number, above: readonly number[], groups: readonly string[]): Add => {
    const put = (
      into: Map<string, [number, number]>,
      at: number,
      period: string,
      measure: string,
      value: number,
      of: number,
    ) => {
      for (const group of groups) {
        const key = keyOf(at, period, measure, group);
        const known = into.get(key);
        if (known) [known[0], known[1]] = [known[0] + value, known[1] + of];
        else into.set(key, [value, of]);
      }
    };
    return (period: string, measure: string, value: number, of: number) => {
      if (of === 0 || !isCounted(measure)) return;
      put(own, area, period, measure, value, of);
      if (!isToldNowhere(period)) for (const one of above) put(exact, one, period, measure, value, of);
    };
  };
  const settled: { person: Person; above: readonly number[] }[] = [];
  const settle = (area: number, above: readonly number[], people: number, taught: readonly number[]) => {
    const older = 0.1 + roll() * 0.4;
    for (let nth = 0; nth < people; nth += 1) {
      const any = somebody(roll, area, taught, older);
      const person = plan.seen ? atClass(any) : any;
      settled.push({ person, above });
      count(person, adding(area, above, groupsIn(person.groups)), plan);
    }
  };
  for (let unit = 0; unit < plan.units; unit += 1) {
    const id = 100 + unit;
    areas.push({ id, parent: 1 });
    for (let village = plan.villages(roll); village > 0; village -= 1) {
      const below = id * 100 + village;
      areas.push({ id: below, parent: id });
      settle(below, [below, id, 1], plan.people(roll), plan.taught(roll));
    }
    if (roll() < 0.5) settle(id, [id, 1], Math.floor(roll() * 6), plan.taught(roll));
  }
  // Homes come after all people, whose numbers a seed gave before there were homes.
  for (const { id, parent } of areas) {
    if (parent === null || id < 10_000) continue;
    const visited = plan.taught(roll);
    for (let homes = Math.floor(plan.people(roll) * 0.7); homes > 0; homes -= 1)
      countHome(household(roll, visited), adding(id, [id, parent, 1], ['all']), plan.now);
  }
  // And skills and desks after homes.
  for (const { person, above } of settled) {
    // What was learnt is told by groups, single skills are not.
    const alone = adding(person.area, above, ['all']);
    const grouped = adding(person.area, above, groupsIn(person.groups));
    const add: Add = (period, measure, value, of) =>
      (measure === 'skills_attained' ? grouped : alone)(period, measure, value, of);
    const all = learnt(roll, person).map((one) => (plan.seen ? learntAtClass(one, person) : one));
    countLearnt(all, halfByHalf, add, plan.now);
    const seen = all.flatMap((one) => (plan.seen && isOfServices(one.skill) ? [one.seen] : []));
    countGuided([...person.guided, ...seen], grouped, plan);
  }
  for (const { id, parent } of areas) {
    if (parent === null || roll() < 0.4) continue;
    const put = adding(id, id < 10_000 ? [id, 1] : [id, parent, 1], ['all']);
    for (const need of needs)
      for (const half of plan.taught(roll)) {
        const times = Math.floor(roll() * 9);
        for (const { key, halves: held } of halfByHalf)
          if (held.includes(half) && half <= plan.now) put(key, need, times, times);
      }
  }
  return { areas, exact, own, now: plan.now, ...(plan.seen && { seen: plan.seen }) };
}

/** The numbers that are divided by no group. */
export const everybody: Tier = { name: 'all', under: null, sides: [{ whole: ['all'], parts: ['all'] }] };
