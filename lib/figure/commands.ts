import { asSystem, type SystemTx } from '@/lib/access/scoped';
import { log } from '@/lib/kernel/log';
import { monthsBetween } from './rules';
import { addMonths, monthOf, type Measure } from './schema';

/** At most so many changes are taken at once; with more than that waiting, everything is counted anew, which is quicker. */
const batch = 1000;
/** How often the figures are confirmed as fresh while nothing changes. */
const confirmEveryMs = 20_000;

/** Which rows to count: those named, or all of them. */
type Chosen = readonly string[] | 'all';
/** An area and a month in which something may read differently now. */
type Touched = { areaId: number; month: string };

export interface Refreshed {
  /** False when another worker is at it: nothing was done, nothing is lost. */
  readonly mine: boolean;
  readonly changes: number;
}

/**
 * Brings the figures up to date with what changed since the last time. Safe at any moment and from several processes: one works,
 * the others pass. Every cell is counted from the rows, never by adding a difference, so a run that fails or repeats does no harm.
 */
export async function refreshFigures(now = new Date()): Promise<Refreshed> {
  return asSystem('figures: count what changed', async (tx) => {
    if (!(await isDue(tx, now))) return { mine: true, changes: 0 };
    if (!(await claim(tx))) return { mine: false, changes: 0 };
    const changes = await tx<{ sessionId: string | null; personId: string | null }[]>`
      delete from figure_change where id in (select id from figure_change order by id limit ${batch + 1} for update skip locked)
      returning session_id, person_id`;
    const all = changes.length > batch || changes.some((change) => !change.sessionId && !change.personId);
    if (all) await countEverything(tx, now);
    else if (changes.length > 0) {
      const named = (ids: (string | null)[]) => [...new Set(ids.filter((id) => id !== null))];
      await count(tx, named(changes.map((c) => c.sessionId)), named(changes.map((c) => c.personId)), now);
    }
    await carryForward(tx, now);
    await confirm(tx, now);
    return { mine: true, changes: changes.length };
  });
}

/** Counts everything from the rows, as if for the first time. Waits for a worker that is at it. */
export async function rebuildFigures(now = new Date()): Promise<void> {
  await asSystem('figures: count everything', async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('camtay.figures'))`;
    await countEverything(tx, now);
    await confirm(tx, now);
  });
}

async function claim(tx: SystemTx): Promise<boolean> {
  const [row] = await tx<{ mine: boolean }[]>`select pg_try_advisory_xact_lock(hashtext('camtay.figures')) as mine`;
  return row?.mine ?? false;
}

/** Looks without writing: something waits, a month began, or it is time to say again that the figures are fresh. */
async function isDue(tx: SystemTx, now: Date): Promise<boolean> {
  const [row] = await tx<{ due: boolean }[]>`
    select exists (select from figure_change) or not exists (
      select from figure_run
      where month = ${monthOf(now)} and fresh_at > now() - make_interval(secs => ${confirmEveryMs / 1000})) as due`;
  return row?.due ?? false;
}

/** Says until when all is counted. */
async function confirm(tx: SystemTx, now: Date): Promise<void> {
  await tx`
    insert into figure_run (single, fresh_at, month) values (true, now(), ${monthOf(now)})
    on conflict (single) do update set fresh_at = excluded.fresh_at, month = excluded.month`;
}

async function countEverything(tx: SystemTx, now: Date): Promise<void> {
  await tx`set local statement_timeout = 0`;
  // What waited is in the rows that are read next. A change that commits meanwhile is not deleted and comes round again.
  await tx`delete from figure_change where id in (select id from figure_change for update skip locked)`;
  await tx`delete from figure_session`;
  await tx`delete from figure_person`;
  await tx`delete from figure_core`;
  await tx`delete from figure`;
  await count(tx, 'all', 'all', now);
}

async function count(tx: SystemTx, sessions: Chosen, changedPeople: Chosen, now: Date): Promise<void> {
  const people = sessions === 'all' || changedPeople === 'all' ? 'all' : await peopleOf(tx, sessions, changedPeople);
  const taught = await countSessions(tx, sessions);
  const atHome = await countPeople(tx, people);
  const mastery = await countCore(tx, people);
  await writeCells(tx, taught, ['attendance', 'excused', 'sessions_held', 'classes_held'], sessionCells(tx));
  await writeCells(tx, atHome, ['people_reached', 'skills_attained'], peopleCells(tx));
  await writeCells(tx, untilNow(mastery, now), ['core_attained'], coreCells(tx, now));
}

/** A new month begins with the core set as it stood: nobody has to do anything for it. */
async function carryForward(tx: SystemTx, now: Date): Promise<void> {
  const month = monthOf(now);
  const [run] = await tx<{ month: string }[]>`select month from figure_run`;
  if (!run || run.month >= month) return;
  const areas = await tx<{ areaId: number }[]>`select distinct area_id from figure_core`;
  const from = areas.map(({ areaId }) => ({ areaId, month: addMonths(run.month, 1) }));
  await writeCells(tx, untilNow(from, now), ['core_attained'], coreCells(tx, now));
}

/** What a core set held from a month on says about every month since. */
function untilNow(touched: readonly Touched[], now: Date): Touched[] {
  const first = new Map<number, string>();
  for (const { areaId, month } of touched) {
    const known = first.get(areaId);
    if (!known || month < known) first.set(areaId, month);
  }
  return [...first].flatMap(([areaId, from]) => monthsBetween(from, monthOf(now)).map((month) => ({ areaId, month })));
}

const chosenBy = (tx: SystemTx, column: string, chosen: Chosen) =>
  chosen === 'all' ? tx`true` : tx`${tx(column)} = any(${[...chosen]}::uuid[])`;

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

/** One row per announced session. Marks of one that was cancelled or did not happen do not count. */
async function countSessions(tx: SystemTx, chosen: Chosen): Promise<Touched[]> {
  return tx<Touched[]>`
    with fresh as (
      select s.id as session_id, s.class_id, s.area_id,
        to_char(s.starts_at at time zone 'Asia/Ho_Chi_Minh', 'yyyy-mm') as month, s.status = 'held' as held,
        count(a.state)::int as marked, (count(*) filter (where a.state in ('present', 'late', 'left_early')))::int as came,
        (count(*) filter (where a.state = 'excused'))::int as excused
      from class_session s
      left join attendance a on a.session_id = s.id and s.status in ('published', 'held')
      where s.status <> 'planned' and ${chosenBy(tx, 's.id', chosen)}
      group by s.id),
    old as (
      select session_id, class_id, area_id, month, held, marked, came, excused
      from figure_session where ${chosenBy(tx, 'session_id', chosen)}),
    newer as (select * from fresh except select * from old),
    gone as (delete from figure_session f using old where f.session_id = old.session_id
      and not exists (select from fresh where fresh.session_id = f.session_id)),
    put as (
      insert into figure_session (session_id, class_id, area_id, month, held, marked, came, excused)
      select * from newer
      on conflict (session_id) do update set class_id = excluded.class_id, area_id = excluded.area_id, month = excluded.month,
        held = excluded.held, marked = excluded.marked, came = excluded.came, excused = excluded.excused)
    select area_id, month from newer union (select area_id, month from (select * from old except select * from fresh) o)`;
}

/**
 * The chosen people with everyone merged into them, and what was observed of them: an own claim never counts. Of whoever withdrew
 * the middle year of their age band stands for the year of birth.
 */
const members = (tx: SystemTx, chosen: Chosen) => tx`
  member as materialized (
    select r.id as source, r.id as person_id, r.area_id, coalesce(r.birth_year, r.born_about) as birth_year, coalesce(r.gender = 'female', false) as woman
    from person r where r.merged_into is null and ${chosenBy(tx, 'r.id', chosen)}
    union all
    select p.id, r.id, r.area_id, coalesce(r.birth_year, r.born_about), coalesce(r.gender = 'female', false)
    from person p join person r on r.id = p.merged_into where r.merged_into is null and ${chosenBy(tx, 'r.id', chosen)}),
  seen as materialized (
    select m.person_id, o.skill_code, o.level, o.observed_at, o.id,
      to_char(o.observed_at at time zone 'Asia/Ho_Chi_Minh', 'yyyy-mm') as month
    from member m join skill_observation o on o.person_id = m.source
    where o.source <> 'own_claim')`;

/** One row per person and month, and per person and year, in which they were marked or observed. */
async function countPeople(tx: SystemTx, chosen: Chosen): Promise<Touched[]> {
  return tx<Touched[]>`
    with ${members(tx, chosen)},
    mark as (
      select m.person_id, to_char(s.starts_at at time zone 'Asia/Ho_Chi_Minh', 'yyyy-mm') as month,
        count(*) as marked, count(*) filter (where a.state in ('present', 'late', 'left_early')) as came
      from member m join attendance a on a.person_id = m.source
      join class_session s on s.id = a.session_id and s.status in ('published', 'held')
      group by 1, 2),
    fact as (
      select person_id, month, marked, came, null as skill_code, 0 as attained from mark
      union all (select distinct person_id, month, 0, 0, skill_code, 0 from seen)
      union all (select person_id, min(month), 0, 0, null, 1 from seen where level >= 3 group by person_id, skill_code)),
    summed as (
      select person_id, period, sum(marked)::int as marked, sum(came)::int as came,
        count(distinct skill_code)::int as skills_seen, sum(attained)::int as skills_attained
      from fact, lateral (values (month), (left(month, 4))) p (period)
      group by person_id, period),
    fresh as (
      select s.person_id, s.period, m.area_id, m.birth_year, m.woman, s.marked, s.came, s.skills_seen, s.skills_attained
      from summed s join member m on m.source = s.person_id),
    old as (
      select person_id, period, area_id, birth_year, woman, marked, came, skills_seen, skills_attained
      from figure_person where ${chosenBy(tx, 'person_id', chosen)}),
    newer as (select * from fresh except select * from old),
    gone as (delete from figure_person f using old where f.person_id = old.person_id and f.period = old.period
      and not exists (select from fresh where fresh.person_id = f.person_id and fresh.period = f.period)),
    put as (
      insert into figure_person (person_id, period, area_id, birth_year, woman, marked, came, skills_seen, skills_attained)
      select * from newer
      on conflict (person_id, period) do update set area_id = excluded.area_id, birth_year = excluded.birth_year,
        woman = excluded.woman, marked = excluded.marked, came = excluded.came,
        skills_seen = excluded.skills_seen, skills_attained = excluded.skills_attained)
    select area_id, period as month from newer where length(period) = 7
    union (select area_id, period from (select * from old except select * from fresh) o where length(period) = 7)`;
}

/**
 * When each person held the whole core set of today's catalogue, month by month: the latest authoritative observation of a
 * skill decides (by moment, then id). A month's steps are the skills that stand differently at its end than at the one before.
 */
async function countCore(tx: SystemTx, chosen: Chosen): Promise<Touched[]> {
  return tx<Touched[]>`
    with ${members(tx, chosen)},
    core as (select skill_code from skill_version where core and valid_to is null),
    month_end as (
      select distinct on (person_id, skill_code, month) person_id, skill_code, month, (level >= 3)::int as good
      from seen order by person_id, skill_code, month, observed_at desc, id desc),
    step as (
      select person_id, month, (skill_code in (select skill_code from core))::int
        * (good - lag(good, 1, 0) over (partition by person_id, skill_code order by month)) as gained
      from month_end),
    standing as (
      select person_id, month, lead(month) over later as to_month, sum(sum(gained)) over later as good
      from step group by person_id, month window later as (partition by person_id order by month)),
    fresh as (
      select s.person_id, s.month as from_month, s.to_month, m.area_id, m.birth_year, m.woman,
        s.good > 0 and s.good = (select count(*) from core) as attained
      from standing s join member m on m.source = s.person_id),
    old as (
      select person_id, from_month, to_month, area_id, birth_year, woman, attained
      from figure_core where ${chosenBy(tx, 'person_id', chosen)}),
    newer as (select * from fresh except select * from old),
    gone as (delete from figure_core f using old where f.person_id = old.person_id and f.from_month = old.from_month
      and not exists (select from fresh where fresh.person_id = f.person_id and fresh.from_month = f.from_month)),
    put as (
      insert into figure_core (person_id, from_month, to_month, area_id, birth_year, woman, attained)
      select * from newer
      on conflict (person_id, from_month) do update set to_month = excluded.to_month, area_id = excluded.area_id,
        birth_year = excluded.birth_year, woman = excluded.woman, attained = excluded.attained)
    select area_id, from_month as month from newer
    union (select area_id, from_month from (select * from old except select * from fresh) o)`;
}

type Fragment = ReturnType<typeof sessionCells>;

/**
 * Counts the cells of the touched areas and months anew, in every area above them and in their years too. `counted` is SQL from
 * the CTE `cell (area_id, period, from_month, to_month)` to (area_id, period, measure, grp, value, denominator).
 */
async function writeCells(
  tx: SystemTx,
  touched: readonly Touched[],
  measures: readonly Measure[],
  counted: Fragment,
): Promise<void> {
  if (touched.length === 0) return;
  await tx`
    with cell as materialized (
      select distinct t.ancestor_id as area_id, p.period, p.from_month, p.to_month
      from unnest(${touched.map((t) => t.areaId)}::int[], ${touched.map((t) => t.month)}::text[]) d (area_id, month)
      join area_tree t on t.area_id = d.area_id,
      lateral (values (month, month, month), (left(month, 4), left(month, 4) || '-01', left(month, 4) || '-12'))
        p (period, from_month, to_month)),
    counted as materialized (${counted}),
    fresh as materialized (select * from counted where denominator > 0),
    gone as (
      delete from figure f using cell c
      where f.area_id = c.area_id and f.period = c.period and f.measure = any(${[...measures]}::text[])
        and not exists (select from fresh n where (n.area_id, n.period, n.measure, n.grp) = (f.area_id, f.period, f.measure, f.grp)))
    insert into figure (area_id, period, measure, grp, value, denominator, computed_at)
    select area_id, period, measure, grp, value, denominator, now() from fresh
    on conflict (area_id, period, measure, grp)
    do update set value = excluded.value, denominator = excluded.denominator, computed_at = excluded.computed_at`;
}

const sessionCells = (tx: SystemTx) => tx`
  select area_id, period, m.measure, 'all' as grp, m.value::int, m.denominator::int
  from (
    select c.area_id, c.period, sum(f.came) as came, sum(f.excused) as excused, sum(f.marked) as marked,
      count(*) filter (where f.held) as sessions_held, count(*) as sessions,
      count(distinct f.class_id) filter (where f.held) as classes_held, count(distinct f.class_id) as classes
    from cell c join area_tree t on t.ancestor_id = c.area_id
    join figure_session f on f.area_id = t.area_id and f.month between c.from_month and c.to_month
    group by c.area_id, c.period) s,
  lateral (values ('attendance', came, marked), ('excused', excused, marked),
    ('sessions_held', sessions_held, sessions), ('classes_held', classes_held, classes)) m (measure, value, denominator)`;

/** Who belongs to a group in a period: 60 or over is by year of birth, in the period's year. */
const inGroup = (tx: SystemTx) => tx`
  lateral (values ('all', true), ('age60', f.birth_year <= left(c.period, 4)::int - 60), ('women', f.woman)) g (grp, belongs)`;

const peopleCells = (tx: SystemTx) => tx`
  select area_id, period, m.measure, grp, m.value::int, m.denominator::int
  from (
    select c.area_id, c.period, g.grp,
      count(*) filter (where f.came > 0) as reached, count(*) filter (where f.marked > 0) as marked,
      sum(f.skills_attained) as attained, sum(f.skills_seen) as seen
    from cell c join area_tree t on t.ancestor_id = c.area_id
    join figure_person f on f.area_id = t.area_id and f.period = c.period, ${inGroup(tx)}
    where g.belongs group by c.area_id, c.period, g.grp) s,
  lateral (values ('people_reached', reached, marked), ('skills_attained', attained, seen)) m (measure, value, denominator)`;

/** As it stands at the period's end, or now while the period runs. */
const coreCells = (tx: SystemTx, now: Date) => tx`
  select c.area_id, c.period, 'core_attained' as measure, g.grp,
    (count(*) filter (where f.attained))::int as value, count(*)::int as denominator
  from cell c join area_tree t on t.ancestor_id = c.area_id
  join figure_core f on f.area_id = t.area_id and f.from_month <= least(c.to_month, ${monthOf(now)})
    and (f.to_month is null or f.to_month > least(c.to_month, ${monthOf(now)})), ${inGroup(tx)}
  where g.belongs group by c.area_id, c.period, g.grp`;

type Loop = typeof globalThis & { camtayFigures?: boolean };

/** Keeps the figures fresh for as long as the process lives: looks once a second, survives errors, never delays the exit. */
export function keepFiguresFresh(): void {
  const held: Loop = globalThis;
  if (held.camtayFigures) return;
  held.camtayFigures = true;
  let pause = 1000;
  const turn = async () => {
    try {
      await refreshFigures();
      pause = 1000;
    } catch (error) {
      pause = Math.min(60_000, pause * 2);
      log.error({ error: error instanceof Error ? error.name : 'unknown', pause }, 'figures not refreshed');
    }
    setTimeout(() => void turn(), pause).unref();
  };
  setTimeout(() => void turn(), 1000).unref();
}
