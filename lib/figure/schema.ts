import { z } from 'zod';
import type { DemandUnder } from '@/lib/demand/schema';
import { dayOf } from '@/lib/kernel/clock';
import { areaId, emptyAsMissing, sortAsked } from '@/lib/kernel/input';

/** The month (`yyyy-mm`) a moment belongs to, in the portal's zone. */
export function monthOf(moment: Date): string {
  return dayOf(moment).slice(0, 7);
}

/** Whether a period is a month; the other kind is a year. */
export function isMonth(period: string): boolean {
  return period.length === 7;
}

/** The month so many months later (or earlier). */
export function addMonths(month: string, count: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** How the next level can be ranked; a minus in the address turns the order round. */
export const placeSorts = ['name', 'reached', 'age60', 'missing', 'rate', 'core', 'skills', 'held'] as const;
export type PlaceSort = (typeof placeSorts)[number];

/** `/dashboard?area=&period=&sort=`. What does not parse is no page of ours. */
export const dashboardAddress = z.object({
  area: emptyAsMissing(areaId),
  period: emptyAsMissing(z.string().regex(/^20\d\d(-(0[1-9]|1[0-2]))?$/)),
  sort: sortAsked,
});

export const measures = [
  'people_reached',
  'core_attained',
  'new_core',
  'skills_attained',
  'retention',
  'service_guided',
  'attendance',
  'excused',
  'sessions_held',
  'registers_late',
  'helper_minutes',
  'classes_held',
  'shock_teams_active',
  'teams',
  'team_members',
  'ambassadors',
] as const;
/**
 * What is counted, of what. Each thing counted belongs to exactly one area, so that totals are sums. Where people live:
 * - `people_reached`: people who came at least once, of those marked at least once
 * - `core_attained`: people who can do every core skill alone at the period's end, of those ever observed
 * - `new_core`: people who could do every core skill alone for the first time, of those observed in the period
 * - `skills_attained`: person and skill at 3 for the first time, of those observed in the period
 * - `retention`: person and skill still at 3 at the first re-check 30 to 89 days after they came to hold it, of those looked at so
 * - `service_guided`: people observed in a public-service skill or who came to a lesson on one, of those marked or observed
 * - `skill_<CODE>`: people who can do the skill alone at the period's end, of those ever observed in it
 *
 * Where it was taught: `attendance`, `excused` (marks saying came, or excused, of all marks), `sessions_held` (of those announced), `registers_late`
 * (finished more than a day after the end, of those held), `helper_minutes` (given, of those agreed to, at sessions held). Where the class belongs:
 * `classes_held` (with a session held, of those with one announced). Where the team is: `shock_teams_active` (with a session held, of those
 * with one announced); `teams`, `team_members`, `ambassadors` (on the roster at the period's end, of themselves).
 */
export type Measure = (typeof measures)[number] | `skill_${string}`;

/** The groups a dashboard sets side by side. */
export const groups = ['all', 'age60', 'women'] as const;
/**
 * Everybody; women, men and those of whom it is not known; five ages and those of whom it is not known, by year of birth in the period's year;
 * 60 or over; who agreed to be counted and says so. Rosters: by kind of team (`kind_…`) or organisation (`org_…`).
 */
export type Group =
  | (typeof groups)[number]
  | 'men'
  | 'sex_unknown'
  | 'age_0_17'
  | 'age_18_34'
  | 'age_35_59'
  | 'age_60_69'
  | 'age_70'
  | 'age_unknown'
  | 'ethnic_minority'
  | 'disability'
  | 'poor_household'
  | `kind_${string}`
  | `org_${string}`;

/** Null where nothing can be said. */
export type Cell = { value: number; of: number } | null;

/** A share in percent, or null where nothing was counted: a rate of nothing is not 0. */
export function percent(value: number, of: number): number | null {
  return of > 0 ? (100 * value) / of : null;
}

/** The cell's share in percent, or null. */
export function rateOf(cell: Cell | undefined): number | null {
  return cell ? percent(cell.value, cell.of) : null;
}

export type FigureOf = Partial<Record<Measure, Partial<Record<Group, Cell>>>>;

export interface Place {
  readonly id: number;
  readonly kind: string;
  readonly nameVi: string;
  readonly nameEn: string;
}

/** One place of the next level, with what it is ranked by. */
export interface PlaceRow extends Place {
  readonly reached: Cell;
  readonly reachedAge60: Cell;
  readonly core: Cell;
  readonly skills: Cell;
  readonly attendance: Cell;
  readonly held: Cell;
  readonly missing: number;
}

export interface MonthRow {
  readonly month: string;
  readonly reached: Cell;
  readonly attendance: Cell;
  readonly held: Cell;
  readonly core: Cell;
}

export interface MissingRegister {
  readonly sessionId: string;
  readonly classId: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly areaNameVi: string;
  readonly areaNameEn: string;
  /** The unit it lies in, where the area asked about holds several. */
  readonly unitNameVi: string | null;
  readonly unitNameEn: string | null;
  readonly teamName: string;
  readonly startsAt: Date;
  /** Whether the caller may open the register; the class. */
  readonly mayOpen: boolean;
  readonly mayReadClass: boolean;
}

export interface ClassRow {
  readonly id: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly status: string;
  readonly venueName: string;
  readonly startsAt: Date | null;
  readonly sessions: number;
  readonly held: number;
  readonly missing: number;
  /** Whether the caller sees the class as those do who run it, with its sessions and registers. */
  readonly mayOpen: boolean;
}

export interface DashboardArea extends Place {
  readonly fullNameVi: string;
  readonly fullNameEn: string;
  /** Areas above it that the caller may see too, the highest first. */
  readonly above: readonly Place[];
  /** The highest areas whose figures the caller may see. */
  readonly tops: readonly Place[];
}

/** What the places of one level are called together. */
export type PlaceKind = 'unit' | 'village' | 'group' | 'place';

export interface Dashboard {
  readonly area: DashboardArea;
  readonly period: string;
  readonly figures: FigureOf;
  /** The period of the same kind before. */
  readonly before: FigureOf;
  /** The next level, in the order asked for. */
  readonly places: readonly PlaceRow[];
  readonly placeKind: PlaceKind;
  /** Those of them where, as far as the registers say, nobody has come. */
  readonly unreached: readonly PlaceRow[];
  readonly months: readonly MonthRow[];
  readonly missing: { total: number; first: readonly MissingRegister[] };
  readonly demand: DemandUnder;
  /** Held in the area itself, not below it. */
  readonly classes: readonly ClassRow[];
  readonly years: readonly string[];
  readonly freshAt: Date | null;
  readonly coreSkills: number;
}
