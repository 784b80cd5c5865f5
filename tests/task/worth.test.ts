import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closePool } from '../../lib/access/scoped';
import { addDays, dayOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { giveTasks, pausePerson, recordWork } from '../../lib/task/commands';
import { worthVisiting } from '../../lib/task/round';
import { firstOf, weekOf } from '../../lib/task/week';
import { callOffRound, putOnRound } from '../../lib/visit/commands';
import { as, log, typed } from '../desk/scene';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';
import { homeOn, neighbour, pair, roundAt } from '../visit/scene';

let cast: Cast;
let own: string;
let mate: string;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  ({ own, mate } = await pair(cast, cast.here));
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});
beforeEach(() => cast.owner`update visit_round set called_off_at = now() where called_off_at is null`);

const now = () => new Date();
const worth = (members: string[] = [], place: Place = cast.here, areaId = cast.here.villageId) =>
  as(cast, 'organiser', place, (tx, caller) => worthVisiting(tx, 'vi', caller, { areaId, members }, now()));
const find = async (personId: string, members?: string[]) =>
  (await worth(members)).find((one) => one.personId === personId);
const proposed = async () =>
  (await as(cast, 'organiser', cast.here, (tx, caller) => weekOf(tx, 'vi', caller, now()))).flatMap((hand) =>
    hand.proposed.flatMap(({ personId }) => personId ?? []),
  );
const give = (personId: string, to: string) =>
  as(cast, 'organiser', cast.here, (tx, caller) =>
    giveTasks(tx, { task: [{ kind: 'never', personId, fact: 'never' }], to }, caller),
  );
const ahead = (days: number) => roundAt(cast, cast.here, { day: addDays(dayOf(now()), days), members: [] });

describe('whom else a round may go to', () => {
  test('is whoever has something due that one goes and sees, there and nowhere else, for whoever plans visits there', async () => {
    const [unmet, sent] = [await neighbour(cast, cast.here), await neighbour(cast, cast.here)];
    await log(cast, typed(cast.here, { outcome: 'home_visit', personId: sent }), 'desk_officer');
    const kinds = async (id: string) => (await find(id))?.tasks.map(({ kind }) => kind);
    expect([await kinds(unmet), await kinds(sent)]).toEqual([['never'], ['referral_home']]);
    const elsewhere = await neighbour(cast, cast.there);
    expect(await find(elsewhere)).toBeUndefined();
    expect(await worth([], cast.there), 'of another unit').toEqual([]);
    const all = (await worth()).map(({ personId }) => personId);
    expect(new Set(all).size, 'each once').toBe(all.length);
    expect(all.indexOf(unmet), 'whom nobody has met before the others').toBeLessThan(all.indexOf(sent));
  });

  test('begins with those given to who goes, and says so; given to another they are not theirs', async () => {
    const personId = await neighbour(cast, cast.here);
    await neighbour(cast, cast.here);
    await give(personId, mate);
    expect((await worth([own, mate]))[0]).toMatchObject({ personId, theirs: true, open: true });
    expect(await find(personId, [own])).toMatchObject({ theirs: false });
  });

  test('leaves nobody out unseen: who is left alone is told as not open, who was met is gone', async () => {
    const [alone, met] = [await neighbour(cast, cast.here), await neighbour(cast, cast.here)];
    await as(cast, 'organiser', cast.here, (tx, caller) =>
      pausePerson(
        tx,
        { formKey: newId(), personId: alone, whole: 'person', reason: 'away', until: addDays(dayOf(now()), 10) },
        caller,
      ),
    );
    await as(cast, 'organiser', cast.here, (tx, caller) =>
      recordWork(
        tx,
        { formKey: newId(), task: { kind: 'never', personId: met, fact: 'never' }, outcome: 'done', note: '' },
        caller,
        now(),
      ),
    );
    expect(await find(alone)).toMatchObject({ open: false });
    expect(await find(met)).toBeUndefined();
  });
});

test('to whom a round goes already nobody is proposed a second time, neither for the week nor on another round, until it is called off', async () => {
  const personId = await neighbour(cast, cast.here);
  expect([await proposed(), (await find(personId))?.personId]).toEqual([expect.arrayContaining([personId]), personId]);
  const roundId = await ahead(3);
  await as(cast, 'organiser', cast.here, (tx, caller) =>
    putOnRound(tx, { roundId, homes: [`p:${personId}`] }, caller, now()),
  );
  expect(await proposed()).not.toContain(personId);
  expect(await find(personId)).toBeUndefined();
  await as(cast, 'organiser', cast.here, (tx, caller) => callOffRound(tx, { roundId }, caller, now()));
  expect(await proposed()).toContain(personId);
  expect(await find(personId)).toBeDefined();
  // A round that is over hinders nobody.
  const past = await ahead(-2);
  await homeOn(cast, cast.here, past, { personId });
  expect(await proposed()).toContain(personId);
});

test('the day’s page tells the first three of the suggestions, all of the village a round can go to, with the helper who would go there', async () => {
  for (let times = 0; times < 4; times += 1) await neighbour(cast, cast.here);
  const weeks = await as(cast, 'organiser', cast.here, (tx, caller) => weekOf(tx, 'vi', caller, now()));
  const all = weeks.flatMap((hand) => hand.proposed.map((one) => ({ ...one, memberId: hand.memberId })));
  expect(all.length).toBeGreaterThan(3);
  const first = firstOf(weeks);
  expect(first).toMatchObject({ total: all.length, people: [{}, {}, {}] });
  for (const { id } of first?.people ?? [])
    expect(all.find((one) => one.id === id)).toMatchObject({
      villageId: first?.villageId,
      village: first?.village,
      memberId: first?.memberId,
    });
  const oldest = Math.max(
    ...all.filter(({ tasks }) => tasks.some(({ kind }) => kind === 'never')).map(({ score }) => score),
  );
  expect(first?.people[0]?.score, 'begins with whom the plan puts first').toBe(oldest);
  expect(firstOf(weeks.map((hand) => ({ ...hand, proposed: [] })))).toBeNull();
  expect(firstOf([])).toBeNull();
});
