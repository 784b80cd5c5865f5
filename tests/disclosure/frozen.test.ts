import { describe, expect, it } from 'vitest';
import { toldKey } from '@/lib/disclosure/schema';
import { attack } from './attack';
import { skills } from './learning';
import { shownOf } from './shown';
import { dice, everybody, keyOf, periods, worldOf, type Dice, type Plan, type Told, type World } from './world';

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
  groups: ['all'],
};
const homes = ['households_reached', 'households_five'];
// Others only with DISCLOSURE_LONG=1, and more worlds: every month of each is judged anew, and each took some seconds to be attacked.
const long = process.env.DISCLOSURE_LONG === '1';
const plays = long
  ? [
      ['attendance'],
      ['people_reached'],
      ['core_attained'],
      ['home_visits'],
      homes,
      ['core_attained', 'skills_attained', 'service_guided'],
      ['core_attained', 'skills_attained', ...skills],
    ]
  : [['home_visits'], ['core_attained']];

/** Villages have numbers from here on. What their reports said of what is hidden today is not read any more. */
const villages = 10_000;

/** The world of a seed as it stood at the end of a half-month. */
const worldAt = (seed: number, now: number, measures: readonly string[]): World =>
  worldOf(dice(seed), { ...plan, now, ...(measures.includes('service_guided') && { seen: 'at class' }) });

/** What is signed, by area and measure, and what it says. */
interface Signed {
  readonly told: Map<string, Set<string>>;
  readonly says: Map<string, Told>;
}

/** Everything but single skills, of which no report tells, of the administration's periods that are over is signed as it is shown then, everywhere; half a month later the next is. */
function signedUntil(seed: number, last: number, measures: readonly string[], keeping: boolean): Signed {
  const [told, says] = [new Map<string, Set<string>>(), new Map<string, Told>()];
  for (let now = 2; now <= last; now += 2) {
    const world = worldAt(seed, now, measures);
    const shown = shownOf(world, 'rule', { only: measures, signed: keeping ? told : undefined });
    for (const { key: period, halves } of periods) {
      if (!period.startsWith('k') || halves.at(-1) !== now - 1) continue;
      for (const { id } of world.areas.filter((area) => area.id < villages))
        for (const measure of measures.filter((one) => !skills.some((skill) => skill === one))) {
          const cell = keyOf(id, period, measure, 'all');
          const pair = shown.get(cell);
          if (!pair) continue;
          const key = `${id} ${measure}`;
          told.set(key, (told.get(key) ?? new Set()).add(toldKey({ period, group: 'all' })));
          says.set(cell, pair);
        }
    }
  }
  return { told, says };
}

/** What the attack works out of today's figures and the reports together. */
async function workedOut(seed: number, measures: readonly string[], keeping: boolean): Promise<readonly string[]> {
  const now = 22;
  const world = worldAt(seed, now, measures);
  const { told, says } = signedUntil(seed, now, measures, keeping);
  const today = shownOf(world, 'rule', { only: measures, signed: keeping ? told : undefined });
  const found = await attack(world, new Map([...today, ...says]), measures, everybody, dice(seed));
  const { hidden, recovered, narrowed } = found;
  process.stdout.write(
    `signed reports, seed ${seed}: ${measures.join('+')} ${JSON.stringify({ hidden, recovered: recovered.length, narrowed })}\n`,
  );
  return recovered;
}

// A world in which ten numbers were given away.
const first = Number(process.env.DISCLOSURE_SEED ?? 6002);
const worlds = long ? Number(process.env.DISCLOSURE_WORLDS ?? 12) : 1;

describe('what signed reports say beside today’s figures', { timeout: 3_600_000 }, () => {
  for (let seed = first; seed < first + worlds; seed += 1)
    it.each(plays)(`gives nothing away that is hidden (DISCLOSURE_SEED=${seed}, %s)`, async (...measures) => {
      expect(await workedOut(seed, measures, true)).toEqual([]);
    });

  it('would give some away if what is hidden did not mind what was signed', async () => {
    expect((await workedOut(6002, ['home_visits'], false)).length).toBeGreaterThan(0);
  });
});
