import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryStore, type PhoneStore } from '@/components/register/phone-store';
import { openQueue, type Queue, type Surroundings } from '@/components/register/queue';
import { closePool } from '@/lib/access/scoped';
import { recordBatch } from '@/lib/register/commands';
import type { OperationResult } from '@/lib/kernel/operation';
import { operationBatch, type SentOperation } from '@/lib/register/schema';
import { testDatabase } from '../support/database';
import { as, buildWorld, newHelper, post, stateOf, type Actor, type World } from './world';

/**
 * Two phones with two tabs each, clocks two days off, over a network that loses requests before and answers after they were done: the
 * phones' own queue against the real database. Afterwards all of it five times more, in any order. The register must be the one that
 * comes of sending everything once, in order.
 */
let world: World;
let helpers: readonly Actor[];
const seed = Number(process.env.SEED ?? randomInt(2 ** 31));
const shuffles = Number(process.env.SHUFFLES ?? 2);
const count = Number(process.env.OPERATIONS ?? 500);
const sessions = 8;
const day = 86_400_000;

beforeAll(async () => {
  world = await buildWorld((await testDatabase()).url);
  helpers = [world.helper, await newHelper(world.sql, 'second')];
});
afterAll(async () => {
  await world.sql.end();
  await closePool();
});

/** mulberry32: the same numbers for the same seed. */
function diceOf(start: number) {
  let at = start;
  const roll = () => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number) => Math.floor(roll() * most);
  const oneOf = <T>(from: readonly T[]): T => {
    const one = from[below(from.length)];
    if (one === undefined) throw new Error('nothing to choose from');
    return one;
  };
  const shuffled = <T>(from: readonly T[]): T[] =>
    from
      .map((value) => ({ value, key: roll() }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ value }) => value);
  return { roll, below, oneOf, shuffled };
}
type Dice = ReturnType<typeof diceOf>;

interface Told {
  readonly phone: number;
  readonly operation: SentOperation;
}

const states = ['present', 'late', 'left_early', 'excused', 'absent'] as const;

/** What two people record, in the order of doing. Ids begin with `copy`, so that tellings can be compared. */
function story(dice: Dice, copy: string, held: readonly string[]): Told[] {
  const id = (index: number) => `${copy}-0000-7000-8000-${String(index).padStart(12, '0')}`;
  const stranger = (index: number) => `${copy}-0000-7000-9000-${String(index).padStart(12, '0')}`;
  const seen = [new Map<string, string[]>(), new Map<string, string[]>()];
  const begun = Date.UTC(2026, 2, 2, 12);
  return Array.from({ length: count }, (_, index): Told => {
    const phone = dice.below(2);
    const sessionId = held[dice.below(sessions)] ?? '';
    const at = new Date(begun + index * 1000 + (phone === 0 ? -2 : 2) * day).toISOString();
    const every = { id: id(index), sessionId, at };
    const personId = dice.oneOf([...world.people, stranger(0), stranger(1)]);
    // Each phone knows its own marks, and now and then it had heard of the other's.
    const key = `${sessionId} ${personId}`;
    const after = [...(seen[phone]?.get(key) ?? [])];
    const mark = () => {
      for (const [other, known] of seen.entries())
        if (other === phone || dice.roll() < 0.3) known.set(key, [...(known.get(key) ?? []), every.id]);
    };
    const drawn = dice.below(20);
    if (drawn === 0) return { phone, operation: { ...every, kind: 'start' } };
    if (drawn === 1) return { phone, operation: { ...every, kind: 'finish' } };
    if (drawn === 2) return { phone, operation: { ...every, kind: 'guests', count: dice.below(9) } };
    if (drawn === 3)
      return { phone, operation: { ...every, kind: 'observe', personId, skillCode: 'no-such', level: 1 } };
    if (drawn < 8) {
      const seenDoing = { kind: 'observe', personId, skillCode: world.skill, level: dice.below(5) } as const;
      return { phone, operation: { ...every, ...seenDoing } };
    }
    mark();
    const state = dice.oneOf(states);
    if (drawn < 10) {
      const comes = { personId: stranger(dice.below(2)), fullName: 'Người Mới', areaId: world.village };
      return { phone, operation: { ...every, kind: 'walk_in', ...comes, state, after: [] } };
    }
    return { phone, operation: { ...every, kind: 'mark', personId, state, after } };
  });
}

/** One sender at a time, as among the tabs of a browser. */
function lock(): Surroundings['alone'] {
  let before: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = before.then(work, work);
    before = mine.catch(() => undefined);
    return mine;
  };
}

function phoneOf(actor: Actor, dice: Dice): { tabs: readonly Queue[]; store: PhoneStore } {
  const store = memoryStore();
  const listeners = new Set<() => void>();
  const send: Surroundings['send'] = async (account, operations) => {
    const lot = dice.roll();
    if (lot < 0.2) throw new Error('lost on the way there');
    const batch = operationBatch.parse({ protocol: 2, account, operations });
    const done = await as(actor, (tx, caller) => recordBatch(tx, batch, caller));
    if (lot < 0.4) throw new Error('lost on the way back');
    if (!('results' in done)) throw new Error(done.refused);
    return done.results;
  };
  const alone = lock();
  const otherTabs = {
    tell: () => listeners.forEach((listener) => listener()),
    listen: (changed: () => void) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
  const around = Promise.resolve({ store, send, alone, otherTabs, waits: { gatherMs: 1, retryMs: [1] } });
  const owner = actor.caller.accountId;
  return { store, tabs: [openQueue(owner, around), openQueue(owner, around)] };
}

/** Everything the registers hold, with what differs between tellings named alike. */
async function registers(copy: string, held: readonly string[]) {
  const read = [];
  for (const sessionId of held) {
    const text = JSON.stringify(await stateOf(world.sql, sessionId)).replaceAll(copy, 'copy');
    const state: Record<string, { personId?: string; id?: string }[]> = JSON.parse(text);
    const byKey = (a: { personId?: string; id?: string }, b: typeof a) =>
      `${a.personId} ${a.id}` < `${b.personId} ${b.id}` ? -1 : 1;
    for (const rows of [state.attendance, state.observations, state.operations]) rows?.sort(byKey);
    read.push(state);
  }
  return read;
}

const newSessions = () => Promise.all(Array.from({ length: sessions }, () => world.newSession()));
const newCopy = () => randomUUID().slice(0, 8);

/** By kind and id: what every operation was answered once, in order, by a network that loses nothing. */
async function tellOnce(from: number) {
  const [copy, held] = [newCopy(), await newSessions()];
  const answers: OperationResult[] = [];
  for (const { phone, operation } of story(diceOf(from), copy, held))
    answers.push(...(await post(helpers[phone] ?? world.helper, [operation])));
  return {
    registers: await registers(copy, held),
    refused: answers.filter((each) => each.outcome === 'quarantined').length,
  };
}

async function tellInAStorm(from: number, dice: Dice) {
  const [copy, held] = [newCopy(), await newSessions()];
  const told = story(diceOf(from), copy, held);
  const phones = helpers.map((actor) => phoneOf(actor, dice));
  for (const { phone, operation } of dice.shuffled(told))
    phones[phone]?.tabs[dice.below(2)]?.add(operation, { label: '', endsAtMs: null });
  await expect
    .poll(
      async () => {
        const rows = await Promise.all(
          phones.map(({ store }, at) => store.all('operations', helpers[at]?.caller.accountId ?? '')),
        );
        return rows.flat().filter((row) => row.state === 'waiting').length;
      },
      { timeout: 60_000, interval: 20 },
    )
    .toBe(0);
  for (const { tabs } of phones) for (const tab of tabs) tab.stop();
  const rows = (
    await Promise.all(phones.map(({ store }, at) => store.all('operations', helpers[at]?.caller.accountId ?? '')))
  ).flat();
  for (let again = 0; again < 5; again += 1) {
    const shuffled = dice.shuffled(told);
    for (const phone of [0, 1]) {
      const own = shuffled.filter((each) => each.phone === phone).map(({ operation }) => operation);
      for (let at = 0; at < own.length; at += 50) await post(helpers[phone] ?? world.helper, own.slice(at, at + 50));
    }
  }
  return { registers: await registers(copy, held), rows, told };
}

test('drops, repeats, wrong clocks, two tabs, two phones: the register of sending once in order, and nothing silently lost', async () => {
  process.stdout.write(`seed ${seed} (SEED=${seed} repeats it)\n`);
  const once = await tellOnce(seed);
  expect(JSON.stringify(once.registers)).toContain('"conflict"');
  for (let shuffle = 0; shuffle < shuffles; shuffle += 1) {
    const storm = await tellInAStorm(seed, diceOf(seed + 1 + shuffle));
    expect(storm.registers, `shuffle ${shuffle}`).toEqual(once.registers);
    expect(storm.rows.map(({ id }) => id).toSorted()).toEqual(
      storm.told.map(({ operation }) => operation.id).toSorted(),
    );
    expect(storm.rows.filter(({ state }) => state === 'attention')).toHaveLength(once.refused);
    expect(storm.rows.filter(({ result }) => result === null)).toEqual([]);
  }
}, 3_600_000);
