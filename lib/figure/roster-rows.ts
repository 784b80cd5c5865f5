import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { dayOf, momentOf } from '@/lib/kernel/clock';
import type { Period } from '@/lib/period/schema';
import { ownVisit, timeGiven } from '@/lib/team/queries';
import type { DeskRow, Group, HelpRow, MadeOf, Measure, MemberRow, TeamRow, VisitRow } from './schema';

/** How many stand on a page. */
const perPage = 50;
/** Whoever joined on a day that nobody noted counts from here, as in the figures. */
const sinceEver = '2025-07-01';

/**
 * The rows a figure of teams is made of: teams, members, or helpers at sessions, a page at a time, as far as the walls let the caller see them. Null for
 * any other figure.
 */
export async function madeOf(
  tx: ScopedTx,
  area: { readonly id: number; readonly mayLookUp: boolean },
  period: Period,
  { measure, group }: { readonly measure: Measure; readonly group: Group },
  page: number,
): Promise<MadeOf | null> {
  const kind = group.startsWith('kind_') ? group.slice('kind_'.length) : null;
  const asked = { areaId: area.id, period, kind, offset: (page - 1) * perPage };
  const paged = <Kind, Row>(kind: Kind, rows: readonly Row[]) => ({
    kind,
    rows: rows.slice(0, perPage),
    more: rows.length > perPage,
  });
  if (measure === 'teams') return paged('teams' as const, await teams(tx, asked));
  if (measure === 'shock_teams_active') return paged('shock' as const, await shockTeams(tx, asked));
  if (measure === 'team_members') return paged('members' as const, await members(tx, asked, false));
  if (measure === 'ambassadors') return paged('members' as const, await members(tx, asked, true));
  if (measure === 'home_visits') return paged('visits' as const, await visits(tx, asked));
  // What was logged at a desk is for those who look people up there; leaders are told of it as a number only.
  if (measure.startsWith('assist_'))
    return paged('desks' as const, area.mayLookUp ? await desks(tx, asked, measure.slice('assist_'.length)) : []);
  return measure === 'helper_minutes' ? paged('help' as const, await help(tx, asked)) : null;
}

interface Asked {
  readonly areaId: number;
  readonly period: Period;
  /** Of which kind of team, where not of all. */
  readonly kind: string | null;
  readonly offset: number;
}

const limited = (tx: ScopedTx, { offset }: Asked) => tx`limit ${perPage + 1} offset ${offset}`;
const where = (tx: ScopedTx) => tx`a.full_name_vi as area_name_vi, a.full_name_en as area_name_en`;
const mayOpen = (tx: ScopedTx) => tx`k.area_id = any (coalesce((select may_areas('class.read')), '{}')) as may_open`;
const byPlace = (tx: ScopedTx) => tx`a.name_vi collate "vi-x-icu", a.id, k.name collate "vi-x-icu", k.id`;

/** Members `m` of teams `k` in the area, on the roster at the period's end. A period that has not begun has none. */
const onRoster = (tx: ScopedTx, { areaId, kind, period: { from, to } }: Asked) => tx`
  area_tree t join team k on k.area_id = t.area_id join team_member m on m.team_id = k.id join area a on a.id = k.area_id,
  lateral (select coalesce(case when pg_input_is_valid(m.joined_on, 'date') then m.joined_on::date end, ${sinceEver}::date) as joined) j
  where t.ancestor_id = ${areaId} and ${from} <= ${dayOf(new Date())} and j.joined < ${to}::date and (m.left_on is null or m.left_on >= ${to}::date)
    and (${kind}::text is null or k.kind = ${kind})`;

const teams = (tx: ScopedTx, asked: Asked) => tx<TeamRow[]>`
  select k.id, k.name, k.kind, k.organisation, ${where(tx)}, count(*) as members, null::int as held, null::int as announced, ${mayOpen(tx)}
  from ${onRoster(tx, asked)} group by k.id, a.id order by ${byPlace(tx)} ${limited(tx, asked)}`;

const members = (tx: ScopedTx, asked: Asked, ambassadors: boolean) => tx<MemberRow[]>`
  select m.id, m.full_name, k.id as team_id, k.name as team_name, k.organisation, ${where(tx)}, m.joined_on, ${mayOpen(tx)}
  from ${onRoster(tx, asked)} and ${ambassadors ? tx`k.kind = 'digital_ambassadors'` : tx`true`}
  order by ${byPlace(tx)}, split_part(m.full_name, ' ', -1) collate "vi-x-icu", m.full_name collate "vi-x-icu", m.id ${limited(tx, asked)}`;

const during = (tx: ScopedTx, { period: { from, to } }: Asked) =>
  tx`s.starts_at >= ${momentOf(from, '00:00')} and s.starts_at < ${momentOf(to, '00:00')}`;

/** Shock teams with a session announced in the period, and how many of them were held; those that taught most first. */
const shockTeams = (tx: ScopedTx, asked: Asked) => tx<TeamRow[]>`
  select k.id, k.name, k.kind, k.organisation, ${where(tx)}, null::int as members, count(*) filter (where s.status = 'held') as held,
    count(*) as announced, ${mayOpen(tx)}
  from area_tree t join team k on k.area_id = t.area_id join area a on a.id = k.area_id
  join class c on c.team_id = k.id join class_session s on s.class_id = c.id
  where t.ancestor_id = ${asked.areaId} and k.kind = 'shock_team' and s.status <> 'planned' and ${during(tx, asked)}
  group by k.id, a.id order by held desc, ${byPlace(tx)} ${limited(tx, asked)}`;

/**
 * Time given in the area, as the figure counts it, also that which the caller has no other page of (desks, rounds): where and when, and of sessions who, as far as
 * the caller may see the team. The area was found to be one of the caller's before.
 */
async function help(tx: ScopedTx, asked: Asked): Promise<HelpRow[]> {
  // Who is of a team is seen where classes are: one's own line elsewhere shows nobody else of that area.
  const [seen] = await tx<{ classes: number[]; rounds: number[] }[]>`
    select coalesce((select may_areas('class.read')), '{}') as classes, coalesce((select may_areas('visit.plan')), '{}') as rounds`;
  const { from, to } = asked.period;
  const [first, after] = [momentOf(from, '00:00'), momentOf(to, '00:00')];
  return elevated(tx, 'figures: the time given in an area of the caller', (system) => {
    const there = (row: string, moment: string) =>
      system`${system(`${row}.area_id`)} in (select area_id from area_tree where ancestor_id = ${asked.areaId})
        and ${system(`${row}.${moment}`)} >= ${first} and ${system(`${row}.${moment}`)} < ${after}`;
    const given = timeGiven(system, {
      sessions: there('s', 'starts_at'),
      shifts: there('d', 'starts_at'),
      rounds: there('r', 'starts_at'),
      assists: there('e', 'at'),
      doors: there('w', 'at'),
    });
    return system<HelpRow[]>`
      with given as (
        select g.kind, g.id, g.of_id, g.area_id, g.starts_at, g.minutes, not g.came as absent, g.member_id from (${given}) g where g.kind not in ('assist', 'door')
        union all
        select g.kind, g.of_id, g.of_id, g.area_id, null, sum(g.minutes)::int, false, null from (${given}) g where g.kind = 'assist' group by g.kind, g.of_id, g.area_id
        union all
        select g.kind, (array_agg(g.id order by g.id))[1], null, g.area_id, null, sum(g.minutes)::int, false, null from (${given}) g where g.kind = 'door' group by g.kind, g.area_id)
      select g.kind, g.id, case g.kind when 'session' then s.class_id when 'round' then g.of_id::text end as class_id, coalesce(co.title_vi, k.name) as title_vi,
        coalesce(co.title_en, k.name) as title_en, ${where(tx)}, g.starts_at,
        case when g.kind = 'session' and m.area_id = any (${seen?.classes ?? []}::int[]) then m.full_name end as full_name, g.minutes, g.absent,
        g.area_id = any (case g.kind when 'session' then ${seen?.classes ?? []}::int[] when 'round' then ${seen?.rounds ?? []}::int[] end) is true as may_open
      from given g join area a on a.id = g.area_id left join class_session s on g.kind = 'session' and s.id = g.of_id
      left join class c on c.id = s.class_id left join course co on co.id = c.course_id
      left join desk k on g.kind in ('shift', 'assist') and k.id = g.of_id left join team_member m on m.id = g.member_id
      order by g.starts_at desc nulls last, g.of_id, case when g.kind = 'session' then m.full_name end collate "vi-x-icu", g.id ${limited(tx, asked)}`;
  });
}

/** Homes where somebody was met; as far as the caller plans visits there, since leaders are told of them as numbers only. */
const visits = (tx: ScopedTx, asked: Asked) => tx<VisitRow[]>`
  select * from (
  select v.id, v.round_id, v.day::text as day, k.name as team_name, ${where(tx)}, true as may_open
  from area_tree t join visit v on v.area_id = t.area_id join visit_round r on r.id = v.round_id join team k on k.id = r.team_id join area a on a.id = v.area_id,
  lateral (select o.outcome from visit_outcome o where o.visit_id = v.id order by o.at desc, o.id desc limit 1) last
  where t.ancestor_id = ${asked.areaId} and last.outcome = 'done' and v.day >= ${asked.period.from} and v.day < ${asked.period.to}
  union all
  select w.id, null, w.day::text, null, ${where(tx)}, false
  from area_tree t join door_visit w on w.area_id = t.area_id join area a on a.id = w.area_id
  where t.ancestor_id = ${asked.areaId} and w.area_id = any (coalesce((select may_areas('visit.plan')), '{}')) and ${ownVisit(tx)}
    and w.day >= ${asked.period.from} and w.day < ${asked.period.to}) one
  order by day desc, id ${limited(tx, asked)}`;

/** How often somebody was helped with a need in the period, desk by desk, as far as the caller may read the log. */
const desks = (tx: ScopedTx, asked: Asked, need: string) => tx<DeskRow[]>`
  select d.id, d.name, ${where(tx)}, count(*)::int as count, true as may_open
  from area_tree t join desk_assist s on s.area_id = t.area_id join desk d on d.id = s.desk_id join area a on a.id = d.area_id
  where t.ancestor_id = ${asked.areaId} and s.need_code = ${need} and s.undone_at is null and s.at <= now()
    and s.at >= ${momentOf(asked.period.from, '00:00')} and s.at < ${momentOf(asked.period.to, '00:00')}
  group by d.id, a.id order by count desc, d.name collate "vi-x-icu", d.id ${limited(tx, asked)}`;
