import type { SystemTx } from '@/lib/access/scoped';
import type { DisclosureRule } from '@/lib/disclosure/rules';
import { writeCells, writeTotals, type Changed, type Fragment } from './cells';
import { judge, judgeAll } from './disclosing';
import { cellsAround, halvesSince, standingCells, type Cell, type Touched } from './halves';
import {
  coreCells,
  coreMeasures,
  countCore,
  countPeople,
  countSkills,
  levelCells,
  peopleCells,
  peopleMeasures,
  skillCells,
  skillMeasures,
} from './people';
import { countMembers, rosterCells, rosterMeasures } from './roster';
import { chosenBy, type Chosen, type TouchedRow } from './rows';
import { countMarks, countSessions, markCells, markMeasures, sessionCells, sessionMeasures } from './sessions';

/** The order matters: core sets follow from skills, people from both. */
interface Counted {
  readonly sessions: readonly TouchedRow[];
  readonly marks: readonly TouchedRow[];
  readonly skills: readonly TouchedRow[];
  readonly core: readonly TouchedRow[];
  readonly people: readonly TouchedRow[];
  readonly roster: readonly TouchedRow[];
}

const nothing: readonly TouchedRow[] = [];

async function countRows(tx: SystemTx, which: { sessions: Chosen; people: Chosen; teams: Chosen }): Promise<Counted> {
  const any = (chosen: Chosen) => chosen === 'all' || chosen.length > 0;
  const [sessions, marks] = any(which.sessions)
    ? [await countSessions(tx, which.sessions), await countMarks(tx, which.sessions)]
    : [nothing, nothing];
  const [skills, core, people] = any(which.people)
    ? [await countSkills(tx, which.people), await countCore(tx, which.people), await countPeople(tx, which.people)]
    : [nothing, nothing, nothing];
  const roster = any(which.teams) ? await countMembers(tx, which.teams) : nothing;
  return { sessions, marks, skills, core, people, roster };
}

type Standing = Touched & { measure?: string };

/** Counts the cells that the touched rows count in. */
async function countCells(
  tx: SystemTx,
  touched: {
    sessions: readonly Touched[];
    marks: readonly Touched[];
    people: readonly Touched[];
    skills: readonly Touched[];
    levels: readonly Standing[];
    core: readonly Touched[];
    roster: readonly Touched[];
  },
  now: Date,
  extent: 'touched' | 'and what is stored' = 'touched',
): Promise<Changed[]> {
  const write = async (touchedCells: readonly Cell[], measures: readonly string[] | null, counted: Fragment) => {
    const others = extent === 'touched' ? [] : await strays(tx, touchedCells, measures);
    return writeCells(tx, [...touchedCells, ...others], measures, counted);
  };
  return [
    await write(cellsAround(touched.sessions), sessionMeasures, sessionCells(tx)),
    await write(cellsAround(touched.marks), markMeasures, markCells(tx)),
    await write(cellsAround(touched.people), peopleMeasures, peopleCells(tx)),
    await write(cellsAround(touched.skills), skillMeasures, skillCells(tx)),
    await write(standingCells(touched.levels, now), null, levelCells(tx)),
    await write(standingCells(touched.core, now), coreMeasures, coreCells(tx)),
    await write(standingCells(touched.roster, now), rosterMeasures, rosterCells(tx)),
  ].flat();
}

const asOne = ({ areaId, half }: TouchedRow): Touched => ({ areaId, half });

export const count = { named, all, forward };

/** Counts the named sessions, people and teams, and everything that their change bears on. */
async function named(
  tx: SystemTx,
  changed: { sessions: readonly string[]; people: readonly string[]; teams: readonly string[] },
  now: Date,
  rule: DisclosureRule | null,
): Promise<void> {
  const people = await peopleOf(tx, changed.sessions, changed.people);
  const sessions = await sessionsOf(tx, changed.sessions, changed.people);
  const rows = await countRows(tx, { sessions, people, teams: changed.teams });
  const touched = { ...rows, skills: rows.skills.map(asOne), levels: rows.skills.flatMap(ofMeasure) };
  await judge(tx, await countCells(tx, touched, now), rule);
}

const ofMeasure = ({ areaId, half, measure }: TouchedRow): Standing[] => (measure ? [{ areaId, half, measure }] : []);

/** Everybody marked at the sessions, and the people named, each also as the one they were merged into. */
async function peopleOf(tx: SystemTx, sessions: readonly string[], people: readonly string[]): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    with named (id) as (
      select person_id from attendance where ${chosenBy(tx, 'session_id', sessions)}
      union select unnest(${[...people]}::uuid[]))
    select id from named
    union select p.merged_into from named join person p using (id) where p.merged_into is not null`;
  return rows.map((row) => row.id);
}

/** The sessions named, and those at which the people named were marked: marks are told by group. */
async function sessionsOf(tx: SystemTx, sessions: readonly string[], people: readonly string[]): Promise<string[]> {
  if (people.length === 0) return [...sessions];
  const rows = await tx<{ id: string }[]>`
    with named (id) as materialized (
      select p.id from person p where ${chosenBy(tx, 'p.id', people)} or ${chosenBy(tx, 'p.merged_into', people)})
    select a.session_id as id from named join attendance a on a.person_id = named.id
    union select unnest(${[...sessions]}::uuid[])`;
  return rows.map((row) => row.id);
}

/** Counts everything beside what is there; says what differed, in derived rows by table and in cells by measure. */
async function all(tx: SystemTx, now: Date): Promise<{ rows: Record<string, number>; cells: Record<string, number> }> {
  // The tables it fills are larger than the planner knows: what is right for the few rows it expects would take minutes.
  await tx`select set_config('enable_nestloop', 'off', true)`;
  const found = await countRows(tx, { sessions: 'all', people: 'all', teams: 'all' });
  const rows = Object.fromEntries(
    Object.entries<readonly TouchedRow[]>({ ...found }).flatMap(([table, touched]) => {
      const wrong = touched.reduce((sum, row) => sum + row.rows, 0);
      return wrong > 0 ? [[table, wrong]] : [];
    }),
  );
  const wherever = await whereverCounted(tx);
  const touched = {
    sessions: [...wherever.sessions, ...found.sessions],
    marks: [...wherever.marks, ...found.marks],
    people: [...wherever.people, ...found.people],
    skills: [...wherever.skills, ...found.skills.map(asOne)],
    levels: [...wherever.levels, ...found.skills.flatMap(ofMeasure)],
    core: [...wherever.core, ...found.core],
    roster: [...wherever.roster, ...found.roster],
  };
  const cells = await countCells(tx, touched, now, 'and what is stored');
  await tx`select set_config('enable_nestloop', 'on', true)`;
  return { rows, cells: byMeasure(cells) };
}

function byMeasure(changed: readonly Changed[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { measure, cells } of changed) sums[measure] = (sums[measure] ?? 0) + cells;
  return sums;
}

/** Cells that are stored where nothing counts them. */
async function strays(tx: SystemTx, cells: readonly Cell[], measures: readonly string[] | null): Promise<Cell[]> {
  const keyOf = (cell: Cell) => `${cell.areaId} ${cell.period} ${cell.measure ?? ''}`;
  const counted = new Set(cells.map(keyOf));
  const stored = await (measures
    ? tx<
        Cell[]
      >`select distinct area_id, period, left(ltrim(period, 'k'), 4)::int as year from figure_own where measure = any(${[...measures]}::text[])`
    : tx<
        Cell[]
      >`select distinct area_id, period, left(ltrim(period, 'k'), 4)::int as year, measure from figure_own where measure like 'skill\\_%'`);
  return stored.filter((cell) => !counted.has(keyOf(cell)));
}

/** Where and when anything was counted. */
async function whereverCounted(tx: SystemTx): Promise<Parameters<typeof countCells>[1]> {
  const distinct = (from: string) => tx<Touched[]>`select distinct area_id, half::text as half from ${tx.unsafe(from)}`;
  return {
    sessions:
      await distinct(`(select area_id, half from figure_session union select class_area_id, half from figure_session
      union select shock_area_id, half from figure_session where shock_area_id is not null) f`),
    marks: await distinct('figure_mark'),
    people: await distinct('figure_person'),
    skills: await distinct('figure_skill'),
    ...(await whereverStanding(tx)),
  };
}

/** Since when anything stands that is told of a moment. */
async function whereverStanding(
  tx: SystemTx,
): Promise<Pick<Parameters<typeof countCells>[1], 'levels' | 'core' | 'roster'>> {
  return {
    levels: await tx<Standing[]>`
      select area_id, min(half)::text as half, 'skill_' || skill_code as measure from figure_skill group by area_id, skill_code`,
    core: await tx<Touched[]>`select area_id, min(half)::text as half from figure_core group by area_id`,
    roster: await tx<Touched[]>`select area_id, min(half)::text as half from figure_member group by area_id`,
  };
}

/** A new half-month begins with everything as it stood: nobody has to do anything for it. */
async function forward(tx: SystemTx, now: Date, rule: DisclosureRule | null): Promise<void> {
  const [run] = await tx<{ half: string }[]>`select half::text from figure_run`;
  const [first] = run ? halvesSince(run.half, now) : [];
  if (!first) return;
  const none: Touched[] = [];
  const { levels, core, roster } = await whereverStanding(tx);
  const from = <T extends Touched>(rows: readonly T[]) =>
    rows.map((row) => ({ ...row, half: row.half > first ? row.half : first }));
  const touched = {
    sessions: none,
    marks: none,
    people: none,
    skills: none,
    levels: from(levels),
    core: from(core),
    roster: from(roster),
  };
  await judge(tx, await countCells(tx, touched, now), rule);
}

/** Sums every total anew from own cells: after the tree changed, or to check them. Says what differed, by measure. */
export async function retotal(tx: SystemTx, rule: DisclosureRule | null): Promise<Record<string, number>> {
  const changed = await writeTotals(tx);
  const shown = await judgeAll(tx, rule);
  return { ...byMeasure(changed), ...(shown > 0 ? { shown } : {}) };
}
