import type postgres from 'postgres';
import { openScoped, type ScopedTx } from '@/lib/access/scoped';
import { cancelEnrolment, enrol } from '@/lib/enrolment/commands';
import type { Enrolment } from '@/lib/enrolment/schema';
import { newAddressId, newId } from '@/lib/kernel/id';
import { isRefusal } from '@/lib/kernel/result';
import type { Cast, Place } from '../support/cast';

/** A transaction as a resident's form gets it from the door. */
export const asResident = <R>(work: (tx: ScopedTx) => Promise<R>): Promise<R> =>
  openScoped('read write', 'camtay_public', '', work);

export const asStaff = <R>(token: string, work: (tx: ScopedTx) => Promise<R>): Promise<R> =>
  openScoped('read write', 'camtay_app', token, work);

export const resident = { caller: null, channel: 'web' } as const;

/** A class of its own with so many seats, from tomorrow on. Whoever is promoted is confirmed at once, unless told how long to wait. */
export async function openClass(
  cast: Cast,
  place: Place,
  capacity: number,
  more: Partial<{
    status: string;
    statusReason: string;
    hoursAhead: number;
    searchFolded: string;
    offerHours: number;
    reservedPlaces: number;
    reservedFor: string;
  }> = {},
): Promise<string> {
  const id = newAddressId();
  const { status = 'published', statusReason = null, hoursAhead = 24, searchFolded = '', offerHours = 0 } = more;
  const { reservedPlaces = 0, reservedFor = null } = more;
  const startsAt = new Date(Date.now() + hoursAhead * 3_600_000);
  const endsAt = new Date(startsAt.getTime() + 5_400_000);
  const venueId = newId();
  await cast.owner`insert into venue (id, area_id, name, address) values (${venueId}, ${place.villageId}, 'Nhà văn hóa thử', 'Thôn Thử')`;
  await cast.owner`insert into class (id, area_id, course_id, venue_id, team_id, status, status_reason, capacity, first_starts_at, last_ends_at, search_folded,
      offer_hours, reserved_places, reserved_for, seats_reserved)
    values (${id}, ${place.villageId}, ${cast.courseId}, ${venueId}, ${place.teamId}, ${status}, ${statusReason}, ${capacity}, ${startsAt}, ${endsAt}, ${searchFolded},
      ${offerHours}, ${reservedPlaces}, ${reservedFor}, ${reservedPlaces})`;
  await cast.owner`insert into class_session (class_id, area_id, venue_id, position, starts_at, ends_at, status)
    values (${id}, ${place.villageId}, ${venueId}, 1, ${startsAt}, ${endsAt}, ${status === 'draft' ? 'planned' : 'published'})`;
  return id;
}

let count = 0;
const letters = (n: number) => [...String(n)].map((digit) => 'ABCDEGHIKL'[Number(digit)]).join('');

/** A form as a resident sends it: a new person each time unless told who. */
export function form(classId: string, place: Place, who: Partial<TypedLearner> = {}, formKey = newId()): Enrolment {
  count += 1;
  return {
    classId,
    formKey,
    learner: {
      fullName: `Trần Thị ${letters(count)}`,
      phone: null,
      phoneOf: 'self',
      areaId: place.villageId,
      birthYear: null,
      ...who,
    },
    signedUpBy: null,
    consent: { version: 1, how: 'self' },
  };
}
export interface TypedLearner {
  fullName: string;
  phone: string | null;
  phoneOf: 'self' | 'relative';
  areaId: number;
  birthYear: number | null;
}

/** Sends the form through a transaction of its own, as every request does. */
export const send = (enrolment: Enrolment) => asResident((tx) => enrol(tx, resident, enrolment));

export interface Standing {
  capacity: number;
  seatsConfirmed: number;
  waiting: number;
  confirmedRows: number;
  waitingRows: number;
}

/** The counters of a class beside what is counted from its rows. */
export async function standingOf(owner: postgres.Sql, classId: string): Promise<Standing> {
  const [row] = await owner<Standing[]>`
    select capacity, seats_confirmed, waiting,
      (select count(*)::integer from enrolment e where e.class_id = c.id and e.status = 'confirmed') as confirmed_rows,
      (select count(*)::integer from enrolment e where e.class_id = c.id and e.status = 'waitlisted') as waiting_rows
    from class c where id = ${classId}`;
  if (!row) throw new Error('no such class');
  return row;
}

/** What people do in a test, in a word each: come (or throw), leave, and how one stands by the last event. */
export function handsOf(world: () => Cast) {
  async function come(classId: string, who: Partial<TypedLearner> = {}) {
    const done = await send(form(classId, world().here, who));
    if (isRefusal(done)) throw new Error(done.refused);
    return done;
  }
  async function standing(code: string) {
    const [row] = await world().owner<
      {
        status: string;
        reserved: boolean;
        hours: number | null;
        offerBy: string | null;
        channel: string;
        why: string;
      }[]
    >`
      select e.status, e.reserved, e.offer_by, round(extract(epoch from e.offer_expires_at - now()) / 3600)::integer as hours, v.channel, v.reason_code as why
      from enrolment e join enrolment_event v on v.enrolment_id = e.id where e.code = ${code} order by v.step desc limit 1`;
    return row;
  }
  const leave = (code: string) => asResident((tx) => cancelEnrolment(tx, resident, { code }, 'resident'));
  /** One seat, taken, and so many who wait. */
  async function full(waiting: number, more: Parameters<typeof openClass>[3] = {}) {
    const classId = await openClass(world(), world().here, 1, { offerHours: 24, hoursAhead: 96, ...more });
    const seated = await come(classId);
    const queue = [];
    for (let n = 0; n < waiting; n += 1) queue.push(await come(classId));
    return { classId, seated, queue: queue.map(({ code }) => code) as [string, string] };
  }
  return { come, standing, leave, full };
}
