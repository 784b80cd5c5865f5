import { elevated, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { dayOf } from '@/lib/kernel/clock';
import { monthsThrough, told } from './rules';
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
  noted: number;
  helperMinutes: number;
  reached: number;
  attained: number;
}

/**
 * What was held by models and who came, counted from rows: sessions that took place, rounds that met somebody, hours of helpers who came,
 * different people (records merged are one) who came or were met, and those of them seen to do some skill alone there (the last
 * observation of each skill at one session or visit decides).
 */
const counting = (tx: SystemTx, ids: readonly string[]) => tx`
  with ours as (select unnest(${[...ids]}::uuid[]) as model_id),
  held as materialized (
    select l.model_id, s.id, ${monthOf(tx, 's.starts_at')} as month, s.ends_at - s.starts_at as long
    from ours join model_class l using (model_id) join class_session s on s.class_id = l.class_id where s.status = 'held'),
  met as materialized (
    select l.model_id, v.id, v.round_id, to_char(v.day, 'YYYY-MM') as month, coalesce(v.person_id, q.person_id) as person_id, v.request_id
    from ours join model_round l using (model_id) join visit_round r on r.id = l.round_id and r.called_off_at is null
      join visit v on v.round_id = r.id and v.taken_off_at is null left join visit_request q on q.id = v.request_id
      cross join lateral (select o.outcome from visit_outcome o where o.visit_id = v.id order by o.at desc, o.id desc limit 1) o
    where o.outcome = 'done'),
  round as (select distinct model_id, round_id, month from met),
  work as (
    select model_id, month, count(*) as sessions, 0 as rounds, count(*) filter (where h.came > 0) as noted, sum(extract(epoch from long) / 60 * h.came) as minutes
    from held cross join lateral (
      select count(*) as came from session_helper h where h.session_id = held.id and h.state = 'yes' and h.absent_at is null) h
    group by 1, 2
    union all
    select model_id, month, 0, count(*), count(*) filter (where h.minutes > 0), sum(h.minutes)
    from round cross join lateral (
      select coalesce(sum(extract(epoch from h.ends_at - h.starts_at) / 60), 0) as minutes from visit_round_helper h where h.round_id = round.round_id) h
    group by 1, 2),
  came as (
    select h.model_id, h.month, coalesce(p.merged_into, p.id) as who
    from held h join attendance a on a.session_id = h.id and a.state in ('present', 'late', 'left_early') join person p on p.id = a.person_id
    union
    select m.model_id, m.month, coalesce(p.merged_into, p.id, m.request_id) from met m left join person p on p.id = m.person_id),
  seen as (
    select distinct on (e.model_id, e.event, o.person_id, o.skill_code) e.model_id, e.month, o.person_id, o.level
    from (select model_id, month, id as event, id as session_id, null::uuid as visit_id from held
          union all select model_id, month, id, null, id from met) e
      join skill_observation o on o.source = 'session' and o.session_id = e.session_id or o.source = 'visit' and o.visit_id = e.visit_id
    order by e.model_id, e.event, o.person_id, o.skill_code, o.observed_at desc, o.id desc),
  alone as (
    select distinct s.model_id, s.month, coalesce(p.merged_into, p.id) as who
    from seen s join person p on p.id = s.person_id where s.level >= 3),
  people as (
    select c.model_id, c.month, c.who, a.who is not null as alone
    from came c left join alone a on a.model_id = c.model_id and a.month = c.month and a.who = c.who),
  crowd as (
    select model_id, month, count(distinct who) as reached, count(distinct who) filter (where alone) as attained
    from people group by grouping sets ((model_id, month), (model_id))),
  effort as (
    select model_id, month, sum(sessions) as sessions, sum(rounds) as rounds, sum(noted) as noted, sum(minutes) as minutes
    from work group by grouping sets ((model_id, month), (model_id)))
  select e.model_id, e.month, e.sessions::int, e.rounds::int, e.noted::int, round(coalesce(e.minutes, 0))::int as helper_minutes,
    coalesce(c.reached, 0)::int as reached, coalesce(c.attained, 0)::int as attained
  from effort e left join crowd c on c.model_id = e.model_id and c.month is not distinct from e.month`;

/**
 * The results of models the caller may read, in the order given. Counts only, and of people what the reader may know (`told`): exact where
 * they may look up people in the place the model belongs to. Models out of sight have none.
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
    const of = (month: string | null) =>
      cameIn(
        own.find((row) => row.month === month),
        model.exact,
      );
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

function cameIn(row: Counted | undefined, exact: boolean): Came {
  const { sessions, rounds, noted, helperMinutes, reached, attained } = row ?? {
    sessions: 0,
    rounds: 0,
    noted: 0,
    helperMinutes: 0,
    reached: 0,
    attained: 0,
  };
  const anything = sessions + rounds > 0;
  return {
    sessions,
    rounds,
    noted,
    helperMinutes,
    reached: told(reached, exact, anything),
    attained: told(attained, exact, anything),
  };
}
