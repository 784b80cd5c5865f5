import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roleCapabilities, roles, type Role } from '../../db/capabilities';
import { closePool, openScoped, type ScopedTx } from '../../lib/access/scoped';
import { rebuildFigures } from '../../lib/figure/commands';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';
import { walls, type Rule } from './wall-rows';

/**
 * The row-level walls alone, without doors or verbs: every table × verb × role × own and other unit, by trying. A table
 * without a row in wall-rows.ts fails the suite.
 */

const at = (table: string, place: Place) =>
  walls[table]?.at?.(place) ?? `area_id in (${place.unitId}, ${place.villageId})`;
const inProvince: readonly Role[] = ['province_leader', 'province_admin'];

/** Whether a role of the unit `home` should pass for a row of `place`. */
function passes(rule: Rule | undefined, role: Role, ownPlace: boolean, table: string): boolean {
  if (rule === undefined || rule === 'nobody') return false;
  if (rule === 'everyone') return true;
  if (typeof rule === 'object' && 'both' in rule) return rule.both.every((one) => passes(one, role, ownPlace, table));
  if (typeof rule !== 'string') return rule.some((one) => passes(one, role, ownPlace, table));
  const held: readonly string[] = roleCapabilities[role];
  if (rule === 'ownAccount')
    return (
      (['auth_session', 'job', 'boundary_draft'].includes(table) && role === 'organiser' && ownPlace) ||
      (table.startsWith('account') && ownPlace && !inProvince.includes(role))
    );
  if (rule.startsWith('anywhere:')) return held.includes(rule.slice('anywhere:'.length));
  return held.includes(rule) && (ownPlace || inProvince.includes(role));
}

/** What happens when the statement is tried and undone: rows touched, or refused by the wall. */
async function attempt(
  tx: ScopedTx,
  statement: string,
  values: postgres.ParameterOrJSON<never>[] = [],
): Promise<number> {
  let touched = 0;
  try {
    await tx.savepoint(async (inner) => {
      touched = (await inner.unsafe(statement, values)).count;
      throw new Error('undo');
    });
  } catch (error) {
    if (error instanceof Error && error.message === 'undo') return touched;
    if (error instanceof postgres.PostgresError && error.code === '42501') return 0;
    // A constraint or trigger said no: by then the row had passed the wall.
    if (error instanceof postgres.PostgresError) return 1;
    throw error;
  }
  return touched;
}

let cast: Cast;
let tables: string[];

beforeAll(async () => {
  const database = await testDatabase();
  cast = await setTheScene(database.url);
  for (const role of roles) for (const place of [cast.here, cast.there]) await cast.token(role, place);
  await cast.owner`insert into job (kind, account_id, area_id, language)
    select 'test_work', id, area_id, 'vi' from account where username like 'organiser.%'`;
  await cast.owner`insert into boundary_draft (account_id, source, file_name, shapes, unmatched, points_before, points_after)
    select id, 'thử', 'thử.geojson', '[]', '{}', 0, 0 from account where username like 'organiser.%'`;
  await cast.owner`insert into area_boundary (area_id, path, box, spot, source, imported_by)
    select area_id, 'M0 0L9 0L9 9Z', '{0,0,9,9}', '{6,3,3}', 'thử', id from account where username like 'organiser.%'`;
  await rebuildFigures();
  const rows = await cast.owner<
    { name: string }[]
  >`select tablename as name from pg_tables where schemaname = 'public' order by 1`;
  tables = rows.map(({ name }) => name);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

test('every table has its row in this matrix', () => {
  expect(tables.filter((name) => !(name in walls))).toEqual([]);
});

async function outcomes(tx: ScopedTx, table: string, place: Place): Promise<Record<string, boolean>> {
  const where = at(table, place);
  const [row] = await cast.owner.unsafe<{ row: string }[]>(
    `select to_jsonb(t)::text as row from ${table} t where ${where} limit 1`,
  );
  // What Postgres makes of other columns cannot be written by anybody.
  const columns = await cast.owner.unsafe<{ name: string }[]>(
    `select quote_ident(attname) as name from pg_attribute
     where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
  );
  const names = columns.map(({ name }) => name);
  const [column = 'id'] = names;
  const found = {
    select: (await attempt(tx, `select from ${table} where ${where} limit 1`)) > 0,
    update: (await attempt(tx, `update ${table} set ${column} = ${column} where ${where}`)) > 0,
    delete: (await attempt(tx, `delete from ${table} where ${where}`)) > 0,
  };
  if (!row) return found;
  const insert = `insert into ${table} (${names.join()}) select ${names.join()} from jsonb_populate_record(null::${table}, $1::text::jsonb)`;
  return { ...found, insert: (await attempt(tx, insert, [row.row])) > 0 };
}

describe.each(roles)('%s of Đồng Thuận', (role) => {
  test('passes exactly the walls it should, here and in Minh Hóa', async () => {
    const token = await cast.token(role, cast.here);
    const wrong: string[] = [];
    await openScoped('read write', 'camtay_app', token, async (tx) => {
      for (const table of tables) {
        for (const place of [cast.here, cast.there]) {
          const seen = await outcomes(tx, table, place);
          for (const [verb, passed] of Object.entries(seen)) {
            const rule =
              verb === 'select' || verb === 'insert' || verb === 'update' || verb === 'delete'
                ? walls[table]?.[verb]
                : undefined;
            const should = passes(rule, role, place === cast.here, table);
            if (passed !== should)
              wrong.push(`${table}.${verb} ${place === cast.here ? 'here' : 'there'}: ${passed ? 'LEAK' : 'refused'}`);
          }
        }
      }
    });
    expect(wrong).toEqual([]);
  });
});

test.each(['', 'not-a-token'])(
  'without a sign-in (token %j) nothing but public tables is read, and nothing written',
  async (token) => {
    for (const databaseRole of ['camtay_public', 'camtay_app'] as const) {
      if (databaseRole === 'camtay_app' && token === '') continue;
      const wrong: string[] = [];
      await openScoped('read write', databaseRole, token, async (tx) => {
        for (const table of tables) {
          const seen = await outcomes(tx, table, cast.here);
          const open =
            databaseRole === 'camtay_public' ? walls[table]?.public === true : walls[table]?.select === 'everyone';
          if (seen.select !== open) wrong.push(`${table}.select as ${databaseRole}`);
          for (const verb of ['insert', 'update', 'delete'])
            if (seen[verb]) wrong.push(`${table}.${verb} as ${databaseRole}`);
        }
      });
      expect(wrong).toEqual([]);
    }
  },
);

test('a draft is seen by those who run classes there and by nobody else', async () => {
  const seenBy = async (role: Role, place: Place) =>
    openScoped(
      'read only',
      'camtay_app',
      await cast.token(role, place),
      (tx) => tx`select from class where id = ${cast.here.draftId}`,
    );
  expect((await seenBy('organiser', cast.here)).count).toBe(1);
  expect((await seenBy('organiser', cast.there)).count).toBe(0);
  const byPublic = await openScoped(
    'read only',
    'camtay_public',
    '',
    (tx) => tx`select from class where id = ${cast.here.draftId}`,
  );
  expect(byPublic.count).toBe(0);
});
