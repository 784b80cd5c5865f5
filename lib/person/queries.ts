import { elevated, type RecordTx, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { phoneHint } from '@/lib/kernel/phone';
import { fold } from '@/lib/kernel/text';
import { likelyFrom, likeness, type Described } from './rules';
import { mostFound, type Gender, type ObservedSkill, type PersonFound, type PersonSearch } from './schema';

export { lastFacts } from './history';

type Language = 'vi' | 'en';

interface Candidate extends Omit<PersonFound, 'reasons'> {
  /** As compared: of the record itself, or of one that was merged into it. */
  readonly as: Described;
  readonly placeSame: boolean;
}

/** Most people compared for one search: a name like "Nguyễn" alone stands for half a village. */
const mostCompared = 300;

/**
 * People the caller may look up who may be the one described, the likeliest first, each with why (`likeness`). Names are compared
 * without diacritics, years of birth may be one apart, the village only ranks: people move. Few, with the hint of a phone only;
 * `more` when others were left out. Who was merged is found under the record that was kept.
 */
export async function findPeople(
  tx: ScopedTx,
  language: Language,
  search: PersonSearch,
): Promise<{ people: PersonFound[]; more: boolean }> {
  const wanted = {
    name: fold(search.name),
    birthYear: search.birthYear ?? null,
    phoneHint: search.phone ? phoneHint(search.phone) : null,
  };
  const words = wanted.name.split(' ').slice(0, 8);
  const named = words
    .map((word) => tx`p.name_folded like ${`%${word}%`}`)
    .reduce((all, next) => tx`${all} and ${next}`);
  const area = search.area ?? null;
  const rows = await tx<Candidate[]>`
    select k.id, k.full_name, k.birth_year, k.phone_hint, ${tx(`a.full_name_${language}`)} as village,
           (select count(*) from enrolment e where e.person_id = k.id) as classes, w.place_same,
           jsonb_build_object('name', p.name_folded, 'birthYear', p.birth_year, 'phoneHint', p.phone_hint) as "as"
    from person p join person k on k.id = coalesce(p.merged_into, p.id) join area a on a.id = k.area_id
      cross join lateral (select coalesce(exists (
        select from area_tree t where t.area_id = p.area_id and t.ancestor_id = ${area}::integer), false) as place_same) w
    where (${named} or ${sameEnds(tx, words)}) and ${bornAbout(tx, wanted.birthYear)}
    order by p.name_folded <> ${wanted.name}, w.place_same desc, p.birth_year is not distinct from ${wanted.birthYear}::integer desc,
      p.given_name collate "vi-x-icu", p.full_name collate "vi-x-icu", p.id
    limit ${mostCompared}`;
  const ranked = rows
    .flatMap(({ placeSame, as: known, ...person }) => {
      const like = likeness(wanted, known, placeSame);
      return like ? [{ ...person, like }] : [];
    })
    .toSorted((one, other) => other.like.score - one.like.score)
    .filter((one, at, all) => all.findIndex(({ id }) => id === one.id) === at)
    .map(({ like, ...person }) => ({ ...person, reasons: like.reasons }));
  return { people: ranked.slice(0, mostFound), more: ranked.length > mostFound };
}

/** The family name and the given name are those typed, whatever stands between. */
const sameEnds = (tx: ScopedTx, words: readonly string[]) =>
  words.length < 2
    ? tx`false`
    : tx`(p.name_folded like ${`${words[0]} %`} and p.name_folded like ${`% ${words.at(-1)}`})`;

const bornAbout = (tx: ScopedTx, year: number | null) =>
  tx`(${year}::integer is null or p.birth_year is null or p.birth_year between ${year}::integer - 1 and ${year}::integer + 1)`;

/**
 * Whether somebody the caller already has to do with is so like the one described (`likelyFrom`) that it is probably them. For the
 * moment before somebody new is written down; asked as the system, answered for the caller's reach alone.
 */
export async function looksKnown(
  tx: SystemTx,
  typed: { fullName: string; birthYear: number | null; phone: string | null; areaId: number },
): Promise<boolean> {
  const wanted = {
    name: fold(typed.fullName),
    birthYear: typed.birthYear,
    phoneHint: typed.phone ? phoneHint(typed.phone) : null,
  };
  const words = wanted.name.split(' ');
  const rows = await tx<(Described & { placeSame: boolean })[]>`
    select p.name_folded as name, p.birth_year, p.phone_hint, p.area_id = ${typed.areaId} as place_same
    from person p
    where p.merged_into is null and (p.name_folded = ${wanted.name} or ${sameEnds(tx, words)}) and ${bornAbout(tx, typed.birthYear)}
      and (p.area_id = ${typed.areaId} or p.birth_year is not distinct from ${typed.birthYear}::integer)
      and person_in_reach(p.id) limit ${mostCompared}`;
  return rows.some((known) => (likeness(wanted, known, known.placeSame)?.score ?? 0) >= likelyFrom);
}

export interface PersonDetails {
  id: string;
  fullName: string;
  birthYear: number | null;
  gender: Gender | null;
  areaId: number;
  village: string;
  phone: string | null;
  phoneOfRelative: boolean;
  phoneHint: string | null;
  createdAt: Date;
  mayCorrect: boolean;
}

/** The name of a person the caller may look up; null out of scope. The reading was written down. */
export async function personNamed(tx: RecordTx, id: string): Promise<string | null> {
  const [row] = await tx<{ fullName: string }[]>`select full_name from person where id = ${id} and merged_into is null`;
  return row?.fullName ?? null;
}

export interface PersonClass {
  enrolmentId: string;
  classId: string;
  title: string;
  area: string;
  status: string;
  at: Date;
  came: number;
  marked: number;
}

/**
 * All that is known of one person and is the caller's to see; null out of scope. Takes a transaction in which the reading was
 * written down: there is no other way to call it. The phone comes only where the wall lets it through.
 */
export async function personRecord(tx: RecordTx, language: Language, id: string) {
  const [details] = await tx<PersonDetails[]>`
    select p.id, p.full_name, p.birth_year, p.gender, p.area_id, ${tx(`a.full_name_${language}`)} as village, n.phone,
           coalesce(n.belongs_to = 'relative', false) as phone_of_relative, p.phone_hint, p.created_at,
           p.area_id = any (coalesce((select may_areas('person.write')), '{}')) as may_correct
    from person p join area a on a.id = p.area_id left join person_phone n on n.person_id = p.id
    where p.id = ${id} and p.merged_into is null`;
  if (!details) return null;
  const classes = await tx<PersonClass[]>`
    select e.id as enrolment_id, e.class_id, ${tx(`co.title_${language}`)} as title, ${tx(`a.full_name_${language}`)} as area,
           e.status, e.status_at as at, count(t.state) filter (where t.state in ('present', 'late', 'left_early')) as came,
           count(t.state) as marked
    from enrolment e join class c on c.id = e.class_id join course co on co.id = c.course_id join area a on a.id = c.area_id
    left join class_session s on s.class_id = c.id left join attendance t on t.session_id = s.id and t.person_id = e.person_id
    where e.person_id = ${id} group by e.id, co.id, a.id order by e.created_at desc limit 50`;
  return {
    details,
    classes: [...classes],
    skills: await observedSkills(tx, language, id),
  };
}
export type PersonRecord = NonNullable<Awaited<ReturnType<typeof personRecord>>>;

interface Observation {
  skillCode: string;
  level: number;
  source: 'session' | 'recheck' | 'own_claim' | 'visit';
  observedAt: Date;
  observedBy: string | null;
  help: string;
}

/** The core skills, and whatever else was observed, each with its history. */
async function observedSkills(tx: RecordTx, language: Language, personId: string): Promise<ObservedSkill[]> {
  const seen = await tx<Observation[]>`
    select skill_code, level, source, observed_at, observed_by, help from skill_observation
    where person_id = ${personId} order by observed_at desc, id desc limit 2000`;
  const skills = await tx<{ code: string; domain: string; title: string; core: boolean }[]>`
    select s.code, ${tx(`d.name_${language}`)} as domain, ${tx(`v.title_${language}`)} as title, v.core
    from skill s join skill_domain d on d.code = s.domain_code join skill_version v on v.skill_code = s.code and v.valid_to is null
    where v.core or s.code in (select skill_code from skill_observation where person_id = ${personId})
    order by d.position, s.position`;
  const names = await namesOf(
    tx,
    seen.map((one) => one.observedBy),
  );
  return skills.map((skill) => ({
    ...skill,
    history: seen
      .filter((one) => one.skillCode === skill.code)
      .map((one) => ({
        level: one.level,
        source: one.source,
        at: one.observedAt,
        by: names.get(one.observedBy ?? '') ?? null,
        help: one.help,
      })),
  }));
}

/** Who observed: accounts are walled, their names on what they wrote down are not a secret to who may read it. */
async function namesOf(tx: RecordTx, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((one) => one !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await elevated(
    tx,
    'record: names of those who observed',
    (system) =>
      system<{ id: string; fullName: string }[]>`select id, full_name from account where id in ${system(wanted)}`,
  );
  return new Map(rows.map((row) => [row.id, row.fullName]));
}

/** Who may be the one about to be written down, where the caller corrects people: as `likeness` compares them. At most 100 000. */
export function peopleToCompare(tx: ScopedTx) {
  return tx<(Described & { areaId: number })[]>`
    select name_folded as name, birth_year, phone_hint, area_id from person
    where merged_into is null and area_id = any (coalesce((select may_areas('person.write')), '{}')) limit 100000`;
}

/** The versions of the words people agree to when they join, and the day from which each was used. */
export async function consentVersions(tx: ScopedTx): Promise<ReadonlyMap<number, string>> {
  const rows = await tx<{ version: number; day: string }[]>`
    select version, (used_from at time zone 'Asia/Ho_Chi_Minh')::date as day from consent_text
    where purpose = 'class' and used_from <= now()`;
  return new Map(rows.map(({ version, day }) => [version, day]));
}
