import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withdraw } from '../../lib/card/commands';
import { closePool, openScoped, presentCard, recordOutsideReading } from '../../lib/access/scoped';
import { newCardCode, newId } from '../../lib/kernel/id';
import { isRefusal } from '../../lib/kernel/result';
import { correctPerson } from '../../lib/person/commands';
import {
  acceptReferral,
  finishReferral,
  refer,
  rejectReferral,
  withdrawOwnReferral,
  withdrawReferral,
} from '../../lib/referral/commands';
import { referralRecord, referralsOf, referralsWaiting, referredPerson } from '../../lib/referral/queries';
import { acceptForm, referForm, type Accepting, type Referring } from '../../lib/referral/schema';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase, type TestDatabase } from '../support/database';
import { nothing, Scene, theWhole } from '../lookup/scene';

let database: TestDatabase;
let cast: Cast;
let scene: Scene;

beforeAll(async () => {
  database = await testDatabase();
  process.env.DATABASE_URL = database.url;
  cast = await setTheScene(database.url);
  scene = new Scene(cast);
});
afterAll(async () => {
  await cast.owner.end();
  await closePool();
  await database.drop();
});

const asking = (personId: string, over: Partial<Referring> = {}): Referring => ({
  personId,
  toAreaId: cast.there.unitId,
  why: 'lives_there',
  asks: 'class',
  note: 'Bác mới về ở với con',
  sharePhone: false,
  agreed: true,
  how: 'oral',
  witness: 'Trần Thị Chứng',
  ...over,
});
const send = (form: Referring, place: Place = cast.here) => scene.as((tx, caller) => refer(tx, form, caller), place);
async function sent(personId: string, over: Partial<Referring> = {}): Promise<string> {
  const done = await send(asking(personId, over));
  if (isRefusal(done)) throw new Error(done.refused);
  return done.id;
}
const accept = (referralId: string, over: Partial<Accepting> = {}, place: Place = cast.there) =>
  scene.as(
    (tx, caller) => acceptReferral(tx, { referralId, takenBy: 'Lê Văn Nhận', livesHere: false, ...over }, caller),
    place,
  );
const look = async (
  id: string,
  personId: string,
  place: Place = cast.there,
  role: 'organiser' | 'desk_officer' = 'organiser',
) => scene.look(await cast.token(role, place), id, personId);
const stateOf = async (id: string) => {
  const [row] = await cast.owner<{ state: string; steps: string[] }[]>`
    select f.state, array(select s.to_state from referral_step s where s.referral_id = f.id order by s.at, s.to_state = 'done') as steps from referral f where f.id = ${id}`;
  return row;
};

describe('a referral', () => {
  test('is read by the organisers of the unit it was sent to, by the door that logs, and by nobody else; withdrawn, rejected, done or run out by nobody', async () => {
    const ends: [string, (id: string) => Promise<unknown>][] = [
      [
        'withdrawn',
        (id) => scene.as((tx, caller) => withdrawReferral(tx, { referralId: id, reason: 'Nhầm nơi' }, caller)),
      ],
      [
        'rejected',
        (id) =>
          scene.as((tx, caller) => rejectReferral(tx, { referralId: id, reason: 'Không có lớp' }, caller), cast.there),
      ],
      [
        'done',
        async (id) => {
          expect(await accept(id)).toBeNull();
          expect(await look(id, personOf.get(id) ?? '')).toEqual(theWhole);
          return scene.as((tx, caller) => finishReferral(tx, id, caller), cast.there);
        },
      ],
      [
        'open',
        (id) => cast.owner`update referral set expires_at = sent_at + interval '1 microsecond' where id = ${id}`,
      ],
    ];
    const personOf = new Map<string, string>();
    for (const [state, end] of ends) {
      const personId = await scene.person(cast.here, `Hồ Thị Gửi ${state}`);
      const id = await sent(personId);
      personOf.set(id, personId);
      expect(await look(id, personId)).toEqual(theWhole);
      expect(await look(id, personId, cast.there, 'desk_officer')).toBeNull();
      const { token } = await scene.somebody({ ...cast.there, unitId: await anotherUnit() });
      expect(await scene.look(token, id, personId)).toBeNull();
      for (const seen of await scene.lookWithoutLog(await cast.token('organiser', cast.there), personId))
        expect(seen).toEqual(nothing);
      const result = await end(id);
      if (state !== 'open') expect(result).toBeNull();
      expect(await look(id, personId)).toBeNull();
      expect((await stateOf(id))?.state).toBe(state);
      const [logged] = await cast.owner<{ count: number }[]>`
        select count(*)::integer as count from audit_event where action = 'person.read' and subject_id = ${personId} and details->>'outside' = ${id}`;
      expect(logged?.count).toBe(state === 'done' ? 2 : 1);
    }
  });

  test('needs the person’s consent with its evidence, somebody of one’s own, and another unit of today; one at a time', async () => {
    const personId = await scene.person(cast.here, 'Hồ Thị Ý');
    const id = await sent(personId);
    const [consent] = await cast.owner`
      select c.purpose, c.how, c.witness, c.given from consent c join referral f on f.consent_id = c.id where f.id = ${id}`;
    expect(consent).toEqual({ purpose: 'refer', how: 'oral', witness: 'Trần Thị Chứng', given: true });
    expect(await send(asking(personId))).toEqual({ refused: 'referralStands', field: 'toAreaId' });
    const another = await scene.person(cast.here, 'Hồ Thị Ỷ');
    expect(await send(asking(another, { toAreaId: cast.here.unitId }))).toEqual({
      refused: 'referralSameUnit',
      field: 'toAreaId',
    });
    for (const toAreaId of [44, cast.there.villageId, 7])
      expect(await send(asking(another, { toAreaId }))).toEqual({ refused: 'chooseArea', field: 'toAreaId' });
    expect(await send(asking(another, { courseId: newId() }))).toEqual({ refused: 'unknownId', field: 'courseId' });
    expect(await send(asking(await scene.person(cast.there, 'Hồ Thị Xa'), { toAreaId: cast.here.unitId }))).toEqual({
      refused: 'notFound',
    });
    await cast.owner`update consent set withdrawn_at = now() where person_id = ${another}`;
    expect(await send(asking(another))).toEqual({ refused: 'consentGone' });
    const form = {
      personId,
      toAreaId: '18901',
      why: 'work',
      asks: 'visit',
      how: 'oral',
      agreed: 'on',
      witness: 'Ai đó',
    };
    expect(referForm.safeParse(form).success).toBe(true);
    for (const bad of [{ agreed: '' }, { witness: ' ' }, { why: 'x' }, { asks: '' }, { how: 'self' }])
      expect(referForm.safeParse({ ...form, ...bad }).success).toBe(false);
    expect(referForm.safeParse({ ...form, how: 'paper', witness: '' }).success).toBe(true);
    const twice = await scene.person(cast.here, 'Hồ Thị Đua');
    const both = await Promise.all([send(asking(twice)), send(asking(twice))]);
    expect(both.filter(isRefusal)).toEqual([{ refused: 'referralStands', field: 'toAreaId' }]);
  });

  test('shows each side what it needs: a masked name in the list, the name by the door, the phone only where it was agreed', async () => {
    const personId = await scene.person(cast.here, 'Hồ Thị Số', 1950, '+84912777888');
    const [quiet, open] = [await sent(personId), null];
    expect(open).toBeNull();
    const listed = (side: 'in' | 'out', place: Place) => scene.as((tx) => referralsOf(tx, 'vi', side), place);
    expect((await listed('in', cast.there)).find(({ id }) => id === quiet)?.name).toBe('H.T. Số');
    expect((await listed('out', cast.here)).find(({ id }) => id === quiet)?.name).toBe('Hồ Thị Số');
    expect((await listed('in', cast.here)).find(({ id }) => id === quiet)).toBeUndefined();
    expect((await listed('out', cast.there)).find(({ id }) => id === quiet)).toBeUndefined();
    const seen = () =>
      scene.as(async (tx, caller) => {
        const right = await recordOutsideReading(tx, caller, quiet);
        return right ? referredPerson(right.tx, quiet, right.personId) : null;
      }, cast.there);
    expect(await seen()).toEqual({ fullName: 'Hồ Thị Số', birthYear: 1950, phone: null });
    await cast.owner`update referral set share_phone = true where id = ${quiet}`;
    expect(await seen()).toMatchObject({ phone: '+84912777888' });
    expect(await scene.as((tx) => referralRecord(tx, 'vi', quiet), cast.there, 'desk_officer')).toBeNull();
    expect(await scene.as((tx) => referralRecord(tx, 'vi', quiet), cast.there)).toMatchObject({
      mineToReceive: true,
      mineToSend: false,
      name: 'H.T. Số',
    });
    const waiting = await scene.as((tx) => referralsWaiting(tx), cast.there);
    expect(waiting.open).toBeGreaterThan(0);
    await scene.as(
      (tx, caller) => rejectReferral(tx, { referralId: quiet, reason: 'Không có lớp' }, caller),
      cast.there,
    );
    expect((await scene.as((tx) => referralsWaiting(tx), cast.here)).returned).toBeGreaterThan(0);
  });

  test('is answered by its own side alone and once, whoever comes second; its steps are never rewritten', async () => {
    const personId = await scene.person(cast.here, 'Hồ Thị Đáp');
    const id = await sent(personId);
    expect(await accept(id, {}, cast.here)).toEqual({ refused: 'notFound' });
    expect(
      await scene.as((tx, caller) => withdrawReferral(tx, { referralId: id, reason: 'x' }, caller), cast.there),
    ).toEqual({ refused: 'notFound' });
    expect(await scene.as((tx, caller) => finishReferral(tx, id, caller), cast.there)).toEqual({
      refused: 'referralOver',
    });
    const both = await Promise.all([
      accept(id),
      scene.as((tx, caller) => rejectReferral(tx, { referralId: id, reason: 'Không có lớp' }, caller), cast.there),
    ]);
    expect(both.filter((one) => one === null)).toHaveLength(1);
    expect(both.filter(isRefusal)).toEqual([{ refused: 'referralOver' }]);
    expect((await stateOf(id))?.steps).toHaveLength(2);
    await expect(cast.owner`update referral_step set note = 'x' where referral_id = ${id}`).rejects.toThrow(
      'append-only',
    );
    await expect(cast.owner`update referral set state = 'open' where id = ${id}`).rejects.toThrow('no referral goes');
    await expect(cast.owner`update referral set to_area_id = ${cast.here.villageId} where id = ${id}`).rejects.toThrow(
      'stays as it was sent',
    );
  });

  test('is taken back by the person with their card, and by nobody else’s; withdrawing for good ends all of them', async () => {
    const [personId, other] = [
      await scene.person(cast.here, 'Hồ Thị Thôi'),
      await scene.person(cast.here, 'Hồ Thị Người'),
    ];
    const [id, code, strange] = [await sent(personId), newCardCode(), newCardCode()];
    await cast.owner`insert into card (person_id, code) values (${personId}, ${code}), (${other}, ${strange})`;
    const byCard = (card: string) =>
      openScoped('read write', 'camtay_public', '', async (tx) => {
        const holder = await presentCard(tx, card);
        return withdrawOwnReferral(tx, holder ?? '', id);
      });
    expect(await byCard(strange)).toEqual({ refused: 'notFound' });
    expect(await look(id, personId)).toEqual(theWhole);
    expect(await byCard(code)).toBeNull();
    expect(await look(id, personId)).toBeNull();
    expect(await byCard(code)).toEqual({ refused: 'referralOver' });
    const [consent] =
      await cast.owner`select withdrawn_at is not null as gone from consent where person_id = ${personId} and purpose = 'refer'`;
    expect(consent).toEqual({ gone: true });
    const again = await sent(personId);
    await openScoped('read write', 'camtay_public', '', async (tx) => {
      await presentCard(tx, code);
      expect(await withdraw(tx, personId)).toBeNull();
    });
    expect(await look(again, personId)).toBeNull();
    const [left] = await cast.owner`select state, note from referral where id = ${again}`;
    expect(left).toEqual({ state: 'withdrawn', note: '' });
  });
});

describe('a transfer of residence', () => {
  test('accepted with "lives here now" brings the record over: history, household left, places in classes kept, the old unit sees it no more', async () => {
    const personId = await scene.person(cast.here, 'Hồ Thị Chuyển');
    const household = newId();
    await cast.owner`insert into household (id, area_id) values (${household}, ${cast.here.villageId})`;
    await cast.owner`insert into household_member (household_id, person_id, area_id) values (${household}, ${personId}, ${cast.here.villageId})`;
    const id = await sent(personId);
    for (const homeId of [cast.here.villageId, 44, 7])
      expect(await accept(id, { livesHere: true, homeId })).toEqual({ refused: 'chooseArea', field: 'homeId' });
    expect(await accept(id, { livesHere: true, homeId: cast.there.villageId, movedOn: '2026-11-20' })).toBeNull();
    expect(await stateOf(id)).toEqual({ state: 'done', steps: ['open', 'accepted', 'done'] });
    const [person] = await cast.owner`
      select p.area_id, r.from_area_id, r.how, r.since::text, r.referral_id,
        (select count(*)::integer from household_member m where m.person_id = p.id and m.left_at is null) as households,
        (select array_agg(e.class_id) from enrolment e where e.person_id = p.id) as classes
      from person p join person_residence r on r.person_id = p.id where p.id = ${personId}`;
    expect(person).toEqual({
      areaId: cast.there.villageId,
      fromAreaId: cast.here.villageId,
      how: 'moved',
      since: '2026-11-20',
      referralId: id,
      households: 0,
      classes: [cast.here.classId],
    });
    const rows = await scene.as((tx) => tx`select from person where id = ${personId}`, cast.there);
    expect(rows.count).toBe(1);
    // Figures are told of it as of any move (tests/figure).
    expect((await cast.owner`select from figure_change where person_id = ${personId}`).count).toBeGreaterThan(0);
    expect(acceptForm.safeParse({ referralId: id, takenBy: 'A', livesHere: 'on' }).success).toBe(false);
    expect(acceptForm.safeParse({ referralId: id, takenBy: 'A', movedOn: '2099-01-01' }).success).toBe(false);
  });

  test('within the unit is the correction itself: a move leaves the household, a mistake put right does not, and both are kept', async () => {
    const personId = await scene.person(cast.here, 'Hồ Thị Sửa');
    const household = newId();
    await cast.owner`insert into household (id, area_id) values (${household}, ${cast.here.villageId})`;
    await cast.owner`insert into household_member (household_id, person_id, area_id) values (${household}, ${personId}, ${cast.here.villageId})`;
    const correct = (areaId: number, homeHow: 'moved' | 'corrected') =>
      scene.as((tx, caller) =>
        correctPerson(tx, { personId, fullName: 'Hồ Thị Sửa', areaId, phoneOf: 'self', homeHow }, caller),
      );
    const inOne = async () =>
      (await cast.owner`select from household_member where person_id = ${personId} and left_at is null`).count;
    await correct(cast.here.unitId, 'corrected');
    expect(await inOne()).toBe(1);
    await correct(cast.here.villageId, 'moved');
    expect(await inOne()).toBe(0);
    await correct(cast.here.villageId, 'moved');
    const kept = await cast.owner<
      { how: string }[]
    >`select how from person_residence where person_id = ${personId} order by at`;
    expect(kept.map(({ how }) => how)).toEqual(['corrected', 'moved']);
    expect(await correct(cast.there.villageId, 'moved')).toEqual({ refused: 'notFound', field: 'areaId' });
  });
});

async function anotherUnit(): Promise<number> {
  const [row] = await cast.owner<
    { id: number }[]
  >`select min(id) as id from area where kind = 'commune' and id not in (18859, 18901)`;
  return row?.id ?? 0;
}
