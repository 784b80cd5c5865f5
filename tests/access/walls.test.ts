import { randomBytes } from 'node:crypto';
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roleCapabilities } from '../../db/capabilities';
import { asSystem, closePool, elevated, openScoped, type ScopedTx } from '../../lib/access/scoped';
import { addMember, dongThuan, minhHoa, ownersConnection, tokenOf } from '../account/world';

let owner: postgres.Sql;

const doorRoles = ['camtay_app', 'camtay_public', 'camtay_system'];

beforeAll(async () => {
  owner = await ownersConnection();
});
afterAll(async () => {
  await closePool();
  await owner.end();
});

const doorRoleList = "('camtay_app', 'camtay_public', 'camtay_system')";

/** What must be found nowhere in the schema. Each query lists the breaches. */
const breaches: Record<string, string> = {
  'a table without a wall, or whose owner walks through it': `
    select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and not (relrowsecurity and relforcerowsecurity)`,
  'a verb left undecided, or decided twice': `
    select t.relname, w.cmd, w.role, count(p.polname) from pg_class t
    cross join (values ('r', 'camtay_app'), ('a', 'camtay_app'), ('w', 'camtay_app'), ('d', 'camtay_app'),
                       ('*', 'camtay_system'), ('r', 'camtay_public')) w (cmd, role)
    left join pg_policy p on p.polrelid = t.oid and p.polcmd::text = w.cmd and p.polroles = array[w.role::regrole::oid]
    where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p')
    group by t.relname, w.cmd, w.role having count(p.polname) <> 1`,
  'a policy for anybody else': `
    select tablename, policyname from pg_policies where schemaname = 'public'
      and not (array_length(roles, 1) = 1 and roles[1] in ${doorRoleList})`,
  'a write open to everybody signed in': `
    select tablename, policyname from pg_policies where schemaname = 'public' and 'camtay_app' = any (roles) and cmd <> 'SELECT'
      and (qual = 'true' or with_check = 'true')`,
  'a table, view or sequence granted to somebody else, or more than reading granted to the public role': `
    select c.relname, a.grantee::regrole, a.privilege_type from pg_class c, aclexplode(c.relacl) a
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S') and a.grantee <> c.relowner
      and (a.grantee = 0 or a.grantee::regrole::text not in ${doorRoleList}
           or (a.grantee = 'camtay_public'::regrole and a.privilege_type <> 'SELECT')
           or a.privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES', 'MAINTAIN'))`,
  'a foreign key that no index begins with': `
    select f.conrelid::regclass::text as table, f.conname from pg_constraint f
    where f.contype = 'f' and f.connamespace = 'public'::regnamespace and not exists (
      select from pg_index i where i.indrelid = f.conrelid and i.indisvalid
        -- a partial index serves a key only when what it leaves out is exactly the rows without one
        and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) =
             (select '(' || a.attname || ' IS NOT NULL)' from pg_attribute a where a.attrelid = f.conrelid and a.attnum = f.conkey[1]))
        and (select array_agg(k order by k) from unnest((i.indkey::int2[])[0:cardinality(f.conkey) - 1]) k)
          = (select array_agg(k order by k) from unnest(f.conkey) k))`,
  'a view that reads with its owner’s rights': `
    select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
      and (relkind = 'm' or not coalesce(reloptions, '{}') && '{security_invoker=true,security_invoker=on}')`,
  'a function with others’ rights whose search path, owner or callers are open': `
    select p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
      and (pg_get_userbyid(p.proowner) <> 'camtay_system'
           or not exists (select from unnest(p.proconfig) s where s like 'search_path=pg_catalog%pg_temp')
           or has_function_privilege('public', p.oid, 'execute'))`,
  'a function that changes something with others’ rights and that a caller may call': `
    select p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef and p.provolatile = 'v'
      and p.prorettype <> 'trigger'::regtype
      and (has_function_privilege('camtay_app', p.oid, 'execute') or has_function_privilege('camtay_public', p.oid, 'execute'))`,
  'something owned by a role of the doors': `
    select relname from pg_class where pg_get_userbyid(relowner) in ${doorRoleList}`,
};

/** One of each breach, to see that the guards see. */
const planted = `
  create table planted (id int primary key, area_id int references area);
  create policy planted_all on planted for all to public using (true);
  create policy planted_update on planted for update to camtay_app using (true);
  grant select on planted to public;
  create view planted_view as select * from planted;
  create function planted_function() returns void language sql security definer as 'select 1';
  create table planted_owned (id int);
  grant create on schema public to camtay_system;
  alter table planted_owned owner to camtay_system;`;

describe('the schema holds nowhere', () => {
  it.each(Object.keys(breaches))('%s', async (name) => {
    expect(await owner.unsafe(breaches[name] ?? '')).toEqual([]);
  });

  it('and each of these guards sees its breach', async () => {
    const undo = new Error('undo');
    const seen: Record<string, number> = {};
    await owner
      .begin(async (tx) => {
        await tx.unsafe(planted);
        for (const [name, query] of Object.entries(breaches)) seen[name] = (await tx.unsafe(query)).length;
        throw undo;
      })
      .catch((error: unknown) => expect(error).toBe(undo));
    expect(Object.entries(seen).filter(([, count]) => count === 0)).toEqual([]);
  });
});

describe('the roles of the doors', () => {
  it('log in nowhere, belong to nothing and bypass nothing', async () => {
    const rows = await owner`
      select rolname, rolcanlogin or rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication or rolinherit as strong
      from pg_roles where rolname like 'camtay\\_%' order by 1`;
    expect(rows.filter(({ rolname }) => doorRoles.includes(String(rolname)))).toEqual(
      doorRoles.map((rolname) => ({ rolname, strong: false })),
    );
    const schema = await owner`
      select r from unnest(${doorRoles}::text[]) r where has_schema_privilege(r, 'public', 'create')`;
    expect(schema).toEqual([]);
    const members = await owner`
      select m.member::regrole::text from pg_auth_members m where m.member::regrole::text = any (${doorRoles})`;
    expect(members).toEqual([]);
  });

  it('are had before any statement of the work: where the switch fails, none of it runs and nothing stays', async () => {
    const count = async () => (await owner`select count(*)::int as n from audit_event`)[0]?.n as number;
    const before = await count();
    const insert = (tx: ScopedTx) =>
      tx`insert into audit_event (action, subject_kind, subject_id, area_id) values ('test', 'test', 'test', ${dongThuan})`;
    const trouble = 'a\0b'; // no setting takes it
    const cases: [string, (ran: unknown[]) => Promise<unknown>][] = [
      ['no such role', (ran) => openScoped('read write', 'camtay_nobody' as 'camtay_app', '', goOn(ran))],
      ['a token no setting takes', (ran) => openScoped('read write', 'camtay_app', trouble, goOn(ran))],
      ['a reason no setting takes', (ran) => asSystem(trouble, goOn(ran))],
      [
        'the same, further in',
        (ran) => openScoped('read write', 'camtay_public', '', (tx) => elevated(tx, trouble, goOn(ran))),
      ],
    ];
    function goOn(ran: unknown[]) {
      return async (tx: ScopedTx) => {
        // Sent at once and not believed: the worst a command could do.
        await Promise.all(
          [tx`select current_user`, insert(tx)].map((query) =>
            query.then(
              (rows) => ran.push(rows),
              () => {},
            ),
          ),
        );
        return 'done';
      };
    }
    for (const [name, attempted] of cases) {
      const ran: unknown[] = [];
      await expect(attempted(ran), name).rejects.toThrow();
      expect(ran, name).toEqual([]);
    }
    expect(await count()).toBe(before);
  });

  it('are given back, or the whole transaction is undone and says so', async () => {
    const lost = asSystem('test', async (tx) => {
      await tx`insert into audit_event (action, subject_kind, subject_id, area_id) values ('test.lost', 'test', 'test', ${dongThuan})`;
      await elevated(tx, 'a\0b', async () => undefined);
      return 'kept';
    });
    await expect(lost).rejects.toThrow();
    expect(await owner`select from audit_event where action = 'test.lost'`).toHaveLength(0);
  });

  it('leave a statement that slips past the switch with the least there is', async () => {
    const ran: unknown[] = [];
    const unsent = {
      toString: () => {
        throw new Error('never reaches the database');
      },
    };
    const opened = openScoped('read only', 'camtay_app', unsent as unknown as string, async (tx) => {
      const [row] = await tx`select current_user, current_setting('is_superuser') as super`;
      ran.push(row);
    });
    await expect(opened).rejects.toThrow('never reaches the database');
    expect(ran).toEqual([{ currentUser: 'camtay_public', super: 'off' }]);
  });

  it('are what a door’s transaction runs as, also when the connection is a superuser’s', async () => {
    const [self] = await owner<
      { super: boolean }[]
    >`select rolsuper as super from pg_roles where rolname = session_user`;
    expect(self?.super).toBe(true);
    for (const role of ['camtay_app', 'camtay_public'] as const) {
      const found = await openScoped('read only', role, randomBytes(16).toString('hex'), async (tx) => {
        const [row] =
          await tx`select current_user, current_setting('is_superuser') as super, row_security_active('account') as walled`;
        return row;
      });
      expect(found).toEqual({ currentUser: role, super: 'off', walled: true });
    }
    const inside = await openScoped('read write', 'camtay_public', '', async (tx) => {
      const who = async () => (await tx<{ who: string }[]>`select current_user as who`)[0]?.who;
      return [await who(), await elevated(tx, 'test', who), await who()];
    });
    expect(inside).toEqual(['camtay_public', 'camtay_system', 'camtay_public']);
    expect(
      await asSystem('test', async (tx) => (await tx`select row_security_active('account') as walled`)[0]),
    ).toEqual({
      walled: true,
    });
  });

  it('leave nothing behind for the next borrower of the connection', async () => {
    await openScoped('read only', 'camtay_app', 'a-token', async (tx) => tx`select 1`);
    const [left] = await openScoped(
      'read only',
      'camtay_public',
      '',
      (tx) => tx`select current_setting('camtay.token', true) as token, current_setting('camtay.code', true) as code`,
    );
    expect(left).toEqual({ token: '', code: '' });
  });
});

describe('the table of verbs', () => {
  it('in the database is the one in code', async () => {
    const rows = await owner<{ role: string; capability: string }[]>`select role, capability from role_capability`;
    const inCode = Object.entries(roleCapabilities).flatMap(([role, held]) => held.map((verb) => `${role} ${verb}`));
    expect(rows.map(({ role, capability }) => `${role} ${capability}`).sort()).toEqual(inCode.sort());
  });
});

/**
 * What an injected expression meets. Against a forgotten or forged scope the walls hold by themselves. Against SQL that switches
 * role they do not: the door's connection is a member of all three roles, so that ring is the parameterised query alone.
 */
describe('with the token of one unit’s organiser', () => {
  it.each([
    ["set_config('camtay.reason', 'system', true)", 'a reason is only a note'],
    ["set_config('camtay.area', '18901', true)", 'there is no scope in a setting'],
    ["set_config('camtay.account', (select id::text from account limit 1), true)", 'nor an account'],
    ["set_config('row_security', 'off', true)", 'turning the walls off is refused, not obeyed'],
    ["set_config('search_path', 'pg_temp', true)", 'functions behind the policies keep their own path'],
    [
      "set_config('camtay.token', encode((select token_hash from auth_session limit 1), 'hex'), true)",
      'a hash is no token',
    ],
  ])('%s shows nobody of another unit: %s', async (setting) => {
    const mine = await addMember(owner, `in${Math.random().toString(36).slice(2, 8)}`, dongThuan, 'organiser');
    const other = await addMember(owner, `ou${Math.random().toString(36).slice(2, 8)}`, minhHoa, 'organiser');
    const token = await tokenOf(mine);
    const seen = await openScoped('read only', 'camtay_app', token, async (tx) => {
      await tx.unsafe(`select ${setting}`);
      return (await tx.unsafe<{ id: string }[]>('select id from public.account')).map(({ id }) => id);
    }).catch((error: Error) => error.message);
    expect(seen).not.toContain(other.id);
    if (Array.isArray(seen)) expect(seen.filter((id) => id !== mine.id)).toEqual([]);
    else expect(seen).toMatch(/row-level security/);
  });
});
