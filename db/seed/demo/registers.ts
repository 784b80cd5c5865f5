import { createHash } from 'node:crypto';
import { addDays, dayOf } from '../../../lib/kernel/clock';
import type { Row } from '../connection';
import { idOf } from '../ids';
import { accountOf } from './accounts';
import type { PlannedClass, Session } from './classes';
import { Dice } from './dice';
import type { Enrolment, EnrolmentRows } from './enrolments';
import { meet, type Person } from './people';

export interface RegisterRows extends EnrolmentRows {
  attendance: Row[];
  register_operation: Row[];
  skill_observation: Row[];
}

const later = (moment: Date, minutes: number) => new Date(moment.getTime() + minutes * 60_000);

/** A class that is over and whose registers were taken: closed two weeks after its end. */
export interface Closing {
  planned: PlannedClass;
  enrolments: readonly Enrolment[];
  at: Date;
}

/**
 * Takes the registers of a class's days gone by (some are forgotten, some days are lost to the rain). Says when it was closed; the results
 * follow once everything that happened is known (results.ts).
 */
export function runClass(
  planned: PlannedClass,
  enrolments: readonly Enrolment[],
  people: readonly Person[],
  today: string,
  dice: Dice,
  rows: RegisterRows,
): Closing | null {
  let held = 0;
  const gone = planned.sessions.filter(({ day }) => day < today);
  for (const session of gone) {
    const isLast = session === gone.at(-1);
    if (planned.wish.forgotten ? isLast : isForgotten(session.day, today, dice)) continue;
    if (!planned.wish.weekdays && dice.chance(/-1[01]-/.test(session.day) ? 0.05 : 0.01)) {
      session.row.status = 'did_not_happen';
      session.row.status_reason = 'Mưa to, đường vào thôn bị ngập';
      continue;
    }
    held += 1;
    // In the units shown in full somebody of each class that runs has stayed away lately without a word.
    const lately = planned.place.rich && planned.lastDay >= today && session.day >= addDays(today, -15);
    const silent = lately ? (enrolments[1]?.person ?? null) : null;
    takeRegister(planned, session, enrolments, silent, people, dice, rows);
  }
  if (held === 0 || planned.lastDay >= addDays(today, -14)) return null;
  return { planned, enrolments, at: later(planned.sessions.at(-1)?.endsAt ?? new Date(0), 14 * 24 * 60) };
}

function isForgotten(day: string, today: string, dice: Dice): boolean {
  const likely = day >= addDays(today, -3) ? 0.25 : day >= addDays(today, -45) ? 0.05 : 0.012;
  return dice.chance(likely);
}

/** One register: marks of all who were enrolled, a few who walked in, what each did alone. */
function takeRegister(
  planned: PlannedClass,
  session: Session,
  enrolments: readonly Enrolment[],
  silent: Person | null,
  people: readonly Person[],
  dice: Dice,
  rows: RegisterRows,
): void {
  const helper = accountOf('helper', planned.place.unit.id);
  const startedAt = later(session.startsAt, dice.int(-8, 12));
  const finishedAt = later(session.endsAt, dice.int(-5, 20));
  Object.assign(session.row, {
    status: 'held',
    register_started_at: startedAt,
    register_finished_at: finishedAt,
    register_started_by: helper,
    guests: dice.chance(0.15) ? dice.int(1, 4) : 0,
  });
  const register = { planned, session, helper, silent, startedAt, finishedAt, start: idOf(`${session.id}/start`) };
  addOperation(register, register.start, null, 'start', {}, startedAt, rows);
  const present: Person[] = [];
  for (const { person } of enrolments) if (mark(register, person, false, dice, rows)) present.push(person);
  if (dice.chance(0.22)) {
    const guest = people[dice.int(0, people.length - 1)];
    if (guest && guest.busyUntil < planned.firstDay && !enrolments.some(({ person }) => person === guest)) {
      meet(guest, { at: startedAt, how: 'oral', representative: null, takenBy: helper }, rows);
      if (mark(register, guest, true, dice, rows)) present.push(guest);
    }
  }
  for (const person of present) for (const skill of session.skills) observe(register, person, skill, dice, rows);
  addOperation(register, idOf(`${session.id}/finish`), null, 'finish', {}, finishedAt, rows);
}

interface Register {
  planned: PlannedClass;
  session: Session;
  helper: string | null;
  startedAt: Date;
  finishedAt: Date;
  /** Whoever is absent whatever the dice say. */
  silent: Person | null;
  /** The operation that marked everybody present. */
  start: string;
}

const exceptions = [
  ['excused', 50],
  ['absent', 50],
] as const;

function mark(register: Register, person: Person, walkIn: boolean, dice: Dice, rows: RegisterRows): boolean {
  const { planned, session, helper, silent, startedAt, start } = register;
  const isThere = walkIn || (dice.chance(person.reliability) && person !== silent);
  const manner = dice.next();
  const state = !isThere
    ? person === silent
      ? 'absent'
      : dice.weighted(exceptions)
    : manner < 0.07
      ? 'late'
      : manner < 0.09
        ? 'left_early'
        : 'present';
  const minutesLate = state === 'late' ? dice.int(5, 30) : null;
  const byDefault = state === 'present' && !walkIn;
  const markedAt = byDefault ? startedAt : later(startedAt, dice.int(1, 40));
  const operation = byDefault ? start : idOf(`${session.id}/mark/${person.id}`);
  if (!byDefault) {
    const told = walkIn ? { state, areaId: person.villageId, consent: 'oral' } : { state, minutesLate };
    addOperation(register, operation, person.id, walkIn ? 'walk_in' : 'mark', told, markedAt, rows);
  }
  rows.attendance.push({
    session_id: session.id,
    person_id: person.id,
    area_id: planned.areaId,
    state,
    minutes_late: minutesLate,
    walk_in: walkIn,
    by_default: byDefault,
    marked_at: markedAt,
    operation_id: operation,
    marked_by: helper,
  });
  return isThere;
}

const helps = ['', '', '', '', 'Nhắc từng bước', 'Cần chữ to hơn', 'Cháu ngồi bên nhắc'] as const;

/** What somebody did with a skill that day: better with ability and each time, now and then not tried. */
function observe(register: Register, person: Person, skill: string, dice: Dice, rows: RegisterRows): void {
  const { planned, session, helper, finishedAt } = register;
  const before = person.levels.get(skill) ?? 0;
  // Not everything is seen each time, least of all what somebody does alone already.
  if (dice.chance(before >= 3 ? 0.5 : 0.03)) return;
  const thrown = dice.next() - person.ability;
  const fresh = thrown < 0 ? 3 : thrown < 0.3 ? 2 : thrown < 0.85 ? 1 : 0;
  const level = before === 0 ? fresh : Math.min(4, Math.max(fresh, before + (dice.chance(0.75) ? 1 : 0)));
  person.levels.set(skill, level);
  const id = idOf(`${session.id}/observe/${person.id}/${skill}`);
  const help = level === 1 || level === 2 ? dice.pick(helps) : '';
  // Now and then the organiser sits in: somebody else than who teaches has seen it then.
  const by = new Dice(`second/${id}`).chance(0.25) ? accountOf('organiser', planned.place.unit.id) : helper;
  rows.skill_observation.push({
    id,
    person_id: person.id,
    skill_code: skill,
    level,
    source: 'session',
    session_id: session.id,
    area_id: planned.areaId,
    observed_at: later(finishedAt, -dice.int(6, 30)),
    observed_by: by,
    help,
  });
  addOperation(
    { ...register, helper: by },
    id,
    person.id,
    'observe',
    { skillCode: skill, level, help },
    finishedAt,
    rows,
  );
}

/** In the units shown in full each act is there as the device sent it. */
function addOperation(
  { planned, session, helper }: Register,
  id: string,
  personId: string | null,
  kind: string,
  told: object,
  at: Date,
  rows: RegisterRows,
): void {
  if (helper === null) return;
  const content = JSON.stringify({
    id,
    sessionId: session.id,
    at: at.toISOString(),
    kind,
    ...(personId ? { personId } : {}),
    ...told,
  });
  rows.register_operation.push({
    id,
    session_id: session.id,
    area_id: planned.areaId,
    account_id: helper,
    person_id: personId,
    kind,
    content,
    content_hash: createHash('sha256').update(content).digest('hex'),
    device_time: at,
    received_at: later(at, 1),
    outcome: 'applied',
  });
}

/** A month or so after somebody attained a skill a visitor may look again: it is still there, or it has faded. */
export function recheck(today: string, dice: Dice, rows: RegisterRows): void {
  const oldest = addDays(today, -35);
  for (const row of rows.skill_observation.filter(({ level }) => Number(level) >= 3)) {
    const at = row.observed_at;
    if (!(at instanceof Date) || !dice.chance(0.04) || dayOf(at) >= oldest) continue;
    rows.skill_observation.push({
      ...row,
      id: idOf(`${row.id}/recheck`),
      level: dice.chance(0.85) ? 3 : 2,
      source: 'recheck',
      place: 'home',
      session_id: null,
      observed_at: later(at, dice.int(30, 34) * 24 * 60),
      help: '',
    });
  }
}
