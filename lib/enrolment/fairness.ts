import { unitKinds } from '@/lib/area/schema';
import { elevated, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { momentOf } from '@/lib/kernel/clock';
import { isEquality, type Fairness, type FairnessCount } from './schema';

/** One class, or the classes of a year in an area or (without one) in all the caller's areas. A class is of the year it begins in. */
export type FairnessScope = { readonly classId: string } | { readonly areaId: number | null; readonly year: number };

const yearOf = (tx: ScopedTx) =>
  tx`extract(year from coalesce(c.first_starts_at, c.created_at) at time zone 'Asia/Ho_Chi_Minh')::integer`;

/** The same, said of columns: a plan for a year worked out of two columns takes it for hardly any class, and looks each enrolment up for itself. */
function ofYear(tx: ScopedTx, year: number) {
  const [from, to] = [momentOf(`${year}-01-01`, '00:00'), momentOf(`${year + 1}-01-01`, '00:00')];
  return tx`(c.first_starts_at >= ${from} and c.first_starts_at < ${to}
    or c.first_starts_at is null and c.created_at >= ${from} and c.created_at < ${to})`;
}

const ages = (tx: SystemTx) => tx`
  case when age is null then 'unknown' when age < 40 then 'under_40' when age < 60 then '40_59' when age < 80 then '60_79' else '80_up' end`;

/**
 * Who asked for a place and who got one, by group, as `fairnessTable` may show it. Counted by the system role from classes within the
 * caller's areas; `named` tells whether the caller sees the names of all of them. What the equality questions were answered with is counted for
 * those who see figures of all of them, and never as `named`. With each count goes that of the rest: what one subtraction makes of this
 * page and the larger one the caller may open beside it (the class's unit in that year; all their areas). Null out of reach.
 */
export async function fairness(tx: ScopedTx, scope: FairnessScope): Promise<Fairness | null> {
  const [reach] = await tx<{ areas: number[]; wider: number[]; year: number; named: boolean; figures: boolean }[]>`
    with mine as materialized (select unnest(coalesce((select may_areas('class.read')), '{}')) as id),
      chosen as (${chosen(tx, scope)}),
      around as (${around(tx, scope)})
    select array_agg(id) as areas, (select array_agg(id) from mine where id in (select id from around)) as wider,
      (select max(year) from chosen) as year,
      coalesce(bool_and(id = any (coalesce((select may_areas('roster.read')), '{}'))), false) as named,
      coalesce(bool_and(id = any (coalesce((select may_areas('figures.read')), '{}'))), false) as figures
    from mine where id in (select id from chosen) having count(*) > 0`;
  if (!reach) return null;
  const { areas, wider, year, named, figures } = reach;
  const rows = await elevated(tx, 'fairness: counts without names', (system) => {
    const here = 'classId' in scope ? system`c.id = ${scope.classId}` : system`c.area_id = any (${areas})`;
    return counted(system, { wider, year, here });
  });
  return { named, answers: figures, rows: rows.filter(({ by }) => figures || !isEquality(by)) };
}

/** The areas a page is about, and its year. */
const chosen = (tx: ScopedTx, scope: FairnessScope) =>
  'classId' in scope
    ? tx`select c.area_id as id, ${yearOf(tx)} as year from class c where c.id = ${scope.classId}`
    : scope.areaId === null
      ? tx`select id, ${scope.year}::integer as year from mine`
      : tx`select area_id as id, ${scope.year}::integer as year from area_tree where ancestor_id = ${scope.areaId}`;

/** The areas of the larger page that can be opened beside it. */
const around = (tx: ScopedTx, scope: FairnessScope) =>
  'classId' in scope
    ? tx`select w.area_id as id from class c join area_tree t on t.area_id = c.area_id
        join area u on u.id = t.ancestor_id and u.kind in ${tx(unitKinds)} join area_tree w on w.ancestor_id = u.id
        where c.id = ${scope.classId}`
    : tx`select id from mine`;

type Piece = ReturnType<typeof ages>;

/** Everybody who asked in the wider areas that year, group by group: those of the page itself, and the rest. */
async function counted(
  tx: SystemTx,
  { wider, year, here }: { wider: number[]; year: number; here: Piece },
): Promise<FairnessCount[]> {
  // From its sixth run on a statement is planned for nobody in particular; for lists of unknown length that plan takes ten times as long.
  await tx`select set_config('plan_cache_mode', 'force_custom_plan', true)`;
  const rows = await tx<(Omit<FairnessCount, 'rest'> & { restAsked: number; restGot: number; restWaited: number })[]>`
    with enrolled as materialized (
      select e.id, e.person_id, ${here} as here, c.area_id,
        extract(year from coalesce(c.first_starts_at, e.created_at) at time zone 'Asia/Ho_Chi_Minh') as year,
        case when e.channel <> 'web' then 'staff' when e.signed_up_by is not null then 'other' else 'self' end as signup
      from class c join enrolment e on e.class_id = c.id
      where c.area_id = any (${wider}) and ${ofYear(tx, year)}),
    step as materialized (
      select v.enrolment_id, bool_or(v.to_status in ('confirmed', 'offered')) as got, bool_or(v.to_status = 'waitlisted') as waited
      from enrolment_event v where v.enrolment_id in (select id from enrolled) group by v.enrolment_id),
    said as materialized (
      select a.person_id, ${answered(tx, 'ethnic_minority')}, ${answered(tx, 'disability')}, ${answered(tx, 'poor_household')}
      from equality_answer a where a.person_id in (select person_id from enrolled) group by a.person_id),
    each_one as (
      select e.here, e.signup, coalesce(v.got, false) as got, coalesce(v.waited, false) as waited, e.year - coalesce(p.birth_year, p.born_about) as age,
        exists (select from area_tree t where t.ancestor_id = e.area_id and t.area_id = p.area_id) as own,
        s.ethnic_minority, s.disability, s.poor_household
      from enrolled e join person p on p.id = e.person_id left join step v on v.enrolment_id = e.id left join said s on s.person_id = e.person_id),
    -- Those who are alike are counted together first: there are few ways to differ.
    asked as materialized (
      select here, signup, got, waited, ${ages(tx)} as age, own, ethnic_minority, disability, poor_household, count(*) as people
      from each_one group by 1, 2, 3, 4, 5, 6, 7, 8, 9)
    select kind as by, value as group, ${sums(tx, tx`here`, '')}, ${sums(tx, tx`not here`, 'rest_')}
    from asked cross join lateral (values
      ('total', 'total'), ('age', age),
      ('home', case when own then 'own' else 'elsewhere' end), ('signup', signup),
      ('wait', case when waited then 'waited' else 'straight' end),
      ('ethnic_minority', coalesce(ethnic_minority, 'unanswered')), ('disability', coalesce(disability, 'unanswered')),
      ('poor_household', coalesce(poor_household, 'unanswered'))) g (kind, value)
    group by kind, value`;
  return rows.map(({ restAsked, restGot, restWaited, ...row }) => ({
    ...row,
    rest: { asked: restAsked, got: restGot, waited: restWaited },
  }));
}

/** What somebody answered to one question; nothing where they were not asked. */
const answered = (tx: SystemTx, question: string) =>
  tx`max(case when a.answer then 'yes' else 'no' end) filter (where a.question = ${question}) as ${tx(question)}`;

const sums = (tx: SystemTx, which: Piece, name: '' | 'rest_') => {
  const sum = (of: Piece, as: string) =>
    tx`coalesce(sum(people) filter (where ${of}), 0)::integer as ${tx(`${name}${as}`)}`;
  return tx`${sum(which, 'asked')}, ${sum(tx`${which} and got`, 'got')}, ${sum(tx`${which} and waited`, 'waited')}`;
};

/** Which years and units the caller can choose among: those with classes of theirs, the newest year first. */
export async function fairnessChoices(
  tx: ScopedTx,
  language: 'vi' | 'en',
): Promise<{ years: number[]; units: { id: number; name: string }[] }> {
  const [row] = await tx<{ years: number[]; units: { id: number; name: string }[] }[]>`
    with mine as materialized (
      select c.area_id, ${yearOf(tx)} as year from class c
      where c.status <> 'draft' and c.area_id = any (coalesce((select may_areas('class.read')), '{}')))
    select coalesce((select array_agg(distinct year order by year desc) from mine), '{}') as years,
      coalesce((select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name) order by u.name collate "vi-x-icu", u.id) from (
        select distinct u.id, ${tx(`u.full_name_${language}`)} as name from mine join area_tree t using (area_id)
          join area u on u.id = t.ancestor_id and u.kind in ${tx(unitKinds)} limit 500) u), '[]') as units`;
  return row ?? { years: [], units: [] };
}
