import { addDays, dayOf } from '@/lib/kernel/clock';
import { halfMonthOf, lastDayOf, periodOf, periodsAround } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';

/** An area and a half-month (its first day) in which something may read differently now. */
export interface Touched {
  readonly areaId: number;
  readonly half: string;
}

/** A cell to count anew. `at`: the half-month at whose end things stand, for what is told of a moment; `measure`: where just one is meant. */
export interface Cell {
  readonly areaId: number;
  readonly period: string;
  readonly year: number;
  readonly at?: string;
  readonly measure?: string;
}

/** The half-month after one. */
export function nextHalf(half: string): string {
  return half.endsWith('01') ? `${half.slice(0, 8)}15` : `${addDays(half, 17).slice(0, 7)}-01`;
}

/** The half-months from one to another, both included; none when they are the wrong way round. */
export function halvesBetween(from: string, to: string): string[] {
  const halves: string[] = [];
  for (let half = from; half <= to && halves.length < 2400; half = nextHalf(half)) halves.push(half);
  return halves;
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
  const byArea = new Map<number, Set<string>>();
  for (const { areaId, half } of touched) {
    const known = byArea.get(areaId);
    if (known) known.add(half);
    else byArea.set(areaId, new Set([half]));
  }
  return [...byArea].flatMap(([areaId, halves]) =>
    periodsOfHalves(halves).map(({ key, year }) => ({ areaId, period: key, year })),
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

/**
 * The cells that tell how things stand at a period's end, or now while it runs, from the first touched half-month of each area (and measure) on:
 * what began then says something about every period since.
 */
export function standingCells(touched: Iterable<Touched & { measure?: string }>, now: Date): Cell[] {
  const current = halfOf(now);
  const first = new Map<string, Touched & { measure?: string }>();
  for (const one of touched) {
    const key = `${one.areaId} ${one.measure ?? ''}`;
    const known = first.get(key);
    if (!known || one.half < known.half) first.set(key, one);
  }
  const since = new Map<string, { period: string; year: number; at: string }[]>();
  const periodsSince = (half: string) => {
    let found = since.get(half);
    if (!found) {
      found = periodsOfHalves(halvesBetween(half, current)).map((period) => {
        const last = halfMonthOf(lastDayOf(period));
        return { period: period.key, year: period.year, at: last < current ? last : current };
      });
      since.set(half, found);
    }
    return found;
  };
  return [...first.values()].flatMap(({ areaId, half, measure }) =>
    periodsSince(half).map((period) => ({ areaId, ...period, ...(measure ? { measure } : {}) })),
  );
}

/** Every period named by a year, in both calendars. */
export function periodsOfYear(year: number): string[] {
  const halves = halvesBetween(`${year - 1}-12-15`, `${year}-12-15`);
  return periodsOfHalves(halves).flatMap((period) => (period.year === year ? [period.key] : []));
}

/** The half-months that began since another run counted. */
export function halvesSince(run: string, now: Date): string[] {
  return halvesBetween(nextHalf(run), halfOf(now));
}
