import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { classToCopy, mine } from '@/lib/class/queries';
import type { ClassStatus } from '@/lib/class/schema';
import type { Locale } from '@/lib/i18n/routing';
import { dayOf, timeOf, weekdayOf } from '@/lib/kernel/clock';
import { fold } from '@/lib/kernel/text';
import type { Audience, ModelListInput, ModelPlan, ModelShown, ModelState, VenueKind } from './schema';

export interface ModelLine {
  id: string;
  name: string;
  owner: string;
  own: boolean;
  status: ModelState;
  audience: Audience[];
  forWhom: string;
  source: string | null;
  copies: number;
}

/** The unit (or province) a model belongs to, through whatever lies between. */
const sortOfUnit = (tx: ScopedTx) => tx`
  (select u.kind from area_tree t join area u on u.id = t.ancestor_id where t.area_id = m.area_id and u.kind in ${tx([...unitKinds, 'province'])}
   order by t.depth limit 1)`;

/**
 * Models the caller may read, by what the list was asked for: what is published for everybody, and of their own the drafts and what is put
 * away. Found by name, place, what it is and for whom, without diacritics.
 */
export async function modelList(
  tx: ScopedTx,
  locale: Locale,
  asked: ModelListInput,
  perPage: number,
): Promise<{ total: number; rows: ModelLine[] }> {
  const rows = await tx<(ModelLine & { what: string; sort: string | null })[]>`
    select m.id, m.name, m.what, ${tx(`a.full_name_${locale}`)} as owner, m.area_id = ${mine(tx, 'class.write')} as own, m.status,
      m.audience, m.for_whom, ${sortOfUnit(tx)} as sort, (select o.name from model o where o.id = m.copied_from) as source,
      (select count(*)::int from model k where k.copied_from = m.id and k.status = 'published') as copies
    from model m join area a on a.id = m.area_id
    where m.status <> 'put_away' or m.area_id = ${mine(tx, 'class.write')}
    order by m.status = 'put_away', m.copied_from is not null, m.name collate "vi-x-icu", a.name_vi collate "vi-x-icu", m.id limit 1000`;
  const words = fold(asked.q ?? '')
    .split(' ')
    .filter((word) => word !== '');
  const found = rows.filter(
    (row) =>
      (asked.for === undefined || row.audience.includes(asked.for)) &&
      (asked.unit === undefined || row.sort === asked.unit) &&
      (asked.whose === undefined || row.own === (asked.whose === 'own')) &&
      (asked.state === undefined ? row.status !== 'put_away' : row.status === asked.state) &&
      words.every((word) => fold(`${row.name} ${row.owner} ${row.what} ${row.forWhom}`).includes(word)),
  );
  return { total: found.length, rows: found.slice((asked.page - 1) * perPage, asked.page * perPage) };
}

/** The course as it is now: the current version of the series a model's belongs to, while one is taught. */
const courseNow = (tx: ScopedTx) => tx`
  left join course co on co.id = coalesce(
    (select n.id from course n join course was on was.id = m.course_id where n.series_id = was.series_id and n.replaced_at is null), m.course_id)`;

/** A model the caller may read; null for any other. */
export async function modelShown(tx: ScopedTx, locale: Locale, id: string): Promise<ModelShown | null> {
  const [row] = await tx<ModelShown[]>`
    select m.id, m.area_id, m.family_id, ${tx(`a.full_name_${locale}`)} as owner, m.status, m.version, m.name, m.what, m.audience, m.for_whom,
      m.materials, m.adapted, m.changed_at::text as changed_at, m.published_at, m.weekdays, to_char(m.start_time, 'HH24:MI') as start_time,
      m.minutes, m.sessions, m.capacity, m.minimum_to_run, m.venue_kind, co.id as course_id, ${tx(`co.title_${locale}`)} as course,
      (select count(*)::int from lesson l where l.course_id = co.id) as lessons, co.learners_per_helper,
      (select jsonb_build_object('id', o.id, 'name', o.name, 'owner', ${tx(`w.full_name_${locale}`)}, 'version', m.copied_version)
       from model o join area w on w.id = o.area_id where o.id = m.copied_from) as source,
      (select count(*)::int from model k where k.copied_from = m.id and k.status = 'published') as copies,
      m.area_id = ${mine(tx, 'class.write')} as may_write
    from model m join area a on a.id = m.area_id ${courseNow(tx)} where m.id = ${id}`;
  return row ?? null;
}

export interface FamilyMember {
  id: string;
  name: string;
  owner: string;
  isFirst: boolean;
  adapted: string;
}

/** So many models stand beside each other on one page: what comparing costs grows with what they held. */
export const comparedAtOnce = 20;

/**
 * A page of a model's family that the caller may read: on every page the model itself, then the first of them and the caller's own, then those by
 * which most classes are counted. At most `comparedAtOnce`; `pages` says how many such pages there are.
 */
export async function familyOf(
  tx: ScopedTx,
  locale: Locale,
  { id, familyId }: Pick<ModelShown, 'id' | 'familyId'>,
  page = 1,
): Promise<{ members: FamilyMember[]; pages: number }> {
  const all = await tx<(FamilyMember & { own: boolean })[]>`
    select m.id, m.name, ${tx(`a.full_name_${locale}`)} as owner, m.copied_from is null as is_first, m.adapted,
      m.area_id = ${mine(tx, 'class.write')} as own
    from model m join area a on a.id = m.area_id where m.family_id = ${familyId} and m.published_at is not null
    order by m.copied_from is not null, a.name_vi collate "vi-x-icu", m.id limit 1000`;
  const counted = await elevated(
    tx,
    'models: by which most classes are counted',
    (system) => system<{ modelId: string; classes: number }[]>`
      select model_id, count(*)::int as classes from model_class where model_id = any(${all.map((one) => one.id)}::uuid[]) group by 1`,
  );
  const classes = new Map(counted.map((row) => [row.modelId, row.classes]));
  const rank = (one: (typeof all)[number]) => (one.isFirst ? -2 : one.own ? -1 : 0);
  const others = all
    .filter((one) => one.id !== id)
    .toSorted((one, other) => rank(one) - rank(other) || (classes.get(other.id) ?? 0) - (classes.get(one.id) ?? 0));
  const perPage = comparedAtOnce - 1;
  const here = new Set([id, ...others.slice((page - 1) * perPage, page * perPage).map((one) => one.id)]);
  return { members: all.filter((one) => here.has(one.id)), pages: Math.max(1, Math.ceil(others.length / perPage)) };
}

export interface ClassOfModel {
  id: string;
  title: string;
  area: string;
  status: ClassStatus;
  version: number;
  firstStartsAt: Date | null;
  held: number;
  sessions: number;
  mayOpen: boolean;
}

/**
 * The classes held by a model, the newest first; at most 50. Which they are everybody knows who reads the model: they stand on the public
 * schedule. Drafts only where the caller reads classes. How many came to one of them is not told here (docs/decisions/038-dashboards.md).
 */
export async function classesOfModel(tx: ScopedTx, locale: Locale, modelId: string): Promise<ClassOfModel[]> {
  const [model] = await tx`select from model where id = ${modelId}`;
  if (!model) return [];
  const links = await elevated(
    tx,
    'models: which classes were held by one',
    (system) => system<{ classId: string; version: number }[]>`
      select class_id, version from model_class where model_id = ${modelId} limit 500`,
  );
  // The class itself under the caller's own rows.
  const rows = await tx<Omit<ClassOfModel, 'version'>[]>`
    select c.id, ${tx(`co.title_${locale}`)} as title, ${tx(`a.full_name_${locale}`)} as area, c.status, c.first_starts_at,
      (select count(*)::int from class_session s where s.class_id = c.id and s.status = 'held') as held,
      (select count(*)::int from class_session s where s.class_id = c.id and s.status not in ('cancelled', 'did_not_happen')) as sessions,
      c.area_id = ${mine(tx, 'class.read')} as may_open
    from class c join course co on co.id = c.course_id join area a on a.id = c.area_id
    where c.id = any(${links.map(({ classId }) => classId)}) order by c.first_starts_at desc nulls first, c.id limit 50`;
  return rows.map((row) => ({ ...row, version: links.find(({ classId }) => classId === row.id)?.version ?? 1 }));
}

/** Rounds of visits made by a model, that the caller plans; the newest first. */
export async function roundsOfModel(tx: ScopedTx, locale: Locale, modelId: string) {
  const rows = await tx<{ id: string; day: string; area: string }[]>`
    select r.id, r.day::text, ${tx(`a.full_name_${locale}`)} as area
    from model_round l join visit_round r on r.id = l.round_id join area a on a.id = r.area_id
    where l.model_id = ${modelId} and r.area_id = ${mine(tx, 'visit.plan')} order by r.day desc, r.id limit 50`;
  return [...rows];
}

/** What of the caller's could still be counted with a model: classes (of its course first) and rounds of visits that belong to no model. */
export async function couldBeHeld(
  tx: ScopedTx,
  locale: Locale,
  { areaId, courseId }: { areaId: number; courseId: string },
) {
  const classes = await tx<{ id: string; title: string; area: string; firstStartsAt: Date | null }[]>`
    select c.id, ${tx(`co.title_${locale}`)} as title, ${tx(`a.name_${locale}`)} as area, c.first_starts_at
    from class c join course co on co.id = c.course_id join area a on a.id = c.area_id
    where c.area_id in (select area_id from area_tree where ancestor_id = ${areaId}) and c.area_id = ${mine(tx, 'class.write')}
      and c.status in ('published', 'closed') and not exists (select from model_class l where l.class_id = c.id)
    order by co.series_id <> (select series_id from course where id = ${courseId}), c.first_starts_at desc nulls last, c.id limit 60`;
  const rounds = await tx<{ id: string; day: string; area: string }[]>`
    select r.id, r.day::text, ${tx(`a.name_${locale}`)} as area from visit_round r join area a on a.id = r.area_id
    where r.area_id in (select area_id from area_tree where ancestor_id = ${areaId}) and r.area_id = ${mine(tx, 'visit.plan')}
      and r.called_off_at is null and not exists (select from model_round l where l.round_id = r.id)
    order by r.day desc, r.id limit 40`;
  return { classes: [...classes], rounds: [...rounds] };
}

/** What a class by one of the caller's own published models is planned with; null for any other model. */
export async function modelToPlan(tx: ScopedTx, id: string) {
  const [row] = await tx<(ModelPlan & { id: string; name: string; courseId: string })[]>`
    select m.id, m.name, co.id as course_id, m.weekdays, to_char(m.start_time, 'HH24:MI') as start_time, m.minutes, m.sessions, m.capacity,
      m.minimum_to_run, m.venue_kind
    from model m ${courseNow(tx)} where m.id = ${id} and m.status = 'published' and m.area_id = ${mine(tx, 'class.write')}`;
  return row ?? null;
}

/** What a model begins with that is made of one of the caller's classes: its course and plan, as it was held. Null for any other class. */
export async function modelFromClass(tx: ScopedTx, locale: Locale, classId: string) {
  const like = await classToCopy(tx, locale, classId);
  if (!like) return null;
  const { weeklyRule, firstStartsAt } = like;
  const weekdays = weeklyRule?.weekdays ?? (firstStartsAt ? [weekdayOf(dayOf(firstStartsAt))] : []);
  return {
    title: like.title,
    plan: {
      courseId: like.courseId,
      weekdays,
      startTime: weeklyRule?.startTime ?? (firstStartsAt ? timeOf(firstStartsAt) : ''),
      minutes: weeklyRule?.minutes ?? 90,
      sessions: Math.max(1, Math.min(60, like.sessions)),
      capacity: like.capacity,
      minimumToRun: like.minimumToRun,
    },
  };
}

/** A model as it is stored, held against others until the transaction ends; only where the caller may write it. */
export async function modelInHand(tx: ScopedTx, id: string) {
  const [row] = await tx<
    {
      id: string;
      areaId: number;
      status: ModelState;
      version: number;
      changedAt: string;
      publishedAt: Date | null;
      name: string;
      what: string;
      audience: Audience[];
      forWhom: string;
      materials: string[];
      adapted: string;
      courseId: string;
      weekdays: number[];
      startTime: string;
      minutes: number;
      sessions: number;
      capacity: number;
      minimumToRun: number;
      venueKind: VenueKind;
    }[]
  >`
    select id, area_id, status, version, changed_at::text as changed_at, published_at, name, what, audience, for_whom, materials, adapted, course_id,
      weekdays, to_char(start_time, 'HH24:MI') as start_time, minutes, sessions, capacity, minimum_to_run, venue_kind
    from model where id = ${id} and area_id = ${mine(tx, 'class.write')} for update`;
  return row ?? null;
}

/** The model a class is held by, where the caller may read it. */
export async function modelOfClass(tx: ScopedTx, classId: string): Promise<{ id: string; name: string } | null> {
  const [row] = await tx<{ id: string; name: string }[]>`
    select m.id, m.name from model_class l join model m on m.id = l.model_id where l.class_id = ${classId}`;
  return row ?? null;
}

/** Courses a model of one place may be of: those its classes could be planned with. */
export async function coursesFor(tx: ScopedTx, locale: Locale) {
  const rows = await tx<{ id: string; title: string; lessons: number }[]>`
    select c.id, ${tx(`c.title_${locale}`)} as title, (select count(*)::int from lesson l where l.course_id = c.id) as lessons
    from course c
    where c.area_id in (select ancestor_id from area_tree where area_id = ${mine(tx, 'class.write')}) and c.replaced_at is null and c.retired_at is null
    order by c.position, c.title_vi collate "vi-x-icu" limit 200`;
  return [...rows];
}
