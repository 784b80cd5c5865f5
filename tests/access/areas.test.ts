import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { roleCapabilities, roles, type Role } from '../../db/capabilities';
import { closePool, openScoped } from '../../lib/access/scoped';
import { newId, newToken } from '../../lib/kernel/id';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
/** Each place’s ways up, itself first. */
let up: Map<number, number[]>;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  const rows = await cast.owner<{ areaId: number; ups: number[] }[]>`
    select area_id as "areaId", array_agg(ancestor_id order by depth) as ups from area_tree group by 1`;
  up = new Map(rows.map(({ areaId, ups }) => [areaId, ups]));
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

interface Grant {
  readonly role: Role;
  readonly areaId: number;
}

/** What the database says of an account with such grants. */
async function said(grants: readonly Grant[], verb: string): Promise<{ may: number[]; tops: number[] }> {
  const [id, token] = [newId(), newToken()];
  await cast.owner`insert into account (id, username, full_name, password_hash, area_id) values (${id}, ${`quyen.${id.slice(-12)}`}, 'Người Được Giao', 'none', ${cast.here.unitId})`;
  for (const { role, areaId } of grants)
    await cast.owner`insert into account_grant (account_id, role, area_id) values (${id}, ${role}, ${areaId})`;
  await cast.owner`insert into auth_session (token_hash, account_id, expires_at, device)
    values (${createHash('sha256').update(token).digest()}, ${id}, now() + interval '1 day', 'test')`;
  const [row] = await openScoped(
    'read only',
    'camtay_app',
    token,
    (tx) => tx<{ may: number[]; tops: number[] }[]>`
      select coalesce(may_areas(${verb}), '{}') as may, coalesce(top_areas(${verb}), '{}') as tops`,
  );
  return row ?? { may: [], tops: [] };
}

test('one may act in what was granted with the verb and all below it, and begins at what lies in nothing else of it', async () => {
  const { here, there } = cast;
  const places = [44, here.unitId, here.villageId, there.unitId, there.villageId];
  const grant = fc.record({ role: fc.constantFrom(...roles), areaId: fc.constantFrom(...places) });
  const some = fc.uniqueArray(grant, { maxLength: 4, selector: ({ role, areaId }) => `${role} ${areaId}` });
  await fc.assert(
    fc.asyncProperty(some, fc.constantFrom('figures.read', 'person.read', 'class.write'), async (grants, verb) => {
      const able = grants.filter(({ role }) => roleCapabilities[role].some((one) => one === verb));
      const areas = able.map(({ areaId }) => areaId);
      const may = [...up].filter(([, ups]) => ups.some((one) => areas.includes(one))).map(([id]) => id);
      const tops = [...new Set(areas)].filter(
        (id) =>
          !up
            .get(id)
            ?.slice(1)
            .some((one) => areas.includes(one)),
      );
      const found = await said(grants, verb);
      expect(found.may.toSorted((a, b) => a - b)).toEqual(may.toSorted((a, b) => a - b));
      const height = (id: number) => up.get(id)?.length ?? 0;
      expect(found.tops).toEqual(tops.toSorted((a, b) => height(a) - height(b) || a - b));
    }),
    { numRuns: 60, verbose: true },
  );
});
