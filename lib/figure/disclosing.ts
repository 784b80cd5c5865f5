import type { SystemTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import {
  besideOf,
  boundedBy,
  boundingOf,
  isAboutLearners,
  isOfMany,
  isOfUnits,
  learnerMeasures,
  ofMany,
  partsOf,
  wholeOf,
} from '@/lib/disclosure/rules';
import {
  ofWhole,
  toNearest,
  type BlockCell,
  type BlockPart,
  type Catalogue,
  type DisclosureRule,
} from '@/lib/disclosure/schema';
import { emptyCells, yearsOf, type Years } from './begun';
import { cellsOf, hiddenPeriods, listIn, type ByMeasure } from './block-cells';
import type { Changed } from './cells';
import { rosterMeasures } from './schema';
import { toldInReports } from './told';

/** One question to the rule: what may be shown of a measure in an area. */
interface Question {
  readonly areaId: number;
  readonly measure: string;
}

const keyOf = ({ areaId, measure }: Question) => `${areaId} ${measure}`;

/** How many blocks are read and written at once. */
const atOnce = 40;

/** What nobody decides of: rosters are shown as they stand. */
const isOfRoster = (measure: string) => rosterMeasures.some((one) => one === measure);

/** Where there is no rule everything is shown. */
const everything: DisclosureRule = () => ({ hides: () => false, children: new Map() });

/**
 * Asks the rule of every block that the changed cells touch, from the top of the tree down, and writes `figure` by its answers. Where a decision
 * about a child reads differently than before, the child's block is asked too.
 */
export async function judge(
  tx: SystemTx,
  changed: readonly Changed[],
  rule: DisclosureRule | null,
  now: Date,
): Promise<void> {
  if (changed.length === 0) return;
  const tree = await treeOf(tx);
  const questions = changed.flatMap(({ areaId, measure }): Question[] => {
    const parent = tree.parents.get(areaId);
    if (!isOfRoster(measure) && !isAboutLearners(measure)) return [];
    return [areaId, ...(parent === undefined ? [] : [parent])].flatMap((id) =>
      (rule ? withThose(measure) : [measure]).map((one) => ({ areaId: id, measure: one })),
    );
  });
  await ask(tx, tree, questions, rule, now);
}

/** A measure and those that are decided by its numbers. */
const withThose = (measure: string) => [measure, besideOf(measure), ...partsOf(measure)].flatMap((one) => one ?? []);

/** What else must be asked where a measure is that others must not tell the bounds of: skills somebody was seen in, those of the core set that nobody was, and the like. */
async function boundingIn(tx: SystemTx, questions: readonly Question[]): Promise<Question[]> {
  const bounded = boundedBy('skill_') ?? '';
  const areas = [...new Set(questions.filter(({ measure }) => measure === bounded).map(({ areaId }) => areaId))];
  if (areas.length === 0) return [];
  return tx<Question[]>`
    select distinct area_id, measure from figure_exact where area_id = any(${areas}::int[]) and starts_with(measure, 'skill_')
    union select area_id, 'skill_' || skill_code from unnest(${areas}::int[]) area_id, skill_version where core and valid_to is null
    union select area_id, measure from unnest(${areas}::int[]) area_id, unnest(${[...boundingOf(bounded)]}::text[]) measure`;
}

/** How many skills there are today, and of the core set. */
async function catalogueOf(tx: SystemTx): Promise<Catalogue> {
  const [found] = await tx<Catalogue[]>`
    select count(*)::int as all, count(*) filter (where core)::int as core from skill_version where valid_to is null`;
  return found ?? { all: 0, core: 0 };
}

/**
 * Makes all of `figure` what the totals and the rule say, whatever stood there; says how many cells differed. Where there is no rule everything is
 * shown.
 */
export async function judgeAll(tx: SystemTx, rule: DisclosureRule | null, now: Date): Promise<number> {
  const [found] = await tx<{ wrong: number }[]>`
    with wrong as materialized (
      select area_id, period, measure, grp, e.value, e.denominator
      from (select * from figure_exact e where not ${isAsked(tx)}) e
      full join (select * from figure e where not ${isAsked(tx)}) f using (area_id, period, measure, grp)
      where (e.value, e.denominator) is distinct from (f.value, f.denominator)),
    gone as (
      delete from figure f using wrong w
      where (f.area_id, f.period, f.measure, f.grp) = (w.area_id, w.period, w.measure, w.grp) and w.denominator is null),
    put as (
      insert into figure (area_id, period, measure, grp, value, denominator, computed_at)
      select area_id, period, measure, grp, value, denominator, now() from wrong where denominator is not null
      on conflict (area_id, period, measure, grp)
      do update set value = excluded.value, denominator = excluded.denominator, computed_at = excluded.computed_at)
    select count(*)::int as wrong from wrong`;
  await tx`delete from figure_block`;
  const tree = await treeOf(tx);
  const stored = await tx<Question[]>`
    select distinct e.area_id, e.measure
    from (select area_id, measure from figure_exact union all select area_id, measure from figure) e
    where ${isAsked(tx)}`;
  const villages = rule ? [...tree.villages] : [];
  const { count: untold } = await tx`
    delete from figure where measure ~ ${ofMany} and area_id = any(${villages}::int[])`;
  const questions = rule
    ? stored.flatMap(({ areaId, measure }) => withThose(measure).map((one) => ({ areaId, measure: one })))
    : stored;
  return (found?.wrong ?? 0) + untold + (await ask(tx, tree, questions, rule, now));
}

/** Whether the measure of `e` is written here. */
const isAsked = (tx: SystemTx) =>
  tx`(e.measure = any(${[...learnerMeasures, ...rosterMeasures]}::text[]) or e.measure ~ ${ofMany})`;

interface Tree {
  readonly parents: ReadonlyMap<number, number>;
  readonly children: ReadonlyMap<number, readonly number[]>;
  /** How many areas lie above one. */
  readonly depths: ReadonlyMap<number, number>;
  /** Those that lie below a unit. */
  readonly villages: ReadonlySet<number>;
}

async function treeOf(tx: SystemTx): Promise<Tree> {
  const rows = await tx<{ areaId: number; parent: number | null; depth: number; village: boolean }[]>`
    select t.area_id, min(t.ancestor_id) filter (where t.depth = 1) as parent, count(*)::int as depth,
      bool_or(t.depth > 0 and a.kind in ${tx(unitKinds)}) as village
    from area_tree t join area a on a.id = t.ancestor_id group by t.area_id order by t.area_id`;
  const children = new Map<number, number[]>();
  for (const { areaId, parent } of rows) if (parent !== null) listIn(children, parent).push(areaId);
  return {
    parents: new Map(rows.flatMap(({ areaId, parent }) => (parent === null ? [] : [[areaId, parent] as const]))),
    children,
    depths: new Map(rows.map(({ areaId, depth }) => [areaId, depth])),
    villages: new Set(rows.flatMap(({ areaId, village }) => (village ? [areaId] : []))),
  };
}

/** Of many measures alike nothing is written of villages, where each is of so few people that nothing of it could be shown. */
const isWritten = ({ areaId, measure }: Question, tree: Tree) => !isOfMany(measure) || !tree.villages.has(areaId);
/** Whether something of a measure may be told there. */
const isTold = ({ areaId, measure }: Question, tree: Tree) => !isOfUnits(measure) || !tree.villages.has(areaId);

async function ask(
  tx: SystemTx,
  tree: Tree,
  questions: readonly Question[],
  rule: DisclosureRule | null,
  now: Date,
): Promise<number> {
  const told = rule ? questions.filter((one) => isWritten(one, tree)) : questions;
  const [years, catalogue] = [await yearsOf(tx, now), await catalogueOf(tx)];
  const waiting = new Map(told.map((one) => [keyOf(one), one]));
  const depthOf = ({ areaId }: Question) => tree.depths.get(areaId) ?? 0;
  let written = 0;
  while (waiting.size > 0) {
    let top = Infinity;
    for (const one of waiting.values()) top = Math.min(top, depthOf(one));
    const level = [...waiting.values()].filter((each) => depthOf(each) === top);
    for (const one of level) waiting.delete(keyOf(one));
    const take = async (asked: readonly Question[]) => {
      for (const batch of asBatches(asked)) {
        const answer = await askTogether(tx, tree, batch, rule, { ...years, catalogue });
        written += answer.written;
        for (const child of answer.news) waiting.set(keyOf(child), child);
      }
    };
    // What others must not tell the bounds of is decided first.
    const isFirst = ({ measure }: Question) => boundedBy(measure) === null;
    const first = level.filter(isFirst);
    await take(first);
    const bounding = rule ? (await boundingIn(tx, first)).filter((one) => isWritten(one, tree)) : [];
    await take([...level.filter((one) => !isFirst(one)), ...bounding]);
  }
  return written;
}

/** Some areas of one depth, of which the same is asked. */
interface Batch {
  readonly areas: readonly number[];
  readonly measures: readonly string[];
}

const kindOf = (measure: string) =>
  isOfRoster(measure) ? 'roster' : isOfMany(measure) ? measure.slice(0, measure.indexOf('_')) : 'people';

/** Questions are asked together, for some areas at a time: by what they are about, all single skills as one, all that people were helped with as one. */
function asBatches(questions: readonly Question[]): Batch[] {
  const alike = new Map<string, Question[]>();
  for (const one of questions) listIn(alike, kindOf(one.measure)).push(one);
  return [...alike.values()].flatMap((asked) => {
    const areas = [...new Set(asked.map(({ areaId }) => areaId))];
    const measures = [...new Set(asked.map(({ measure }) => measure))];
    return Array.from({ length: Math.ceil(areas.length / atOnce) }, (_, nth) => ({
      areas: areas.slice(nth * atOnce, (nth + 1) * atOnce),
      measures,
    }));
  });
}

/**
 * Asks the rule about some areas and one year, for some measures, and writes what it says; names the children (and measures) of which it says
 * something new.
 */
async function askTogether(
  tx: SystemTx,
  tree: Tree,
  batch: Batch,
  rule: DisclosureRule | null,
  years: Years & { readonly catalogue: Catalogue },
): Promise<{ written: number; news: readonly Question[] }> {
  const { areas, measures } = batch;
  const below = rule ? areas.flatMap((area) => tree.children.get(area) ?? []) : [];
  const withOthers = (one: string) => [one, wholeOf(one) ?? one, besideOf(one) ?? boundedBy(one) ?? one];
  const read = rule ? [...new Set(measures.flatMap(withOthers))] : measures;
  const cells = await cellsOf(tx, 'figure_exact', [...areas, ...below], read, rule, years);
  const own = rule ? await cellsOf(tx, 'figure_own', areas, read, rule, years) : new Map<number, ByMeasure>();
  const hidden = rule ? await hiddenPeriods(tx, areas, measures) : null;
  const signing = [...areas, ...below].filter((one) => !tree.villages.has(one));
  const told = rule ? await toldInReports(tx, signing, measures, cells) : null;
  // As text: the connection gives keys of JSON other names.
  const above = await tx<(Question & { decision: string })[]>`
    select area_id, measure, decision::text as decision from figure_block where area_id = any(${[...areas]}::int[])`;
  const decided = new Map(above.map((one) => [keyOf(one), JSON.parse(one.decision) as unknown]));
  const shown: (BlockCell & { areaId: number; hidden: boolean })[] = [];
  const decisions: (Question & { decision: string })[] = [];
  for (const areaId of areas)
    for (const measure of measures) {
      const question = { areaId, measure };
      const [whole, beside] = rule ? [wholeOf(measure), besideOf(measure) ?? boundedBy(measure)] : [null, null];
      const counted = (of: number, found: ReadonlyMap<number, ByMeasure>, what = measure) =>
        found.get(of)?.get(what) ?? [];
      const part = (of: number, found: ReadonlyMap<number, ByMeasure>): BlockPart => {
        const alone = counted(of, found);
        const told = beside !== null && isTold({ areaId: of, measure: beside }, tree);
        const other = told ? counted(of, found, beside).filter(({ group }) => group === 'all') : [];
        return {
          areaId: of,
          cells: whole ? ofWhole(measure, alone, counted(of, found, whole)) : [...alone, ...other],
        };
      };
      const exact = (of: number): BlockPart => {
        const said = told?.get(keyOf({ areaId: of, measure }));
        return { ...part(of, cells), ...(said && { told: said }) };
      };
      const total = exact(areaId);
      const hiddenBeside = hidden?.get(areaId);
      /** What is counted of it, or of what it is read with; of what it only must not tell the bounds of, where that is hidden. */
      const isThere = boundedBy(measure) === null ? total.cells.length > 0 : counted(areaId, cells).length > 0;
      const isHiddenBeside = counted(areaId, cells, beside ?? '').some(({ period }) => hiddenBeside?.has(period));
      const children = (tree.children.get(areaId) ?? []).flatMap((child) =>
        isTold({ ...question, areaId: child }, tree) && cells.get(child)?.has(whole ?? measure) ? [exact(child)] : [],
      );
      const said = (isOfRoster(measure) ? everything : (rule ?? everything))({
        ...question,
        now: years.now,
        // Of whom nothing was decided nothing is shown; only the top has nobody above. What was decided of those who are gone holds no more.
        above: (isThere && decided.get(keyOf(question))) || (tree.parents.has(areaId) ? {} : null),
        total,
        own: part(areaId, own),
        children,
        belowUnit: tree.villages.has(areaId),
        ...(hiddenBeside && { hiddenBeside }),
        catalogue: years.catalogue,
      });
      for (const cell of counted(areaId, cells)) {
        const hidden = said.hides(cell);
        const told = (count: number) => toNearest(count, said.roundedTo?.(cell) ?? 1);
        if (!hidden || cell.group === 'all')
          shown.push({ ...cell, value: told(cell.value), of: told(cell.of), areaId, hidden });
      }
      // Nobody was counted, but that is hidden too.
      const isUntold = !isTold(question, tree) && beside !== null && counted(areaId, cells, beside).length > 0;
      const empty = rule && !isOfRoster(measure) && (isThere || isHiddenBeside || isUntold);
      for (const cell of empty ? emptyCells(measure, counted(areaId, cells), years) : [])
        if (said.hides(cell)) shown.push({ ...cell, areaId, hidden: true });
      for (const [child, decision] of said.children)
        decisions.push({ areaId: child, measure, decision: JSON.stringify(decision) });
    }
  const written = await show(tx, batch, shown);
  if (decisions.length === 0) return { written, news: [] };
  const news = await tx<Question[]>`
    insert into figure_block as b (area_id, measure, decision)
    select area_id, measure, decision
    from unnest(${decisions.map((one) => one.areaId)}::int[], ${decisions.map((one) => one.measure)}::text[],
      ${decisions.map((one) => one.decision)}::text[]::jsonb[]) d (area_id, measure, decision)
    on conflict (area_id, measure) do update set decision = excluded.decision where b.decision is distinct from excluded.decision
    returning area_id, measure`;
  return { written, news };
}

/**
 * Writes to `figure` what is shown of a batch; of what is hidden only that everybody's number is (an empty cell), since a group without one then
 * says as much. Says how many read differently than before.
 */
async function show(
  tx: SystemTx,
  { areas, measures }: Batch,
  shown: readonly (BlockCell & { areaId: number; hidden: boolean })[],
): Promise<number> {
  const [row] = await tx<{ wrong: number }[]>`
    with fresh as (
      select n.*, true as told from unnest(${shown.map((c) => c.areaId)}::int[], ${shown.map((c) => c.period)}::text[], ${shown.map((c) => c.measure)}::text[],
        ${shown.map((c) => c.group)}::text[], ${shown.map((c) => (c.hidden ? null : c.value))}::int[], ${shown.map((c) => (c.hidden ? null : c.of))}::int[])
        n (area_id, period, measure, grp, value, denominator)),
    old as (
      select f.area_id, f.period, f.measure, f.grp, f.value, f.denominator, true as was from figure f
      where f.area_id = any(${[...areas]}::int[]) and f.measure = any(${[...measures]}::text[])),
    wrong as materialized (
      select area_id, period, measure, grp, n.value, n.denominator, n.told is null as gone
      from fresh n full join old o using (area_id, period, measure, grp)
      where n.told is null or o.was is null or (n.value, n.denominator) is distinct from (o.value, o.denominator)),
    less as (
      delete from figure f using wrong w
      where (f.area_id, f.period, f.measure, f.grp) = (w.area_id, w.period, w.measure, w.grp) and w.gone),
    put as (
      insert into figure (area_id, period, measure, grp, value, denominator, computed_at)
      select area_id, period, measure, grp, value, denominator, now() from wrong where not gone
      on conflict (area_id, period, measure, grp)
      do update set value = excluded.value, denominator = excluded.denominator, computed_at = excluded.computed_at)
    select count(*)::int as wrong from wrong`;
  return row?.wrong ?? 0;
}
