import type { SystemTx } from '@/lib/access/scoped';
import type { Fragment } from './cells';

/** Which rows to count: those named, or all of them. */
export type Chosen = readonly string[] | 'all';

export const chosenBy = (tx: SystemTx, column: string, chosen: Chosen) =>
  chosen === 'all' ? tx`true` : tx`${tx(column)} = any(${[...chosen]}::uuid[])`;

/** The first day of the half-month a day lies in. */
export const halfOfDay = (tx: SystemTx, day: string) =>
  tx.unsafe(`(${day} - (extract(day from ${day})::int - case when extract(day from ${day}) >= 15 then 15 else 1 end))`);

/** The first day of the half-month a moment lies in, in the portal's zone. */
export const halfOfMoment = (tx: SystemTx, moment: string) =>
  halfOfDay(tx, `(${moment} at time zone 'Asia/Ho_Chi_Minh')::date`);

/** What the portal may count of somebody's answers: who said yes, under a consent that stands. `all`: for many people at once. */
const answers = (tx: SystemTx, all: boolean) => {
  const found = tx`
    bool_or(e.question = 'ethnic_minority') as ethnic_minority, bool_or(e.question = 'disability') as disability,
    bool_or(e.question = 'poor_household') as poor_household
    from equality_answer e join consent c on c.id = e.consent_id and c.given and c.withdrawn_at is null where e.answer`;
  return all
    ? tx`left join (select e.person_id, ${found} group by e.person_id) q on q.person_id = r.id`
    : tx`left join lateral (select ${found} and e.person_id = r.id) q on true`;
};

/**
 * Who `r`, a person of their own record, is to the figures. Of whoever withdrew the middle year of their age band stands for the year of birth.
 * `columns` for the select list, `joins` after `person r`.
 */
export const whoIs = (tx: SystemTx, chosen: Chosen): { columns: Fragment; joins: Fragment } => ({
  columns: tx`
    r.area_id, coalesce(r.birth_year, r.born_about) as birth_year,
    case r.gender when 'female' then 'women' when 'male' then 'men' else 'sex_unknown' end as sex,
    coalesce(q.ethnic_minority, false) as ethnic_minority, coalesce(q.disability, false) as disability,
    coalesce(q.poor_household, false) as poor_household`,
  joins: answers(tx, chosen === 'all'),
});

/** The columns `whoIs` fills, of a row `f`. */
export const who = (tx: SystemTx, f: string) =>
  tx.unsafe(
    ['birth_year', 'sex', 'ethnic_minority', 'disability', 'poor_household'].map((name) => `${f}.${name}`).join(', '),
  );

/** The groups a row `f` of `whoIs` belongs to in a year: `g (grp, belongs)`, joined laterally. */
export const groupsIn = (tx: SystemTx, f: string, year: string) => {
  const age = `(${year} - ${f}.birth_year)`;
  const belongs = `('all', true), ('age60', ${age} >= 60), ('adults', ${age} >= 18), (${f}.sex, true), ('ethnic_minority', ${f}.ethnic_minority), ('disability', ${f}.disability),
    ('poor_household', ${f}.poor_household),
    (case when ${f}.birth_year is null then 'age_unknown' when ${age} < 18 then 'age_0_17' when ${age} < 35 then 'age_18_34'
      when ${age} < 60 then 'age_35_59' when ${age} < 70 then 'age_60_69' else 'age_70' end, true)`;
  return tx.unsafe(
    `lateral (select grp from (values ${belongs}) g (grp, belongs) where belongs and grp is not null) g`,
  );
};

interface Table {
  readonly name: string;
  readonly key: readonly string[];
  /** All of them, in the order `fresh` selects them. */
  readonly columns: readonly string[];
  /** What an area or a measure is touched by: SQL of area_id, half (and measure) for a row `d` that came or went. */
  readonly touches: string;
  /** Rows stand up to `to_half`: how things stand changes there too. `followed`: where the next row begins, which touches what else it must. */
  readonly stands?: true;
  readonly followed?: true;
}

/** An area and half-month that a row which came, went or changed counts in. `rows`: how many of them. */
export interface TouchedRow {
  readonly areaId: number;
  readonly half: string;
  readonly measure?: string;
  readonly rows: number;
  /** Only how things stand is touched. */
  readonly ends?: boolean;
}

/**
 * Makes the chosen rows of a derived table what they should be, writing only those that differ, and says what they touch. `fresh` is SQL of CTEs
 * that end with `fresh`.
 */
export async function putRows(tx: SystemTx, table: Table, chosen: Fragment, fresh: Fragment): Promise<TouchedRow[]> {
  const columns = tx.unsafe(table.columns.join(', '));
  const name = tx.unsafe(table.name);
  const same = (one: string, other: string) =>
    tx.unsafe(table.key.map((key) => `${one}.${key} = ${other}.${key}`).join(' and '));
  const told = tx.unsafe(table.columns.filter((column) => !table.followed || column !== 'to_half').join(', '));
  const others = table.columns.filter((column) => !table.key.includes(column));
  return tx<TouchedRow[]>`
    with ${fresh},
    old as materialized (select ${columns} from ${name} where ${chosen}),
    newer as materialized (select * from fresh except select * from old),
    stale as materialized (select * from old except select * from fresh),
    gone as (delete from ${name} f using stale where ${same('f', 'stale')} and not exists (select from newer where ${same('newer', 'stale')})),
    put as (
      insert into ${name} (${columns}) select * from newer
      on conflict (${tx.unsafe(table.key.join(', '))}) do update set ${tx.unsafe(others.map((column) => `${column} = excluded.${column}`).join(', '))})
    select t.*, count(*)::int as rows, false as ends
    from (
      (select ${told} from newer except select ${told} from stale) union all (select ${told} from stale except select ${told} from newer)) d, lateral (${tx.unsafe(table.touches)}) t
    group by ${tx.unsafe(table.touches.includes('measure') ? '1, 2, 3' : '1, 2')}
    ${
      table.stands
        ? tx`union all select distinct t.*, 0, true from (select * from newer union all select * from stale) d,
            lateral (${tx.unsafe(table.touches.replace('d.half', 'd.to_half'))}) t where d.to_half is not null`
        : tx``
    }`;
}
