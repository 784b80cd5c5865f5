import fc from 'fast-check';
import { asSystem, openScoped, type Caller, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import {
  answerOffer,
  cancelEnrolment,
  changePlaces,
  endAllPlaces,
  enrol,
  mergeEnrolments,
  moveEnrolment,
  overbook,
  promoteWaiting,
} from '@/lib/enrolment/commands';
import { newAddressId, newId, newSlipCode } from '@/lib/kernel/id';
import { isRefusal, type Refusal } from '@/lib/kernel/result';
import { fold } from '@/lib/kernel/text';
import { setTheScene, type Cast } from '../support/cast';
import { Model } from './model';
import { asResident, resident } from './scene';

let cast: Cast;
let staff: { token: string; caller: Caller };
const past: string[] = [];

/** A fresh world with an organiser, and two classes that are over, whose lists people have missed. */
export async function openWorld(url: string): Promise<Cast> {
  cast = await setTheScene(url);
  const token = await cast.token('organiser', cast.here);
  const [row] = await openScoped('read only', 'camtay_app', token, (tx) => tx<{ caller: Caller }[]>`select caller()`);
  if (!row) throw new Error('no caller');
  staff = { token, caller: row.caller };
  // In the order classes are always locked in.
  for (const id of [newAddressId(), newAddressId()].toSorted()) {
    past.push(id);
    await cast.owner`insert into class (id, area_id, course_id, venue_id, team_id, status, capacity, waiting, first_starts_at, last_ends_at)
      values (${id}, ${cast.here.villageId}, ${cast.courseId}, ${cast.here.venueId}, ${cast.here.teamId}, 'published', 5, 1000000, now() - interval '9 days', now() - interval '8 days')`;
  }
  return cast;
}

class Undo extends Error {}
/** As the door does: what was written before a no is undone, unless it says that it stands. */
async function act(
  open: <R>(work: (tx: ScopedTx) => Promise<R>) => Promise<R>,
  work: (tx: ScopedTx) => Promise<Refusal | object>,
): Promise<string> {
  let answer: Refusal | object = {};
  try {
    await open(async (tx) => {
      answer = await work(tx);
      if (isRefusal(answer) && !answer.kept) throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  return isRefusal(answer) ? (answer as Refusal).refused : 'done';
}
const asStaff = <R>(work: (tx: ScopedTx) => Promise<R>) => openScoped('read write', 'camtay_app', staff.token, work);
const asPortal = <R>(work: (tx: SystemTx) => Promise<R>) => asSystem('test', work);

export interface Stage {
  readonly model: Model;
  readonly ids: readonly string[];
  readonly people: readonly { id: string; fullName: string; phone: string }[];
  /** Enrolments in the order they were made, as the model counts them. */
  readonly made: { id: string; code: string }[];
}

export const classOf = fc.record({
  capacity: fc.integer({ min: 1, max: 3 }),
  keeps: fc.constantFrom(0, 0, 1, 2),
  offerHours: fc.constantFrom(0, 24, 24),
});
const who = fc.nat(5);
const where = fc.nat(1);
export const command = fc.oneof(
  { weight: 8, arbitrary: fc.record({ does: fc.constant('enrol' as const), who, where }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('cancel' as const), who, where }) },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('answer' as const), who, where, yes: fc.boolean(), staff: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('lapse' as const), where }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('expire' as const), where }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('clock' as const), where, hours: fc.constantFrom(40, 2) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('change' as const),
      where,
      capacity: fc.integer({ min: 1, max: 4 }),
      held: fc.constantFrom(0, 0, 1),
      keeps: fc.constantFrom(0, 1, 2),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('cancelClass' as const), where }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('merge' as const), who, into: who }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('move' as const), who, where, beyond: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('overbook' as const), who, where }) },
);
export type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;
type Setting = typeof classOf extends fc.Arbitrary<infer C> ? C : never;

let counted = 0;
const letters = (n: number) => [...String(n)].map((digit) => 'ABCDEGHIKL'[Number(digit)]).join('');

/** Six people, two over 60, two who missed two lists and one who missed one; two classes in three days. */
export async function setUp(settings: readonly Setting[]): Promise<Stage> {
  const ids = [newAddressId(), newAddressId()].toSorted();
  const people = Array.from({ length: 6 }, () => {
    counted += 1;
    return { id: newId(), fullName: `Lê Thị ${letters(counted)}`, phone: `+84${String(900_000_000 + counted)}` };
  });
  const over60 = (at: number) => at < 2;
  const missed = (at: number) => [2, 0, 2, 1, 0, 0][at] ?? 0;
  const startsAt = new Date(Date.now() + 72 * 3_600_000);
  const { owner, here } = cast;
  const classes = settings.map((one, at) => ({
    id: ids[at] ?? '',
    areaId: here.villageId,
    courseId: cast.courseId,
    venueId: here.venueId,
    teamId: here.teamId,
    status: 'published',
    capacity: one.capacity,
    offerHours: one.offerHours,
    firstStartsAt: startsAt,
    lastEndsAt: new Date(startsAt.getTime() + 5_400_000),
    reservedPlaces: Math.min(one.keeps, one.capacity),
    reservedFor: one.keeps > 0 ? 'over_60' : null,
    seatsReserved: Math.min(one.keeps, one.capacity),
  }));
  await Promise.all([
    owner`insert into person ${owner(people.map(({ id, fullName }, at) => ({ id, areaId: here.villageId, fullName, givenName: fullName, nameFolded: fold(fullName), birthYear: over60(at) ? 1950 : 1990 })))}`,
    owner`insert into class ${owner(classes)}`,
  ]);
  const venues = ids.map(() => newId());
  await owner`insert into venue ${owner(venues.map((id) => ({ id, areaId: here.villageId, name: 'v', address: 'v' })))}`;
  await Promise.all([
    owner`insert into person_phone ${owner(people.map(({ id, phone }) => ({ personId: id, phone })))}`,
    owner`insert into class_session ${owner(ids.map((classId, at) => ({ classId, areaId: here.villageId, venueId: venues[at] ?? '', position: 1, startsAt, endsAt: new Date(startsAt.getTime() + 5_400_000), status: 'published' })))}`,
    owner`insert into enrolment ${owner(people.flatMap(({ id }, at) => past.slice(0, missed(at)).map((classId) => ({ classId, areaId: here.villageId, personId: id, status: 'waitlisted', code: newSlipCode(), channel: 'web', idempotencyKey: newId() }))))}`,
  ]);
  await owner`insert into enrolment_event (enrolment_id, area_id, to_status, channel)
    select id, area_id, status, channel from enrolment where person_id in ${owner(people.map(({ id }) => id))}`;
  const model = new Model(
    settings.map((one, index) => ({
      index,
      capacity: one.capacity,
      held: 0,
      overbooked: 0,
      keeps: Math.min(one.keeps, one.capacity),
      released: false,
      offerHours: one.offerHours,
      cancelled: false,
      hoursAhead: 72,
    })),
    people.map((_, index) => ({
      index,
      over60: over60(index),
      past: past.slice(0, missed(index)).map((list) => ({ what: 'missed' as const, at: 0, list })),
      mergedInto: null,
    })),
  );
  return { model, ids, people, made: [] };
}

/** Does the command on both sides and gives both answers. Undefined where there is nothing to do it to. */
export async function perform(stage: Stage, { does, ...one }: Command): Promise<[string, string] | undefined> {
  const { model, ids, people, made } = stage;
  const klass = 'where' in one ? model.at(one.where) : model.at(0);
  const id = ids[klass.index] ?? '';
  const place = 'who' in one && 'where' in one ? model.active(model.who(one.who), klass) : undefined;
  const row = made[place?.nth ?? -1];
  const actor = { caller: staff.caller, channel: 'phone' } as const;
  switch (does) {
    case 'enrol': {
      const typed = people[(one as { who: number }).who];
      const before = model.places.length;
      const expected = model.enrol((one as { who: number }).who, klass.index);
      const learner = {
        fullName: typed?.fullName ?? '',
        phone: typed?.phone ?? null,
        phoneOf: 'self' as const,
        areaId: cast.here.villageId,
        birthYear: null,
      };
      const form = {
        classId: id,
        formKey: newId(),
        learner,
        signedUpBy: null,
        consent: { version: 1, how: 'self' as const },
      };
      let status = '';
      const answer = await act(asResident, async (tx) => {
        const done = await enrol(tx, resident, form);
        if (!isRefusal(done)) made[before] = { id: done.enrolmentId, code: done.code };
        status = isRefusal(done) ? '' : done.status;
        return done;
      });
      return [expected, answer === 'done' ? status : answer];
    }
    case 'cancel':
      if (!place || !row) return;
      model.cancel(place);
      return ['done', await act(asResident, (tx) => cancelEnrolment(tx, resident, { code: row.code }, 'x'))];
    case 'answer': {
      if (!place || !row) return;
      const { yes, staff: byStaff } = one as { yes: boolean; staff: boolean };
      const was = place.status === 'offered' && !place.lapsed ? 'done' : null;
      const standing = place.status;
      model.answer(place, yes);
      const expected =
        was ?? (standing === 'confirmed' && yes ? 'done' : standing === 'offered' ? 'offerOver' : 'noOffer');
      const say = yes ? 'accept' : 'decline';
      const answer = byStaff
        ? act(asStaff, (tx) => answerOffer(tx, actor, { enrolmentId: row.id }, say))
        : act(asResident, (tx) => answerOffer(tx, resident, { code: row.code }, say));
      // Who only waits may be promoted by the way; what they are then told is not the point here.
      return standing === 'waitlisted' ? [await answer, await answer] : [expected, await answer];
    }
    case 'lapse':
    case 'expire':
      for (const offer of model.of(klass)) offer.lapsed = offer.status === 'offered';
      await cast.owner`update enrolment set offer_expires_at = now() - interval '1 second' where class_id = ${id} and status = 'offered'`;
      if (does === 'lapse') return ['', ''];
      model.promote(klass);
      await asPortal((tx) => promoteWaiting(tx, id));
      return ['', ''];
    case 'clock': {
      const { hours } = one as { hours: number };
      if (klass.hoursAhead <= hours) return;
      klass.hoursAhead = hours;
      await cast.owner`update class_session set starts_at = now() + make_interval(hours => ${hours}), ends_at = now() + make_interval(hours => ${hours + 1}) where class_id = ${id}`;
      await cast.owner`update class set first_starts_at = now() + make_interval(hours => ${hours}), last_ends_at = now() + make_interval(hours => ${hours + 1}) where id = ${id}`;
      model.promote(klass);
      await asPortal((tx) => promoteWaiting(tx, id));
      return ['', ''];
    }
    case 'change': {
      if (klass.cancelled) return;
      const { capacity, held, keeps: wanted } = one as { capacity: number; held: number; keeps: number };
      const keeps = Math.min(wanted, capacity);
      const { offerHours } = klass;
      const expected = model.change(klass, { capacity, held, keeps });
      const places = {
        capacity,
        held,
        offerHours,
        reservedPlaces: keeps,
        reservedFor: keeps > 0 ? ('over_60' as const) : null,
      };
      return [expected, await act(asPortal as typeof asStaff, (tx) => changePlaces(tx as SystemTx, id, places))];
    }
    case 'cancelClass':
      if (klass.cancelled) return;
      model.cancelClass(klass);
      await asPortal(async (tx) => {
        await endAllPlaces(tx, id, { accountId: null, channel: 'staff' }, 'x');
        await tx`update class set status = 'cancelled', status_reason = 'x' where id = ${id}`;
      });
      return ['', ''];
    case 'merge': {
      const [goes, stays] = [model.people[(one as { who: number }).who], model.people[(one as { into: number }).into]];
      if (!goes || !stays || goes === stays || goes.mergedInto || stays.mergedInto) return;
      if (model.people.some(({ mergedInto }) => mergedInto === goes)) return;
      model.merge(goes, stays);
      const both = { goes: people[goes.index]?.id ?? '', stays: people[stays.index]?.id ?? '' };
      await asPortal(async (tx) => {
        await tx`update person set merged_into = ${both.stays} where id = ${both.goes}`;
        await mergeEnrolments(tx, both);
      });
      return ['', ''];
    }
    case 'move': {
      if (!place || !row) return;
      const to = model.at(1 - klass.index);
      const { beyond } = one as { beyond: boolean };
      const before = model.places.length;
      const expected = model.move(place, to, beyond);
      const move = {
        enrolmentId: row.id,
        toClassId: ids[to.index] ?? '',
        formKey: newId(),
        overbookReason: beyond ? 'x' : null,
      };
      const answer = await act(asStaff, async (tx) => {
        const done = await moveEnrolment(tx, actor, move);
        if (!isRefusal(done)) made[before] = { id: done.enrolmentId, code: '' };
        return done;
      });
      if (made[before]) {
        const [slip] = await cast.owner<{ code: string }[]>`select code from enrolment where id = ${made[before].id}`;
        made[before].code = slip?.code ?? '';
      }
      return [expected, answer];
    }
    case 'overbook':
      if (!place || !row) return;
      return [
        model.overbook(place),
        await act(asStaff, (tx) => overbook(tx, actor, { enrolmentId: row.id, reason: 'x' })),
      ];
  }
}
