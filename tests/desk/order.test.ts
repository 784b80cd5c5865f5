import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../lib/kernel/id';
import { dice } from '../figure/world';
import { atDesks, type Desks } from './acts';

let desks: Desks;
beforeAll(async () => {
  desks = await atDesks();
});
afterAll(() => desks.close());

describe('property', () => {
  const seed = Number(process.env.DESK_SEED ?? Date.now() % 1_000_000);
  const trials = 40;

  test(
    `two phones, whatever the order, the repeats and the cuts: the same assists count (${trials} histories, seed ${seed})`,
    { timeout: 120_000 },
    async () => {
      const { cast, one, two, send, assist, undo, point, stored } = desks;
      const turn = dice(seed);
      const { deskId, personId } = await point();
      for (let trial = 0; trial < trials; trial += 1) {
        const base = Date.now() - 3_600_000;
        const acts = Array.from({ length: 3 + turn.upTo(9) }, (_, index) => ({
          by: turn.pick([one, two]),
          undoes: index > 0 && turn.upTo(3) === 0 ? turn.upTo(index) : null,
          deskId: turn.pick([deskId, cast.here.deskId]),
          minutes: turn.pick([5, 10, 15]),
          personId: turn.pick([null, null, personId, cast.here.personId]),
          at: new Date(base + index * 1000 + turn.upTo(3) * 400).toISOString(),
        }));
        const play = async (order: readonly number[], size: () => number) => {
          const ids = acts.map(() => newId());
          const sent = acts.map((act, index) => {
            const head = { id: ids[index] ?? '', at: act.at };
            if (act.undoes === null)
              return assist({ ...head, deskId: act.deskId, minutes: act.minutes, personId: act.personId });
            return undo(ids[act.undoes] ?? '', { ...head, deskId: acts[act.undoes]?.deskId });
          });
          for (let left = [...order]; left.length > 0;) {
            const [first = 0, ...rest] = left;
            const whose = acts[first]?.by ?? one;
            const batch = [first];
            for (let more = size(); more > 0 && acts[rest[0] ?? -1]?.by === whose; more -= 1)
              batch.push(rest.shift() ?? 0);
            left = rest;
            await send(
              whose,
              batch.map((index) => sent[index]),
            );
          }
          return stored(ids);
        };
        const straight = await play([...acts.keys()], () => 0);
        // By the rule itself: an assist counts unless its own maker took it back.
        const counts = acts.map((act, index) =>
          act.undoes === null ? !acts.some(({ undoes, by }) => undoes === index && by === act.by) : null,
        );
        expect(
          straight.map((row) => row && !row.undone),
          `history ${trial}`,
        ).toEqual(counts);
        const repeated = [...acts.keys(), ...acts.keys()].toSorted(() => turn.upTo(2) - 0.5);
        expect(await play(repeated, () => turn.upTo(4)), `history ${trial}, shuffled`).toEqual(straight);
      }
    },
  );
});
