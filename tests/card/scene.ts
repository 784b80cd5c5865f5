import { presentCard, recordOwnReading, type Caller, type RecordTx, type ScopedTx } from '@/lib/access/scoped';
import { openCard } from '@/lib/card/commands';
import { enrol } from '@/lib/enrolment/commands';
import { newCardCode, newId } from '@/lib/kernel/id';
import { isRefusal } from '@/lib/kernel/result';
import { fold, givenName } from '@/lib/kernel/text';
import type { Cast, Place } from '../support/cast';
import { asResident, asStaff, form, openClass } from '../enrolment/scene';

export const nothingTyped = { digits: '', name: '' };

/** A try to open a card from an address, in a transaction of its own as every request is. */
export const tryCard = (code: string, typed: object, address = '10.1.1.1') =>
  asResident((tx) => openCard(tx, address, { code }, { ...nothingTyped, ...typed }));

/** Does work as the holder of a card, as the actions do. */
export const asHolder = <R>(code: string, work: (tx: ScopedTx, personId: string) => Promise<R>): Promise<R | null> =>
  asResident(async (tx) => {
    const personId = await presentCard(tx, code);
    return personId ? work(tx, personId) : null;
  });

/** Reads as the holder of a card, as the pages do. */
export const readAsHolder = <R>(code: string, work: (tx: RecordTx, personId: string) => Promise<R>) =>
  asHolder(code, async (tx, personId) => work(await recordOwnReading(tx, personId, 'card'), personId));

export interface Learner {
  personId: string;
  code: string;
}

/** Somebody with a card and a consent, of whom only what is given is known. */
export async function learner(
  cast: Cast,
  place: Place,
  known: { fullName?: string; birthYear?: number | null; phone?: string | null } = {},
): Promise<Learner> {
  const { fullName = 'Võ Thị Thử', birthYear = 1950, phone = null } = known;
  const [personId, code] = [newId(), newCardCode()];
  await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
    values (${personId}, ${place.villageId}, ${fullName}, ${givenName(fullName)}, ${fold(fullName)}, ${birthYear})`;
  if (phone) await cast.owner`insert into person_phone (person_id, phone) values (${personId}, ${phone})`;
  await cast.owner`insert into consent (person_id, purpose, text_version, given, how) values (${personId}, 'class', 1, true, 'self')`;
  await cast.owner`insert into card (person_id, code) values (${personId}, ${code})`;
  return { personId, code };
}

/** A learner with a card and a confirmed place in a class of their own; `hoursAhead` may lie in the past. */
export async function enrolled(
  cast: Cast,
  hoursAhead = 24,
  known = {},
): Promise<Learner & { classId: string; sessionId: string; enrolmentId: string }> {
  const one = await learner(cast, cast.here, known);
  const classId = await openClass(cast, cast.here, 1, { hoursAhead: Math.max(1, hoursAhead) });
  const enrolmentId = await place(cast, one.personId, classId);
  const [session] = await cast.owner<{ id: string }[]>`select id from class_session where class_id = ${classId}`;
  await cast.owner`update enrolment set status_at = status_at - interval '10 days', created_at = created_at - interval '10 days' where id = ${enrolmentId}`;
  if (hoursAhead < 1) {
    const startsAt = new Date(Date.now() + hoursAhead * 3_600_000);
    const endsAt = new Date(startsAt.getTime() + 5_400_000);
    await cast.owner`update class_session set starts_at = ${startsAt}, ends_at = ${endsAt} where class_id = ${classId}`;
  }
  return { ...one, classId, enrolmentId, sessionId: session?.id ?? '' };
}

/** Staff enrol somebody in a class: the id of the enrolment. */
export async function place(cast: Cast, personId: string, classId: string): Promise<string> {
  const staff = await caller(cast, 'organiser');
  const outcome = await asStaff(staff.token, (tx) =>
    enrol(tx, { caller: staff.caller, channel: 'staff' }, { ...form(classId, cast.here), learner: { personId } }),
  );
  if (isRefusal(outcome)) throw new Error(outcome.refused);
  return outcome.enrolmentId;
}

/** Staff of `here`, as a command knows them. */
export async function caller(cast: Cast, role: 'organiser' | 'helper') {
  const accountId = await cast.accountOf(role, cast.here);
  return { token: await cast.token(role, cast.here), caller: { accountId, areaId: cast.here.unitId } as Caller };
}
