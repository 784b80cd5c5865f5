import { z } from 'zod';
import type { DemandUnder } from '@/lib/demand/schema';
import type { Eligible } from '@/lib/eligible/schema';
import { areaId, emptyAsMissing, sortAsked } from '@/lib/kernel/input';
import type { IndicatorValue } from '@/lib/indicator/schema';
import { mapFigures, type BoundarySet, type TileLayout } from '@/lib/map/schema';
import { periodKey, type Period } from '@/lib/period/schema';
import type { Standing } from '@/lib/target/schema';
import type { Organisation, TeamKind } from '@/lib/team/schema';

/** How the next level can be ranked; a minus in the address turns the order round. */
export const placeSorts = [
  'name',
  'unreached',
  'perThousand',
  'reached',
  'age60',
  'missing',
  'rate',
  'core',
  'skills',
  'held',
  'heldPerThousand',
  'corePerThousand',
  'aims',
] as const;
export type PlaceSort = (typeof placeSorts)[number];

/** `/dashboard?area=&period=&with=&sort=&map=`: `with` is the period to set beside it. What does not parse is no page of ours. */
export const dashboardAddress = z.object({
  area: emptyAsMissing(areaId),
  period: emptyAsMissing(periodKey),
  with: emptyAsMissing(periodKey),
  sort: sortAsked,
  map: z.enum(mapFigures).optional().catch(undefined),
});

export const measures = [
  'people_reached',
  'core_attained',
  'new_core',
  'skills_attained',
  'retention',
  'service_guided',
  'attendance',
  'sessions_held',
  'registers_late',
  'helper_minutes',
  'home_visits',
  'classes_held',
  'shock_teams_active',
  'teams',
  'team_members',
  'ambassadors',
] as const;
/** What is told of rosters. */
export const rosterMeasures = [
  'teams',
  'team_members',
  'ambassadors',
] as const satisfies readonly (typeof measures)[number][];

/**
 * What is counted, of what. Each thing counted belongs to exactly one area, so that totals are sums. Where people live:
 * - `people_reached`: people who came at least once, of those marked at least once
 * - `core_attained`: people who can do every core skill alone at the period's end, of those ever observed
 * - `new_core`: people who could do every core skill alone for the first time, of themselves
 * - `skills_attained`: person and skill at 3 for the first time, of themselves
 * - `retention`: person and skill still at 3 at the first re-check 30 to 89 days after they came to hold it, of those looked at so
 * - `service_guided`: people observed in a public-service skill or who came to a lesson on one, of themselves
 * - `skill_<CODE>`: people who can do the skill alone at the period's end, of those ever observed in it
 * - `households_reached`: households of today of which somebody had come by the period's end, of those known by then; where they live
 * - `households_five`: those of which somebody could do all of the five national skills alone at the period's end, of themselves: with the whole of `households_reached` each would give away what the other hides
 *
 * Where it was taught: `attendance` (marks saying came, of all marks), `sessions_held` (of those announced), `registers_late`
 * (finished more than a day after the end, of those held), `helper_minutes` (given, of those agreed to, at sessions held; at desks and on rounds all that were given). Where the home is: `home_visits`
 * (homes where somebody was met, of themselves). Where the class belongs:
 * `classes_held` (with a session held, of those with one announced). Where the team is: `shock_teams_active` (with a session held, of those
 * with one announced); `teams`, `team_members`, `ambassadors` (on the roster at the period's end, of themselves).
 *
 * Where the desk is: `assist_<need>` (times somebody was helped with it, of themselves).
 */
export type Measure =
  (typeof measures)[number] | `households_${'reached' | 'five'}` | `skill_${string}` | `assist_${string}`;

/** The groups a dashboard sets side by side. */
export const groups = ['all', 'age60', 'women', 'ethnic_minority', 'disability', 'poor_household'] as const;

/**
 * Everybody; women, men and those of whom it is not known; five ages and those of whom it is not known, by year of birth in the period's year;
 * 60 or over, and 18 or over; who agreed to be counted and says so. Rosters: by kind of team (`kind_…`) or organisation (`org_…`).
 */
export type Group =
  | (typeof groups)[number]
  | 'men'
  | 'sex_unknown'
  | 'adults'
  | 'age_0_17'
  | 'age_18_34'
  | 'age_35_59'
  | 'age_60_69'
  | 'age_70'
  | 'age_unknown'
  | `kind_${string}`
  | `org_${string}`;

/** Null where it is hidden: so few people are behind it, or behind a neighbour. Undefined where nothing can be said. */
export type Cell = { readonly value: number; readonly of: number } | null | undefined;

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

/** Places that may be compared with each other: what a ward reaches says little of what a mountain commune could. `commune`: nobody said which. */
export const likePlaces = ['ward', 'lowland', 'upland', 'border', 'commune', 'special_zone', 'below'] as const;
export type LikePlaces = (typeof likePlaces)[number];

export interface PlaceRow extends Place {
  readonly like: LikePlaces;
  readonly reached: Cell;
  readonly reachedAge60: Cell;
  readonly core: Cell;
  readonly skills: Cell;
  readonly attendance: Cell;
  readonly held: Cell;
  readonly classes: Cell;
  readonly missing: number;
  /** How many people of 60 or over live there; null where nobody declared it whole. */
  readonly older: number | null;
  /** Of them, those nobody has reached in the period; null where that cannot be said. */
  readonly unreached: number | null;
  /** Reached of each 1 000 who live there; null as above. */
  readonly perThousand: number | null;
  /** Sessions held, and people who can do the core set, of each 1 000 who live there; null where nobody declared them whole, or it is hidden. */
  readonly sessionsPerThousand: number | null;
  readonly corePerThousand: number | null;
  /** Its own targets of the period; null where it has none. */
  readonly aims: Aims | null;
}

/** How many of a place's own targets it meets today, is behind, and cannot be told of. */
export interface Aims {
  readonly met: number;
  readonly behind: number;
  readonly untold: number;
}

export interface MonthRow {
  readonly month: Period;
  readonly figures: FigureOf;
}

/** A skill: how many of those observed can do it alone at the period's end. */
export interface SkillRow {
  readonly code: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly core: boolean;
  readonly cell: Cell;
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
  /** Whether the caller may look up the people who live there. */
  readonly mayLookUp: boolean;
  /** Areas above it that the caller may see too, the highest first. */
  readonly above: readonly Place[];
  /** The highest areas whose figures the caller may see. */
  readonly tops: readonly Place[];
}

/** What the places of one level are called together. */
export type PlaceKind = 'unit' | 'village' | 'group' | 'place';

export interface Dashboard {
  readonly area: DashboardArea;
  readonly period: Period;
  readonly figures: FigureOf;
  /** The period set beside it: the one asked for, else the one of the same kind before. */
  readonly beside: Period;
  readonly before: FigureOf;
  /** Targets of the period with where one stands; only of indicators that have one. */
  readonly standings: readonly Standing[];
  /** What the portal saw adults do (R08) and what others attest (R09): side by side, never mixed. */
  readonly adults: readonly IndicatorValue[];
  /** How many live in the area, by group, as declared. */
  readonly eligible: Readonly<Record<string, Eligible>>;
  /** The next level, in the order asked for. */
  readonly places: readonly PlaceRow[];
  readonly placeKind: PlaceKind;
  readonly months: readonly MonthRow[];
  readonly skills: readonly SkillRow[];
  readonly missing: { total: number; first: readonly MissingRegister[] };
  readonly demand: DemandUnder;
  /** Held in the area itself, not below it. */
  readonly classes: readonly ClassRow[];
  /** Where the units lie on a map of squares, and the boundaries somebody brought; null where the level below is no level of units. */
  readonly tiles: TileLayout | null;
  readonly boundaries: BoundarySet | null;
  readonly freshAt: Date | null;
  readonly coreSkills: number;
}

export interface SessionRow {
  readonly id: string;
  readonly classId: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly areaNameVi: string;
  readonly areaNameEn: string;
  readonly startsAt: Date;
  readonly status: string;
  /** Marks of the register, and those that say came; null for whoever may not read it: few people sit in one session. */
  readonly marked: number | null;
  readonly came: number | null;
  readonly mayOpen: boolean;
  readonly mayReadClass: boolean;
}

interface WithPlace {
  readonly areaNameVi: string;
  readonly areaNameEn: string;
  readonly mayOpen: boolean;
}

/** A team: how many are on its roster, or how many sessions it held of those announced. */
export interface TeamRow extends WithPlace {
  readonly id: string;
  readonly name: string;
  readonly kind: TeamKind;
  readonly organisation: Organisation;
  readonly members: number | null;
  readonly held: number | null;
  readonly announced: number | null;
}

export interface MemberRow extends WithPlace {
  readonly id: string;
  readonly fullName: string;
  readonly teamId: string;
  readonly teamName: string;
  readonly organisation: Organisation;
  /** As somebody noted it, a day or only a year; null where nobody did. */
  readonly joinedOn: string | null;
}

/** Time somebody gave at a session held, on duty, on a round, or at a desk outside duty (one row a desk, without a day: few are behind a single one). */
export interface HelpRow extends WithPlace {
  readonly kind: 'session' | 'shift' | 'round' | 'assist' | 'door';
  readonly id: string;
  readonly classId: string | null;
  readonly titleVi: string | null;
  readonly titleEn: string | null;
  readonly startsAt: Date | null;
  /** Null for whoever may not see the team they are of. */
  readonly fullName: string | null;
  readonly minutes: number;
  readonly absent: boolean;
}

export interface VisitRow extends WithPlace {
  readonly id: string;
  /** Null of a home somebody went to for tasks, without a round. */
  readonly roundId: string | null;
  readonly day: string;
  readonly teamName: string | null;
}

/** A desk and how often somebody was helped at it. */
export interface DeskRow extends WithPlace {
  readonly id: string;
  readonly name: string;
  readonly count: number;
}

/** What a figure of teams or desks is made of. */
export type MadeOf = { readonly more: boolean } & (
  | { readonly kind: 'teams' | 'shock'; readonly rows: readonly TeamRow[] }
  | { readonly kind: 'members'; readonly rows: readonly MemberRow[] }
  | { readonly kind: 'help'; readonly rows: readonly HelpRow[] }
  | { readonly kind: 'visits'; readonly rows: readonly VisitRow[] }
  | { readonly kind: 'desks'; readonly rows: readonly DeskRow[] }
);

/** What one figure is made of. */
export interface Rows {
  readonly area: DashboardArea;
  readonly cell: Cell;
  /** The need a figure of desks is about; null of any other. */
  readonly need: { readonly nameVi: string; readonly nameEn: string } | null;
  /** How many of the group live there, where that is known whole. */
  readonly living: number | null;
  readonly places: readonly (Place & { readonly cell: Cell })[];
  /** What belongs to the area itself and to no place below; null where a place is hidden, so that it cannot be worked out. */
  readonly own: { readonly value: number; readonly of: number } | null;
  /** Of a figure of teams, in place of the sessions; null of any other. */
  readonly made: MadeOf | null;
  readonly sessions: readonly SessionRow[];
  readonly more: boolean;
}

/** Whether skills newly learnt are told of any of these places: of none below a unit to who may not look people up (decision 063). */
export const tellsSkills = (all: readonly Pick<PlaceRow, 'skills'>[]) => all.some(({ skills }) => skills !== null);
