import { dayOf } from '@/lib/kernel/clock';
import {
  halfMonthOf,
  halvesBetween,
  lastDayOf,
  nextHalf,
  periodAround,
  periodOf,
  periodsAround,
  periodsOfYear,
} from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';

/** An area and a half-month (its first day) in which something may read differently now. */
export interface Touched {
  readonly areaId: number;
  readonly half: string;
  /** Where just one of the measures that are counted alike is meant. */
  readonly measure?: string;
}

/** A cell to count anew. `at`: the half-month whose end is set beside that of the one before, for what is told of a moment; `measure`: where just one is meant. */
export interface Cell {
  readonly areaId: number;
  readonly period: string;
  readonly year: number;
  readonly at?: string;
  readonly measure?: string;
}

/** The half-month a moment lies in, in the portal's zone. */
export function halfOf(moment: Date): string {
  return halfMonthOf(dayOf(moment));
}

const periodsOf = new Map<string, Period[]>();

/** The six periods a half-month counts in; those of other centuries have no name and are left out. */
function periodsOfHalf(half: string): Period[] {
  let found = periodsOf.get(half);
  if (!found) periodsOf.set(half, (found = periodsAround(half).filter(({ key }) => periodOf(key))));
  return found;
}

/** The periods that hold any of these half-months. */
function periodsOfHalves(halves: Iterable<string>): Period[] {
  const found = new Map<string, Period>();
  for (const half of halves) for (const period of periodsOfHalf(half)) found.set(period.key, period);
  return [...found.values()];
}

/** The cells in which something of the touched half-months counts. */
export function cellsAround(touched: Iterable<Touched>): Cell[] {
  const groups = new Map<string, { about: Pick<Cell, 'areaId' | 'measure'>; halves: Set<string> }>();
  for (const { areaId, half, measure } of touched) {
    const key = `${areaId} ${measure ?? ''}`;
    const known = groups.get(key);
    if (known) known.halves.add(half);
    else groups.set(key, { about: { areaId, ...(measure ? { measure } : {}) }, halves: new Set([half]) });
  }
  return [...groups.values()].flatMap(({ about, halves }) =>
    periodsOfHalves(halves).map(({ key, year }) => ({ ...about, period: key, year })),
  );
}

/** Which half-months the periods of the cells are made of. */
export function spansOf(cells: readonly Cell[]): { period: string; half: string }[] {
  return [...new Set(cells.map(({ period }) => period))].flatMap((key) => {
    const period = periodOf(key);
    if (!period) return [];
    return halvesBetween(period.from, halfMonthOf(lastDayOf(period))).map((half) => ({ period: key, half }));
  });
}

/** The period that a change of how things stand is kept by. */
export const standingKey = (half: string) => `s${half}`;

/** The cells that tell by how much things stand differently from a touched half-month's end on. */
export function standingCells(touched: Iterable<Touched>): Cell[] {
  const cells = new Map<string, Cell>();
  for (const { areaId, half, measure } of touched)
    cells.set(`${areaId} ${half} ${measure ?? ''}`, {
      areaId,
      period: standingKey(half),
      year: Number(half.slice(0, 4)),
      at: half,
      ...(measure ? { measure } : {}),
    });
  return [...cells.values()];
}

/** The first half-months of the years that began since one, in either calendar. */
export function newYearsSince(half: string, now: Date): string[] {
  const last = periodAround(dayOf(now), 'administrative', 'year').year;
  const first = Number(half.slice(0, 4)) + 1;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => `${first + at}-01-01`);
}

/** The periods of a year that have begun, each with the key up to which changes tell how things stood at its end. */
export function standingPeriods(year: number, now: Date): { period: string; until: string }[] {
  const today = dayOf(now);
  return periodsOfYear(year).flatMap((key) => {
    const period = periodOf(key);
    return period && period.from <= today ? [{ period: key, until: standingKey(halfMonthOf(lastDayOf(period))) }] : [];
  });
}

/** The half-months that began since another run counted. */
export function halvesSince(run: string, now: Date): string[] {
  return halvesBetween(nextHalf(run), halfOf(now));
}
