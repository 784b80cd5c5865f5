import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../lib/kernel/id';
import type { VisitOutcome } from '../../lib/visit/schema';
import { dice } from '../figure/world';
import { atDoors, type Doors } from './doors';

let doors: Doors;
beforeAll(async () => {
  doors = await atDoors();
});
afterAll(() => doors.close());

describe('property', () => {
  const seed = Number(process.env.VISIT_SEED ?? Date.now() % 1_000_000);
  const trials = 40;

  test(
    `whatever the order, the repeats and the batches, the same stands (${trials} histories, seed ${seed})`,
    { timeout: 120_000 },
    async () => {
      const { one, two, send, home, outcome, skill, steps, stateOf } = doors;
      const turn = dice(seed);
      const kinds: VisitOutcome[] = ['done', 'done', 'not_home', 'refused', 'died', 'wrong_details'];
      for (let trial = 0; trial < trials; trial += 1) {
        const base = Date.now() - 3_600_000;
        const acts = Array.from({ length: 3 + turn.upTo(8) }, (_, index) => ({
          by: turn.pick([one, two]),
          what: turn.pick(['outcome', 'outcome', 'skill', 'steps'] as const),
          outcome: turn.pick(kinds),
          level: turn.upTo(5),
          answer: turn.pick(['yes', 'no'] as const),
          at: new Date(base + index * 1000 + turn.upTo(3) * 400).toISOString(),
          knows: Array.from({ length: index }, (__, before) => before).filter(() => turn.upTo(3) === 0),
        }));
        const play = async (order: readonly number[], size: () => number) => {
          const { visitId } = await home({ asked: trial % 4 > 0 });
          const ids = acts.map(() => newId());
          const sent = acts.map((one, index) => {
            const head = { id: ids[index], visitId, at: one.at };
            if (one.what === 'skill') return { ...skill(visitId, one.level), ...head };
            if (one.what === 'steps') return { ...steps(visitId, one.answer), ...head };
            return { ...outcome(visitId, one.outcome), ...head, after: one.knows.map((known) => ids[known]) };
          });
          const left = [...order];
          while (left.length > 0) {
            const [first = 0] = left;
            const whose = acts[first]?.by ?? one;
            const batch = [first];
            left.shift();
            for (let more = size(); more > 0 && acts[left[0] ?? -1]?.by === whose; more -= 1)
              batch.push(left.shift() ?? 0);
            await send(
              whose,
              batch.map((index) => sent[index]),
            );
          }
          return stateOf(visitId, ids);
        };
        const straight = await play(
          acts.map((_, index) => index),
          () => 0,
        );
        const repeated = [...acts.keys(), ...acts.keys()].toSorted(() => turn.upTo(2) - 0.5);
        const shuffled = await play(repeated, () => turn.upTo(4));
        expect(shuffled, `history ${trial}`).toEqual(straight);
      }
    },
  );
});
