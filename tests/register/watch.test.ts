import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { escalated, ratesOf } from '@/lib/register/rules';
import { registerSheet } from '@/lib/register/sheets';
import { countsOfClass, missedInARow, registersNotTaken } from '@/lib/register/watch';
import { testDatabase } from '../support/database';
import { as, buildWorld, post, said, type World } from './world';

let world: World;
beforeAll(async () => {
  world = await buildWorld((await testDatabase()).url);
});
afterAll(async () => {
  await world.sql.end();
  await closePool();
});
beforeEach(async () => {
  await world.sql`delete from skill_observation`;
  await world.sql`delete from attendance`;
  await world.sql`delete from register_operation`;
  await world.sql`delete from class_session`;
});

const classId = 'test2345';
const hour = 3_600_000;
const person = (index: number) => world.people[index] ?? '';
const outcomes = (results: readonly { outcome: string; reason?: string }[]) =>
  results.map((result) => [result.outcome, result.reason].filter(Boolean).join(' '));

/** A session that ended so many hours ago. */
async function sessionEnded(hoursAgo: number): Promise<{ id: string; endsAt: Date }> {
  const id = await world.newSession();
  const endsAt = new Date(Date.now() - hoursAgo * hour);
  await world.sql`update class_session set starts_at = ${new Date(endsAt.getTime() - hour)}, ends_at = ${endsAt} where id = ${id}`;
  await world.sql`update class set last_ends_at = greatest(last_ends_at, ${endsAt}::timestamptz) where id = ${classId}`;
  return { id, endsAt };
}
const take = (id: string, endsAt: Date, states: Record<number, string>) =>
  post(world.helper, [
    said(id, 'start', { at: new Date(endsAt.getTime() - hour).toISOString() }),
    ...Object.entries(states).map(([index, state]) =>
      said(id, 'mark', { personId: person(Number(index)), state, at: endsAt.toISOString(), after: [] }),
    ),
    said(id, 'finish', { at: endsAt.toISOString() }),
  ]);

describe('registers not taken', () => {
  test('come up to the unit’s leaders after three days and to the province after seven', async () => {
    const now = new Date();
    const old = [1, 71, 73, 167, 169];
    for (const hours of old) await sessionEnded(hours);
    const taken = await sessionEnded(80);
    await take(taken.id, taken.endsAt, {});
    const hoursOf = async (watcher: 'organiser' | 'leader' | 'province') =>
      (await as(world.helper, (tx) => registersNotTaken(tx, 'vi', watcher, now))).rows
        .map(({ endsAt }) => Math.round((now.getTime() - endsAt.getTime()) / hour))
        .sort((a, b) => a - b);
    expect(await hoursOf('organiser')).toEqual(old);
    expect(await hoursOf('leader')).toEqual([73, 167, 169]);
    expect(await hoursOf('province')).toEqual([169]);
    expect(old.map((hours) => escalated(new Date(now.getTime() - hours * hour), now))).toEqual([
      'organiser',
      'organiser',
      'leader',
      'leader',
      'province',
    ]);
    expect((await as(world.stranger, (tx) => registersNotTaken(tx, 'vi', 'organiser', now))).total).toBe(0);
  });
});

describe('who missed two in a row', () => {
  test('is on the list until they come again, are excused, or leave; one absence, or an excused one between, is not enough', async () => {
    const sessions = [await sessionEnded(60), await sessionEnded(40), await sessionEnded(20)];
    const [first, second, third] = sessions;
    if (!first || !second || !third) throw new Error('three sessions');
    await take(first.id, first.endsAt, { 0: 'absent', 1: 'absent', 2: 'absent', 3: 'absent' });
    await take(second.id, second.endsAt, { 0: 'absent', 1: 'absent', 2: 'excused' });
    await take(third.id, third.endsAt, { 0: 'absent', 2: 'absent', 3: 'absent' });
    const list = async () => (await as(world.helper, (tx) => missedInARow(tx, 'vi', new Date()))).rows;
    expect((await list()).map(({ personId, times }) => [personId, times])).toEqual([[person(0), 3]]);
    expect(await as(world.stranger, (tx) => missedInARow(tx, 'vi', new Date()))).toMatchObject({ total: 0 });
    const sheet = await as(world.helper, (tx) => registerSheet(tx, third.id, 'vi'));
    const after = sheet?.people.find(({ id }) => id === person(0))?.marks ?? [];
    await post(world.helper, [
      said(third.id, 'mark', { personId: person(0), state: 'excused', at: new Date().toISOString(), after }),
    ]);
    expect(await list()).toEqual([]);
  });

  test('and whoever left the class is no longer rung', async () => {
    for (const hours of [40, 20]) {
      const { id, endsAt } = await sessionEnded(hours);
      await take(id, endsAt, { 3: 'absent' });
    }
    const total = async () => (await as(world.helper, (tx) => missedInARow(tx, 'vi', new Date()))).total;
    expect(await total()).toBe(1);
    await world.sql`update enrolment set status = 'cancelled', status_at = now() where person_id = ${person(3)}`;
    expect(await total()).toBe(0);
    await world.sql`
      insert into enrolment (class_id, area_id, person_id, status, status_at, code, channel, idempotency_key, created_at)
      values (${classId}, ${world.village}, ${person(3)}, 'confirmed', '2026-01-01', 'ACDEFGHQ', 'staff', ${randomUUID()}, '2026-01-01')`;
  });
});

describe('the three rates', () => {
  test('are of the roll alone, and kept apart: a register not taken lowers capture, not attendance', async () => {
    const taken = await sessionEnded(40);
    await sessionEnded(20);
    await sessionEnded(-5);
    await take(taken.id, taken.endsAt, { 0: 'absent', 1: 'excused', 2: 'late' });
    await post(world.helper, [
      said(taken.id, 'walk_in', {
        personId: randomUUID(),
        fullName: 'Hồ Vãng Lai',
        areaId: world.village,
        at: taken.endsAt.toISOString(),
      }),
      said(taken.id, 'guests', { count: 4, at: taken.endsAt.toISOString() }),
    ]);
    const counts = await as(world.helper, (tx) => countsOfClass(tx, classId, new Date()));
    expect(counts).toEqual({ sessions: 2, expected: 8, marked: 4, came: 2, excused: 1, walkIns: 1, guests: 4 });
    expect(counts && ratesOf(counts)).toEqual({ attendance: 0.5, commitment: 0.75, capture: 0.5 });
    expect(ratesOf({ expected: 4, marked: 0, came: 0, excused: 0 })).toEqual({
      attendance: null,
      commitment: null,
      capture: 0,
    });
    expect(await as(world.stranger, (tx) => countsOfClass(tx, classId, new Date()))).toBeNull();
  });
});

describe('an excuse', () => {
  test('is taken before the session, stays when the register begins, and is refused more than three days after', async () => {
    const { id, endsAt } = await sessionEnded(1);
    const at = (hours: number) => new Date(endsAt.getTime() + hours * hour).toISOString();
    const excuse = (index: number, hours: number, why?: string) =>
      said(id, 'mark', {
        personId: person(index),
        state: 'excused',
        at: at(hours),
        after: [],
        ...(why ? { why } : {}),
      });
    await world.sql`update class_session set starts_at = starts_at - interval '4 days', ends_at = ends_at - interval '4 days' where id = ${id}`;
    expect(outcomes(await post(world.helper, [excuse(0, -120)]))).toEqual(['applied']);
    await post(world.helper, [said(id, 'start', { at: at(-97) })]);
    const sheet = await as(world.helper, (tx) => registerSheet(tx, id, 'vi'));
    expect(sheet?.people.find((one) => one.id === person(0))?.state).toBe('excused');
    expect(outcomes(await post(world.helper, [excuse(1, -96 + 71, 'ốm'), excuse(2, -96 + 73, 'ốm')]))).toEqual([
      'applied',
      'quarantined excuseTooLate',
    ]);
  });
});

test('the history says what a mark was before', async () => {
  const { id, endsAt } = await sessionEnded(5);
  await take(id, endsAt, { 0: 'absent' });
  const sheet = await as(world.helper, (tx) => registerSheet(tx, id, 'vi'));
  const marks = sheet?.people.find((one) => one.id === person(0))?.marks ?? [];
  const later = new Date(endsAt.getTime() + hour).toISOString();
  await post(world.helper, [said(id, 'mark', { personId: person(0), state: 'late', at: later, after: marks })]);
  const told = await as(world.helper, (tx) => registerSheet(tx, id, 'vi'));
  expect(told?.history.filter((one) => one.personId === person(0))).toMatchObject([
    { state: 'late', before: 'absent', won: true },
    { state: 'absent', before: 'present', won: false },
  ]);
});
