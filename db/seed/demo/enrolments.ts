import { addDays, dayOf } from '../../../lib/kernel/clock';
import type { Row } from '../connection';
import { idOf } from '../ids';
import { accountOf } from './accounts';
import { momentBetween, type PlannedClass } from './classes';
import { lettersOf, type Dice } from './dice';
import { inventName } from './names';
import { meet, type Person, type PersonRows } from './people';

export interface Enrolment {
  person: Person;
  at: Date;
  row: Row;
}

export interface EnrolmentRows extends PersonRows {
  enrolment: Row[];
  enrolment_event: Row[];
}

const slipLetters = '2346789ACDEFGHJKMNPQRTWXY';
const reasons = ['Bận việc nhà', 'Trùng ngày mùa', 'Đi thăm con ở xa', 'Chuyển sang lớp khác gần hơn'] as const;
const channels = [
  ['web', 34],
  ['staff', 40],
  ['phone', 15],
  ['paper', 11],
] as const;

/** Those who might come to this class: free, not taught it before, of its village first. */
function candidates({ wish, firstDay }: PlannedClass, people: readonly Person[], dice: Dice): Person[] {
  return people
    .filter((person) => person.busyUntil < firstDay && !person.courses.has(wish.course.key))
    .map((person) => {
      const near = wish.village === null || person.villageId === wish.village.id ? 0 : 0.7;
      return { person, order: dice.next() + near + person.joined * 0.25 };
    })
    .sort((one, other) => one.order - other.order)
    .map(({ person }) => person);
}

/** Fills a class from its people: confirmed up to its seats, then a waiting list, and a few who changed their minds. */
export function enrol(
  planned: PlannedClass,
  people: readonly Person[],
  today: string,
  dice: Dice,
  rows: EnrolmentRows,
) {
  const { wish, publishedAt, row } = planned;
  if (publishedAt === null) return [];
  const wanted = Math.round(wish.capacity * wish.demand);
  const over = planned.firstDay <= today;
  const seated = Math.min(wanted, wish.capacity);
  const coming = candidates(planned, people, dice).slice(0, over ? seated : wanted);
  const last = over ? addDays(planned.firstDay, -1) : addDays(today, -1);
  const days = Math.max(0, (Date.parse(last) - Date.parse(dayOf(publishedAt))) / 86_400_000);
  const moments = coming
    .map(() => momentBetween(addDays(dayOf(publishedAt), Math.floor(dice.next() ** 1.6 * days)), 12, 20, dice))
    .sort((one, other) => one.getTime() - other.getTime());
  const enrolments = coming.map((person, at) => enrolOne(planned, person, moments[at] ?? publishedAt, at, dice, rows));
  const isCancelled = wish.fate === 'cancelled';
  row.seats_confirmed = isCancelled ? 0 : Math.min(coming.length, wish.capacity);
  row.waiting = isCancelled ? 0 : Math.max(0, coming.length - wish.capacity);
  if (!isCancelled && dice.chance(0.4)) changeMind(planned, people, moments[0] ?? publishedAt, dice, rows);
  if (wish.keeps) seatGroup(planned, enrolments);
  if (wish.asking) askNext(planned, enrolments, moments.at(-1) ?? publishedAt, dice, rows);
  return isCancelled ? [] : enrolments.slice(0, wish.capacity);
}

/** Those of the group sit on the places kept for it, as far as these go. */
function seatGroup({ wish, row, firstDay }: PlannedClass, enrolments: readonly Enrolment[]): void {
  const { places = 0, group } = wish.keeps ?? {};
  const belongs = ({ person }: Enrolment) =>
    group === 'over_60'
      ? person.birthYear !== null && person.birthYear <= Number(firstDay.slice(0, 4)) - 60
      : person.villageId === wish.village?.id;
  const seated = enrolments.filter(belongs).slice(0, places);
  for (const one of seated) one.row.reserved = true;
  row.seats_reserved = places - seated.length;
}

/** The first who had a seat leaves; whoever waits first is asked and has until the class begins to answer. */
function askNext(
  { key, wish, row, sessions }: PlannedClass,
  enrolments: readonly Enrolment[],
  after: Date,
  dice: Dice,
  rows: EnrolmentRows,
): void {
  const [leaves, next] = [enrolments[0]?.row, enrolments[wish.capacity]?.row];
  if (!leaves || !next) return;
  const at = new Date(after.getTime() + 60_000);
  addEvent(key, leaves, 'confirmed', 'cancelled', String(leaves.channel), at, rows, dice.pick(reasons));
  Object.assign(leaves, { status: 'cancelled', status_at: at });
  addEvent(key, next, 'waitlisted', 'offered', 'promotion', at, rows);
  Object.assign(next, {
    status: 'offered',
    status_at: at,
    offer_by: 'slip',
    offer_expires_at: sessions[0]?.startsAt ?? at,
  });
  Object.assign(row, {
    seats_confirmed: wish.capacity - 1,
    seats_offered: 1,
    waiting: enrolments.length - wish.capacity - 1,
  });
}

function enrolOne(
  planned: PlannedClass,
  person: Person,
  at: Date,
  order: number,
  dice: Dice,
  rows: EnrolmentRows,
): Enrolment {
  const { key, wish } = planned;
  const waits = order >= wish.capacity;
  const row = write(planned, person, at, waits ? 'waitlisted' : 'confirmed', dice, rows);
  if (wish.fate === 'cancelled') {
    row.status = 'class_cancelled';
    row.status_at = new Date(at.getTime() + 3_600_000);
    addEvent(key, row, waits ? 'waitlisted' : 'confirmed', 'class_cancelled', 'staff', row.status_at, rows);
  } else {
    person.busyUntil = planned.lastDay;
    person.courses.add(wish.course.key);
    person.joined += 1;
  }
  return { person, at, row };
}

/** Somebody who signed up and took it back: the seat is free again. */
function changeMind(planned: PlannedClass, people: readonly Person[], at: Date, dice: Dice, rows: EnrolmentRows): void {
  const person = candidates(planned, people, dice)[0];
  if (!person) return;
  const row = write(planned, person, at, 'confirmed', dice, rows);
  row.status = 'cancelled';
  row.status_at = new Date(at.getTime() + dice.int(1, 6) * 1_800_000);
  addEvent(planned.key, row, 'confirmed', 'cancelled', String(row.channel), row.status_at, rows, dice.pick(reasons));
}

function write(planned: PlannedClass, person: Person, at: Date, status: string, dice: Dice, rows: EnrolmentRows): Row {
  const { key, place } = planned;
  const channel = dice.weighted(channels);
  const relative =
    channel === 'web' && dice.chance(0.4)
      ? inventName(dice, dice.chance(0.5) ? 'female' : 'male', place.mountain)
      : null;
  const how = relative ? 'representative' : { web: 'self', staff: 'oral', phone: 'oral', paper: 'paper' }[channel];
  const takenBy = channel === 'web' ? null : accountOf('organiser', place.unit.id);
  meet(person, { at, how, representative: relative, takenBy }, rows);
  const name = `${key}/enrolment/${person.id}`;
  const row: Row = {
    id: idOf(name),
    class_id: planned.id,
    area_id: planned.areaId,
    person_id: person.id,
    status,
    status_at: at,
    code: lettersOf(name, slipLetters, 8),
    channel,
    signed_up_by: relative,
    queued_at: at,
    reserved: false,
    offer_by: null,
    offer_expires_at: null,
    idempotency_key: idOf(`${name}/key`),
    created_at: at,
  };
  rows.enrolment.push(row);
  addEvent(key, row, null, status, channel, at, rows);
  return row;
}

function reasonCodeOf(from: string | null, to: string): string | null {
  if (from === null) return 'signed_up';
  return { cancelled: 'left', offered: 'turn', class_cancelled: 'class_cancelled' }[to] ?? null;
}

/** Writes a transition down. */
export function addEvent(
  key: string,
  enrolment: Row,
  from: string | null,
  to: string,
  channel: string,
  at: Date,
  rows: Pick<EnrolmentRows, 'enrolment_event'>,
  reason: string | null = null,
): void {
  rows.enrolment_event.push({
    id: idOf(`${key}/event/${enrolment.id}/${to}`),
    enrolment_id: enrolment.id ?? null,
    area_id: enrolment.area_id ?? null,
    from_status: from,
    to_status: to,
    account_id: null,
    channel,
    reason_code: reasonCodeOf(from, to),
    reason,
    at,
  });
}
