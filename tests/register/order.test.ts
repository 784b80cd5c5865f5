import { randomInt, randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { testDatabase } from '../support/database';
import { buildWorld, post, stateOf, type World } from './world';

let world: World;
const seed = Number(process.env.SEED ?? randomInt(2 ** 31));

beforeAll(async () => {
  world = await buildWorld((await testDatabase()).url);
});
afterAll(async () => {
  await world.sql.end();
  await closePool();
});

const state = fc.constantFrom('present', 'late', 'left_early', 'excused', 'absent');
/** Few people and few moments, so that they meet: 0–3 on the roll, 4–5 walk in, 6 never comes. */
const who = fc.integer({ min: 0, max: 6 });
const act = fc.oneof(
  fc.record({ kind: fc.constant('start') }),
  fc.record({ kind: fc.constant('finish') }),
  fc.record({ kind: fc.constant('guests'), count: fc.integer({ min: 0, max: 9 }) }),
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('mark'), who, state }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('walk_in'), who: fc.integer({ min: 2, max: 5 }), state }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('observe'), who, level: fc.integer({ min: 0, max: 4 }) }) },
);
const story = fc.array(fc.tuple(act, fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 24 }).chain((acts) =>
  fc.record({
    acts: fc.constant(acts),
    order: fc.shuffledSubarray(
      Array.from({ length: acts.length * 5 }, (_, index) => index % acts.length),
      { minLength: acts.length * 5 },
    ),
    batch: fc.integer({ min: 1, max: 12 }),
  }),
);

type Act = { kind: string; who?: number };

/** One telling of a story: the same acts in a session of their own, with ids in the same order. */
async function tell(acts: readonly (readonly [Act, number])[], strangers: readonly string[]) {
  const sessionId = await world.newSession();
  const copy = randomUUID().slice(0, 8);
  const operations = acts.map(([{ who: index, ...content }, second], position) => ({
    ...content,
    id: `${copy}-0000-4000-8000-${String(position * 7919).padStart(12, '0')}`,
    sessionId,
    at: `2026-03-02T12:00:0${second}.000Z`,
    ...(index === undefined ? {} : { personId: world.people[index] ?? strangers[index - 4] }),
    ...(content.kind === 'walk_in' ? { fullName: 'Người Mới', areaId: world.village } : {}),
    ...(content.kind === 'observe' ? { skillCode: world.skill } : {}),
  }));
  const read = async () => JSON.parse(JSON.stringify(await stateOf(world.sql, sessionId)).replaceAll(copy, 'copy'));
  return { operations, read };
}

test('any order, any batches, five times over: the same register', async () => {
  process.stdout.write(`seed ${seed} (SEED=${seed} repeats it)\n`);
  await fc.assert(
    fc.asyncProperty(story, async ({ acts, order, batch }) => {
      // Those who walk in exist after the first telling, so each telling has its own, compared by place.
      const [theirs, ours] = [
        [randomUUID(), randomUUID(), randomUUID()].toSorted(),
        [randomUUID(), randomUUID(), randomUUID()].toSorted(),
      ];
      const once = await tell(acts, theirs);
      await post(world.helper, once.operations);
      const again = await tell(acts, ours);
      const shuffled = order.flatMap((index) => again.operations[index] ?? []);
      for (let from = 0; from < shuffled.length; from += batch)
        await post(world.helper, shuffled.slice(from, from + batch));
      const [first, second] = [await once.read(), await again.read()];
      const named = (value: unknown, strangers: readonly string[]) => {
        let text = JSON.stringify(value);
        for (const [index, id] of strangers.entries()) text = text.replaceAll(id, `stranger ${index}`);
        const parsed = JSON.parse(text);
        parsed.attendance.sort((a: { personId: string }, b: { personId: string }) =>
          a.personId < b.personId ? -1 : 1,
        );
        return parsed;
      };
      expect(named(second, ours)).toEqual(named(first, theirs));
    }),
    { seed, numRuns: Number(process.env.RUNS ?? 40) },
  );
}, 120_000);
