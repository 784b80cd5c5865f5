import type { SystemTx } from '@/lib/access/scoped';
import type { DisclosureRule } from '@/lib/disclosure/schema';
import { writeCells, writeTotals, type Changed, type Fragment } from './cells';
import { judge, judgeAll } from './disclosing';
import { cellsAround, halvesSince, newYearsSince, standingCells, type Cell, type Touched } from './halves';
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
import { countHouseholds, householdCells, householdMeasures, householdsOf } from './households';
import { countHelp, helpCells, minuteCells, minuteMeasures, visitCells, visitMeasures } from './help';
import { countMembers, rosterCells } from './roster';
import { chosenBy, type Chosen, type TouchedRow } from './rows';
import { rosterMeasures } from './schema';
import { countMarks, countSessions, markCells, markMeasures, sessionCells, sessionMeasures } from './sessions';

/** The order matters: core sets follow from skills, people from both, households from people. */
interface Counted {
  readonly sessions: readonly TouchedRow[];
  readonly marks: readonly TouchedRow[];
  readonly skills: readonly TouchedRow[];
  readonly core: readonly TouchedRow[];
  readonly people: readonly TouchedRow[];
  readonly roster: readonly TouchedRow[];
  readonly households: readonly TouchedRow[];
  readonly help: readonly TouchedRow[];
}

const nothing: readonly TouchedRow[] = [];

async function countRows(
  tx: SystemTx,
  which: { sessions: Chosen; people: Chosen; teams: Chosen; households: Chosen; help: Chosen },
): Promise<Counted> {
  const any = (chosen: Chosen) => chosen === 'all' || chosen.length > 0;
  const [sessions, marks] = any(which.sessions)
    ? [await countSessions(tx, which.sessions), await countMarks(tx, which.sessions)]
    : [nothing, nothing];
  const [skills, core, people] = any(which.people)
    ? [await countSkills(tx, which.people), await countCore(tx, which.people), await countPeople(tx, which.people)]
    : [nothing, nothing, nothing];
  const roster = any(which.teams) ? await countMembers(tx, which.teams) : nothing;
  const households = any(which.households) ? await countHouseholds(tx, which.households) : nothing;
  const help = any(which.help) ? await countHelp(tx, which.help) : nothing;
  return { sessions, marks, skills, core, people, roster, households, help };
}

/** Measures that are counted together: by name, or where each cell names its own by how those names begin. */
type Alike = readonly string[] | 'skill' | 'assist';

/** Counts the cells that the touched rows count in. */
async function countCells(
  tx: SystemTx,
  touched: {
    sessions: readonly Touched[];
    marks: readonly Touched[];
    people: readonly Touched[];
    skills: readonly Touched[];
    levels: readonly Touched[];
    core: readonly Touched[];
    roster: readonly Touched[];
    households: readonly Touched[];
    help: readonly Touched[];
  },
  now: Date,
  extent: 'touched' | 'and what is stored' = 'touched',
): Promise<Changed[]> {
  const write = async (touchedCells: readonly Cell[], measures: Alike, counted: Fragment) => {
    const others = extent === 'touched' ? [] : await strays(tx, touchedCells, measures);
    return writeCells(tx, [...touchedCells, ...others], typeof measures === 'string' ? null : measures, counted);
  };
  return [
    await write(cellsAround(touched.sessions), sessionMeasures, sessionCells(tx)),
    await write(cellsAround(touched.marks), markMeasures, markCells(tx)),
    await write(cellsAround(touched.people), peopleMeasures, peopleCells(tx)),
    await write(cellsAround(touched.skills), skillMeasures, skillCells(tx)),
    await write(standingCells(touched.levels), 'skill', levelCells(tx)),
    await write(standingCells(withNewYears(touched.core, now)), coreMeasures, coreCells(tx)),
    await write(standingCells(await wholeRosters(tx, touched.roster)), rosterMeasures, rosterCells(tx)),
    await write(standingCells(touched.households), householdMeasures, householdCells(tx)),
    await write(cellsAround(touched.help.filter(isOfAssists)), 'assist', helpCells(tx)),
    await write(cellsAround(touched.help.filter(isOf(visitMeasures)).map(asOne)), visitMeasures, visitCells(tx)),
    await write(
      cellsAround([...touched.sessions, ...touched.help.filter(isOf(minuteMeasures)).map(asOne)]),
      minuteMeasures,
      minuteCells(tx),
    ),
  ].flat();
}

/** With every half-month in which a roster of the areas changes: a team stands by its members together, so that one who goes moves its beginning. */
async function wholeRosters(tx: SystemTx, touched: readonly Touched[]): Promise<readonly Touched[]> {
  if (touched.length === 0) return touched;
  const areas = [...new Set(touched.map(({ areaId }) => areaId))];
  const others = await tx<Touched[]>`
    select area_id, half::text as half from figure_member where area_id = any(${areas}::int[])
    union select area_id, to_half::text from figure_member where area_id = any(${areas}::int[]) and to_half is not null`;
  return [...touched, ...others];
}

const asOne = ({ areaId, half }: Touched): Touched => ({ areaId, half });

const isOfAssists = ({ measure }: Touched) => measure?.startsWith('assist_') === true;
const isOf =
  (measures: readonly string[]) =>
  ({ measure }: Touched) =>
    measure !== undefined && measures.includes(measure);

export const count = { named, all, forward };

/** Counts the named sessions, people, teams, households and help, and everything that their change bears on. */
async function named(
  tx: SystemTx,
  changed: {
    sessions: readonly string[];
    people: readonly string[];
    teams: readonly string[];
    households: readonly string[];
    help: readonly string[];
  },
  now: Date,
  rule: DisclosureRule | null,
): Promise<void> {
  const people = await peopleOf(tx, changed.sessions, changed.people);
  const sessions = await sessionsOf(tx, changed.sessions, changed.people);
  const households = [...new Set([...changed.households, ...(await householdsOf(tx, people))])];
  const rows = await countRows(tx, { sessions, people, teams: changed.teams, households, help: changed.help });
  const touched = { ...rows, skills: rows.skills.filter(counts).map(asOne), levels: rows.skills.flatMap(ofMeasure) };
  await judge(tx, await countCells(tx, touched, now), rule, now);
}

const counts = ({ ends }: TouchedRow) => !ends;

const ofMeasure = ({ areaId, half, measure }: TouchedRow): Touched[] => (measure ? [{ areaId, half, measure }] : []);

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
  const found = await countRows(tx, { sessions: 'all', people: 'all', teams: 'all', households: 'all', help: 'all' });
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
    skills: [...wherever.skills, ...found.skills.filter(counts).map(asOne)],
    levels: [...wherever.levels, ...found.skills.flatMap(ofMeasure)],
    core: [...wherever.core, ...found.core],
    roster: [...wherever.roster, ...found.roster],
    households: [...wherever.households, ...found.households],
    help: [...wherever.help, ...found.help],
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
async function strays(tx: SystemTx, cells: readonly Cell[], measures: Alike): Promise<Cell[]> {
  const keyOf = (cell: Cell) => `${cell.areaId} ${cell.period} ${cell.measure ?? ''}`;
  const counted = new Set(cells.map(keyOf));
  const where = tx`area_id, period, left(ltrim(period, 'ks'), 4)::int as year`;
  const stored = await (typeof measures === 'string'
    ? tx<Cell[]>`select distinct ${where}, measure from figure_own where starts_with(measure, ${`${measures}_`})`
    : tx<Cell[]>`select distinct ${where} from figure_own where measure = any(${[...measures]}::text[])`);
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
    help: await tx<Touched[]>`select distinct area_id, half::text as half, measure from figure_help`,
    ...(await whereverStanding(tx)),
  };
}

/** Where and when anything that is told of a moment begins or ends. */
async function whereverStanding(
  tx: SystemTx,
): Promise<Pick<Parameters<typeof countCells>[1], 'levels' | 'core' | 'roster' | 'households'>> {
  const ends = (columns: string, table: string) =>
    tx.unsafe(`select ${columns}, half::text as half from ${table}
      union select ${columns}, to_half::text from ${table} where to_half is not null`);
  return {
    levels: await tx<Touched[]>`${ends(`area_id, 'skill_' || skill_code as measure`, 'figure_skill')}`,
    core: await tx<Touched[]>`${ends('area_id', 'figure_core')}`,
    roster: await tx<Touched[]>`${ends('area_id', 'figure_member')}`,
    households: await tx<Touched[]>`${ends('area_id', 'figure_household')}`,
  };
}

/** With the first half-month of every year since in each area: ages are others then. */
function withNewYears(touched: readonly Touched[], now: Date): Touched[] {
  const sinceWhen = new Map<number, string>();
  for (const { areaId, half } of touched) {
    const known = sinceWhen.get(areaId);
    if (known === undefined || half < known) sinceWhen.set(areaId, half);
  }
  return [
    ...touched,
    ...[...sinceWhen].flatMap(([areaId, half]) => newYearsSince(half, now).map((year) => ({ areaId, half: year }))),
  ];
}

/** A new half-month begins with everything as it stood: nobody has to do anything for it. What stands is shown in the periods that begin with it. */
async function forward(tx: SystemTx, now: Date, rule: DisclosureRule | null): Promise<void> {
  const [run] = await tx<{ half: string }[]>`select half::text from figure_run`;
  const [first] = run ? halvesSince(run.half, now) : [];
  if (!run || !first) return;
  const none: Touched[] = [];
  const areas = await tx<{ areaId: number }[]>`select distinct area_id from figure_core`;
  const core = areas.map(({ areaId }) => ({ areaId, half: run.half }));
  const touched = {
    sessions: none,
    marks: none,
    people: none,
    skills: none,
    levels: none,
    core,
    roster: none,
    households: none,
    help: none,
  };
  const changed = await countCells(tx, touched, now);
  const stands = await tx<Changed[]>`
    select distinct area_id, ${Number(run.half.slice(0, 4))}::int as year, measure, 0 as cells from figure_exact where period >= 's'`;
  await judge(tx, [...changed, ...stands], rule, now);
}

/** Sums every total anew from own cells. Says what differed, by measure. */
export const sumTotals = async (tx: SystemTx): Promise<Record<string, number>> => byMeasure(await writeTotals(tx));

/** Judges everything anew of what may be shown. Says how much of it was shown otherwise, if any. */
export async function showAll(tx: SystemTx, now: Date, rule: DisclosureRule | null): Promise<Record<string, number>> {
  const shown = await judgeAll(tx, rule, now);
  return shown > 0 ? { shown } : {};
}
