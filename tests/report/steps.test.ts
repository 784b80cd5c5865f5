import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '@/db/capabilities';
import { roles } from '@/db/capabilities';
import { closePool, openScoped, type ScopedTx } from '@/lib/access/scoped';
import {
  approveReport,
  beginReport,
  giveBackReport,
  lockReport,
  reopenReport,
  signReport,
  writeRemarks,
} from '@/lib/report/commands';
import { reportStates, type ReportState } from '@/lib/report/schema';
import { before, closed, done, now, province, reportScene } from './scene';

let scene: Awaited<ReturnType<typeof reportScene>>;
beforeAll(async () => {
  scene = await reportScene();
});
beforeEach(() => scene.clear());
afterAll(async () => {
  await closePool();
  await scene.cast.owner.end();
});

type Who = { role: Role; from: 'here' | 'there' };
const everyone: Who[] = roles.flatMap((role) => (['here', 'there'] as const).map((from) => ({ role, from })));
const whole = ({ role }: Who) => role === 'province_leader' || role === 'province_admin';
/** Whose step it is, of a report of the unit "here", of its village and of the province. */
const theirs = {
  unit: {
    sign: ({ role, from }: Who) => role === 'unit_leader' && from === 'here',
    approve: ({ role }: Who) => role === 'province_leader',
    write: ({ role, from }: Who) => (role === 'unit_leader' || role === 'organiser') && from === 'here',
  },
  village: {
    sign: ({ role, from }: Who) => role === 'organiser' && from === 'here',
    approve: ({ role, from }: Who) => role === 'province_leader' || (role === 'unit_leader' && from === 'here'),
    write: ({ role, from }: Who) => role === 'organiser' && from === 'here',
  },
  province: {
    sign: ({ role }: Who) => role === 'province_leader',
    approve: ({ role }: Who) => role === 'province_leader',
    write: ({ role }: Who) => role === 'province_leader',
  },
};
const following = [
  'draft>submitted',
  'returned>submitted',
  'submitted>returned',
  'submitted>approved',
  'approved>locked',
];

/** Tries a statement and undoes it: passed, or the name of what said no. */
async function tried(tx: ScopedTx, work: (inner: ScopedTx) => Promise<{ count: number }>): Promise<string> {
  try {
    await tx.savepoint(async (inner) => {
      const { count } = await work(inner as unknown as ScopedTx);
      throw new Error(count > 0 ? 'passed' : 'nothing');
    });
    return 'nothing';
  } catch (error) {
    if (error instanceof postgres.PostgresError)
      return error.code === '42501' ? 'wall' : (error.constraint_name ?? error.code);
    return error instanceof Error ? error.message : 'nothing';
  }
}

async function plant(areaId: number, state: ReportState): Promise<string> {
  const { owner } = scene.cast;
  const [row] = await owner<{ id: string }[]>`
    insert into report (area_id, period, closes_on) values (${areaId}, ${closed.key}, ${closed.to}) returning id`;
  const id = row?.id ?? '';
  const path = { draft: [], submitted: ['submitted'], returned: ['submitted', 'returned'] } as const;
  const steps: readonly ReportState[] =
    state in path
      ? path[state as keyof typeof path]
      : ['submitted', 'approved', ...(state === 'locked' ? (['locked'] as const) : [])];
  let from: ReportState | null = null;
  for (const to of ['draft', ...steps] as const) {
    await owner`insert into report_step (report_id, area_id, from_state, to_state, reason, content)
      values (${id}, ${areaId}, ${from}, ${to}, 'vì', ${to === 'submitted' ? owner.json({ number: '', obstacles: '', proposals: '', below: [] }) : null})`;
    from = to;
  }
  return id;
}

describe.each(['unit', 'village', 'province'] as const)('a report of a %s', (level) => {
  test('goes only by its steps, each at its own hand: every state × every step × every role, asked of the database itself', async () => {
    const { here, there } = scene.cast;
    const areaId = { unit: here.unitId, village: here.villageId, province }[level];
    const wrong: string[] = [];
    for (const state of reportStates) {
      await scene.clear();
      const id = await plant(areaId, state);
      for (const who of everyone) {
        const token = await scene.cast.token(who.role, who.from === 'here' ? here : there);
        await openScoped('read write', 'camtay_app', token, async (tx) => {
          for (const from of reportStates) {
            for (const to of reportStates) {
              const outcome = await tried(
                tx,
                (inner) => inner`
                insert into report_step (report_id, area_id, from_state, to_state, reason, content)
                values (${id}, ${areaId}, ${from}, ${to}, 'vì', ${to === 'submitted' ? inner.json({ below: [] }) : null})`,
              );
              const hand = to === 'submitted' ? 'sign' : 'approve';
              const may = theirs[level][hand](who) && from === state && following.includes(`${from}>${to}`);
              if ((outcome === 'passed') !== may)
                wrong.push(`${who.role} ${who.from}: ${from}>${to} in ${state}: ${outcome}`);
            }
          }
        });
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  test('is begun and written by those whose it is, and its words stand once it is signed', async () => {
    const { here, there } = scene.cast;
    const areaId = { unit: here.unitId, village: here.villageId, province }[level];
    const wrong: string[] = [];
    for (const state of ['none', ...reportStates] as const) {
      await scene.clear();
      const id = state === 'none' ? '' : await plant(areaId, state);
      for (const who of everyone) {
        const token = await scene.cast.token(who.role, who.from === 'here' ? here : there);
        const outcome = await openScoped('read write', 'camtay_app', token, (tx) =>
          tried(tx, (inner) =>
            state === 'none'
              ? inner`insert into report (area_id, period, closes_on) values (${areaId}, ${closed.key}, ${closed.to})`
              : inner`insert into report_remark (report_id, area_id, obstacles) values (${id}, ${areaId}, 'Mất sóng')`,
          ),
        );
        const may = theirs[level].write(who) && ['none', 'draft', 'returned'].includes(state);
        if ((outcome === 'passed') !== may) wrong.push(`${who.role} ${who.from} in ${state}: ${outcome}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('every command, asked by every role', () => {
  const asEach = async (
    report: string,
    work: (tx: ScopedTx, caller: { accountId: string }) => Promise<object>,
  ): Promise<Record<string, string>> => {
    const outcomes: Record<string, string> = {};
    for (const who of everyone) {
      if (whole(who) && who.from === 'there') continue;
      const place = who.from === 'here' ? scene.cast.here : scene.cast.there;
      const accountId = await scene.cast.accountOf(who.role, place);
      const outcome = await openScoped(
        'read write',
        'camtay_app',
        await scene.cast.token(who.role, place),
        async (tx) => {
          let said = '';
          await tx
            .savepoint(async (inner) => {
              const result = await work(inner as unknown as ScopedTx, { accountId });
              said = 'refused' in result ? String(result.refused) : 'done';
              throw new Error('undo');
            })
            .catch((error: unknown) => {
              if (!(error instanceof Error && error.message === 'undo')) throw error;
            });
          return said;
        },
      );
      outcomes[`${who.role} ${who.from}`] = outcome;
    }
    return outcomes;
  };
  const expected = (right: (who: Who) => boolean, otherwise: (who: Who) => string) =>
    Object.fromEntries(
      everyone
        .filter((who) => !(whole(who) && who.from === 'there'))
        .map((who) => [`${who.role} ${who.from}`, right(who) ? 'done' : otherwise(who)]),
    );
  /** Who holds no figures there does not find it; who does is told that it is not theirs to do. */
  const unseen = (who: Who) =>
    who.role === 'helper' || who.role === 'desk_officer' || (who.from === 'there' && !whole(who))
      ? 'notFound'
      : 'reportNotYours';

  test('begin, write, sign, give back, approve, lock, reopen: done by its own hand, refused to everybody else', async () => {
    const { here } = scene.cast;
    const { unitId } = here;
    expect(
      await asEach('', (tx, caller) => beginReport(tx, { area: unitId, period: closed.key }, caller, now)),
    ).toEqual(expected(theirs.unit.write, unseen));
    const draft = await scene.brought(here, 'draft');
    const remarks = { report: draft, version: 1, number: '7', obstacles: 'Mất sóng', proposals: 'Thêm người' };
    expect(await asEach(draft, (tx, caller) => writeRemarks(tx, remarks, caller))).toEqual(
      expected(theirs.unit.write, unseen),
    );
    expect(
      await asEach(draft, (tx, caller) => signReport(tx, { report: draft, version: 1 }, caller, now, scene.figures)),
    ).toEqual(expected(theirs.unit.sign, unseen));
    await scene.clear();
    const submitted = await scene.brought(here, 'submitted');
    expect(
      await asEach(submitted, (tx, caller) =>
        giveBackReport(tx, { report: submitted, reason: 'Thiếu số của thôn' }, caller),
      ),
    ).toEqual(expected(theirs.unit.approve, unseen));
    expect(await asEach(submitted, (tx, caller) => approveReport(tx, { report: submitted }, caller))).toEqual(
      expected(theirs.unit.approve, unseen),
    );
    done(await scene.approve('province_leader', here, submitted));
    expect(await asEach(submitted, (tx, caller) => lockReport(tx, { report: submitted }, caller))).toEqual(
      expected(theirs.unit.approve, unseen),
    );
    done(await scene.lock('province_leader', here, submitted));
    expect(
      await asEach(submitted, (tx, caller) => reopenReport(tx, { report: submitted, reason: 'Nhập sót' }, caller)),
    ).toEqual(expected(theirs.unit.approve, unseen));
  });
});

test('two leaders approve at once, or one approves while another gives back: one of them does, the other is told', async () => {
  const { here } = scene.cast;
  const other = { ...here };
  for (let round = 0; round < 6; round += 1) {
    await scene.clear();
    const id = await scene.brought(here, 'submitted');
    const second =
      round % 2 === 0
        ? scene.approve('province_leader', other, id)
        : scene.as('province_leader', here, (tx, caller) =>
            giveBackReport(tx, { report: id, reason: 'Thiếu' }, caller),
          );
    const results = await Promise.all([scene.approve('province_leader', here, id), second]);
    expect(results.filter((result) => 'id' in result)).toHaveLength(1);
    expect(results.filter((result) => 'refused' in result && result.refused === 'reportMoved')).toHaveLength(1);
    const steps = await scene.cast.owner`select from report_step where report_id = ${id}`;
    expect(steps).toHaveLength(3);
  }
});

test('two begin the report of one period at once: one does; two reopen at once: one new revision', async () => {
  const { here } = scene.cast;
  const begun = await Promise.all([scene.begin('organiser', here), scene.begin('unit_leader', here)]);
  expect(begun.map((one) => ('refused' in one ? one.refused : 'done')).toSorted()).toEqual(['done', 'reportThere']);
  await scene.clear();
  const id = await scene.brought(here, 'locked');
  const reopen = () =>
    scene.as('province_leader', here, (tx, caller) => reopenReport(tx, { report: id, reason: 'Nhập sót' }, caller));
  const both = await Promise.all([reopen(), reopen()]);
  expect(both.map((one) => ('refused' in one ? one.refused : 'done')).toSorted()).toEqual(['done', 'reportThere']);
});

test('a report is not handed in while its period runs, nor begun before it begins', async () => {
  const { here } = scene.cast;
  const running = `${closed.year}`; // the calendar has no reports
  expect(await scene.begin('organiser', here, here.unitId, `k2090-01`)).toMatchObject({ refused: 'periodAhead' });
  await expect(scene.begin('organiser', here, here.unitId, running)).rejects.toThrow();
  const { id } = done(
    await scene.begin(
      'organiser',
      here,
      here.unitId,
      `k${closed.to.slice(0, 4)}-${String((Number(closed.to.slice(5, 7)) % 12) + 1).padStart(2, '0')}`.replace(
        /^k\d{4}-01$/,
        `k${Number(closed.to.slice(0, 4)) + 1}-01`,
      ),
    ),
  );
  expect(await scene.sign('unit_leader', here, id)).toMatchObject({ refused: 'reportPeriodRuns' });
  const token = await scene.cast.token('unit_leader', here);
  const outcome = await openScoped('read write', 'camtay_app', token, (tx) =>
    tried(
      tx,
      (inner) => inner`insert into report_step (report_id, area_id, from_state, to_state, content)
      values (${id}, ${here.unitId}, 'draft', 'submitted', '{}'::jsonb)`,
    ),
  );
  expect(outcome).toBe('report_period_closed');
});

test('nobody moves a state, changes a step or a frozen figure, or adds one later, whatever statement they send', async () => {
  const { here } = scene.cast;
  const id = await scene.brought(here, 'submitted');
  for (const role of ['organiser', 'unit_leader', 'province_leader', 'province_admin'] as const) {
    const outcomes = await openScoped('read write', 'camtay_app', await scene.cast.token(role, here), async (tx) => [
      await tried(tx, (inner) => inner`update report set state = 'locked' where id = ${id}`),
      await tried(tx, (inner) => inner`delete from report where id = ${id}`),
      await tried(tx, (inner) => inner`update report_step set reason = 'khác', by = null where report_id = ${id}`),
      await tried(tx, (inner) => inner`delete from report_step where report_id = ${id}`),
      await tried(tx, (inner) => inner`update report_figure set value = 9999 where report_id = ${id}`),
      await tried(tx, (inner) => inner`delete from report_figure where report_id = ${id}`),
      await tried(
        tx,
        (
          inner,
        ) => inner`insert into report_figure (step_id, report_id, area_id, position, code, name_vi, name_en, unit, kind, value)
            select id, report_id, area_id, 99, 'R99', 'x', 'x', 'people', 'computed', 1 from report_step where report_id = ${id} and to_state = 'submitted'`,
      ),
      await tried(tx, (inner) => inner`update report_remark set obstacles = 'khác' where report_id = ${id}`),
    ]);
    expect(outcomes.includes('passed'), `${role}: ${outcomes.join()}`).toBe(false);
  }
});

test('every step says who and when by the database’s own word, and why where it must', async () => {
  const { here } = scene.cast;
  const id = await scene.brought(here, 'submitted');
  const refused = await scene
    .as('province_leader', here, (tx, caller) => giveBackReport(tx, { report: id, reason: '' }, caller))
    .then(
      () => 'done',
      () => 'refused',
    );
  expect(refused).toBe('refused');
  done(
    await scene.as('province_leader', here, (tx, caller) =>
      giveBackReport(tx, { report: id, reason: 'Thiếu số của hai thôn' }, caller),
    ),
  );
  done(await scene.sign('unit_leader', here, id));
  const view = await scene.view('province_leader', here, id);
  const leader = `Người thử unit_leader.${here.unitId}`;
  expect(view?.steps.map((step) => [step.fromState, step.toState, step.byName, step.reason])).toEqual([
    [null, 'draft', `Người thử organiser.${here.unitId}`, ''],
    ['draft', 'submitted', leader, ''],
    ['submitted', 'returned', `Người thử province_leader.${province}`, 'Thiếu số của hai thôn'],
    ['returned', 'submitted', leader, ''],
  ]);
  const forged = await openScoped('read write', 'camtay_app', await scene.cast.token('province_leader', here), (tx) =>
    tx`insert into report_step (report_id, area_id, from_state, to_state, by, by_name, at)
      values (${id}, ${here.unitId}, 'submitted', 'approved', ${null}, 'Ai đó', '2020-01-01') returning by_name, at`.then(
      ([row]) => row,
    ),
  );
  expect(forged).toMatchObject({ byName: `Người thử province_leader.${province}` });
  expect(Date.now() - Number(forged?.at)).toBeLessThan(60_000);
});

test('the report of the period before is another one', async () => {
  const { here } = scene.cast;
  const older = await scene.brought(here, 'locked', before.key);
  const newer = await scene.brought(here, 'draft');
  expect((await scene.view('organiser', here, older))?.state).toBe('locked');
  expect((await scene.view('organiser', here, newer))?.state).toBe('draft');
  expect((await scene.view('organiser', here, newer))?.revisions).toHaveLength(1);
});
