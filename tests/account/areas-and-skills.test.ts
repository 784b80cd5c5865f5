import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, elevated } from '../../lib/access/scoped';
import { addArea, closeArea, renameArea } from '../../lib/area/commands';
import { areaRecord, areasBelow, searchAreas, topAreas } from '../../lib/area/queries';
import { addAreaInput } from '../../lib/area/schema';
import { auditEvents } from '../../lib/audit/queries';
import { auditAddress } from '../../lib/audit/schema';
import { dayOf } from '../../lib/kernel/clock';
import { isRefusal } from '../../lib/kernel/result';
import { reviseSkill } from '../../lib/skill/commands';
import { skillCatalogue, skillVersions } from '../../lib/skill/queries';
import { addMember, asCaller, callerOf, dongThuan, minhHoa, ownersConnection, province, tokenOf } from './world';

let owner: postgres.Sql;
let admin: string;
let organiser: string;

beforeAll(async () => {
  owner = await ownersConnection();
  admin = await tokenOf(await addMember(owner, 'admin.areas', province, 'province_admin'));
  organiser = await tokenOf(await addMember(owner, 'organiser.areas', dongThuan, 'organiser'));
});
afterAll(async () => {
  await closePool();
  await owner.end();
});

const add = async (name: string, parent: number, kind = 'village', from = '2026-01-01') => {
  const input = addAreaInput.parse({ name, parent, kind, from });
  return asCaller(admin, (tx, caller) => addArea(tx, caller, input, elevated));
};
const added = async (name: string, parent: number, kind?: string) => {
  const made = await add(name, parent, kind);
  if (isRefusal(made)) throw new Error(made.refused);
  return made.areaId;
};
const today = dayOf(new Date());

describe('the tree of places', () => {
  it('takes new villages at any depth, ten at once, each with a number of its own, and those above can act there at once', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, (_, i) => added(`Cùng lúc ${i}`, minhHoa)));
    expect(new Set(ids).size).toBe(10);
    expect(Math.min(...ids)).toBeGreaterThanOrEqual(1_000_000);
    const deep = await added('Sâu hơn', ids[0] ?? 0, 'hamlet');
    const record = await asCaller(admin, (tx) => areaRecord(tx, deep));
    expect(record?.above.map(({ id }) => id)).toEqual([province, minhHoa, ids[0]]);
    expect(record?.fullNameVi).toBe('Bản Sâu hơn');
    expect(record?.fullNameEn).toBe('Sau hon Hamlet');
    const may = await asCaller(
      admin,
      async (tx) => tx<{ may: boolean }[]>`select ${deep}::int = any (may_areas('account.manage')) as may`,
    );
    expect(may[0]?.may).toBe(true);
  });

  it('refuses a name already there, days that have not come, unknown and closed places', async () => {
    await added('Trùng Tên', dongThuan);
    expect(await add('thôn TRUNG TEN', dongThuan)).toEqual({ refused: 'areaExists', field: 'name' });
    expect(await add('Mai sau', dongThuan, 'village', '2099-01-01')).toEqual({ refused: 'dayNotCome', field: 'from' });
    expect(await add('Trước đó', dongThuan, 'village', '2020-01-01')).toEqual({
      refused: 'dayBeforeParent',
      field: 'from',
    });
    expect(await add('Không đâu', 777_777)).toEqual({ refused: 'notFound' });
    expect(() => addAreaInput.parse({ name: 'Tỉnh mới', parent: 44, kind: 'province', from: today })).toThrow();
  });

  it('finds a place by its old name after a change, with and without diacritics', async () => {
    const id = await added('Làng Cũ', dongThuan);
    expect(
      await asCaller(admin, (tx, caller) => renameArea(tx, caller, { area: id, name: 'Làng Mới', from: '2026-06-01' })),
    ).toBeNull();
    for (const words of ['lang cu', 'Làng Cũ', 'làng mới', 'LANG MOI']) {
      expect((await asCaller(admin, (tx) => searchAreas(tx, words))).map((row) => row.id)).toContain(id);
    }
    const record = await asCaller(admin, (tx) => areaRecord(tx, id));
    expect(record?.aliases).toEqual([{ kind: 'predecessor', name: 'Thôn Làng Cũ', validTo: '2026-06-01' }]);
    expect(await asCaller(admin, (tx) => searchAreas(tx, '%'))).toEqual([]);
  });

  it('closes an empty village and nothing else; closed, it leaves the tree and keeps its record', async () => {
    const id = await added('Sẽ Đóng', dongThuan);
    const inner = await added('Bên Trong', id, 'residential_group');
    const close = (area: number, from = today) =>
      asCaller(admin, (tx, caller) => closeArea(tx, caller, { area, from }, elevated));
    expect(await close(id)).toEqual({ refused: 'areaHasPlaces' });
    expect(await close(dongThuan)).toEqual({ refused: 'areaHasCode' });
    expect(await close(inner, '2025-12-31')).toEqual({ refused: 'dayBeforeBegin', field: 'from' });
    expect(await close(inner)).toBeNull();
    expect(await close(inner)).toEqual({ refused: 'notFound' });
    expect(await close(id)).toBeNull();
    expect((await asCaller(admin, (tx) => areasBelow(tx, dongThuan))).map((row) => row.id)).not.toContain(id);
    expect((await asCaller(admin, (tx) => areaRecord(tx, id)))?.validTo).toBe(today);
    expect(await asCaller(admin, (tx) => topAreas(tx))).toEqual([province]);
  });

  it('is changed by nobody without the verb, even past the doors', async () => {
    const input = addAreaInput.parse({ name: 'Lén', parent: dongThuan, kind: 'village', from: today });
    await expect(asCaller(organiser, (tx, caller) => addArea(tx, caller, input, elevated))).rejects.toThrow(
      /row-level security/,
    );
    expect(
      await asCaller(organiser, (tx, caller) =>
        renameArea(tx, caller, { area: dongThuan, name: 'Lén', from: today }),
      ).catch((e: Error) => e.message),
    ).toMatch(/row-level security/);
  });
});

describe('the skill catalogue', () => {
  it('keeps the old wording beside the new, and refuses to write over another’s change', async () => {
    const [first] = await asCaller(admin, (tx) => skillCatalogue(tx));
    if (!first) throw new Error('no skills');
    const [now] = await asCaller(admin, (tx) => skillVersions(tx, first.code));
    if (!now) throw new Error('no version');
    const revision = { ...now, skill: first.code, titleVi: 'Lời mới', core: !now.core };
    const send = (changes: object) =>
      asCaller(admin, (tx, caller) => reviseSkill(tx, caller, { ...revision, ...changes }));
    expect(await send({ titleVi: now.titleVi, core: now.core })).toEqual({ refused: 'nothingChanged' });
    const answers = await Promise.all([send({}), send({ titleEn: 'Other' })]);
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    expect(await send({ version: 1 })).toEqual({ refused: 'changedMeanwhile' });
    expect(await send({ skill: 'ZZ99' })).toEqual({ refused: 'notFound' });
    const versions = await asCaller(admin, (tx) => skillVersions(tx, first.code));
    expect(versions.map(({ version, validTo }) => [version, validTo === null])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect(versions[1]?.titleVi).toBe(now.titleVi);
    await expect(
      asCaller(organiser, (tx, caller) => reviseSkill(tx, caller, { ...revision, version: 2 })),
    ).resolves.toEqual({ refused: 'notFound' });
  });
});

describe('the audit', () => {
  it('is read newest first, page by page without gaps, by those who hold the verb', async () => {
    const me = await callerOf(admin);
    await owner`insert into audit_event (account_id, action, subject_kind, subject_id, area_id)
                select ${me?.accountId ?? null}, 'area.add', 'area', '44', 44 from generate_series(1, 120)`;
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const rows = await asCaller(admin, (tx) => auditEvents(tx, auditAddress.parse({ before })));
      seen.push(...rows.slice(0, 50).map(({ id }) => id));
      before = rows.length > 50 ? rows[49]?.id : undefined;
    } while (before);
    const [all] = await owner`select count(*)::int as n from audit_event`;
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(all?.n);
    expect(await asCaller(organiser, (tx) => auditEvents(tx, auditAddress.parse({})))).toEqual([]);
  });

  it('is narrowed by act, account, area and days, and survives any address', async () => {
    const events = (address: object) => asCaller(admin, (tx) => auditEvents(tx, auditAddress.parse(address)));
    expect(new Set((await events({ action: 'account.sign_in' })).map(({ action }) => action))).toEqual(
      new Set(['account.sign_in']),
    );
    expect(await events({ until: '2020-01-01' })).toEqual([]);
    expect((await events({ area: '44', from: '2026-01-01' })).length).toBeGreaterThan(0);
    for (const address of [
      { action: "x' or 1=1" },
      { account: 'x' },
      { area: '-1' },
      { from: '2026-02-31' },
      { before: '1' },
      { action: ['a', 'b'] },
    ]) {
      expect(await events(address)).toBeInstanceOf(Array);
    }
  });
});
