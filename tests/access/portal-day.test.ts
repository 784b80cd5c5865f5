import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool, openScoped } from '../../lib/access/scoped';
import { addDays, dayOf } from '../../lib/kernel/clock';
import { newId, newToken } from '../../lib/kernel/id';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

/** The earliest and the latest day there is at any moment: one of them is never today's in Vietnam, whenever this runs. */
const zones = ['Etc/GMT+12', 'UTC', 'Asia/Ho_Chi_Minh', 'Pacific/Kiritimati'];

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

async function granted(from: string, to: string | null): Promise<string> {
  const [id, token] = [newId(), newToken()];
  await cast.owner`insert into account (id, username, full_name, password_hash, area_id) values (${id}, ${`ngay.${id.slice(-8)}`}, 'Người Theo Ngày', 'none', ${cast.here.unitId})`;
  await cast.owner`insert into account_grant (account_id, role, area_id, valid_from, valid_to) values (${id}, 'unit_leader', ${cast.here.unitId}, ${from}, ${to})`;
  await cast.owner`insert into auth_session (token_hash, account_id, expires_at, device)
    values (${createHash('sha256').update(token).digest()}, ${id}, now() + interval '1 day', 'test')`;
  return token;
}

test('rights begin and end with the day in Vietnam, whatever zone a connection has', async () => {
  const today = dayOf(new Date());
  const [only, over, coming] = [
    await granted(today, today),
    await granted(addDays(today, -9), addDays(today, -1)),
    await granted(addDays(today, 1), null),
  ];
  for (const zone of zones) {
    const holds = (token: string) =>
      openScoped('read only', 'camtay_app', token, async (tx) => {
        await tx`select set_config('timezone', ${zone}, true)`;
        const [row] = await tx<
          { areas: number; tops: number; targets: number; grants: number; verbs: number; day: string }[]
        >`
          select cardinality(coalesce(may_areas('figures.read'), '{}')) > 0 as areas, cardinality(coalesce(top_areas('figures.read'), '{}')) > 0 as tops,
            cardinality(coalesce(target_areas(), '{}')) > 0 as targets,
            jsonb_array_length(caller()->'grants') > 0 as grants, jsonb_array_length(caller()->'capabilities') > 0 as verbs, portal_day()::text as day`;
        return row;
      });
    const yes = { areas: true, tops: true, targets: true, grants: true, verbs: true, day: today };
    expect(await holds(only), `today alone, ${zone}`).toEqual(yes);
    const no = { areas: false, tops: false, targets: false, grants: false, verbs: false, day: today };
    expect(await holds(over), `until yesterday, ${zone}`).toEqual(no);
    expect(await holds(coming), `from tomorrow, ${zone}`).toEqual(no);
  }
});

test('no function, wall, default or check decides by the day of the connection', async () => {
  const rows = await cast.owner<{ what: string; words: string }[]>`
    select 'function ' || p.proname as what, p.prosrc as words from pg_proc p where p.pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    union all select 'wall ' || policyname, coalesce(qual, '') || coalesce(with_check, '') from pg_policies where schemaname = 'public'
    union all select 'default of ' || d.adrelid::regclass, pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d
    union all select 'check ' || c.conname, pg_get_constraintdef(c.oid) from pg_constraint c where c.connamespace = 'public'::regnamespace and c.contype = 'c'
    union all select 'index ' || i.indexrelid::regclass, pg_get_indexdef(i.indexrelid) from pg_index i join pg_class k on k.oid = i.indrelid where k.relnamespace = 'public'::regnamespace`;
  expect(rows.length).toBeGreaterThan(400);
  const byConnection =
    /current_date|localtimestamp|localtime\b|now\(\)\s*(\)\s*)?::\s*date|cast\s*\(\s*now\(\)\s+as\s+date/i;
  expect(rows.filter(({ words }) => byConnection.test(words)).map(({ what }) => what)).toEqual([]);
  expect('x <= CURRENT_DATE').toMatch(byConnection);
  expect('x <= (now())::date').toMatch(byConnection);
});

test('asking for the day costs no call: it is written into what asks', async () => {
  const [plan] = await cast.owner`explain (verbose, format json) select portal_day() + 1`;
  expect(JSON.stringify(plan)).not.toMatch(/portal_day/);
  expect(JSON.stringify(plan)).toMatch(/Asia\/Ho_Chi_Minh/);
});
