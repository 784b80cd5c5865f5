import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roleCapabilities, roles, type Capability, type Role } from '../../db/capabilities';
import { closePool, openScoped, type ScopedTx } from '../../lib/access/scoped';
import { rebuildFigures } from '../../lib/figure/commands';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

/**
 * The row-level walls alone, without doors or verbs: every table × verb × role × own and other unit, by trying. A table
 * without a row below fails the suite.
 */

/** Who passes: everybody signed in, nobody, holders of a capability for rows under their areas, or (anywhere) holders of one. */
type Rule =
  | 'everyone'
  | 'nobody'
  | 'ownAccount'
  | Capability
  | `anywhere:${Capability}`
  | readonly Rule[]
  | { readonly both: readonly Rule[] };
interface Wall {
  /** Finds the place's row; by default through area_id. */
  at?: (place: Place) => string;
  select: Rule;
  insert?: Rule;
  update?: Rule;
  delete?: Rule;
  public?: boolean;
}

const ofPerson = (place: Place) => `person_id = '${place.personId}'`;
const classRows: Pick<Wall, 'at'> = { at: (place) => `id = '${place.classId}'` };
const bringsIn: Rule = ['anywhere:enrolment.write', 'anywhere:register.write'];
const hasToDoWithThem: Rule = ['enrolment.write', 'register.write'];
// Which step is whose, triggers say (tests/report).
const reports: Rule = ['report.write', 'report.approve'];

const walls: Record<string, Wall> = {
  account: {
    select: ['account.manage', 'ownAccount'],
    insert: 'account.manage',
    update: ['account.manage', 'ownAccount'],
  },
  account_grant: { select: ['account.manage', 'ownAccount'], insert: 'account.manage', update: 'account.manage' },
  area: {
    at: (place) => `id = ${place.villageId}`,
    select: 'everyone',
    insert: 'anywhere:area.manage',
    update: 'anywhere:area.manage',
    public: true,
  },
  area_alias: {
    at: (place) => `area_id = ${place.unitId}`,
    select: 'everyone',
    insert: 'anywhere:area.manage',
    delete: 'anywhere:area.manage',
    public: true,
  },
  area_boundary: {
    at: (place) => `area_id = ${place.unitId}`,
    select: 'everyone',
    insert: 'anywhere:area.manage',
    delete: 'anywhere:area.manage',
    public: true,
  },
  area_parent: {
    at: (place) => `area_id = ${place.villageId}`,
    select: 'everyone',
    insert: 'anywhere:area.manage',
    update: 'anywhere:area.manage',
    public: true,
  },
  area_tree: { at: (place) => `area_id = ${place.villageId}`, select: 'everyone', public: true },
  attendance: { select: 'roster.read', insert: 'register.write', update: 'register.write' },
  audit_event: { select: 'anywhere:audit.read', insert: 'nobody' },
  auth_session: {
    at: (place) => `account_id = (select id from account where username = 'organiser.${place.unitId}')`,
    select: 'ownAccount',
    update: 'ownAccount',
  },
  // The organiser's own, who sends none: only who keeps the tree may.
  boundary_draft: {
    at: (place) => `account_id = (select id from account where username = 'organiser.${place.unitId}')`,
    select: 'ownAccount',
    delete: 'ownAccount',
  },
  card: { at: ofPerson, select: 'person.read' },
  card_attempt: { at: () => 'true', select: 'nobody' },
  certificate: { select: 'roster.read' },
  class: { ...classRows, select: 'everyone', insert: 'class.write', update: 'class.write', public: true },
  class_demand: { select: 'class.read', update: 'class.write' },
  class_demand_contact: { select: 'class.write', delete: 'class.write' },
  class_recording: {
    select: 'everyone',
    insert: 'class.write',
    update: 'class.write',
    delete: 'class.write',
    public: true,
  },
  class_session: {
    at: (place) => `id = '${place.sessionIds[0]}'`,
    select: 'everyone',
    insert: 'class.write',
    update: ['class.write', 'register.write'],
    public: true,
  },
  class_skipped_day: { select: 'class.read', insert: 'class.write', delete: 'class.write' },
  consent: { at: ofPerson, select: ['roster.read', 'person.read'], insert: hasToDoWithThem },
  consent_text: { at: () => 'version = 1', select: 'everyone', public: true },
  course: { select: 'everyone', insert: 'course.write', update: 'course.write', public: true },
  day_off: {
    select: 'everyone',
    insert: 'calendar.write',
    update: 'calendar.write',
    delete: 'calendar.write',
  },
  declared_figure: { select: 'figures.read', insert: 'declared.write' },
  eligible: { select: 'figures.read', insert: 'declared.write' },
  enrolment: { select: 'roster.read' },
  enrolment_event: { select: 'roster.read' },
  equality_answer: { at: () => 'true', select: 'nobody' },
  // Of villages; what is told of units to everybody is in tests/progress.
  figure: { at: (place) => `area_id = ${place.villageId}`, select: 'figures.read' },
  figure_block: { at: () => 'true', select: 'nobody' },
  figure_change: { at: () => 'true', select: 'nobody' },
  figure_core: { select: 'nobody' },
  figure_exact: { select: { both: ['figures.read', 'person.read'] } },
  figure_mark: { select: 'nobody' },
  figure_member: { select: 'nobody' },
  figure_own: { select: 'nobody' },
  figure_person: { select: 'nobody' },
  figure_run: { at: () => 'true', select: 'anywhere:figures.read' },
  figure_session: { select: 'nobody' },
  household: { select: 'person.read', insert: 'person.write', update: 'person.write' },
  household_member: { select: 'person.read', insert: 'person.write', update: 'person.write' },
  figure_skill: { select: 'nobody' },
  indicator: { at: () => 'true', select: 'everyone', public: true },
  indicator_version: { at: () => 'true', select: 'everyone', public: true },
  job: {
    at: (place) => `account_id = (select id from account where username = 'organiser.${place.unitId}')`,
    select: 'ownAccount',
  },
  lesson: {
    select: 'everyone',
    insert: 'course.write',
    update: 'course.write',
    delete: 'course.write',
    public: true,
  },
  lesson_skill: { select: 'everyone', insert: 'course.write', delete: 'course.write', public: true },
  person: { select: ['person.read', 'roster.read'], insert: bringsIn, update: 'person.write' },
  person_merge: { at: () => 'true', select: 'nobody' },
  person_need: { at: ofPerson, select: 'nobody' },
  person_pair: { at: () => 'true', select: 'nobody' },
  person_phone: { at: ofPerson, select: 'contact.read', insert: hasToDoWithThem, update: 'contact.read' },
  register_sheet: { select: 'roster.read', insert: 'register.write' },
  postponement: { select: 'class.read', insert: 'class.postpone', update: 'class.postpone' },
  register_operation: { select: 'roster.read', insert: 'register.write', update: 'register.write' },
  report: { select: 'figures.read', insert: reports },
  report_due: { select: 'everyone', insert: 'report.approve', update: 'report.approve' },
  report_figure: { select: 'figures.read', insert: reports },
  report_remark: { select: 'figures.read', insert: reports, update: reports },
  report_step: { select: 'figures.read', insert: reports },
  role_capability: { at: () => 'true', select: 'everyone' },
  session_helper: { select: 'class.read' },
  sign_in_attempt: { at: () => 'true', select: 'nobody' },
  signing_key: { at: () => 'true', select: 'everyone', public: true },
  signup_sighting: { at: () => 'true', select: 'nobody' },
  skill: {
    at: () => 'true',
    select: 'everyone',
    insert: 'anywhere:skill.manage',
    update: 'anywhere:skill.manage',
    public: true,
  },
  skill_domain: {
    at: () => 'true',
    select: 'everyone',
    insert: 'anywhere:skill.manage',
    update: 'anywhere:skill.manage',
    public: true,
  },
  skill_observation: { select: 'roster.read', insert: 'register.write' },
  skill_version: {
    at: () => 'true',
    select: 'everyone',
    insert: 'anywhere:skill.manage',
    update: 'anywhere:skill.manage',
    public: true,
  },
  slip_attempt: { at: () => 'true', select: 'nobody' },
  target: { at: (place) => `area_id = ${place.villageId}`, select: 'figures.read', insert: 'target.write' },
  team: { select: 'everyone', insert: 'class.write', update: 'class.write', public: true },
  team_member: { select: 'class.read', insert: 'class.write', update: 'class.write' },
  team_member_skill: { select: 'class.read', insert: 'class.write', delete: 'class.write' },
  venue: { select: 'everyone', insert: 'class.write', update: 'class.write', public: true },
};

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
