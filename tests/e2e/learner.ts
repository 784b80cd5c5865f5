import type { Sql } from 'postgres';
import { newAddressId, newCardCode, newId, newSlipCode } from '../../lib/kernel/id';
import { fold, givenName } from '../../lib/kernel/text';

interface Learner {
  code: string;
  slip: string;
  personId: string;
  sessionId: string;
  enrolmentId: string;
}

const venue = 'Nhà văn hóa Thẻ (demo)';

/** Somebody of Minh Hóa with a card, a slip and a place in a class that meets tomorrow and met yesterday. */
export async function learner(sql: Sql, fullName: string): Promise<Learner> {
  const [base] = await sql<{ courseId: string; lessonId: string; teamId: string; areaId: number }[]>`
    select l.course_id, l.id as lesson_id, t.id as team_id, (select min(area_id) from area_tree where ancestor_id = 18901 and depth = 1) as area_id
    from lesson l cross join team t where l.area_id = 44 and t.area_id = 18901 order by l.id, t.id limit 1`;
  if (!base) throw new Error('the demo world holds no course');
  // The last of all classes: whoever takes the first one of the unit gets a class of the demo world.
  const [personId, classId, venueId] = [newId(), `zz${newAddressId().slice(2)}`, newId()];
  const [yesterday, sessionId, enrolmentId] = [newId(), newId(), newId()];
  const [code, slip] = [newCardCode(), newSlipCode()];
  // Each a minute later than the one before: no two classes of one village are alike.
  const turn = await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(754)`;
    const before = await tx`select from venue where name = ${venue}`;
    await tx`insert into venue (id, area_id, name, address) values (${venueId}, ${base.areaId}, ${venue}, 'Thôn Thẻ')`;
    return `${before.length} minutes`;
  });
  await sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year, phone_hint)
    values (${personId}, ${base.areaId}, ${fullName}, ${givenName(fullName)}, ${fold(fullName)}, 1954, '••• 678')`;
  await sql`insert into person_phone (person_id, phone) values (${personId}, '+84900088678')`;
  await sql`insert into consent (person_id, purpose, text_version, given, how) values (${personId}, 'class', 1, true, 'self')`;
  await sql`insert into card (person_id, code) values (${personId}, ${code})`;
  await sql`insert into class (id, area_id, course_id, venue_id, team_id, status, capacity, seats_confirmed, first_starts_at, last_ends_at)
    values (${classId}, ${base.areaId}, ${base.courseId}, ${venueId}, ${base.teamId}, 'published', 10, 1, now() - interval '1 day', now() + interval '30 hours')`;
  for (const [id, position, ahead] of [
    [yesterday, 1, '-1 day'],
    [sessionId, 2, '1 day'],
  ] as const)
    await sql`insert into class_session (id, class_id, area_id, lesson_id, venue_id, position, starts_at, ends_at, status)
      values (${id}, ${classId}, ${base.areaId}, ${base.lessonId}, ${venueId}, ${position}, now() + ${ahead}::interval + ${turn}::interval,
        now() + ${ahead}::interval + ${turn}::interval + interval '90 minutes', 'published')`;
  await sql`insert into enrolment (id, class_id, area_id, person_id, status, code, channel, idempotency_key, status_at, created_at)
    values (${enrolmentId}, ${classId}, ${base.areaId}, ${personId}, 'confirmed', ${slip}, 'web', ${newId()}, now() - interval '9 days', now() - interval '9 days')`;
  await sql`insert into enrolment_event (enrolment_id, area_id, to_status, channel, at)
    values (${enrolmentId}, ${base.areaId}, 'confirmed', 'web', now() - interval '9 days')`;
  return { code, slip, personId, sessionId, enrolmentId };
}
