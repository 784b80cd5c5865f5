import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { newAddressId, newId, newSlipCode } from '../../lib/kernel/id';
import { givenName } from '../../lib/kernel/text';

export interface Scene {
  readonly classId: string;
  readonly sessionId: string;
  readonly villageId: number;
}

/** A class of a unit whose first session has just begun, and whose second is tomorrow, at a time of its own; in one village after the other, with these learners confirmed in it. */
export async function newClass(owner: Sql, unit: number, learners: readonly string[] = []): Promise<Scene> {
  const [classId, venueId, teamId, sessionId] = [newAddressId(), newId(), newId(), newId()];
  const name = 'Nhà văn hóa thử';
  const villageId = await owner.begin(async (tx) => {
    // One after the other: two made at once would stand in one village at one minute.
    await tx`select pg_advisory_xact_lock(hashtext('a class for a test'))`;
    const [{ before } = { before: 0 }] = await tx<
      { before: number }[]
    >`select count(*)::int as before from venue where name = ${name}`;
    const [found] = await tx<{ villageId: number; courseId: string; lessonId: string }[]>`
      select (select area_id from area_tree where ancestor_id = ${unit} and depth = 1 order by 1 offset ${before % 8} limit 1) as village_id, l.course_id, l.id as lesson_id
      from lesson l join lesson_skill s on s.lesson_id = l.id where l.area_id = 44 order by l.course_id, l.position limit 1`;
    if (!found) throw new Error('the demo world holds no course');
    const { villageId, courseId, lessonId } = found;
    await tx`insert into venue (id, area_id, name, address) values (${venueId}, ${villageId}, ${name}, 'Cạnh sân bóng')`;
    await tx`insert into team (id, area_id, kind, name) values (${teamId}, ${unit}, 'community_tech', 'Tổ công nghệ số thử')`;
    await tx`insert into class (id, area_id, course_id, venue_id, team_id, status, capacity, seats_confirmed, first_starts_at, last_ends_at, published_at)
      values (${classId}, ${villageId}, ${courseId}, ${venueId}, ${teamId}, 'published', 40, ${learners.length}, now(), now() + make_interval(hours => 26, mins => ${97 * before}), now())`;
    // Nobody finds two alike in a list.
    const next = tx`now() + make_interval(hours => 24, mins => ${97 * before})`;
    // Just begun, yet today even shortly after midnight.
    const begun = tx`greatest(now() - interval '10 minutes', date_trunc('day', now()))`;
    await tx`insert into class_session (id, class_id, area_id, lesson_id, venue_id, position, starts_at, ends_at, status) values
      (${sessionId}, ${classId}, ${villageId}, ${lessonId}, ${venueId}, 1, ${begun}, ${begun} + interval '90 minutes', 'published'),
      (${newId()}, ${classId}, ${villageId}, ${lessonId}, ${venueId}, 2, ${next}, ${next} + interval '2 hours', 'published')`;
    for (const fullName of learners) {
      const personId = newId();
      await tx`insert into person (id, area_id, full_name, given_name, name_folded, birth_year, phone_hint)
        values (${personId}, ${villageId}, ${fullName}, ${givenName(fullName)}, ${fullName.toLowerCase()}, 1911, '••• 678')`;
      await tx`insert into enrolment (class_id, area_id, person_id, status, status_at, code, channel, idempotency_key)
        values (${classId}, ${villageId}, ${personId}, 'confirmed', now() - interval '1 day', ${newSlipCode()}, 'staff', ${randomUUID()})`;
    }
    return villageId;
  });
  return { classId, sessionId, villageId };
}
