import { newAddressId, newCardCode, newId, newSlipCode } from '../../lib/kernel/id';
import { fold, givenName } from '../../lib/kernel/text';
import type { Cast, Place } from '../support/cast';

export interface TaughtCourse {
  id: string;
  lessons: { id: string; lineageId: string }[];
}

/** A course of the province with two lessons: the first of A1, which must be done alone, the second of B1. */
export async function twoLessons(cast: Cast): Promise<TaughtCourse> {
  const [row] = await cast.owner<{ id: string }[]>`
    insert into course (area_id, title_vi, title_en, summary_vi, summary_en, bring_vi, bring_en)
    values (44, 'Hai bài', 'Two lessons', 'Tập hai bài.', 'Two lessons.', 'x', 'x') returning id`;
  const id = row?.id ?? '';
  for (const [at, skill] of ['A1', 'B1'].entries()) {
    const lesson = newId();
    await cast.owner`insert into lesson (id, course_id, area_id, position, title_vi, title_en)
      values (${lesson}, ${id}, 44, ${at + 1}, ${`Bài ${at + 1}`}, ${`Lesson ${at + 1}`})`;
    await cast.owner`insert into lesson_skill (lesson_id, skill_code, area_id, required) values (${lesson}, ${skill}, 44, ${at === 0})`;
  }
  const lessons = await cast.owner<TaughtCourse['lessons']>`
    select id, lineage_id from lesson where course_id = ${id} order by position`;
  return { id, lessons: [...lessons] };
}

export interface TaughtClass {
  classId: string;
  sessionIds: string[];
  /** Who began its registers. */
  trainer: string;
}

/** A class of that course whose two sessions are over, `daysAgo` the last; both registers taken by the place's helper, unless left undone. */
export async function taughtClass(
  cast: Cast,
  place: Place,
  course: TaughtCourse,
  { daysAgo = 3, taken = true }: { daysAgo?: number; taken?: boolean } = {},
): Promise<TaughtClass> {
  const [classId, trainer] = [newAddressId(), await cast.accountOf('helper', place)];
  await cast.owner`insert into class (id, area_id, course_id, venue_id, team_id, status, capacity, published_at, first_starts_at, last_ends_at)
    values (${classId}, ${place.villageId}, ${course.id}, ${place.venueId}, ${place.teamId}, 'published', 10, now(),
      now() - make_interval(days => ${daysAgo + 1}), now() - make_interval(days => ${daysAgo}) + interval '1 hour')`;
  const sessionIds: string[] = [];
  for (const [at, lesson] of course.lessons.entries()) {
    const [id, venue] = [newId(), newId()];
    const back = daysAgo + course.lessons.length - 1 - at;
    sessionIds.push(id);
    await cast.owner`insert into venue (id, area_id, name, address) values (${venue}, ${place.villageId}, ${`Nhà ${id.slice(-6)}`}, 'x')`;
    await cast.owner`
      insert into class_session (id, class_id, area_id, lesson_id, venue_id, position, starts_at, ends_at, status, register_started_at, register_finished_at, register_started_by)
      values (${id}, ${classId}, ${place.villageId}, ${lesson.id}, ${venue}, ${at + 1}, now() - make_interval(days => ${back}),
        now() - make_interval(days => ${back}) + interval '1 hour', ${taken ? 'held' : 'published'},
        ${taken ? cast.owner`now() - make_interval(days => ${back})` : null}, ${taken ? cast.owner`now() - make_interval(days => ${back})` : null}, ${taken ? trainer : null})`;
  }
  return { classId, sessionIds, trainer };
}

export interface TaughtLearner {
  personId: string;
  enrolmentId: string;
  cardCode: string;
  slip: string;
}

/** Somebody with a seat in it, or in its queue, as if they had signed up long ago. */
export async function seated(
  cast: Cast,
  place: Place,
  { classId }: TaughtClass,
  { fullName = 'Lê Thị Học', status = 'confirmed' }: { fullName?: string; status?: 'confirmed' | 'waitlisted' } = {},
): Promise<TaughtLearner> {
  const [personId, enrolmentId, cardCode, slip] = [newId(), newId(), newCardCode(), newSlipCode()];
  await cast.owner.begin(async (tx) => {
    await tx`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
      values (${personId}, ${place.villageId}, ${fullName}, ${givenName(fullName)}, ${fold(fullName)}, 1954)`;
    await tx`insert into consent (person_id, purpose, text_version, given, how) values (${personId}, 'class', 1, true, 'self')`;
    await tx`insert into card (person_id, code) values (${personId}, ${cardCode})`;
    await tx`insert into enrolment (id, class_id, area_id, person_id, status, status_at, created_at, code, channel, idempotency_key)
      values (${enrolmentId}, ${classId}, ${place.villageId}, ${personId}, ${status}, now() - interval '60 days', now() - interval '60 days', ${slip}, 'web', ${newId()})`;
    await tx`insert into enrolment_event (enrolment_id, area_id, to_status, channel) values (${enrolmentId}, ${place.villageId}, ${status}, 'web')`;
    await tx`update class set seats_confirmed = seats_confirmed + ${status === 'confirmed' ? 1 : 0},
        waiting = waiting + ${status === 'waitlisted' ? 1 : 0} where id = ${classId}`;
  });
  return { personId, enrolmentId, cardCode, slip };
}

/** They came to that session; with a level, somebody saw them do A1. */
export async function came(
  cast: Cast,
  place: Place,
  personId: string,
  sessionId: string,
  seen: { level: number; by: string | null } | null = null,
): Promise<void> {
  await cast.owner`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
    values (${sessionId}, ${personId}, ${place.villageId}, 'present', false, now(), ${place.operationId})`;
  if (seen)
    await cast.owner`insert into skill_observation (id, person_id, skill_code, level, source, session_id, area_id, observed_at, observed_by)
      select ${newId()}, ${personId}, 'A1', ${seen.level}, 'session', id, area_id, ends_at, ${seen.by} from class_session where id = ${sessionId}`;
}
