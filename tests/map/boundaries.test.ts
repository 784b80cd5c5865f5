import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool } from '../../lib/access/scoped';

import { decideBoundaries, removeBoundaries, sendBoundaries } from '../../lib/map/commands';
import { boundariesInUse, boundariesOf, boundaryDraft, codedPlaces, tilesOf } from '../../lib/map/queries';
import { addMember, asCaller, dongThuan, minhHoa, ownersConnection, province, tokenOf } from '../account/world';
import { madeUp } from './made-up';

let owner: postgres.Sql;
let admin: string;
let other: string;
let leader: string;

beforeAll(async () => {
  owner = await ownersConnection();
  admin = await tokenOf(await addMember(owner, 'admin.map', province, 'province_admin'));
  other = await tokenOf(await addMember(owner, 'admin.map2', province, 'province_admin'));
  leader = await tokenOf(await addMember(owner, 'leader.map', province, 'province_leader'));
});
afterAll(async () => {
  await closePool();
  await owner.end();
});

const send = (token: string, what: unknown, source = 'Bản thử, dùng tự do') =>
  asCaller(token, (tx, caller) =>
    sendBoundaries(tx, caller, { source, bytes: Buffer.from(JSON.stringify(what)), name: 'thử.geojson' }),
  );
const decide = (token: string, draft: string, act: 'save' | 'drop') =>
  asCaller(token, (tx, caller) => decideBoundaries(tx, caller, { draft, act }));
const sent = async (token: string) => {
  const draft = await asCaller(token, boundaryDraft);
  if (!draft) throw new Error('nothing was sent');
  return draft;
};
const inUse = () =>
  owner<{ areaId: number; source: string }[]>`select area_id, source from area_boundary order by area_id`;

describe('boundaries', () => {
  it('are looked at before they are used, replaced as a whole, and taken away', async () => {
    expect(await send(admin, madeUp())).toBeNull();
    expect(await inUse()).toEqual([]);
    const first = await sent(admin);
    expect(first.shapes.map(({ areaId }) => areaId)).toEqual(expect.arrayContaining([dongThuan, minhHoa]));
    expect(await asCaller(other, boundaryDraft)).toBeNull();
    expect(await decide(admin, first.id, 'save')).toBeNull();
    expect((await inUse()).map(({ areaId }) => areaId)).toEqual(first.shapes.map(({ areaId }) => areaId));
    expect(await asCaller(admin, boundaryDraft)).toBeNull();

    const { features, ...rest } = madeUp();
    expect(await send(other, { ...rest, features: features.slice(0, 1) }, 'Bản sau')).toBeNull();
    expect(await decide(other, (await sent(other)).id, 'save')).toBeNull();
    expect(await inUse()).toEqual([{ areaId: dongThuan, source: 'Bản sau' }]);
    const set = await asCaller(leader, (tx) => boundariesOf(tx, province));
    expect(set).toMatchObject({ source: 'Bản sau', boundaries: [{ areaId: dongThuan, apart: false }] });
    expect(await asCaller(admin, boundariesInUse)).toMatchObject({ count: 1, by: 'Người Mẫu admin.map2' });

    expect(await asCaller(admin, (tx, caller) => removeBoundaries(tx, caller))).toBeNull();
    expect(await inUse()).toEqual([]);
    expect(await asCaller(admin, (tx, caller) => removeBoundaries(tx, caller))).toEqual({ refused: 'nothingChanged' });
    const acts = await owner`select action from audit_event where action like 'area.%draw' order by at, id`;
    expect(acts.map(({ action }) => String(action))).toEqual(['area.draw', 'area.draw', 'area.undraw']);
  });

  it('that cannot be read leave what was sent before, and what is in use', async () => {
    await send(admin, madeUp());
    const before = await sent(admin);
    for (const bad of [{}, { ...madeUp(), features: [] }, 'x'])
      expect(await send(admin, bad)).toEqual({ refused: 'boundaryNotCollection', field: 'shapes' });
    expect(await sent(admin)).toEqual(before);
  });

  it('are kept once where they are sent many times at once, and used once where that is pressed many times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(admin, madeUp())));
    expect(answers).toEqual(Array.from({ length: 6 }, () => null));
    const { id } = await sent(admin);
    const decisions = await Promise.all(Array.from({ length: 6 }, () => decide(admin, id, 'save')));
    expect(decisions.filter((one) => one === null)).toHaveLength(1);
    expect(await asCaller(admin, (tx, caller) => removeBoundaries(tx, caller))).toBeNull();
  });

  it('are decided once, by who sent them, and only the last', async () => {
    await send(admin, madeUp());
    const earlier = await sent(admin);
    await send(admin, madeUp());
    const { id } = await sent(admin);
    expect(await decide(admin, earlier.id, 'save')).toEqual({ refused: 'notFound' });
    expect(await decide(other, id, 'save')).toEqual({ refused: 'notFound' });
    expect(await decide(admin, id, 'drop')).toBeNull();
    expect(await decide(admin, id, 'save')).toEqual({ refused: 'notFound' });
    expect(await inUse()).toEqual([]);
  });

  it('are refused by the walls to who does not keep the tree, whatever the code says', async () => {
    await expect(send(leader, madeUp())).rejects.toThrow(/row-level security/);
    await send(admin, madeUp());
    await decide(admin, (await sent(admin)).id, 'save');
    const gone = await asCaller(leader, (tx) => tx`delete from area_boundary`);
    expect(gone.count).toBe(0);
    expect((await inUse()).length).toBeGreaterThan(0);
  });
});

it('squares are of the places below that have a position', async () => {
  await owner`update area set latitude = null, longitude = null where id <> all (${[dongThuan, minhHoa]})`;
  await owner`update area set latitude = 17.5, longitude = 106.6 where id = ${dongThuan}`;
  await owner`update area set latitude = 17.8, longitude = 105.9 where id = ${minhHoa}`;
  const layout = await asCaller(leader, (tx) => tilesOf(tx, province));
  expect(layout.cells.map(({ id }) => id)).toEqual([minhHoa, dongThuan]);
  const coded = await asCaller(leader, codedPlaces);
  expect(coded.find(({ id }) => id === dongThuan)).toMatchObject({ parentId: province, below: 1, apart: false });
});
