import { elevated, type ScopedTx } from '@/lib/access/scoped';
import type { Locale } from '@/lib/i18n/routing';
import { fold } from '@/lib/kernel/text';
import { mine } from '@/lib/class/queries';
import type { ClassStatus } from '@/lib/class/schema';
import type { CourseListInput } from './schema';

/** A course as one line of the list: its current version. */
export interface CourseLine {
  id: string;
  title: string;
  owner: string;
  whose: 'province' | 'own' | 'others';
  version: number;
  lessons: number;
  minutes: number;
  skills: number;
  /** Classes of any version that the caller may see. */
  classes: number;
  copiedFrom: string | null;
  changedAt: Date;
}

export const courseSorts = ['title', 'owner', 'lessons', 'classes', 'changed'] as const;

/** Courses in their current version: the province's, the caller's own and other units', by what the list was asked for. */
export async function courseList(
  tx: ScopedTx,
  locale: Locale,
  asked: CourseListInput,
  { sort, perPage }: { sort: { by: string; descending: boolean }; perPage: number },
): Promise<{ total: number; rows: CourseLine[] }> {
  const order = {
    title: tx`title collate "vi-x-icu"`,
    owner: tx`owner collate "vi-x-icu"`,
    lessons: tx`lessons`,
    classes: tx`classes`,
    changed: tx`changed_at`,
  }[sort.by];
  const rows = await tx<CourseLine[]>`
    select * from (
      select c.id, ${tx(`c.title_${locale}`)} as title, ${tx(`a.full_name_${locale}`)} as owner, c.version, c.changed_at,
        case when a.kind = 'province' then 'province' when c.area_id = ${mine(tx, 'course.write')} then 'own' else 'others' end as whose,
        (select count(*) from lesson l where l.course_id = c.id) as lessons,
        (select coalesce(sum(l.minutes), 0) from lesson l where l.course_id = c.id) as minutes,
        (select count(distinct s.skill_code) from lesson l join lesson_skill s on s.lesson_id = l.id where l.course_id = c.id) as skills,
        (select count(*) from class k join course v on v.id = k.course_id where v.series_id = c.series_id
           and k.area_id = ${mine(tx, 'class.read')}) as classes,
        (select ${tx(`o.full_name_${locale}`)} from course f join area o on o.id = f.area_id where f.id = c.copied_from) as copied_from,
        c.title_vi, c.title_en, c.position
      from course c join area a on a.id = c.area_id
      where c.replaced_at is null and (c.retired_at is not null) = ${asked.state === 'retired'}) listed
    where (${asked.whose ?? null}::text is null or whose = ${asked.whose ?? null})
    order by ${order ?? tx`position`} ${sort.descending ? tx`desc nulls last` : tx`asc nulls last`}, title_vi collate "vi-x-icu", id
    limit 2000`;
  const words = fold(asked.q ?? '')
    .split(' ')
    .filter((word) => word !== '');
  const found = rows.filter((row) => words.every((word) => fold(`${row.title} ${row.owner}`).includes(word)));
  return { total: found.length, rows: found.slice((asked.page - 1) * perPage, asked.page * perPage) };
}

export interface SkillTaught {
  code: string;
  title: string;
  canDo: string;
  required: boolean;
}

export interface LessonShown {
  position: number;
  title: string;
  minutes: number;
  skills: SkillTaught[];
}

export interface CourseShown {
  id: string;
  seriesId: string;
  areaId: number;
  title: string;
  summary: string;
  bring: string;
  owner: string;
  version: number;
  current: boolean;
  retired: boolean;
  learnersPerHelper: number;
  lessonsRequired: number | null;
  changedAt: Date;
  /** What it was copied from, and whose that is. */
  copied: { id: string; title: string; owner: string; version: number } | null;
  mayWrite: boolean;
}

/** One version of a course for reading; null when there is none. */
export async function courseShown(tx: ScopedTx, locale: Locale, courseId: string): Promise<CourseShown | null> {
  const [row] = await tx<CourseShown[]>`
    select c.id, c.series_id, c.area_id, ${tx(`c.title_${locale}`)} as title, ${tx(`c.summary_${locale}`)} as summary,
      ${tx(`c.bring_${locale}`)} as bring, ${tx(`a.full_name_${locale}`)} as owner, c.version, c.replaced_at is null as current,
      c.retired_at is not null as retired, c.learners_per_helper, c.lessons_required, c.changed_at,
      case when f.id is not null then jsonb_build_object('id', f.id, 'title', ${tx(`f.title_${locale}`)},
        'owner', ${tx(`o.full_name_${locale}`)}, 'version', f.version) end as copied,
      c.area_id = ${mine(tx, 'course.write')} as may_write
    from course c join area a on a.id = c.area_id left join course f on f.id = c.copied_from left join area o on o.id = f.area_id
    where c.id = ${courseId}`;
  return row ?? null;
}

/** The lessons of one version in order, each with what it teaches in today's words. */
export async function lessonsShown(tx: ScopedTx, locale: Locale, courseId: string): Promise<LessonShown[]> {
  const rows = await tx<LessonShown[]>`
    select l.position, ${tx(`l.title_${locale}`)} as title, l.minutes,
      coalesce((select jsonb_agg(jsonb_build_object('code', k.code, 'title', ${tx(`v.title_${locale}`)}, 'canDo', ${tx(`v.can_do_${locale}`)},
          'required', s.required) order by d.position, k.position)
        from lesson_skill s join skill k on k.code = s.skill_code join skill_domain d on d.code = k.domain_code
          join skill_version v on v.skill_code = k.code and v.valid_to is null
        where s.lesson_id = l.id), '[]') as skills
    from lesson l where l.course_id = ${courseId} order by l.position limit 100`;
  return [...rows];
}

export interface VersionLine {
  id: string;
  version: number;
  since: Date;
  until: Date | null;
  lessons: number;
  classes: number;
}

/** Every version of a series, the newest first, with how many classes in sight use it. */
export async function versionsOf(tx: ScopedTx, seriesId: string): Promise<VersionLine[]> {
  const rows = await tx<VersionLine[]>`
    select c.id, c.version, c.changed_at as since, c.replaced_at as until, (select count(*) from lesson l where l.course_id = c.id) as lessons,
      (select count(*) from class k where k.course_id = c.id and k.area_id = ${mine(tx, 'class.read')}) as classes
    from course c where c.series_id = ${seriesId} order by c.version desc limit 100`;
  return [...rows];
}

export interface ClassOfCourse {
  id: string;
  venue: string;
  area: string;
  status: ClassStatus;
  version: number;
  firstStartsAt: Date | null;
  over: boolean;
}

/** The caller's classes that use any version of a series, the newest first; at most 50, with how many there are. */
export async function classesOfCourse(
  tx: ScopedTx,
  locale: Locale,
  seriesId: string,
): Promise<{ total: number; rows: ClassOfCourse[] }> {
  const rows = await tx<(ClassOfCourse & { total: number })[]>`
    select k.id, v.name as venue, ${tx(`a.full_name_${locale}`)} as area, k.status, c.version, k.first_starts_at,
      coalesce(k.last_ends_at <= now(), false) as over, count(*) over () as total
    from class k join course c on c.id = k.course_id join venue v on v.id = k.venue_id join area a on a.id = k.area_id
    where c.series_id = ${seriesId} and k.area_id = ${mine(tx, 'class.read')}
    order by k.first_starts_at desc nulls first, k.id limit 50`;
  return { total: rows[0]?.total ?? 0, rows: [...rows] };
}

/** A course as it is stored, for its form and for copying. English that repeats the Vietnamese counts as not given. */
export interface CourseStored {
  id: string;
  areaId: number;
  seriesId: string;
  version: number;
  copiedFrom: string | null;
  position: number;
  replaced: boolean;
  retired: boolean;
  changedAt: string;
  titleVi: string;
  titleEn: string;
  summaryVi: string;
  summaryEn: string;
  bringVi: string;
  bringEn: string;
  learnersPerHelper: number;
  lessonsRequired: number | null;
  lessons: { titleVi: string; titleEn: string; minutes: number; lineageId: string; skills: string[] }[];
  required: string[];
}

/** One version whole; with `lock` also held against others until the transaction ends, and only where the caller may write it. */
export async function courseStored(
  tx: ScopedTx,
  courseId: string,
  lock: 'to write' | 'to read',
): Promise<CourseStored | null> {
  const held = lock === 'to write' ? tx`and c.area_id = ${mine(tx, 'course.write')} for update` : tx``;
  const [row] = await tx<Omit<CourseStored, 'lessons' | 'required'>[]>`
    select c.id, c.area_id, c.series_id, c.version, c.copied_from, c.position, c.replaced_at is not null as replaced,
      c.retired_at is not null as retired, c.changed_at::text as changed_at, c.title_vi, nullif(c.title_en, c.title_vi) as title_en, c.summary_vi,
      nullif(c.summary_en, c.summary_vi) as summary_en, c.bring_vi, nullif(c.bring_en, c.bring_vi) as bring_en, c.learners_per_helper,
      c.lessons_required
    from course c where c.id = ${courseId} ${held}`;
  if (!row) return null;
  const lessons = await tx<(CourseStored['lessons'][number] & { required: string[] })[]>`
    select l.title_vi, coalesce(nullif(l.title_en, l.title_vi), '') as title_en, l.minutes, l.lineage_id,
      array(select skill_code from lesson_skill where lesson_id = l.id order by skill_code) as skills,
      array(select skill_code from lesson_skill where lesson_id = l.id and required order by skill_code) as required
    from lesson l where l.course_id = ${courseId} order by l.position limit 100`;
  const english = { titleEn: row.titleEn ?? '', summaryEn: row.summaryEn ?? '', bringEn: row.bringEn ?? '' };
  const required = [...new Set(lessons.flatMap((lesson) => lesson.required))].sort();
  const outline = lessons.map(({ titleVi, titleEn, minutes, lineageId, skills }) => ({
    titleVi,
    titleEn,
    minutes,
    lineageId,
    skills,
  }));
  return { ...row, ...english, required, lessons: outline };
}

export interface TeachableSkill {
  code: string;
  domain: string;
  title: string;
  canDo: string;
  core: boolean;
}

/** The skills a lesson may teach, in the catalogue's order. */
export async function teachableSkills(tx: ScopedTx, locale: Locale): Promise<TeachableSkill[]> {
  const rows = await tx<TeachableSkill[]>`
    select k.code, ${tx(`d.name_${locale}`)} as domain, ${tx(`v.title_${locale}`)} as title, ${tx(`v.can_do_${locale}`)} as can_do, v.core
    from skill k join skill_domain d on d.code = k.domain_code join skill_version v on v.skill_code = k.code and v.valid_to is null
    order by d.position, k.position, k.code limit 300`;
  return [...rows];
}

/** Which of these skills exist, and which of them are core. */
export async function skillsKnown(tx: ScopedTx, codes: readonly string[]) {
  const rows = await tx<{ code: string; core: boolean }[]>`
    select skill_code as code, core from skill_version where valid_to is null and skill_code = any(${[...codes]}::text[])`;
  return {
    known: new Set(rows.map(({ code }) => code)),
    core: new Set(rows.filter(({ core }) => core).map(({ code }) => code)),
  };
}

/** The lineages that belong to a series: what a lesson of it may go on being. */
export async function lineagesOf(tx: ScopedTx, seriesId: string): Promise<ReadonlySet<string>> {
  const rows = await tx<{ id: string }[]>`
    select distinct l.lineage_id as id from lesson l join course c on c.id = l.course_id where c.series_id = ${seriesId}`;
  return new Set(rows.map(({ id }) => id));
}

/** Whether any class, in sight or not, uses this very version. */
export async function isUsed(tx: ScopedTx, courseId: string): Promise<boolean> {
  return elevated(tx, 'course: is this version in use', async (system) => {
    const [found] = await system`select from class where course_id = ${courseId} limit 1`;
    return found !== undefined;
  });
}
