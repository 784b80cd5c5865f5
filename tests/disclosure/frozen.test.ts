import { describe, expect, it } from 'vitest';
import { toldKey } from '@/lib/disclosure/schema';
import { attack } from './attack';
import { shownOf } from './shown';
import { dice, everybody, keyOf, periods, worldOf, type Dice, type Plan, type World } from './world';

/**
 * Signed reports stand beside today's figures: what is hidden today must not be worked out from what a report said of it, or of a neighbour, when less was
 * known. Nothing is corrected in these worlds: months only follow one another.
 */

const some = (roll: Dice, least: number, most: number) => least + Math.floor(roll() * (most - least + 1));
const plan: Omit<Plan, 'now'> = {
  units: 2,
  villages: (roll) => some(roll, 2, 4),
  people: (roll) => some(roll, 0, 60),
  taught: (roll) => {
    const from = some(roll, 0, 16);
    return [0, 1, 2, 3, 4, 5, 6, 7].map((nth) => from + nth).filter((half) => half < 23 && roll() < 0.8);
  },
};
const long = process.env.DISCLOSURE_LONG === '1';
const measures = long ? ['attendance', 'people_reached', 'core_attained', 'home_visits'] : ['home_visits'];

/** Villages have numbers from here on. What their reports said of what is hidden today is not read any more. */
const villages = 10_000;

/** The world of a seed as it stood at the end of a half-month. */
const worldAt = (seed: number, now: number): World => worldOf(dice(seed), { ...plan, now });

/** Everything of the administration's periods that are over is signed as it is shown then, everywhere; half a month later the next is. */
function signedUntil(seed: number, last: number, keeping: boolean): Map<string, Set<string>> {
  const signed = new Map<string, Set<string>>();
  for (let now = 2; now <= last; now += 2) {
    const shown = shownOf(worldAt(seed, now), 'rule', { only: measures, signed: keeping ? signed : undefined });
    for (const { key: period, halves } of periods) {
      if (!period.startsWith('k') || halves.at(-1) !== now - 1) continue;
      for (const { id } of worldAt(seed, now).areas.filter((area) => area.id < villages))
        for (const measure of measures)
          if (shown.has(keyOf(id, period, measure, 'all'))) {
            const key = `${id} ${measure}`;
            signed.set(key, (signed.get(key) ?? new Set()).add(toldKey({ period, group: 'all' })));
          }
    }
  }
  return signed;
}

/** What the attack works out of today's figures and the reports together. */
async function workedOut(seed: number, keeping: boolean): Promise<readonly string[]> {
  const now = 22;
  const world = worldAt(seed, now);
  const signed = signedUntil(seed, now, keeping);
  const read = new Map(shownOf(world, 'rule', { only: measures, signed: keeping ? signed : undefined }));
  for (const [key, told] of signed)
    for (const one of told) {
      const [area = '', measure = ''] = key.split(' ');
      const [period = '', group = ''] = one.split(' ');
      const cell = keyOf(Number(area), period, measure, group);
      read.set(cell, world.exact.get(cell) ?? [0, 0]);
    }
  const found = [];
  for (const measure of measures) found.push(await attack(world, read, [measure], everybody, dice(seed)));
  return found.flatMap(({ recovered }) => recovered);
}

// A world in which ten numbers were given away.
const first = Number(process.env.DISCLOSURE_SEED ?? 6002);
const worlds = long ? Number(process.env.DISCLOSURE_WORLDS ?? 12) : 1;

describe('what signed reports say beside today’s figures', () => {
  for (let seed = first; seed < first + worlds; seed += 1)
    it(`gives nothing away that is hidden (DISCLOSURE_SEED=${seed})`, { timeout: 600_000 }, async () => {
      expect(await workedOut(seed, true)).toEqual([]);
    });

  it('would give some away if what is hidden did not mind what was signed', { timeout: 600_000 }, async () => {
    expect((await workedOut(6002, false)).length).toBeGreaterThan(0);
  });
});
