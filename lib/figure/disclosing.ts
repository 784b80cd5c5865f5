import type { SystemTx } from '@/lib/access/scoped';
import { familyOf, measuresOf, type BlockCell, type BlockPart, type DisclosureRule } from '@/lib/disclosure/rules';
import type { Changed } from './cells';
import { periodsOfYear } from './halves';

/** One question to the rule: what may be shown of an area in a year, for a family of measures. */
interface Question {
  readonly areaId: number;
  readonly year: number;
  readonly family: string;
}

const keyOf = ({ areaId, year, family }: Question) => `${areaId} ${year} ${family}`;

/**
 * Asks the rule of every block that the changed cells touch, from the top of the tree down, and writes `figure` by its answers. Where a decision
 * about a child reads differently than before, the child's block is asked too.
 */
export async function judge(tx: SystemTx, changed: readonly Changed[], rule: DisclosureRule | null): Promise<void> {
  if (!rule || changed.length === 0) return;
  const tree = await treeOf(tx);
  const questions = changed.flatMap(({ areaId, year, measure }): Question[] => {
    const family = familyOf(measure);
    const parent = tree.parents.get(areaId);
    if (!family) return [];
    return [areaId, ...(parent === undefined ? [] : [parent])].map((id) => ({ areaId: id, year, family }));
  });
  await ask(tx, tree, questions, rule);
}

/**
 * Makes all of `figure` what the totals and the rule say, whatever stood there; says how many cells differed. Where there is no rule everything is
 * shown.
 */
export async function judgeAll(tx: SystemTx, rule: DisclosureRule | null): Promise<number> {
  const open = rule ? tx`${familyIs(tx)} is null` : tx`true`;
  const [found] = await tx<{ wrong: number }[]>`
    with wrong as materialized (
      select area_id, period, measure, grp, e.value, e.denominator
      from figure_exact e full join figure f using (area_id, period, measure, grp)
      where e.denominator is null or ${open} and (e.value, e.denominator) is distinct from (f.value, f.denominator)),
    gone as (
      delete from figure f using wrong w
      where (f.area_id, f.period, f.measure, f.grp) = (w.area_id, w.period, w.measure, w.grp) and w.denominator is null),
    put as (
      insert into figure (area_id, period, measure, grp, value, denominator, computed_at)
      select area_id, period, measure, grp, value, denominator, now() from wrong where denominator is not null
      on conflict (area_id, period, measure, grp)
      do update set value = excluded.value, denominator = excluded.denominator, computed_at = excluded.computed_at)
    select count(*)::int as wrong from wrong`;
  let wrong = found?.wrong ?? 0;
  await tx`delete from figure_block`;
  if (rule) {
    const questions = await tx<Question[]>`
      select distinct e.area_id, left(ltrim(e.period, 'k'), 4)::int as year, ${familyIs(tx)} as family
      from figure_exact e where ${familyIs(tx)} is not null`;
    wrong += await ask(tx, await treeOf(tx), questions, rule);
  }
  return wrong;
}

/** The family of the measure of `e`, as `familyOf` has it. */
const familyIs = (tx: SystemTx) =>
  tx`case when e.measure = any(${[...measuresOf('people')]}::text[]) then 'people' when e.measure like 'skill\\_%' then e.measure end`;

interface Tree {
  readonly parents: ReadonlyMap<number, number>;
  /** How many areas lie above one. */
  readonly depths: ReadonlyMap<number, number>;
}

async function treeOf(tx: SystemTx): Promise<Tree> {
  const rows = await tx<{ areaId: number; parent: number | null; depth: number }[]>`
    select area_id, min(ancestor_id) filter (where depth = 1) as parent, count(*)::int as depth from area_tree group by area_id`;
  return {
    parents: new Map(rows.flatMap(({ areaId, parent }) => (parent === null ? [] : [[areaId, parent] as const]))),
    depths: new Map(rows.map(({ areaId, depth }) => [areaId, depth])),
  };
}

async function ask(tx: SystemTx, tree: Tree, questions: readonly Question[], rule: DisclosureRule): Promise<number> {
  const waiting = new Map(questions.map((one) => [keyOf(one), one]));
  const depthOf = ({ areaId }: Question) => tree.depths.get(areaId) ?? 0;
  let written = 0;
  while (waiting.size > 0) {
    const top = Math.min(...[...waiting.values()].map(depthOf));
    const level = [...waiting.values()].filter((each) => depthOf(each) === top);
    for (const one of level) waiting.delete(keyOf(one));
    for (const together of byAreaAndYear(level)) {
      const answer = await askTogether(tx, tree, together, rule);
      written += answer.written;
      for (const child of answer.news) waiting.set(keyOf(child), child);
    }
  }
  return written;
}

/** Questions about one area and year are asked together, whatever the family. */
function byAreaAndYear(questions: readonly Question[]): Question[][] {
  const found = new Map<string, Question[]>();
  for (const one of questions) {
    const key = `${one.areaId} ${one.year}`;
    const known = found.get(key);
    if (known) known.push(one);
    else found.set(key, [one]);
  }
  return [...found.values()];
}

type Row = readonly [period: string, measure: string, group: string, value: number, of: number];

/**
 * Asks the rule about one area and year, for some families, and writes what it says; names the children (and families) of which it says something
 * new.
 */
async function askTogether(
  tx: SystemTx,
  tree: Tree,
  questions: readonly Question[],
  rule: DisclosureRule,
): Promise<{ written: number; news: readonly Question[] }> {
  const [first] = questions;
  if (!first) return { written: 0, news: [] };
  const { areaId, year } = first;
  const periods = periodsOfYear(year);
  const families = questions.map(({ family }) => family);
  const measures = families.flatMap(measuresOf);
  const cellsIn = (table: 'figure_exact' | 'figure_own') => tx`
    coalesce((select json_agg(json_build_array(f.period, f.measure, f.grp, f.value, f.denominator))
      from ${tx(table)} f where f.area_id = t.area_id and f.period = any(${periods}::text[]) and f.measure = any(${measures}::text[])), '[]')`;
  const rows = await tx<{ areaId: number; depth: number; cells: Row[]; own: Row[] | null }[]>`
    select t.area_id, t.depth, ${cellsIn('figure_exact')} as cells, case when t.depth = 0 then ${cellsIn('figure_own')} end as own
    from area_tree t where t.ancestor_id = ${areaId} and t.depth <= 1 order by t.area_id`;
  const above = await tx<{ family: string; decision: unknown }[]>`
    select family, decision from figure_block where area_id = ${areaId} and year = ${year}`;
  const decided = new Map(above.map(({ family, decision }) => [family, decision]));
  const parts = rows.map((row) => ({ ...row, cells: byFamily(row.cells), own: byFamily(row.own ?? []) }));
  const me = parts.find(({ depth }) => depth === 0);
  // Of whom nothing was decided nothing is shown; only the top has nobody above.
  const isTop = !tree.parents.has(areaId);
  const hidden: BlockCell[] = [];
  const decisions: (Question & { decision: string })[] = [];
  for (const family of families) {
    const part = (of: number, cells: readonly BlockCell[] | undefined): BlockPart => ({
      areaId: of,
      cells: cells ?? [],
    });
    const total = part(areaId, me?.cells.get(family));
    const children = parts.flatMap((row) =>
      row.depth === 1 && row.cells.has(family) ? [part(row.areaId, row.cells.get(family))] : [],
    );
    const own = part(areaId, me?.own.get(family));
    const said = rule({
      areaId,
      year,
      family,
      above: decided.get(family) ?? (isTop ? null : {}),
      total,
      own,
      children,
    });
    hidden.push(...total.cells.filter(said.hides));
    for (const [child, decision] of said.children)
      decisions.push({ areaId: child, year, family, decision: JSON.stringify(decision) });
  }
  const written = await show(tx, { areaId, periods, measures }, hidden);
  if (decisions.length === 0) return { written, news: [] };
  const news = await tx<Question[]>`
    insert into figure_block as b (area_id, year, family, decision)
    select area_id, ${year}, family, decision
    from unnest(${decisions.map((one) => one.areaId)}::int[], ${decisions.map((one) => one.family)}::text[],
      ${decisions.map((one) => one.decision)}::text[]::jsonb[]) d (area_id, family, decision)
    on conflict (area_id, year, family) do update set decision = excluded.decision where b.decision is distinct from excluded.decision
    returning area_id, year, family`;
  return { written, news };
}

function byFamily(cells: readonly Row[]): Map<string, BlockCell[]> {
  const found = new Map<string, BlockCell[]>();
  for (const [period, measure, group, value, of] of cells) {
    const family = familyOf(measure) ?? '';
    const known = found.get(family);
    if (known) known.push({ period, measure, group, value, of });
    else found.set(family, [{ period, measure, group, value, of }]);
  }
  return found;
}

/** Writes the cells of a block to `figure`, those hidden empty; says how many read differently than before. */
async function show(
  tx: SystemTx,
  { areaId, periods, measures }: { areaId: number; periods: readonly string[]; measures: readonly string[] },
  hidden: readonly BlockCell[],
): Promise<number> {
  const [row] = await tx<{ wrong: number }[]>`
    with hidden as materialized (
      select * from unnest(${hidden.map((cell) => cell.period)}::text[], ${hidden.map((cell) => cell.measure)}::text[],
        ${hidden.map((cell) => cell.group)}::text[]) h (period, measure, grp)),
    fresh as (
      select e.period, e.measure, e.grp, case when h.period is null then e.value end as value, case when h.period is null then e.denominator end as denominator
      from figure_exact e left join hidden h on (h.period, h.measure, h.grp) = (e.period, e.measure, e.grp)
      where e.area_id = ${areaId} and e.period = any(${[...periods]}::text[]) and e.measure = any(${[...measures]}::text[])),
    old as (
      select f.period, f.measure, f.grp, f.value, f.denominator from figure f
      where f.area_id = ${areaId} and f.period = any(${[...periods]}::text[]) and f.measure = any(${[...measures]}::text[])),
    wrong as materialized (
      select period, measure, grp, n.value, n.denominator, n.period is null as gone
      from fresh n full join old o using (period, measure, grp)
      where n is null or o is null or (n.value, n.denominator) is distinct from (o.value, o.denominator)),
    less as (
      delete from figure f using wrong w
      where f.area_id = ${areaId} and (f.period, f.measure, f.grp) = (w.period, w.measure, w.grp) and w.gone),
    put as (
      insert into figure (area_id, period, measure, grp, value, denominator, computed_at)
      select ${areaId}, period, measure, grp, value, denominator, now() from wrong where not gone
      on conflict (area_id, period, measure, grp)
      do update set value = excluded.value, denominator = excluded.denominator, computed_at = excluded.computed_at)
    select count(*)::int as wrong from wrong`;
  return row?.wrong ?? 0;
}
