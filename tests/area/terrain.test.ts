import type postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closePool } from '../../lib/access/scoped';
import { setTerrains } from '../../lib/area/commands';
import { areaRecord, communeTerrains } from '../../lib/area/queries';
import { terrainInput, type Terrain } from '../../lib/area/schema';
import { placesBelow } from '../../lib/figure/reading';
import { problemsOf } from '../../lib/kernel/input';
import { addMember, asCaller, dongThuan, minhHoa, ownersConnection, province, tokenOf } from '../account/world';

const danHoa = 18904;
let owner: postgres.Sql;
let admin: string;
let organiser: string;

beforeAll(async () => {
  owner = await ownersConnection();
  admin = await tokenOf(await addMember(owner, 'admin.terrain', province, 'province_admin'));
  organiser = await tokenOf(await addMember(owner, 'organiser.terrain', dongThuan, 'organiser'));
});
afterAll(async () => {
  await closePool();
  await owner.end();
});

const say = (token: string, fields: Record<string, string>) =>
  asCaller(token, (tx, caller) => setTerrains(tx, caller, terrainInput.parse(fields)));
const terrainOf = async (id: number): Promise<Terrain | null | undefined> =>
  (await asCaller(admin, (tx) => areaRecord(tx, id)))?.terrain;

it('sets communes beside their like as soon as somebody has said what country they lie in, wards and special zones by their kind', async () => {
  const likes = async () => {
    const rows = await asCaller(admin, (tx) => placesBelow(tx, province, '2026', () => null));
    return new Map(rows.map(({ id, like }) => [id, like]));
  };
  await owner`update area set terrain = null`;
  expect(new Set((await likes()).values())).toEqual(new Set(['ward', 'commune', 'special_zone']));
  expect(await say(admin, { [`terrain${minhHoa}`]: 'upland', [`terrain${danHoa}`]: 'border' })).toBeNull();
  const after = await likes();
  expect([after.get(minhHoa), after.get(danHoa), after.get(dongThuan)]).toEqual(['upland', 'border', 'ward']);
  expect([...after.values()].filter((like) => like === 'commune')).toHaveLength(67);
  const noted = await owner<{ details: unknown }[]>`
    select details from audit_event where action = 'area.terrain' and area_id = ${danHoa} order by at desc limit 1`;
  expect(noted[0]?.details).toEqual({ from: '', to: 'border' });
});

it('writes only what was changed in the form: what somebody else said meanwhile of another commune stays', async () => {
  await owner`update area set terrain = case id when ${minhHoa} then 'upland' when ${danHoa} then 'border' end`;
  // Shown before somebody said "upland" of Minh Hóa; only Dân Hóa was touched.
  await say(admin, {
    [`terrain${minhHoa}`]: '',
    [`was${minhHoa}`]: '',
    [`terrain${danHoa}`]: '',
    [`was${danHoa}`]: 'border',
  });
  expect([await terrainOf(minhHoa), await terrainOf(danHoa)]).toEqual(['upland', null]);
});

it('refuses what is no country at the very field, places that are no communes, and whoever may not change places', async () => {
  const bad = terrainInput.safeParse({ [`terrain${danHoa}`]: 'sea', [`terrain${minhHoa}`]: 'upland' });
  expect(bad.success ? null : problemsOf(bad.error)).toEqual({ [`terrain${danHoa}`]: 'chooseTerrain' });
  expect(await say(admin, { [`terrain${dongThuan}`]: 'upland' })).toEqual({ refused: 'notFound' });
  expect(await say(admin, { terrain999999999: 'upland' })).toEqual({ refused: 'notFound' });
  await expect(owner`update area set terrain = 'upland' where id = ${dongThuan}`).rejects.toThrow(
    /area_terrain_of_communes/,
  );
  // Past the doors too: the wall lets them change no row.
  expect(await say(organiser, { [`terrain${danHoa}`]: 'lowland' })).toEqual({ refused: 'notFound' });
  expect(await terrainOf(danHoa)).toBeNull();
  expect((await asCaller(organiser, communeTerrains)).length).toBe(69);
});
