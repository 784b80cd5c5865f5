import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool, openScoped, type ScopedTx } from '../../lib/access/scoped';
import { listOfBand } from '../../lib/person/unreached';
import type { StepAnswer } from '../../lib/step/schema';
import { bandsByVillage } from '../../lib/unreached/queries';
import { bandOf, bandsFrom, type KnownOf } from '../../lib/unreached/rules';
import { bandGroups, knownBands, type KnownBand } from '../../lib/unreached/schema';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';
import { randomVillages, type Village } from './world';

const seed = Number(process.env.BANDS_SEED ?? Date.now() % 1_000_000);
const now = new Date();
let cast: Cast;
let villages: Village[];

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  villages = await randomVillages(cast, seed, 1000, now);
}, 60_000);
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const as = async <R>(role: Role, place: Place, work: (tx: ScopedTx) => Promise<R>): Promise<R> =>
  openScoped('read only', 'camtay_app', await cast.token(role, place), work);

describe(`1 000 random villages (BANDS_SEED=${seed})`, () => {
  test.each(bandGroups)(
    'of %s: each known person is in the one band the rule says, and the bands of every village add up to its eligible people',
    async (group) => {
      const places = await as('organiser', cast.here, (tx) =>
        bandsByVillage(tx, 'vi', { area: cast.here.unitId, group }, now),
      );
      const told = new Map(places?.map((place) => [place.id, place]));
      const wrong: string[] = [];
      const seen = new Set<string>();
      for (const { id, declared, expected } of villages) {
        const place = told.get(id);
        if (!place) {
          wrong.push(`${id}: not told`);
          continue;
        }
        const rule = expected[group];
        for (const band of knownBands) {
          if (rule[band] > 0) seen.add(band);
          if (place.counts[band] !== rule[band])
            wrong.push(`${id} ${band}: ${place.counts[band]}, the rule says ${rule[band]}`);
        }
        const known = knownBands.reduce((sum, band) => sum + rule[band], 0);
        const said = declared[group];
        const eligible = said === null ? known : Math.max(said, known);
        const sum = knownBands.reduce((all, band) => all + place.counts[band], place.unknown ?? 0);
        if (sum !== eligible || place.total !== eligible)
          wrong.push(`${id}: bands add up to ${sum}, total ${place.total}, eligible ${eligible}`);
        if (place.declared !== said || (said === null) !== (place.unknown === null))
          wrong.push(`${id}: declared ${place.declared}, was ${said}`);
        if (place.declaredTooLow !== (said !== null && known > said)) wrong.push(`${id}: mark of a low number`);
      }
      expect(wrong.slice(0, 20), `BANDS_SEED=${seed}`).toEqual([]);
      expect(seen, 'every band came up').toEqual(new Set(knownBands));
      // A hamlet is told with its village.
      expect(places?.filter(({ id }) => id > 3_000_000 && id % 2 === 1)).toEqual([]);
    },
  );

  test('the list of each band holds as many people as its count, and everybody once', async () => {
    const places = await as('organiser', cast.here, (tx) =>
      bandsByVillage(tx, 'vi', { area: undefined, group: 'adults' }),
    );
    const ids: string[] = [];
    for (const band of knownBands) {
      const count = places?.reduce((sum, { counts }) => sum + counts[band], 0) ?? 0;
      const first = await as('organiser', cast.here, (tx) =>
        listOfBand(tx, 'vi', { area: undefined, whom: 'adults', band, page: 1 }),
      );
      expect(first?.total, band).toBe(count);
      ids.push(...(first?.people.map(({ id }) => id) ?? []));
    }
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('is found by nobody who may not look people up there: leaders, helpers, those of another unit', async () => {
  for (const role of ['helper', 'unit_leader', 'province_leader', 'province_admin'] as const)
    expect(
      await as(role, cast.here, (tx) => bandsByVillage(tx, 'vi', { area: undefined, group: 'adults' })),
    ).toBeNull();
  const theirs = await as('organiser', cast.there, (tx) => bandsByVillage(tx, 'vi', { area: 44, group: 'adults' }));
  expect(theirs?.map(({ id }) => id)).toEqual([cast.there.villageId]);
  expect(
    await as('organiser', cast.there, (tx) => bandsByVillage(tx, 'vi', { area: cast.here.unitId, group: 'age60' })),
  ).toBeNull();
});

describe('the rule', () => {
  const nothing: KnownOf = { places: [], marks: 0, assists: 0, visits: 0, works: 0, observed: [], steps: [] };
  const at = { core: ['a', 'b'], steps: ['phone', 'sim'], now: 100 };
  const seen = (skill: string, level: number, when = 1, counts = true) => ({
    skill,
    level,
    at: when,
    id: `${skill}${when}`,
    counts,
  });
  const learning = [{ status: 'confirmed', classStatus: 'published', endsAt: 101 }];
  const said = (answer: StepAnswer) => [{ step: 'sim', answer, at: 1, recordedAt: 1, id: '1' }];
  const lacks = said('no');
  test.each<[string, Partial<KnownOf>, KnownBand]>([
    ['nothing known', {}, 'never'],
    ['a mark', { marks: 1 }, 'contacted'],
    ['a desk', { assists: 1 }, 'contacted'],
    ['a visit', { visits: 1 }, 'contacted'],
    ['a task done with them', { works: 1 }, 'contacted'],
    ['a class that is over', { places: learning.map((one) => ({ ...one, endsAt: 100 })) }, 'contacted'],
    ['what they say of themselves', { observed: [seen('a', 4, 1, false)] }, 'contacted'],
    ['a step asked about, nothing lacking', { steps: said('unknown') }, 'contacted'],
    ['a step lacking', { steps: lacks, marks: 3 }, 'blocked'],
    ['in class, whatever is lacking', { steps: lacks, places: learning }, 'inClass'],
    ['a skill with help, whatever else', { steps: lacks, places: learning, observed: [seen('a', 1)] }, 'helped'],
    ['one core skill alone', { observed: [seen('a', 4), seen('b', 2)] }, 'helped'],
    ['all core skills alone', { steps: lacks, observed: [seen('a', 3), seen('b', 4)] }, 'alone'],
    ['alone once, no more', { observed: [seen('a', 3), seen('b', 4), seen('b', 2, 2)] }, 'helped'],
    ['seen, and could nothing', { observed: [seen('a', 0)] }, 'contacted'],
  ])('%s', (_what, known, band) => {
    expect(bandOf({ ...nothing, ...known }, at)).toBe(band);
  });

  test('more known than declared: nobody is unknown, and it says so', () => {
    const counts = { never: 1, contacted: 2, blocked: 0, inClass: 0, helped: 3, alone: 0 };
    expect(bandsFrom(counts, 4)).toMatchObject({ unknown: 0, total: 6, declaredTooLow: true, unreached: 1 });
    expect(bandsFrom(counts, 10)).toMatchObject({ unknown: 4, total: 10, declaredTooLow: false, unreached: 5 });
    expect(bandsFrom(counts, null)).toMatchObject({ unknown: null, total: 6, declaredTooLow: false, unreached: null });
  });
});
