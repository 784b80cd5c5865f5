import { createHash } from 'node:crypto';
import { checkSign, initialsOf } from '../../../lib/kernel/serial';
import type { Row } from '../connection';
import { courseId, lessonId } from '../courses';
import { idOf } from '../ids';
import { coreSkills } from '../skills';
import { accountOf } from './accounts';
import { lettersOf } from './dice';
import { addEvent } from './enrolments';
import type { Closing, RegisterRows } from './registers';

interface ResultRows extends RegisterRows {
  lesson: Row[];
  class_session: Row[];
  certificate: Row[];
}

const cameStates = new Set<unknown>(['present', 'late', 'left_early']);

/** Who came to which lessons, by lineage; how far each is in each skill; and who of a class's helpers saw what. */
function factsOf(rows: ResultRows) {
  const lineages = new Map(rows.lesson.map((row) => [row.id, row.lineage_id]));
  const lessonOf = new Map(
    rows.class_session.map((row) => [row.id, lineages.get(row.lesson_id ?? null) ?? row.lesson_id]),
  );
  const covered = new Map<unknown, Set<unknown>>();
  for (const row of rows.attendance) {
    if (!cameStates.has(row.state)) continue;
    const lessons = covered.get(row.person_id) ?? new Set();
    covered.set(row.person_id, lessons.add(lessonOf.get(row.session_id ?? null)));
  }
  const seen = new Map<unknown, Row[]>();
  for (const row of rows.skill_observation) seen.set(row.person_id, [...(seen.get(row.person_id) ?? []), row]);
  return { lineages, covered, seen };
}

const newest = (rows: readonly Row[]): Row | undefined =>
  rows.toSorted(
    (one, other) => Number(other.observed_at) - Number(one.observed_at) || (String(one.id) < String(other.id) ? 1 : -1),
  )[0];

/** As the portal works it out (lib/completion): a re-check may raise a level here, never lower it. */
function heldLevel(rows: readonly Row[]): number {
  const unchecked = newest(rows.filter(({ source }) => source !== 'recheck'));
  return Math.max(Number(newest(rows)?.level ?? 0), Number(unchecked?.level ?? 0));
}

/** Closes each class with the result of everybody in it, from all that happened anywhere. A test lets the portal work them out again. */
export function makeResults(closings: readonly Closing[], rows: ResultRows): void {
  const core = coreSkills();
  const { lineages, covered, seen } = factsOf(rows);
  for (const { planned, enrolments, at } of closings) {
    Object.assign(planned.row, { status: 'closed', closed_at: at });
    const { key, lessons } = planned.wish.course;
    const asked = lessons.map((_, nth) => lineages.get(lessonId(key, nth + 1)) ?? lessonId(key, nth + 1));
    const required = lessons.flatMap(({ skills }) => skills).filter((code) => core.has(code));
    const sessions = new Set<unknown>(planned.sessions.map(({ id }) => id));
    const cameHere = new Set(
      rows.attendance
        .filter((row) => sessions.has(row.session_id) && cameStates.has(row.state))
        .map((row) => row.person_id),
    );
    for (const { person, row } of enrolments) {
      const taken = covered.get(person.id);
      const observed = seen.get(person.id) ?? [];
      const done =
        asked.every((lineage) => taken?.has(lineage)) &&
        required.every((code) => heldLevel(observed.filter(({ skill_code }) => skill_code === code)) >= 3);
      const result = done ? 'completed' : cameHere.has(person.id) ? 'partial' : 'no_show';
      Object.assign(row, { status: result, status_at: at });
      addEvent(planned.key, row, 'confirmed', result, 'staff', at, rows);
    }
  }
}

const serialLetters = '2346789ACDEFGHJKMNPQRTWXY';

/**
 * In the units shown in full: certificates for those who completed a class and were seen by somebody else too, but for the class closed last,
 * whose are still to be issued. One of them was revoked.
 */
export function makeCertificates(closings: readonly Closing[], rows: ResultRows): void {
  const { seen } = factsOf(rows);
  const rich = closings.filter(({ planned }) => accountOf('organiser', planned.place.unit.id) !== null);
  for (const unit of new Set(rich.map(({ planned }) => planned.place.unit.id))) {
    const own = rich
      .filter(({ planned }) => planned.place.unit.id === unit)
      .toSorted((one, other) => one.at.getTime() - other.at.getTime());
    const issued = own.map((closing) => issue(closing, seen));
    const last = issued.findLastIndex((certificates) => certificates.length > 0);
    const standing = issued.slice(0, last).flat();
    const first = standing[0];
    if (first?.issued_at instanceof Date)
      Object.assign(first, {
        revoked_at: new Date(first.issued_at.getTime() + 3 * 86_400_000),
        revoked_by: accountOf('organiser', unit),
        revoked_code: 'wrong_person',
        revoked_note: 'Ghi nhầm người cùng tên (demo)',
      });
    rows.certificate.push(...standing);
  }
}

function issue({ planned, enrolments, at }: Closing, seen: ReadonlyMap<unknown, Row[]>): Row[] {
  const trainers = new Set<unknown>(planned.sessions.map(({ row }) => row.register_started_by));
  const taught = new Set<unknown>(planned.wish.course.lessons.flatMap(({ skills }) => skills));
  return enrolments.flatMap(({ person, row }) => {
    const again = (seen.get(person.id) ?? []).some(
      (one) =>
        Number(one.level) >= 3 &&
        taught.has(one.skill_code) &&
        (one.source === 'recheck' || (one.observed_by !== null && !trainers.has(one.observed_by))),
    );
    if (row.status !== 'completed' || !again) return [];
    const name = `${planned.key}/certificate/${person.id}`;
    const body = lettersOf(name, serialLetters, 9);
    const salt = createHash('sha256').update(name).digest('hex').slice(0, 24);
    return [
      {
        id: idOf(name),
        serial: body + checkSign(body),
        enrolment_id: row.id ?? null,
        course_id: courseId(planned.wish.course.key),
        area_id: planned.areaId,
        person_id: person.id,
        initials: initialsOf(person.fullName),
        name_salt: salt,
        name_digest: createHash('sha256')
          .update(`${person.fullName.normalize('NFC')}${salt}`)
          .digest('hex'),
        learnt_from: planned.sessions[0]?.startsAt ?? at,
        learnt_to: planned.sessions.at(-1)?.endsAt ?? at,
        issued_at: new Date(at.getTime() + 86_400_000),
        issued_by: accountOf('organiser', planned.place.unit.id),
        revoked_at: null,
        revoked_by: null,
        revoked_code: null,
        revoked_note: '',
      },
    ];
  });
}
