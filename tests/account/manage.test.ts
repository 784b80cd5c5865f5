import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../lib/access/password';
import { closePool, elevated } from '../../lib/access/scoped';
import { knowsPassword, openSession } from '../../lib/access/sessions';
import {
  addGrant,
  changeOwnPassword,
  createAccount,
  disableAccount,
  enableAccount,
  endGrant,
  resetPassword,
} from '../../lib/account/commands';
import { accountGrants, accountList, accountRecord, findAccounts } from '../../lib/account/queries';
import { accountListAddress, createAccountInput, grantInput } from '../../lib/account/schema';
import { newId } from '../../lib/kernel/id';
import { isRefusal } from '../../lib/kernel/result';
import {
  addMember,
  asCaller,
  callerOf,
  dongThuan,
  visitor,
  minhHoa,
  ownersConnection,
  password,
  province,
  tokenOf,
} from './world';
import type { Member } from './world';

let owner: postgres.Sql;
let admin: Member;
let adminToken: string;
let local: string;
let organiser: Member;

beforeAll(async () => {
  owner = await ownersConnection();
  admin = await addMember(owner, 'admin.one', province, 'province_admin');
  adminToken = await tokenOf(admin);
  // A future role: somebody who administers one unit only. The walls must hold for them already.
  const localAdmin = await addMember(owner, 'admin.dongthuan', dongThuan, 'province_admin');
  local = await tokenOf(localAdmin);
  organiser = await addMember(owner, 'organiser', dongThuan, 'organiser');
});
afterAll(async () => {
  await closePool();
  await owner.end();
});

const wanted = (changes: object) =>
  createAccountInput.parse({
    username: 'Hoa.Mau',
    fullName: 'Hồ Thị Hoà',
    phone: '',
    area: '18859',
    role: 'helper',
    newPassword: 'mot cau rat dai',
    ...changes,
  });
const grant = (account: string, role: string, area: number, begin = '2026-01-01', until = '') =>
  grantInput.parse({ account, role, area, from: begin, until });
const audited = async (action: string, subject: string) =>
  (await owner`select count(*)::int as n from audit_event where action = ${action} and subject_id = ${subject}`)[0]?.n;
const create = (token: string, changes: object) =>
  asCaller(token, async (tx, caller) =>
    createAccount(tx, caller, wanted(changes), await hashPassword('mot cau rat dai'), elevated),
  );

describe('creating', () => {
  it('makes an account with its first grant, who can sign in, and writes it down without a name', async () => {
    const made = await create(adminToken, {});
    if (isRefusal(made)) throw new Error(made.refused);
    const opened = await openSession({ name: 'hoa.mau', password: 'mot cau rat dai' }, visitor('10.0.0.1'));
    const caller = typeof opened === 'string' ? null : await callerOf(opened.token);
    expect(caller?.grants.map(({ role, areaId }) => [role, areaId])).toEqual([['helper', dongThuan]]);
    const [event] =
      await owner`select details::text as details, account_id from audit_event where subject_id = ${made.accountId}`;
    expect(event).toEqual({ details: '{"role": "helper"}', accountId: admin.id });
  });

  it('refuses a taken user name in any case, and a taken phone, also of somebody out of sight', async () => {
    await addMember(owner, 'far.away', minhHoa, 'helper', '+84987654321');
    expect(await create(local, { username: 'FAR.away' })).toEqual({ refused: 'usernameTaken', field: 'username' });
    expect(await create(local, { username: 'other', phone: '0987 654 321' })).toEqual({
      refused: 'phoneTaken',
      field: 'phone',
    });
  });

  it('refuses areas one does not administer, areas that are none, and province roles below the province', async () => {
    const refused = { refused: 'chooseArea', field: 'area' };
    expect(await create(local, { username: 'new.one', area: minhHoa })).toEqual(refused);
    expect(await create(local, { username: 'new.one', area: province })).toEqual(refused);
    expect(await create(adminToken, { username: 'new.one', area: 999_999_999 })).toEqual(refused);
    expect(await create(adminToken, { username: 'new.one', role: 'province_admin' })).toEqual({
      refused: 'provinceRoleArea',
      field: 'role',
    });
    await expect(create(await tokenOf(organiser), { username: 'new.one' })).resolves.toEqual(refused);
  });

  it.each([
    ['username', '0912345678'],
    ['username', 'a b'],
    ['username', 'x'.repeat(50)],
    ['phone', '12'],
    ['role', 'superuser'],
    ['role', 'toString'],
    ['newPassword', 'short'],
    ['fullName', '\u0000\u200b'],
  ])('refuses %s %j', (field, value) => {
    expect(() => wanted({ [field]: value })).toThrow();
  });
});

describe('disabling, enabling and resetting', () => {
  it('puts every device out at its next request, for good', async () => {
    const lan = await addMember(owner, 'lan', dongThuan, 'helper');
    const tokens = [await tokenOf(lan), await tokenOf(lan)];
    expect(await asCaller(adminToken, (tx, caller) => disableAccount(tx, caller, lan.id, elevated))).toBeNull();
    expect(await Promise.all(tokens.map(callerOf))).toEqual([null, null]);
    await expect(tokenOf(lan)).rejects.toThrow('wrongPassword');
    expect(await asCaller(adminToken, (tx, caller) => enableAccount(tx, caller, lan.id, elevated))).toBeNull();
    expect(await Promise.all(tokens.map(callerOf))).toEqual([null, null]);
    const again = await tokenOf(lan);
    const hash = await hashPassword('cau moi tinh day');
    expect(await asCaller(adminToken, (tx, caller) => resetPassword(tx, caller, lan.id, hash, elevated))).toBeNull();
    expect(await callerOf(again)).toBeNull();
    await expect(tokenOf(lan)).rejects.toThrow('wrongPassword');
    for (const action of ['account.disable', 'account.enable', 'account.reset_password']) {
      expect(await audited(action, lan.id)).toBe(1);
    }
  });

  it('refuses oneself, those out of sight, and those whose grants reach further', async () => {
    const far = await addMember(owner, 'far', minhHoa, 'helper');
    const wide = await addMember(owner, 'wide', dongThuan, 'helper');
    await owner`insert into account_grant (account_id, role, area_id) values (${wide.id}, 'province_admin', ${province})`;
    const disable = (token: string, id: string) =>
      asCaller(token, (tx, caller) => disableAccount(tx, caller, id, elevated));
    expect(await disable(adminToken, admin.id)).toEqual({ refused: 'notYourself' });
    expect(await disable(local, far.id)).toEqual({ refused: 'notFound' });
    expect(await disable(local, wide.id)).toEqual({ refused: 'accountReachesFurther' });
    expect(await disable(adminToken, newId())).toEqual({ refused: 'notFound' });
    expect(await disable(await tokenOf(organiser), organiser.id)).toEqual({ refused: 'notFound' });
    const [still] =
      await owner`select count(*)::int as n from account where id in (${far.id}, ${wide.id}) and disabled_at is not null`;
    expect(still).toEqual({ n: 0 });
  });
});

describe('grants', () => {
  it('count from their first day to their last, and not a day longer', async () => {
    const member = await addMember(owner, 'dated', dongThuan);
    const token = await tokenOf(member);
    const today = (await owner`select (now() at time zone 'Asia/Ho_Chi_Minh')::date::text as day`)[0]?.day as string;
    const add = (role: string, begin: string, until = '') =>
      asCaller(adminToken, (tx, caller) => addGrant(tx, caller, grant(member.id, role, minhHoa, begin, until)));
    expect(await add('helper', '2026-01-01', '2026-01-31')).toBeNull();
    expect(await add('organiser', '2099-01-01')).toBeNull();
    expect((await callerOf(token))?.grants).toEqual([]);
    expect(await add('unit_leader', today, today)).toBeNull();
    expect(await add('unit_leader', '2026-01-01')).toEqual({ refused: 'grantRunsAlready', field: 'role' });
    expect((await callerOf(token))?.grants.map(({ role }) => role)).toEqual(['unit_leader']);
  });

  it('ended, count no more at the next request; one not begun never counts', async () => {
    const member = await addMember(owner, 'ended', dongThuan);
    const token = await tokenOf(member);
    await asCaller(adminToken, (tx, caller) => addGrant(tx, caller, grant(member.id, 'helper', dongThuan)));
    await asCaller(adminToken, (tx, caller) =>
      addGrant(tx, caller, grant(member.id, 'organiser', dongThuan, '2099-01-01')),
    );
    const rows = await asCaller(adminToken, (tx) => accountGrants(tx, member.id));
    expect(rows.map(({ state }) => state).sort()).toEqual(['coming', 'running']);
    for (const { id } of rows) {
      expect(await asCaller(adminToken, (tx, caller) => endGrant(tx, caller, member.id, id))).toBeNull();
      expect(await asCaller(adminToken, (tx, caller) => endGrant(tx, caller, member.id, id))).toEqual({
        refused: 'notFound',
      });
    }
    expect((await callerOf(token))?.grants).toEqual([]);
    const after = await asCaller(adminToken, (tx) => accountGrants(tx, member.id));
    expect(after.map(({ state }) => state)).toEqual(['over', 'over']);
    expect(
      await asCaller(adminToken, (tx, caller) => addGrant(tx, caller, grant(member.id, 'organiser', dongThuan))),
    ).toBeNull();
  });

  it('are never given to oneself, nor where one does not administer, nor ended there', async () => {
    const add = (token: string, id: string, role: string, area: number) =>
      asCaller(token, (tx, caller) => addGrant(tx, caller, grant(id, role, area)));
    expect(await add(adminToken, admin.id, 'organiser', dongThuan)).toEqual({ refused: 'notYourself' });
    expect(await add(local, organiser.id, 'helper', minhHoa)).toEqual({ refused: 'chooseArea', field: 'area' });
    expect(await add(local, organiser.id, 'province_admin', dongThuan)).toEqual({
      refused: 'provinceRoleArea',
      field: 'role',
    });
    expect(await add(await tokenOf(organiser), organiser.id, 'helper', dongThuan)).toEqual({ refused: 'notYourself' });
    const [far] =
      await owner`insert into account_grant (account_id, role, area_id) values (${organiser.id}, 'helper', ${minhHoa}) returning id`;
    expect(await asCaller(local, (tx, caller) => endGrant(tx, caller, organiser.id, String(far?.id)))).toEqual({
      refused: 'notFound',
    });
  });
});

describe('one’s own password', () => {
  it('changed, ends every other device and keeps this one', async () => {
    const member = await addMember(owner, 'changer', dongThuan, 'helper');
    const [here, there] = [await tokenOf(member), await tokenOf(member)];
    const hash = await hashPassword('cau moi tinh day');
    await asCaller(here, (tx, caller) => changeOwnPassword(tx, caller, hash));
    expect(await callerOf(here)).not.toBeNull();
    expect(await callerOf(there)).toBeNull();
    expect(await openSession({ name: 'changer', password: 'cau moi tinh day' }, visitor('10.0.0.9'))).toHaveProperty(
      'token',
    );
  });

  it('asked again, counts wrong tries and stops after ten', async () => {
    const member = await addMember(owner, 'guesser', dongThuan, 'helper');
    const caller = await callerOf(await tokenOf(member));
    if (!caller) throw new Error('not signed in');
    for (let i = 0; i < 12; i += 1) await knowsPassword(caller, 'wrong', '10.0.0.1');
    expect(await knowsPassword(caller, password, '10.0.0.1')).toBe('tooManyAttempts');
    await owner`delete from sign_in_attempt`;
    expect(await knowsPassword(caller, 'wrong', '10.0.0.1')).toBe('wrongPassword');
    expect(await knowsPassword(caller, password, '10.0.0.1')).toBe('ok');
  });
});

describe('the list', () => {
  const listed = (token: string, address: object) =>
    asCaller(token, async (tx) =>
      (await accountList(tx, accountListAddress.parse(address), { by: 'name', descending: false })).map(
        ({ username }) => username,
      ),
    );

  it('shows whom the caller administers, narrowed by what the address says', async () => {
    await addMember(owner, 'ended.twice', dongThuan);
    expect(await listed(adminToken, {})).toEqual(expect.arrayContaining(['organiser', 'far', 'admin.one']));
    const seen = await listed(local, {});
    expect(seen).toContain('organiser');
    expect(seen).not.toContain('far');
    expect(await listed(local, { area: '18901' })).toEqual([]);
    expect(await listed(await tokenOf(organiser), {})).toEqual(['organiser']);
    expect(await listed(adminToken, { role: 'organiser', area: '18859' })).toEqual(['ended', 'organiser']);
    expect(await listed(adminToken, { state: 'without' })).toContain('ended.twice');
  });

  it('survives any address', async () => {
    for (const address of [
      { page: '-1' },
      { page: 'x' },
      { area: "18859' or 1=1" },
      { found: 'x,y' },
      { role: 'god' },
      { state: 7 },
    ]) {
      expect(await listed(adminToken, address)).toBeInstanceOf(Array);
    }
  });

  it('finds by name with or without diacritics and by user name, only within reach', async () => {
    const find = (token: string, words: string) => asCaller(token, (tx) => findAccounts(tx, words));
    expect(await find(adminToken, 'thi hoa')).toHaveLength(1);
    expect(await find(adminToken, 'Thị Hoà')).toHaveLength(1);
    expect(await find(adminToken, 'far.aw')).toHaveLength(1);
    expect(await find(local, 'far.aw')).toHaveLength(0);
    expect(await find(adminToken, '%')).not.toContain(organiser.id);
    expect(
      await asCaller(local, async (tx) => accountRecord(tx, (await find(adminToken, 'far.aw'))[0] ?? newId())),
    ).toBeNull();
  });
});
