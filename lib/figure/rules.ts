import type { Terrain } from '@/lib/area/schema';
import { groupsPeriods } from '@/lib/disclosure/rules';
import type { Eligible } from '@/lib/eligible/schema';
import { lastDayOf, partsOf, periodAfter, periodAround } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';
import { shownValue } from '@/lib/indicator/rules';
import type { IndicatorValue, IndicatorVersion } from '@/lib/indicator/schema';
import type { Standing } from '@/lib/target/schema';
import { teamKinds } from '@/lib/team/schema';
import {
  groups,
  measures,
  rateOf,
  type Aims,
  type DashboardArea,
  type Cell,
  type Group,
  type LikePlaces,
  type Measure,
  type PlaceKind,
  type PlaceRow,
  type PlaceSort,
  type Place,
  type SessionRow,
  type SkillRow,
} from './schema';

/** Hours after its end during which a session without a register is nobody's concern yet. */
export const registerGraceHours = 24;

/** The few figures at the top: which cell, and which indicator of the registry says what it counts. */
export const headlines: readonly { code: string; measure: Measure; group: Group }[] = [
  { code: 'R22', measure: 'people_reached', group: 'age60' },
  { code: 'R03', measure: 'people_reached', group: 'all' },
  { code: 'R28b', measure: 'core_attained', group: 'all' },
  { code: 'R28', measure: 'skills_attained', group: 'all' },
  { code: 'R01', measure: 'sessions_held', group: 'all' },
  { code: 'R02', measure: 'attendance', group: 'all' },
];

const groupsAreTold = new RegExp(groupsPeriods);

/** Whether figures by age, sex and other groups are told of a period at all. */
export const tellsGroups = ({ key }: Pick<Period, 'key'>): boolean => groupsAreTold.test(key);

/** The months a trend shows, of the period's calendar: the year's own as far as they have begun, else the twelve that end with the period. */
export function trendMonths(period: Period, today: string): Period[] {
  const begun = (month: Period) => month.from <= today || period.from > today;
  if (period.grain === 'year') return partsOf(period, 'month').filter(begun);
  const last = periodAround(lastDayOf(period), period.calendar, 'month');
  return Array.from({ length: 12 }, (_, index) => periodAfter(last, index - 11)).filter(begun);
}

/** Places that had no session announced in the period. Of classes, not of people: never hidden. */
export function withoutClass(places: readonly PlaceRow[]): PlaceRow[] {
  return places.filter((place) => !place.classes?.of);
}

/** Who is not reached yet, of those who live there. Not said where the number is not known or hidden, or says fewer than came. */
export function unreachedOf(
  older: number | null,
  reached: Cell,
): { unreached: number | null; perThousand: number | null } {
  const came = reached === undefined ? 0 : reached === null ? null : reached.value;
  if (older === null || older === 0 || came === null || came > older) return { unreached: null, perThousand: null };
  return { unreached: older - came, perThousand: (1000 * came) / older };
}

/** Sessions held for each 1 000 older people who live there; null where their number is not known. */
export function sessionsPerThousand({ older, held }: PlaceRow): number | null {
  return older ? (1000 * (held?.value ?? 0)) / older : null;
}

/** Of each 1 000 who live there; null where their number is not known whole, is less than what is counted of them, or the count is hidden. */
export function perThousandOf(cell: Cell, living: number | null, ofPeople: boolean): number | null {
  if (!living || cell === null) return null;
  const count = cell?.value ?? 0;
  return ofPeople && count > living ? null : (1000 * count) / living;
}

/** How many targets of a place are met today, behind, or cannot be told of; null where it has none. */
export function aimsOf(rows: readonly Pick<Standing, 'shownAs' | 'actual' | 'of' | 'pace'>[]): Aims | null {
  if (rows.length === 0) return null;
  const told = rows.map(({ shownAs, actual, of, pace }) => {
    const shown = shownValue(shownAs, { value: actual, of });
    return pace === null || shown === null ? null : shown >= pace;
  });
  const count = (is: boolean | null) => told.filter((one) => one === is).length;
  return { met: count(true), behind: count(false), untold: count(null) };
}

/** Whom a place may be compared with: wards and special zones are told by their kind, communes by the country they are said to lie in. */
export function likeOf(kind: string, terrain: Terrain | null): LikePlaces {
  if (kind === 'commune') return terrain ?? 'commune';
  return kind === 'ward' || kind === 'special_zone' ? kind : 'below';
}

/** The middle of what is known, or null. */
export function middleOf(values: readonly (number | null)[]): number | null {
  const known = values.flatMap((value) => value ?? []).sort((a, b) => a - b);
  const half = known.length / 2;
  const [low, high] = [known[Math.ceil(half) - 1], known[Math.floor(half)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/**
 * How many older people may be left to reach: who lives there without those who came; where that is kept back, all who live there, which tells of nobody and
 * is never too few. Null where it is not declared.
 */
function mostLeft({ older, unreached, reachedAge60 }: PlaceRow): number | null {
  return reachedAge60 === null ? older : unreached;
}

const rank: Record<PlaceSort, (place: PlaceRow) => number | null> = {
  name: () => 0,
  unreached: mostLeft,
  perThousand: (place) => place.perThousand,
  reached: (place) => counted(place.reached),
  age60: (place) => counted(place.reachedAge60),
  missing: (place) => place.missing,
  rate: (place) => rateOf(place.attendance),
  core: (place) => counted(place.core),
  skills: (place) => counted(place.skills),
  held: (place) => counted(place.held),
  heldPerThousand: (place) => place.sessionsPerThousand,
  corePerThousand: (place) => place.corePerThousand,
  aims: (place) => place.aims?.behind ?? null,
};

/** Nothing said is nobody; what is hidden is not known. */
const counted = (cell: Cell) => (cell === null ? null : (cell?.value ?? 0));

/** Places in the order asked for; equal ones by name, those of which nothing is known last. */
export function rankPlaces(places: readonly PlaceRow[], by: PlaceSort, descending: boolean): PlaceRow[] {
  const sign = descending ? -1 : 1;
  const order = (a: PlaceRow, b: PlaceRow) => {
    const [x, y] = [rank[by](a), rank[by](b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (x - y);
  };
  const byName = by === 'name' && descending ? [...places].reverse() : [...places];
  return byName.sort(order);
}

/** What to call the places of a level together. */
export function kindOfAll(places: readonly { kind: string }[]): PlaceKind {
  const kinds = new Set(places.map(({ kind }) => kind));
  const only = (...names: string[]) => [...kinds].every((kind) => names.includes(kind));
  if (only('commune', 'ward', 'special_zone')) return 'unit';
  if (only('residential_group')) return 'group';
  return only('village', 'hamlet') ? 'village' : 'place';
}

/** One target that can be judged today. */
export interface Judged {
  readonly row: Standing;
  /** As it is shown: a count, or per cent. */
  readonly actual: number;
  readonly ahead: boolean;
}

/** The targets that can be judged: what one should have today is known, and what one has is not hidden. */
export function judged(rows: readonly Standing[]): Judged[] {
  return rows.flatMap((row) => {
    const actual = shownValue(row.shownAs, { value: row.actual, of: row.of });
    return row.pace === null || actual === null ? [] : [{ row, actual, ahead: actual >= row.pace }];
  });
}

/** Why a target cannot be judged: what one has is kept back, not known, or not said of how many; or what one should have by today is not known. */
export const unjudgedWhy = ['hidden', 'missing', 'whole', 'pace'] as const;

/** The targets that cannot be judged today, each with the reason. */
export function unjudged(rows: readonly Standing[]): { row: Standing; why: (typeof unjudgedWhy)[number] }[] {
  const why = ({ hidden, actual, shownAs, of }: Standing) => {
    if (hidden) return 'hidden';
    if (actual === null) return 'missing';
    return shownAs === 'share' && !of ? 'whole' : 'pace';
  };
  return rows.filter((row) => judged([row]).length === 0).map((row) => ({ row, why: why(row) }));
}

/** The one that is furthest behind what it should have today, for its size; null where none is. */
export function furthestBehind(rows: readonly Judged[]): Judged | null {
  const short = ({ row, actual }: Judged) => (row.pace ? actual / row.pace : 1);
  const [worst] = rows.filter(({ ahead }) => !ahead).sort((a, b) => short(a) - short(b));
  return worst ?? null;
}

/** Whether the order of places rests, of some, on who lives there, since who came is kept back. */
export const hidesWhoCame = (places: readonly PlaceRow[]) =>
  places.some(({ older, reachedAge60 }) => older !== null && reachedAge60 === null);

/**
 * The three places to go to first: where most older people are left to reach, in the order of the table. Nothing where nobody declared how many live
 * there.
 */
export function placesToGoFirst(places: readonly PlaceRow[]): PlaceRow[] {
  return rankPlaces(places, 'unreached', true)
    .filter((place) => (mostLeft(place) ?? 0) > 0)
    .slice(0, 3);
}

/** The five skills at which most people were observed and cannot do it alone yet. */
export function stuckAt(rows: readonly SkillRow[]): (SkillRow & { left: number })[] {
  return rows
    .flatMap((row) =>
      row.cell && row.cell.of > row.cell.value ? [{ ...row, left: row.cell.of - row.cell.value }] : [],
    )
    .sort((a, b) => b.left - a.left)
    .slice(0, 5);
}

/** Fewer people than this may well come alike three times. */
const fewestAlike = 5;

/**
 * Sessions whose register says the same of the same people as those of the two sessions before it in the class. `rows` by class and time.
 * Registers of fewer than five people are no sign of anything.
 */
export function repeatedFrom(
  rows: readonly { id: string; classId: string; marks: string; people: number }[],
): string[] {
  return rows
    .filter((row, index) => {
      const before = [rows[index - 1], rows[index - 2]];
      return (
        row.people >= fewestAlike && before.every((one) => one?.classId === row.classId && one.marks === row.marks)
      );
    })
    .map(({ id }) => id);
}

/** An indicator of the registry with what it says of an area and period, and its target. */
export interface IndicatorLine {
  readonly version: IndicatorVersion;
  readonly value: IndicatorValue;
  readonly standing: Standing | null;
}

/** All of the registry for one area and period. */
export interface IndicatorSheet {
  readonly area: DashboardArea;
  readonly period: Period;
  readonly lines: readonly IndicatorLine[];
}

/** By what an indicator can be taken apart, beside places: the groups of its measure. Organisations are as they come. */
export const breakdownGroups = {
  gender: ['women', 'men', 'sex_unknown'],
  age: ['age_0_17', 'age_18_34', 'age_35_59', 'age_60_69', 'age_70', 'age_unknown'],
  group: ['ethnic_minority', 'disability', 'poor_household'],
} as const satisfies Record<string, readonly Group[]>;
export type Breakdown = keyof typeof breakdownGroups | 'organisation';

/** A computed indicator of one area and period taken apart by all that its definition names. */
export interface IndicatorParts {
  readonly area: DashboardArea;
  readonly period: Period;
  readonly version: IndicatorVersion;
  readonly by: readonly {
    readonly breakdown: Breakdown;
    readonly rows: readonly {
      readonly group: Group;
      readonly cell: Cell;
      /** How many of the group live there, of what is counted of people where they live. */
      readonly living: Eligible | null;
    }[];
  }[];
}

/** Whether a figure opens into rows: of single measures, skills, needs of desks and homes. */
export const isRowMeasure = (typed: string): typed is Measure =>
  measures.some((one) => one === typed) ||
  typed === 'households_reached' ||
  typed === 'households_five' ||
  /^skill_[A-Z]\d{1,2}$/.test(typed) ||
  /^assist_[a-z][a-z0-9_]{0,39}$/.test(typed);

/** The groups a figure opens by beside those of the dashboard: what indicators are made of. */
const moreRowGroups: readonly Group[] = [
  'men',
  'adults',
  'age_0_17',
  'age_18_34',
  'age_35_59',
  'age_60_69',
  'age_70',
  ...teamKinds.map((kind) => `kind_${kind}` as const),
];
export const isRowGroup = (typed: string): typed is Group => [...groups, ...moreRowGroups].some((one) => one === typed);

/** The figures an indicator is made of, each of which opens into its rows; none where somebody declared it. */
export function rowsBehind({ measure, groups: parts }: IndicatorVersion): { measure: Measure; group: Group }[] {
  if (measure === null || !isRowMeasure(measure)) return [];
  return parts.flatMap((group) => (isRowGroup(group) ? [{ measure, group }] : []));
}

/** What indicators are about, in the order they are read; what others attest of a thing stands beside what the portal saw of it. */
export const themes = {
  classes: ['R01', 'R01b', 'R02', 'R03'],
  groups: ['R22', 'R23', 'R24', 'R25', 'R26'],
  skills: ['R08', 'R09', 'R28b', 'R28', 'R29', 'R20', 'R20b'],
  help: ['R04', 'R05', 'R06', 'R07', 'R27'],
  teams: ['R16', 'R16b', 'R17', 'R18', 'R19'],
  reach: ['R10', 'R11', 'R12', 'R13', 'R14', 'R14b', 'R15', 'R15b', 'R21'],
  words: ['R30'],
} as const;
type Theme = keyof typeof themes | 'other';

/** The lines by theme, none left out: what no theme names stands last. */
export function byTheme<Line extends { readonly version: Pick<IndicatorVersion, 'code'> }>(
  lines: readonly Line[],
): { theme: Theme; lines: Line[] }[] {
  const known = Object.entries(themes).map(([theme, codes]) => ({
    theme: theme as Theme,
    lines: codes.flatMap((code) => lines.find(({ version }) => version.code === code) ?? []),
  }));
  const placed = new Set(known.flatMap(({ lines: own }) => own.map(({ version }) => version.code)));
  const rest = lines.filter(({ version }) => !placed.has(version.code));
  return [...known, { theme: 'other' as const, lines: rest }].filter(({ lines: own }) => own.length > 0);
}

/** Registers of a unit: not taken now, and taken late of those held in the year; null where nothing was held. */
export interface UnitRegisters extends Place {
  readonly missing: number;
  readonly late: number | null;
  readonly held: number | null;
}

/** Sessions whose registers somebody should look at: how many, and the latest. */
export interface Doubt {
  readonly total: number;
  readonly first: readonly Omit<SessionRow, 'status' | 'marked' | 'came'>[];
}

export interface QualityPage {
  readonly area: DashboardArea;
  /** To choose from, where the area holds units; then nothing is looked through. */
  readonly units: readonly UnitRegisters[];
  readonly found: {
    /** Whether the caller is one of those who join two records of one person. */
    readonly mayOpenPeople: boolean;
    readonly pairs: number;
    readonly phones: { readonly numbers: number; readonly people: number };
    readonly repeated: Doubt;
    readonly absent: Doubt;
  } | null;
}
