import type { ScopedTx } from '@/lib/access/scoped';
import { dayOf, momentOf } from '@/lib/kernel/clock';
import type { Period } from '@/lib/period/schema';
import type { HelpRow, MadeOf, Measure, MemberRow, TeamRow } from './schema';

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
  areaId: number,
  period: Period,
  measure: Measure,
  page: number,
): Promise<MadeOf | null> {
  const asked = { areaId, period, offset: (page - 1) * perPage };
  const paged = <Kind, Row>(kind: Kind, rows: readonly Row[]) => ({
    kind,
    rows: rows.slice(0, perPage),
    more: rows.length > perPage,
  });
  if (measure === 'teams') return paged('teams' as const, await teams(tx, asked));
  if (measure === 'shock_teams_active') return paged('shock' as const, await shockTeams(tx, asked));
  if (measure === 'team_members') return paged('members' as const, await members(tx, asked, false));
  if (measure === 'ambassadors') return paged('members' as const, await members(tx, asked, true));
  return measure === 'helper_minutes' ? paged('help' as const, await help(tx, asked)) : null;
}

interface Asked {
  readonly areaId: number;
  readonly period: Period;
  readonly offset: number;
}

const limited = (tx: ScopedTx, { offset }: Asked) => tx`limit ${perPage + 1} offset ${offset}`;
const where = (tx: ScopedTx) => tx`a.full_name_vi as area_name_vi, a.full_name_en as area_name_en`;
const mayOpen = (tx: ScopedTx) => tx`k.area_id = any (coalesce((select may_areas('class.read')), '{}')) as may_open`;
const byPlace = (tx: ScopedTx) => tx`a.name_vi collate "vi-x-icu", a.id, k.name collate "vi-x-icu", k.id`;

/** Members `m` of teams `k` in the area, on the roster at the period's end. A period that has not begun has none. */
const onRoster = (tx: ScopedTx, { areaId, period: { from, to } }: Asked) => tx`
  area_tree t join team k on k.area_id = t.area_id join team_member m on m.team_id = k.id join area a on a.id = k.area_id,
  lateral (select coalesce(case when pg_input_is_valid(m.joined_on, 'date') then m.joined_on::date end, ${sinceEver}::date) as joined) j
  where t.ancestor_id = ${areaId} and ${from} <= ${dayOf(new Date())} and j.joined < ${to}::date and (m.left_on is null or m.left_on >= ${to}::date)`;

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

/** Who had agreed to teach or help at each session held, and whether they came; names of those whose team the caller may see. */
const help = (tx: ScopedTx, asked: Asked) => tx<HelpRow[]>`
  select h.id, s.class_id, s.id as session_id, co.title_vi, co.title_en, ${where(tx)}, s.starts_at, m.full_name,
    round(extract(epoch from s.ends_at - s.starts_at) / 60)::int as minutes, h.absent_at is not null as absent,
    s.area_id = any (coalesce((select may_areas('class.read')), '{}')) as may_open
  from area_tree t join class_session s on s.area_id = t.area_id join session_helper h on h.session_id = s.id and h.state = 'yes'
  join class c on c.id = s.class_id join course co on co.id = c.course_id join area a on a.id = s.area_id
  left join team_member m on m.id = h.member_id
  where t.ancestor_id = ${asked.areaId} and s.status = 'held' and ${during(tx, asked)}
  order by s.starts_at desc, s.id, m.full_name collate "vi-x-icu", h.id ${limited(tx, asked)}`;
