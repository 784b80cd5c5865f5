import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool, openScoped, type ScopedTx } from '@/lib/access/scoped';
import { eligibleAround, eligibleOf } from '@/lib/eligible/queries';
import { peopleIn, toldIn } from '@/lib/eligible/rules';
import { sensitiveGroups, type Eligible, type SaidToCaller } from '@/lib/eligible/schema';
import { indicatorValues, indicators } from '@/lib/indicator/queries';
import { dashboard } from '@/lib/figure/queries';
import { rowsOf } from '@/lib/figure/drill';
import { periodAround } from '@/lib/period/rules';
import { dayOf } from '@/lib/kernel/clock';
import type { Role } from '@/db/capabilities';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

type Tree = ReadonlyMap<number, readonly number[]>;
/** What each place said of itself; whoever said nothing is not in it. */
type World = ReadonlyMap<number, number>;
/** What each place may have said; null for nothing. */
type Choices = ReadonlyMap<number, readonly (number | null)[]>;

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, nth) => from + nth);

const saidIn = (world: World, exact: (place: number) => boolean = () => false) =>
  new Map(
    [...world].map(([areaId, people]): [number, SaidToCaller] => [
      areaId,
      { people, source: 's', asOf: '2026-01-01', exact: exact(areaId) },
    ]),
  );

const placesOf = (tree: Tree) => [...new Set([...tree].flatMap(([above, below]) => [above, ...below]))];

/** All that a page could show of a place. */
const shownOf = ({ people, hidden, complete, declared, leftOut, from }: Eligible) =>
  [people, hidden, complete, declared, leftOut, from].join();

/** Everything a leader can read of a world at one time. */
const view = (tree: Tree, world: World, exact?: (place: number) => boolean) => {
  const told = toldIn(tree, saidIn(world, exact));
  return placesOf(tree)
    .map((place) => shownOf(told(place)))
    .join(' | ');
};

/** Every world in which each place says one of some numbers, or (null) nothing. */
function* worlds(choices: Choices): Generator<World> {
  const [first, ...others] = choices;
  if (!first) return yield new Map();
  for (const rest of worlds(new Map(others)))
    for (const people of first[1]) yield people === null ? rest : new Map([...rest, [first[0], people]]);
}

/**
 * The least number of numbers that any hidden one may be, for somebody who sees all that is told, knows the rule, and can reckon without end: every world that
 * looks alike is gone through.
 */
function leastOpen(tree: Tree, choices: Choices, tell: (tree: Tree, world: World) => string): number {
  // Where not every number of few people is among the choices, the choices themselves would tell.
  const asked = new Set(
    [...choices].filter(([, among]) => range(1, 9).every((few) => among.includes(few))).map(([at]) => at),
  );
  const alike = new Map<string, Map<number, Set<number>>>();
  for (const world of worlds(choices)) {
    const key = tell(tree, world);
    const found = alike.get(key) ?? new Map<number, Set<number>>();
    alike.set(key, found);
    for (const [place, people] of world)
      if (asked.has(place) && people > 0 && people < 10) found.set(place, (found.get(place) ?? new Set()).add(people));
  }
  return Math.min(...[...alike.values()].flatMap((found) => [...found.values()].map(({ size }) => size)));
}

const flat: Tree = new Map([[1, [2, 3, 4]]]);
const deep: Tree = new Map([
  [1, [2, 3]],
  [2, [4, 5]],
  [3, [6, 7]],
]);

describe('whoever sees all that is told and knows the rule', () => {
  test.each([
    ['three villages', flat, new Map([2, 3, 4].map((place) => [place, range(0, 12)] as const))],
    [
      'villages of which one has said nothing',
      flat,
      new Map([2, 3, 4].map((place) => [place, [null, ...range(0, 11)]] as const)),
    ],
    [
      'a unit that said a number of its own',
      flat,
      new Map<number, readonly (number | null)[]>([
        [1, [null, 4, ...range(9, 32)]],
        ...[2, 3, 4].map((place) => [place, range(0, 11)] as const),
      ]),
    ],
    ['two units of two villages', deep, new Map([4, 5, 6, 7].map((place) => [place, range(0, 10)] as const))],
    [
      'a unit of its own word beside one that is added up',
      deep,
      new Map<number, readonly (number | null)[]>([
        [2, [null, 9, 12, 18]],
        [1, [null, 30]],
        ...[4, 5, 6, 7].map((place) => [place, range(1, 10)] as const),
      ]),
    ],
    ['five villages of few', new Map([[1, range(2, 6)]]), new Map(range(2, 6).map((place) => [place, range(1, 9)]))],
  ])('cannot work out few people of %s', (_, tree, choices) => {
    expect(leastOpen(tree, choices, view)).toBeGreaterThanOrEqual(3);
  });

  test('who takes a unit’s own word for the sum of its villages cannot either', () => {
    const summed = (tree: Tree, world: World) =>
      view(tree, new Map([...world, [1, [2, 3, 4].reduce((sum, place) => sum + (world.get(place) ?? 0), 0)]]));
    const choices = new Map([2, 3, 4].map((place) => [place, range(0, 12)] as const));
    expect(leastOpen(flat, choices, summed)).toBeGreaterThanOrEqual(3);
  });

  test('could, were the sums told as they are', () => {
    const whole = (over: Tree, world: World) =>
      placesOf(over)
        .map((place) => {
          const { people } = peopleIn(over, saidIn(world))(place);
          return people !== null && people > 0 && people < 10 ? 'hidden' : String(people);
        })
        .join();
    expect(leastOpen(flat, new Map([2, 3, 4].map((place) => [place, range(0, 12)])), whole)).toBe(1);
  });

  test('is told what is there where nobody is few, and never more than is there', () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(numbers, (people) => {
        const world = new Map(people.map((one, nth) => [nth + 4, one]));
        for (const place of placesOf(deep)) {
          const [told, there] = [toldIn(deep, saidIn(world))(place), peopleIn(deep, saidIn(world))(place)];
          expect(told.people === null || told.people >= 10 || told.people === 0).toBe(true);
          expect(told.people ?? 0).toBeLessThanOrEqual(there.people ?? 0);
          if (people.every((one) => one === 0 || one >= 10)) expect(told.people).toBe(there.people);
          if (told.leftOut === 0 && !told.hidden) expect(told.people).toBe(there.people);
        }
        const open = saidIn(world, () => true);
        expect(toldIn(deep, open)(1)).toEqual(peopleIn(deep, open)(1));
      }),
      { verbose: true },
    );
  });

  test('and may look up one village besides learns nothing of the others', () => {
    const seen = (tree: Tree, world: World) => view(tree, world, (place) => place === 2);
    for (const mine of [3, 7])
      expect(
        leastOpen(flat, new Map([[2, [mine]], ...[3, 4].map((place) => [place, range(0, 12)] as const)]), seen),
      ).toBeGreaterThanOrEqual(3);
  });
});

describe('on real rows', () => {
  let cast: Cast;
  const villages = [1_900_021, 1_900_022, 1_900_023];
  const now = new Date();
  const year = periodAround(dayOf(now), 'administrative', 'year');

  beforeAll(async () => {
    cast = await setTheScene((await testDatabase()).url);
    const { owner, here } = cast;
    for (const [nth, id] of villages.entries()) {
      const name = `Thôn Nhỏ ${nth + 1}`;
      await owner`insert into area (id, kind, name_vi, name_en, full_name_vi, full_name_en, name_folded, valid_from)
        values (${id}, 'village', ${name}, ${name}, ${name}, ${name}, ${`thon nho ${nth}`}, '2025-07-01')`;
      await owner`insert into area_parent (area_id, parent_id, valid_from) values (${id}, ${here.unitId}, '2025-07-01')`;
    }
    await owner`select rebuild_area_tree()`;
    const below = await owner<{ id: number }[]>`
      select area_id as id from area_tree where ancestor_id = ${here.unitId} and depth = 1`;
    const say = (area: number, people: number, asOf: string) => owner`
      insert into eligible (area_id, as_of, grp, people, source) values (${area}, ${asOf}, 'disability', ${people}, 'Sổ')`;
    for (const { id } of below) await say(id, 0, '2026-01-01');
    await say(villages[0] ?? 0, 4, '2026-01-01');
    await say(villages[1] ?? 0, 30, '2026-01-01');
    await say(villages[2] ?? 0, 25, '2026-01-01');
    // Said again later: the two days beside each other would tell what changed.
    await say(villages[2] ?? 0, 26, '2026-03-01');
  });
  afterAll(async () => {
    await closePool();
    await cast.owner.end();
  });

  const as = async <R>(role: Role, work: (tx: ScopedTx) => Promise<R>) =>
    openScoped('read only', 'camtay_app', await cast.token(role, cast.here), work);
  const few = () => villages[0] ?? 0;

  test('whoever may look people up sees everybody, a leader and the administration no few', async () => {
    const { unitId } = cast.here;
    const of = (role: Role, area: number, day = '2026-06-01') =>
      as(role, (tx) => eligibleOf(tx, area, 'disability', day));
    expect(await of('organiser', few())).toMatchObject({ people: 4, hidden: false });
    expect(await of('organiser', unitId)).toMatchObject({ people: 60, leftOut: 0 });
    expect(await of('organiser', unitId, '2026-02-01')).toMatchObject({ people: 59 });
    for (const role of ['unit_leader', 'province_leader', 'province_admin'] as const) {
      expect(await of(role, few()), role).toMatchObject({ people: null, hidden: true });
      expect(await of(role, villages[1] ?? 0), role).toMatchObject({ people: 30, hidden: false });
      expect(await of(role, unitId), role).toMatchObject({ people: 56, leftOut: 1, complete: true });
      expect(await of(role, unitId, '2026-02-01'), `${role}, of an earlier day`).toMatchObject({ people: 56 });
      const rows = await as(role, (tx) => eligibleAround(tx, 'vi', unitId, '2026-06-01'));
      expect(rows.find(({ id }) => id === few())?.groups.disability).toMatchObject({ people: null, hidden: true });
    }
  });

  test('no row of few comes through the wall, whatever is asked', async () => {
    const seen = (role: Role) =>
      as(role, (tx) => tx<{ grp: string }[]>`select grp from eligible where grp = any (${[...sensitiveGroups]})`);
    expect((await seen('organiser')).length).toBeGreaterThan(0);
    for (const role of ['unit_leader', 'province_leader', 'province_admin', 'helper'] as const)
      expect(await seen(role), role).toHaveLength(0);
    // What hands them on is for the rule alone.
    const calling = ['lib', 'app', 'components', 'scripts'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter(
          (file) => /\.tsx?$/.test(file) && readFileSync(`${folder}/${file}`, 'utf8').includes('eligible_sensitive'),
        )
        .map((file) => `${folder}/${file}`),
    );
    expect(calling).toEqual(['lib/eligible/queries.ts']);
  });

  test('the dashboard and the rows behind it show as much, and a whole only where nobody is left out', async () => {
    const { unitId } = cast.here;
    const rank = { by: 'name', descending: false } as const;
    const shown = (role: Role, area: number) =>
      as(role, (tx) => dashboard(tx, { area, period: year, rank }, now)).then((found) => found?.eligible.disability);
    const rows = (role: Role, area: number) =>
      as(role, (tx) =>
        rowsOf(tx, { area, period: year, measure: 'people_reached', group: 'disability', page: 1 }),
      ).then((found) => found?.living);
    expect(await shown('unit_leader', few())).toMatchObject({ people: null, hidden: true });
    expect(await shown('unit_leader', unitId)).toMatchObject({ people: 56, leftOut: 1 });
    expect(await rows('unit_leader', few())).toBeNull();
    expect(await rows('unit_leader', unitId)).toBeNull();
    expect(await rows('unit_leader', villages[1] ?? 0)).toBe(30);
    expect([await rows('organiser', few()), await rows('organiser', unitId)]).toEqual([4, 60]);
  });

  test('no indicator takes a sensitive group as its whole, which reports would hand on', async () => {
    const wholes = await as('unit_leader', (tx) => indicators(tx));
    expect(wholes.filter(({ wholeGroup }) => wholeGroup && sensitiveGroups.includes(wholeGroup))).toEqual([]);
    expect((await as('unit_leader', (tx) => indicatorValues(tx, few(), year))).some(({ of }) => of === 4)).toBe(false);
  });
});
