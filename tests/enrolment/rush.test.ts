import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSystem, closePool } from '@/lib/access/scoped';
import { answerOffer, cancelEnrolment, promoteWaiting } from '@/lib/enrolment/commands';
import { isRefusal } from '@/lib/kernel/result';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { layDownTheLaws, watchTheBooks } from './books';
import { asResident, form, openClass, resident, send } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  await layDownTheLaws(cast.owner);
  await watchTheBooks(cast.owner);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const seed = Number(process.env.PLACES_SEED ?? Date.now() % 1_000_000_000);
/** The same dice for the same seed (mulberry32). */
function diceOf(from: number): (below: number) => number {
  let state = from;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

describe('a rush', () => {
  it(`of 500 mixed acts at once on 30 seats keeps every law at every commit, and nobody sees a deadlock (seed ${seed})`, async () => {
    const dice = diceOf(seed);
    const classId = await openClass(cast, cast.here, 30, {
      offerHours: 24,
      hoursAhead: 96,
      reservedPlaces: 6,
      reservedFor: 'over_60',
    });
    const birthYear = () => (dice(3) === 0 ? 1950 : 1990);
    const codes: string[] = [];
    const first = await Promise.all(
      Array.from({ length: 60 }, () => send(form(classId, cast.here, { birthYear: birthYear() }))),
    );
    for (const one of first) if (!isRefusal(one)) codes.push(one.code);
    const pick = () => codes[dice(codes.length)] ?? '';
    const acts = Array.from({ length: 500 }, (): (() => Promise<unknown>) => {
      const code = pick();
      const year = birthYear();
      const kind = dice(10);
      if (kind < 4) return () => send(form(classId, cast.here, { birthYear: year }));
      if (kind < 7) return () => asResident((tx) => cancelEnrolment(tx, resident, { code }, 'x'));
      if (kind < 9)
        return () => asResident((tx) => answerOffer(tx, resident, { code }, dice(3) > 0 ? 'accept' : 'decline'));
      return () => asSystem('test', (tx) => promoteWaiting(tx, classId));
    });
    const outcomes = await Promise.allSettled(acts.map((act) => act()));
    const broken = outcomes.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    expect(broken).toEqual([]);
    expect(await cast.owner`select laws_broken(array[${classId}]) as law`).toEqual([]);
    const [seats] = await cast.owner<{ taken: number; waiting: number; offered: number }[]>`
      select seats_confirmed + seats_offered + seats_reserved as taken, waiting, seats_offered as offered from class where id = ${classId}`;
    expect(seats?.waiting).toBeGreaterThan(0);
    expect(seats?.taken).toBe(30);
    expect(seats?.offered).toBeGreaterThan(0);
  }, 120_000);

  it('of moves both ways between two classes, people signing up twice and merges meets no deadlock', async () => {
    const [one, other] = [
      await openClass(cast, cast.here, 5, { hoursAhead: 96 }),
      await openClass(cast, cast.here, 5, { hoursAhead: 97 }),
    ];
    const { moveEnrolment, mergeEnrolments } = await import('@/lib/enrolment/commands');
    const { openScoped } = await import('@/lib/access/scoped');
    const { newId } = await import('@/lib/kernel/id');
    const token = await cast.token('organiser', cast.here);
    const people = Array.from({ length: 24 }, (_, n) => ({
      fullName: `Hồ Văn ${'ABCDEGHIKLMNOPQRSTUVXYZĐÊ'[n]}`,
      phone: `+8491777${String(1000 + n)}`,
    }));
    const made: { id: string; to: string; who: (typeof people)[number] }[] = [];
    for (const [n, who] of people.entries()) {
      const [at, to] = n % 2 === 0 ? [one, other] : [other, one];
      const done = await send(form(at, cast.here, who));
      if (!isRefusal(done)) made.push({ id: done.enrolmentId, to, who });
    }
    const rows = await cast.owner<{ id: string }[]>`select id from person where full_name like 'Hồ Văn %' order by id`;
    const move = (id: string, to: string) =>
      openScoped('read write', 'camtay_app', token, async (tx) => {
        const [row] = await tx<{ caller: never }[]>`select caller()`;
        return moveEnrolment(
          tx,
          { caller: row?.caller ?? null, channel: 'staff' },
          { enrolmentId: id, toClassId: to, formKey: newId(), overbookReason: null },
        );
      });
    const merge = (goes: string, stays: string) =>
      asSystem('test', async (tx) => {
        await tx`update person set merged_into = ${stays} where id = ${goes}`;
        await mergeEnrolments(tx, { goes, stays });
      });
    const outcomes = await Promise.allSettled([
      ...made.flatMap(({ id, to, who }) => [move(id, to), send(form(to, cast.here, who))]),
      ...Array.from({ length: 4 }, (_, n) => merge(rows[2 * n]?.id ?? '', rows[2 * n + 1]?.id ?? '')),
    ]);
    expect(outcomes.flatMap((act) => (act.status === 'rejected' ? [String(act.reason)] : []))).toEqual([]);
    expect(await cast.owner`select laws_broken(${[one, other]}) as law`).toEqual([]);
  }, 60_000);
});
