import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool } from '../../lib/access/scoped';
import { as } from '../desk/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { neighbour } from '../visit/scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const seen = (role: Role, personId: string) =>
  as(cast, role, cast.here, async (tx) => {
    const rows = await tx<
      { purpose: string }[]
    >`select purpose from consent where person_id = ${personId} order by purpose`;
    return rows.map(({ purpose }) => purpose);
  });

test('what somebody agreed to is read where people are looked up, not from a roster or with a task', async () => {
  const { personId } = cast.here;
  expect(await seen('helper', personId), 'has them on a roster').toEqual([]);
  const given = await neighbour(cast, cast.here);
  await cast.owner`insert into consent (person_id, purpose, text_version, given, how) values (${given}, 'class', 1, true, 'oral')`;
  await cast.owner`insert into task_given (kind, person_id, fact, area_id, account_id, until)
    values ('never_met', ${given}, 'x', ${cast.here.villageId}, ${await cast.accountOf('helper', cast.here)}, now() + interval '3 days')`;
  const names = await as(cast, 'helper', cast.here, (tx) => tx`select from person where id = ${given}`);
  expect(names.count, 'has a task with them').toBe(1);
  expect(await seen('helper', given)).toEqual([]);
  expect(await seen('organiser', personId)).toEqual(['class', 'message', 'refer']);
});

test('that there is a consent for a noted need is nobody’s to read who signs in', async () => {
  const roles = ['helper', 'organiser', 'desk_officer', 'unit_leader', 'province_leader', 'province_admin'] as const;
  for (const role of roles) expect(await seen(role, cast.here.personId), role).not.toContain('need');
});
