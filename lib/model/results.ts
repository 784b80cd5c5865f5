import { elevated, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { dayOf } from '@/lib/kernel/clock';
import { monthsThrough, openMonths, told, toldRounds, type Crowd } from './rules';
import type { Came, MonthOf, Results } from './schema';

/** At most so many months are looked back. */
const mostMonths = 24;
const zone = 'Asia/Ho_Chi_Minh';
const monthOf = (tx: SystemTx, moment: string) => tx`to_char(${tx.unsafe(moment)} at time zone ${zone}, 'YYYY-MM')`;

interface Counted {
  modelId: string;
  /** Null for all months together. */
  month: string | null;
  sessions: number;
  rounds: number;
  /** Sessions and rounds of which it is noted who helped. */
  sessionsNoted: number;
  roundsNoted: number;
  helperMinutes: number;
  reached: number;
  reachedMost: number;
  reachedAt: string[];
  attained: number;
  attainedMost: number;
  attainedAt: string[];
}

/**
 * What was held by models and who came, counted from rows: sessions that took place, rounds that met somebody, hours of helpers who came and
 * were not let go (of rounds all of which anything was recorded, as everywhere: hours then do not tell how many met somebody, where few did), different people (records merged are one) who came or were met, and those of them seen to do some skill alone there (the last
 * observation of each skill at one session or visit decides); of both numbers of people also of which classes and rounds they are, and how many of the
 * largest. Reads what was held by these models, by its index, and nothing else.
 */
const counting = (tx: SystemTx, ids: readonly string[]) => tx`
  with ours as (select unnest(${[...ids]}::uuid[]) as model_id),
  held as materialized (
    select l.model_id, s.id, s.class_id, ${monthOf(tx, 's.starts_at')} as month, s.ends_at - s.starts_at as long
    from ours join model_class l using (model_id) join class_session s on s.class_id = l.class_id where s.status = 'held'),
  gone as materialized (
    select l.model_id, v.id, v.round_id, to_char(v.day, 'YYYY-MM') as month, coalesce(v.person_id, q.person_id) as person_id, v.request_id, o.outcome
    from ours join model_round l using (model_id) join visit_round r on r.id = l.round_id and r.called_off_at is null
      join visit v on v.round_id = r.id and v.taken_off_at is null left join visit_request q on q.id = v.request_id
      cross join lateral (select o.outcome from visit_outcome o where o.visit_id = v.id order by o.at desc, o.id desc limit 1) o),
  met as (select * from gone where outcome = 'done'),
  round as (select model_id, round_id, month, bool_or(outcome = 'done') as met from gone group by 1, 2, 3),
  work as (
    select model_id, month, count(*) as sessions, 0 as rounds, count(*) filter (where h.came > 0) as sessions_noted, 0 as rounds_noted,
      sum(extract(epoch from long) / 60 * h.came) as minutes
    from held cross join lateral (
      select count(*) as came from session_helper h where h.session_id = held.id and h.state = 'yes' and h.absent_at is null) h
    group by 1, 2
    union all
    select model_id, month, 0, count(*) filter (where met), 0, count(*) filter (where met and h.minutes > 0), sum(h.minutes)
    from round cross join lateral (
      select coalesce(sum(extract(epoch from h.ends_at - h.starts_at) / 60), 0) as minutes
      from visit_round_helper h where h.round_id = round.round_id and h.called_off_at is null) h
    group by 1, 2),
  came as (
    select h.model_id, h.month, h.class_id as part, coalesce(p.merged_into, p.id) as who
    from held h join attendance a on a.session_id = h.id and a.state in ('present', 'late', 'left_early') join person p on p.id = a.person_id
    union
    select m.model_id, m.month, m.round_id::text, coalesce(p.merged_into, p.id, m.request_id) from met m left join person p on p.id = m.person_id),
  seen as (
    select distinct on (model_id, event, person_id, skill_code) model_id, month, person_id, level
    from (
      select h.model_id, h.month, h.id as event, o.person_id, o.skill_code, o.level, o.observed_at, o.id
      from held h join skill_observation o on o.session_id = h.id and o.source = 'session'
      union all
      select m.model_id, m.month, m.id, o.person_id, o.skill_code, o.level, o.observed_at, o.id
      from met m join skill_observation o on o.visit_id = m.id and o.source = 'visit') o
    order by model_id, event, person_id, skill_code, observed_at desc, id desc),
  alone as (
    select distinct s.model_id, s.month, coalesce(p.merged_into, p.id) as who
    from seen s join person p on p.id = s.person_id where s.level >= 3),
  people as (
    select c.model_id, c.month, c.part, c.who, a.who is not null as alone
    from came c left join alone a on a.model_id = c.model_id and a.month = c.month and a.who = c.who),
  parts as (
    select model_id, coalesce(month, '') as month, part, count(distinct who) as reached, count(distinct who) filter (where alone) as attained
    from people group by grouping sets ((model_id, month, part), (model_id, part))),
  widest as (
    select model_id, month, max(reached) as reached_most, array_agg(part) as reached_at,
      max(attained) as attained_most, array_agg(part) filter (where attained > 0) as attained_at
    from parts group by 1, 2),
  crowd as (
    select model_id, coalesce(month, '') as month, count(distinct who) as reached, count(distinct who) filter (where alone) as attained
    from people group by grouping sets ((model_id, month), (model_id))),
  effort as (
    select model_id, coalesce(month, '') as month, sum(sessions) as sessions, sum(rounds) as rounds, sum(sessions_noted) as sessions_noted,
      sum(rounds_noted) as rounds_noted, sum(minutes) as minutes
    from work group by grouping sets ((model_id, month), (model_id)))
  select e.model_id, nullif(e.month, '') as month, e.sessions::int, e.rounds::int, e.sessions_noted::int, e.rounds_noted::int,
    round(coalesce(e.minutes, 0))::int as helper_minutes, coalesce(c.reached, 0)::int as reached, coalesce(w.reached_most, 0)::int as reached_most,
    coalesce(w.reached_at, '{}') as reached_at, coalesce(c.attained, 0)::int as attained, coalesce(w.attained_most, 0)::int as attained_most,
    coalesce(w.attained_at, '{}') as attained_at
  from effort e left join crowd c using (model_id, month) left join widest w using (model_id, month)`;

/**
 * The results of models the caller may read, in the order given. Counts only, and of people and rounds what the reader may know (`told`): exact
 * where they may look up people in the place the model belongs to. Models out of sight have none.
 */
export async function resultsOf(tx: ScopedTx, ids: readonly string[], now: Date): Promise<Results[]> {
  const models = await tx<{ id: string; exact: boolean }[]>`
    select id, area_id = any (coalesce((select may_areas('person.read')), '{}')) as exact from model where id = any(${[...ids]}::uuid[])`;
  if (models.length === 0) return [];
  const seen = models.map(({ id }) => id);
  const [counted, classes] = await elevated(tx, 'models: what came of them, counts only', async (system) => [
    await system<Counted[]>`${counting(system, seen)}`,
    await system<{ modelId: string; classes: number }[]>`
      select l.model_id, count(*)::int as classes from model_class l join class c on c.id = l.class_id
      where l.model_id = any(${seen}::uuid[]) and c.status in ('published', 'closed') group by 1`,
  ]);
  const thisMonth = dayOf(now).slice(0, 7);
  return ids.flatMap((modelId) => {
    const model = models.find(({ id }) => id === modelId);
    if (!model) return [];
    const own = counted.filter((row) => row.modelId === modelId);
    const monthly = own.filter(({ month }) => month !== null);
    const open = openMonths(monthly.map((row) => ({ reached: reachedIn(row), attained: attainedIn(row) })));
    const of = (month: string | null) => {
      const row = own.find((one) => one.month === month);
      const told = month === null || !row ? undefined : open[monthly.indexOf(row)];
      return cameIn(row, model.exact, told ?? { reached: true, attained: true });
    };
    const first = own.flatMap(({ month }) => (month === null ? [] : [month])).sort()[0];
    const months = first === undefined ? [] : monthsThrough(first, thisMonth, mostMonths);
    return [
      {
        modelId,
        classes: classes.find((row) => row.modelId === modelId)?.classes ?? 0,
        total: of(null),
        months: months.map((month): MonthOf => ({ month, ...of(month) })),
      },
    ];
  });
}

const reachedIn = ({ reached, reachedMost, reachedAt }: Counted): Crowd => ({
  count: reached,
  largest: reachedMost,
  parts: reachedAt,
});
const attainedIn = ({ attained, attainedMost, attainedAt }: Counted): Crowd => ({
  count: attained,
  largest: attainedMost,
  parts: attainedAt,
});

const nothing: Came = {
  sessions: 0,
  rounds: { count: 0, about: false },
  noted: 0,
  helperMinutes: 0,
  reached: { count: 0, about: false },
  attained: { count: 0, about: false },
};

/** A line of the results as the reader may know it; `open`: of whom others may be told anything in it. */
function cameIn(row: Counted | undefined, exact: boolean, open: { reached: boolean; attained: boolean }): Came {
  if (!row) return nothing;
  const { sessions, helperMinutes, sessionsNoted, roundsNoted } = row;
  const anything = sessions + row.rounds > 0;
  const rounds = toldRounds(row.rounds, exact, anything);
  const people = (crowd: Crowd, isOpen: boolean) =>
    exact || isOpen || !anything ? told(crowd, exact, anything) : null;
  return {
    sessions,
    rounds,
    // Rounds that are rounded are all taken to be noted: nobody goes on one without helpers.
    noted: sessionsNoted + (exact ? roundsNoted : (rounds?.count ?? 0)),
    helperMinutes,
    reached: people(reachedIn(row), open.reached),
    attained: people(attainedIn(row), open.attained),
  };
}
