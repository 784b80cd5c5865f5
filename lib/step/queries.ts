import { unitKinds } from '@/lib/area/schema';
import { elevated, type RecordTx, type ScopedTx } from '@/lib/access/scoped';
import type { Funnel, FunnelAddress, Step, StepAnswer, StepPlace, StepStanding, Stopped } from './schema';

type Language = 'vi' | 'en';
const always = (tx: ScopedTx) => tx`true`;
type Piece = ReturnType<typeof always>;

/** `p` withdrew what they had agreed to: nobody goes to see them any more. */
export const withdrew = (tx: ScopedTx): Piece => tx`
  exists (select from consent c where c.person_id = p.id and c.purpose = 'class' and c.withdrawn_at is not null
    and not exists (select from consent d where d.person_id = p.id and d.purpose = 'class' and d.given and d.withdrawn_at is null))`;

/**
 * The people known in some places, as rows of `person`: records of their own, of whom nobody withdrew. Whoever was only written down, with no
 * consent asked yet, is known too.
 */
export const knownPeople = (tx: ScopedTx, areas: readonly number[]): Piece => tx`
  select p.id, p.area_id, p.birth_year, p.given_name, p.full_name from person p
  where p.area_id = any(${[...areas]}::int[]) and p.merged_into is null and not ${withdrew(tx)}`;

/** The answer that counts of each of these people's steps (`people` is a relation with an id), by the rule of `standingOf`. */
export const standingAnswers = (tx: ScopedTx, people: string): Piece => tx`
  select distinct on (r.person_id, r.step_code) r.person_id, r.step_code, r.answer, r.at, s.position
  from ${tx(people)} k join step_record r on r.person_id = k.id join step s on s.code = r.step_code and s.retired_at is null
  order by r.person_id, r.step_code, r.at desc, r.recorded_at desc, r.id desc`;

/**
 * For each of some areas the village it is told under, as rows of (area_id, place): the highest of them that is neither commune, ward nor province, so that a
 * hamlet belongs to its village; a commune, of whose people no village is known, stands for itself.
 */
export const placesOf = (tx: ScopedTx, areas: readonly number[]): Piece => tx`
  select o.area_id, coalesce((select t.ancestor_id from area_tree t join area v on v.id = t.ancestor_id
      where t.area_id = o.area_id and t.ancestor_id = any(${[...areas]}::int[]) and v.kind not in ${tx([...unitKinds, 'province'])}
      order by t.depth desc limit 1), o.area_id) as place
  from unnest(${[...areas]}::int[]) o (area_id)`;

/** The places in and under an area (or everywhere; `own`: the area alone) where the caller looks people up. */
export async function areasOf(tx: ScopedTx, area: number | undefined, own = false): Promise<number[]> {
  const rows = await tx<{ id: number }[]>`
    select distinct t.area_id as id from area_tree t
    where ${area === undefined ? tx`true` : tx`t.ancestor_id = ${area}`} and (t.depth = 0 or not ${own}) and t.area_id = any (coalesce((select may_areas('person.read')), '{}'))
    order by id`;
  return rows.map(({ id }) => id);
}

/** By village ("2" before "10"), then as class lists are ordered: `a` is the area of `p`. */
export const byVillage = (tx: Pick<ScopedTx, 'unsafe'>) =>
  tx.unsafe(`${byPlace}, p.given_name collate "vi-x-icu",
  p.full_name collate "vi-x-icu", p.id`);

/** Places as people count them. */
export const byPlace = `regexp_replace(a.name_vi, '\\d+.*$', '') collate "vi-x-icu", substring(a.name_vi from '\\d{1,8}')::integer nulls first, a.id`;

/** People on a page of a list; the printed list is a page. */
export const stoppedPerPage = 100;

const words = (tx: ScopedTx, language: Language) => tx`
  s.code, ${tx(`s.name_${language}`)} as name, ${tx(`s.ask_${language}`)} as ask, ${tx(`s.next_${language}`)} as next, ${tx(`s.how_${language}`)} as how`;

/** The steps that are asked, in their order. */
export async function stepList(tx: ScopedTx, language: Language): Promise<readonly Step[]> {
  return tx<Step[]>`select ${words(tx, language)} from step s where s.retired_at is null order by s.position, s.code`;
}

/** Every step with the answer that counts of one person, in their order. The reading was written down. */
export async function stepsOf(tx: RecordTx, language: Language, personId: string): Promise<readonly StepStanding[]> {
  return tx<StepStanding[]>`
    select ${words(tx, language)}, r.answer, r.source, r.at
    from step s left join lateral (
      select answer, source, at from step_record where person_id = ${personId} and step_code = s.code
      order by at desc, recorded_at desc, id desc limit 1) r on true
    where s.retired_at is null order by s.position, s.code`;
}

/** Whom the form is about, when the caller has to do with them: lives where they look people up, is on a roster of theirs, or was written down by them. */
export async function personForSteps(
  tx: ScopedTx,
  language: Language,
  personId: string,
): Promise<{ fullName: string; village: string } | null> {
  const [row] = await tx<{ fullName: string; village: string }[]>`
    select p.full_name, ${tx(`a.full_name_${language}`)} as village from person p join area a on a.id = p.area_id
    where p.id = ${personId} and p.merged_into is null and person_in_reach(p.id)`;
  return row ?? null;
}

/**
 * How the people known in a place stand at each step, and where they stop, by the place they live in. Answers are read as the system, for those
 * places alone in which the caller may look people up; null where that is none.
 */
export async function funnelOf(
  tx: ScopedTx,
  language: Language,
  area: number | undefined,
  own = false,
): Promise<Funnel | null> {
  const areas = await areasOf(tx, area, own);
  if (areas.length === 0) return null;
  const steps = await stepList(tx, language);
  const rows = await elevated(
    tx,
    'steps: where people stop, by place',
    (system) => system<
      {
        id: number;
        name: string;
        villageUnknown: boolean;
        known: number;
        step: string | null;
        answer: StepAnswer;
        people: number;
        stopped: number;
      }[]
    >`
      with home as materialized (${placesOf(system, areas)}),
        known as materialized (select h.place, p.* from (${knownPeople(system, areas)}) p join home h on h.area_id = p.area_id),
        standing as materialized (${standingAnswers(system, 'known')}),
        stop as (select distinct on (person_id) person_id, step_code from standing where answer = 'no' order by person_id, position, step_code),
        answered as (
          select k.place, a.step_code, a.answer, count(*)::int as people, count(s.person_id)::int as stopped
          from standing a join known k on k.id = a.person_id left join stop s on s.person_id = a.person_id and s.step_code = a.step_code and a.answer = 'no'
          group by 1, 2, 3),
        living as (select place, count(*)::int as known from known group by 1)
      select a.id, ${system(`a.full_name_${language}`)} as name, a.kind in ${system([...unitKinds, 'province'])} as village_unknown, l.known, w.step_code as step, w.answer, coalesce(w.people, 0) as people,
        coalesce(w.stopped, 0) as stopped
      from living l join area a on a.id = l.place left join answered w on w.place = l.place
      order by ${system.unsafe(byPlace)}`,
  );
  const places = new Map<number, StepPlace & { stopped: Record<string, number> }>();
  for (const { id, name, villageUnknown, known, step, stopped } of rows) {
    const place = places.get(id) ?? { id, name, villageUnknown, known, stopped: {} };
    if (step !== null && stopped > 0) place.stopped[step] = (place.stopped[step] ?? 0) + stopped;
    places.set(id, place);
  }
  const known = [...places.values()].reduce((sum, place) => sum + place.known, 0);
  const sum = (code: string, answer: StepAnswer, of: 'people' | 'stopped' = 'people') =>
    rows.reduce((all, row) => (row.step === code && row.answer === answer ? all + row[of] : all), 0);
  return {
    known,
    places: [...places.values()],
    steps: steps.map((step) => {
      const [yes, no] = [sum(step.code, 'yes'), sum(step.code, 'no')];
      return { ...step, yes, no, unknown: known - yes - no, stopped: sum(step.code, 'no', 'stopped') };
    }),
  };
}

/** Who stops at a step, by village and name; names and phones are read under the caller's own walls. */
export async function stoppedAt(
  tx: ScopedTx,
  language: Language,
  { area, own, step, page }: Partial<FunnelAddress> & { readonly step: string; readonly page: number },
): Promise<{ people: readonly Stopped[]; total: number }> {
  const areas = await areasOf(tx, area, own !== undefined);
  const [found] = await elevated(
    tx,
    'steps: who stops at one',
    (system) => system<{ total: number; ids: string[] }[]>`
      with known as materialized (${knownPeople(system, areas)}),
        standing as materialized (${standingAnswers(system, 'known')}),
        stop as (select distinct on (person_id) person_id, step_code from standing where answer = 'no' order by person_id, position, step_code),
        here as materialized (select k.* from stop s join known k on k.id = s.person_id where s.step_code = ${step})
      select (select count(*)::int from here) as total, array(
        select p.id from here p join area a on a.id = p.area_id order by ${byVillage(system)}
        limit ${stoppedPerPage} offset ${(page - 1) * stoppedPerPage}) as ids`,
  );
  const people = await tx<Stopped[]>`
    select p.id, p.full_name, p.birth_year, p.phone_hint, n.phone, p.area_id, ${tx(`a.full_name_${language}`)} as village,
      (select max(r.at) from step_record r where r.person_id = p.id and r.step_code = ${step}) as at
    from person p join area a on a.id = p.area_id left join person_phone n on n.person_id = p.id
    where p.id = any(${found?.ids ?? []}::uuid[]) order by ${byVillage(tx)}`;
  return { people, total: found?.total ?? 0 };
}
