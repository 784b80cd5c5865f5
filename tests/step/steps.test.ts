import type { TransactionSql } from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { loadSteps } from '../../db/seed/steps';
import { closePool, openScoped, recordReading, type Caller, type ScopedTx } from '../../lib/access/scoped';
import { withdraw } from '../../lib/card/commands';
import { ownData } from '../../lib/card/queries';
import { newId } from '../../lib/kernel/id';
import { problemsOf } from '../../lib/kernel/input';
import { mergePeople, undoMerge } from '../../lib/pair/commands';
import { personHistory } from '../../lib/person/history';
import { historyAddress } from '../../lib/person/schema';
import { recordSteps } from '../../lib/step/commands';
import { funnelOf, personForSteps, stepsOf, stoppedAt } from '../../lib/step/queries';
import { standingOf, stopOf } from '../../lib/step/rules';
import { stepsForm, type StepAnswer, type StepsSaid } from '../../lib/step/schema';
import { asHolder, learner, readAsHolder } from '../card/scene';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});
/** Something one waits for until the other gives it. */
function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give: () => give() };
}
const asSystem = (work: (tx: TransactionSql) => Promise<unknown>) =>
  cast.owner.begin(async (tx) => {
    await tx`select set_config('role', 'camtay_system', true)`;
    await work(tx);
  });
beforeEach(() => asSystem((tx) => tx`delete from step_record where at > '2026-02-01'`));

async function as<R>(role: Role, place: Place, work: (tx: ScopedTx, caller: Caller) => Promise<R>): Promise<R> {
  return openScoped('read write', 'camtay_app', await cast.token(role, place), async (tx) => {
    const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
    if (!row?.caller) throw new Error('nobody signed in');
    return work(tx, row.caller);
  });
}
const said = (personId: string, answers: Record<string, StepAnswer>, more: Partial<StepsSaid> = {}): StepsSaid => ({
  personId,
  answers: Object.entries(answers).map(([step, answer]) => ({ step, answer })),
  source: 'self',
  at: new Date(),
  key: newId(),
  ...more,
});
const record = (form: StepsSaid, role: Role = 'organiser', place = cast.here) =>
  as(role, place, (tx, caller) => recordSteps(tx, form, caller));
const standing = async (personId: string, role: Role = 'organiser', place = cast.here) =>
  as(role, place, async (tx, caller) =>
    Object.fromEntries(
      (await stepsOf(await recordReading(tx, caller, personId, 'steps'), 'vi', personId)).map(({ code, answer }) => [
        code,
        answer,
      ]),
    ),
  );
const somebody = async (place = cast.here) => (await learner(cast, place)).personId;
const count = async (personId: string) => {
  const [row] = await cast.owner<{ count: number }[]>`
    select count(*)::int as count from step_record where person_id = ${personId}`;
  return row?.count;
};

describe('recording', () => {
  test('writes what was answered, with source, day and who, says so in the audit, and leaves what was left alone', async () => {
    const who = await somebody();
    const at = new Date('2026-11-20T05:00:00Z');
    expect(await record(said(who, { phone: 'yes', sim: 'no' }, { source: 'seen', at }))).toEqual({ personId: who });
    const rows = await cast.owner`
      select step_code, answer, source, at, recorded_by from step_record where person_id = ${who} order by step_code`;
    const recordedBy = await cast.accountOf('organiser', cast.here);
    expect([...rows]).toEqual([
      { stepCode: 'phone', answer: 'yes', source: 'seen', at, recordedBy },
      { stepCode: 'sim', answer: 'no', source: 'seen', at, recordedBy },
    ]);
    const [event] =
      await cast.owner`select account_id, details from audit_event where action = 'step.record' and subject_id = ${who}`;
    expect(event).toEqual({ accountId: recordedBy, details: { steps: ['phone', 'sim'], source: 'seen' } });
    expect(await standing(who)).toEqual({
      phone: 'yes',
      sim: 'no',
      signal: null,
      chip_card: null,
      vneid: null,
      account: null,
    });
  });

  test('the newest answer counts, by the day it was said and then by when it was written down; older ones stay', async () => {
    const who = await somebody();
    const day = (days: number) => new Date(Date.now() - days * 86_400_000);
    await record(said(who, { phone: 'no', sim: 'no' }, { at: day(10) }));
    await record(said(who, { phone: 'yes' }, { at: day(1) }));
    // A list of last month, typed in today, is not newer than what was seen yesterday.
    await record(said(who, { phone: 'no' }, { at: day(30), source: 'list' }));
    expect(await standing(who)).toMatchObject({ phone: 'yes', sim: 'no' });
    const at = day(0);
    await record(said(who, { sim: 'no' }, { at }));
    await record(said(who, { sim: 'yes' }, { at }));
    expect(await standing(who)).toMatchObject({ sim: 'yes' });
    expect(await count(who)).toBe(6);
  });

  test('twenty times at once, and once more later, is one record; the key with other content, of somebody else or by another is refused', async () => {
    const [who, other] = [await somebody(), await somebody()];
    const form = said(who, { phone: 'yes', vneid: 'unknown' });
    const all = await Promise.all(Array.from({ length: 20 }, () => record(form)));
    expect(new Set(all.map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify({ personId: who })]));
    expect(await record(form)).toEqual({ personId: who });
    expect(await count(who)).toBe(2);
    const [events] =
      await cast.owner`select count(*)::int as count from audit_event where action = 'step.record' and subject_id = ${who}`;
    expect(events?.count).toBe(1);
    for (const changed of [
      { ...form, answers: [{ step: 'phone', answer: 'no' as const }] },
      { ...form, source: 'seen' as const },
      { ...form, personId: other },
    ])
      expect(await record(changed)).toEqual({ refused: 'stepsKnown' });
    expect(await count(other)).toBe(0);
  });

  test('is for who records and has to do with the person: a helper of their class too, nobody of another unit, no desk officer, no leader', async () => {
    const elsewhere = await somebody(cast.there);
    const here = await somebody();
    expect(await record(said(cast.here.personId, { phone: 'no' }), 'helper')).toEqual({ personId: cast.here.personId });
    // Nobody on a roster of theirs.
    expect(await record(said(here, { phone: 'no' }), 'helper')).toEqual({ refused: 'notFound' });
    for (const role of ['desk_officer', 'unit_leader', 'province_leader', 'province_admin'] as const)
      expect(await record(said(here, { phone: 'no' }), role)).toEqual({ refused: 'notFound' });
    expect(await record(said(elsewhere, { phone: 'no' }))).toEqual({ refused: 'notFound' });
    expect(await record(said(newId(), { phone: 'no' }))).toEqual({ refused: 'notFound' });
    expect(await as('helper', cast.here, (tx) => personForSteps(tx, 'vi', cast.here.personId))).toMatchObject({
      fullName: 'Nguyễn Thị Thử',
    });
    expect(await as('helper', cast.here, (tx) => personForSteps(tx, 'vi', here))).toBeNull();
    expect([await count(here), await count(elsewhere)]).toEqual([0, 0]);
  });

  test('needs a consent that stands, and a step there is', async () => {
    const who = await somebody();
    expect(await record(said(who, { horse: 'yes', phone: 'yes' }))).toEqual({
      refused: 'stepUnknown',
      field: 'step_horse',
    });
    await cast.owner`update consent set withdrawn_at = now() where person_id = ${who}`;
    expect(await record(said(who, { phone: 'yes' }))).toEqual({ refused: 'stepsConsent' });
    expect(await count(who)).toBe(0);
  });

  test('the form reads what was pressed, and says at the field what is wrong', () => {
    const form = (more: Record<string, unknown>) =>
      stepsForm.safeParse({ personId: newId(), formKey: newId(), source: 'self', on: '', ...more });
    expect(form({ step_phone: 'yes', step_sim: '', other: 'x' }).data?.answers).toEqual([
      { step: 'phone', answer: 'yes' },
    ]);
    const wrong = (more: Record<string, unknown>) => {
      const { error } = form(more);
      return error ? problemsOf(error) : null;
    };
    expect(wrong({})).toEqual({ form: 'stepsNone' });
    expect(wrong({ step_phone: 'perhaps' })).toEqual({ step_phone: 'stepAnswer' });
    expect(wrong({ step_phone: ['yes', 'no'] })).toEqual({ step_phone: 'stepAnswer' });
    expect(wrong({ step_phone: 'yes', source: 'hearsay' })).toEqual({ source: 'stepSource' });
    expect(wrong({ step_phone: 'yes', on: '2099-01-01' })).toEqual({ on: 'stepDayAhead' });
    expect(wrong({ step_phone: 'yes', on: '2001-01-01' })).toEqual({ on: 'stepDayOld' });
  });
});

describe('what is kept', () => {
  test('stays as it was written: nobody changes or deletes an answer, and none is written in another’s name', async () => {
    await record(said(cast.here.personId, { phone: 'no' }));
    await expect(cast.owner`update step_record set answer = 'yes'`).rejects.toThrow('append-only');
    await expect(cast.owner`delete from step_record`).rejects.toThrow('append-only');
    const other = await cast.accountOf('helper', cast.here);
    await as(
      'organiser',
      cast.here,
      (tx) =>
        tx`insert into step_record (person_id, step_code, answer, source, at, key, recorded_by)
        values (${cast.here.personId}, 'sim', 'no', 'self', now(), ${newId()}, ${other})`,
    );
    const [row] = await cast.owner`select recorded_by from step_record where step_code = 'sim' and at > '2026-02-01'`;
    expect(row?.recordedBy).toBe(await cast.accountOf('organiser', cast.here));
  });

  test('is gone once its owner withdraws, and nothing is written afterwards', async () => {
    const { personId, code } = await learner(cast, cast.here);
    await record(said(personId, { phone: 'no', sim: 'yes' }));
    expect(await asHolder(code, (tx) => withdraw(tx, personId))).toBeNull();
    expect(await count(personId)).toBe(0);
    expect(await record(said(personId, { phone: 'yes' }))).toEqual({ refused: 'stepsConsent' });
  });

  test('is gone also where it was being written while its owner withdrew', async () => {
    const { personId, code } = await learner(cast, cast.here);
    const [written, release] = [signal(), signal()];
    const recording = as('organiser', cast.here, async (tx, caller) => {
      await recordSteps(tx, said(personId, { account: 'no' }), caller);
      written.give();
      await release.given;
    });
    await written.given;
    const leaving = asHolder(code, (tx) => withdraw(tx, personId));
    // Until it waits for the writing, or is through without having waited.
    const over = leaving.then(() => true);
    const waits = async () => (await cast.owner`select from pg_locks where not granted`).count > 0;
    while (!(await Promise.race([over, waits()])));
    release.give();
    await Promise.all([recording, leaving]);
    expect(await count(personId)).toBe(0);
  });

  test('goes over when two records are joined and comes back when they are taken apart; the old record’s form reaches the kept one', async () => {
    const [stays, goes] = [await somebody(), await somebody()];
    await record(said(stays, { phone: 'no' }, { at: new Date('2026-11-01T05:00:00Z') }));
    await record(said(goes, { phone: 'yes', sim: 'no' }, { at: new Date('2026-11-02T05:00:00Z') }));
    await as('organiser', cast.here, (tx, caller) =>
      mergePeople(tx, { keptId: stays, mergedId: goes, take: [] }, caller),
    );
    expect(await standing(stays)).toMatchObject({ phone: 'yes', sim: 'no' });
    expect(await record(said(goes, { account: 'no' }))).toEqual({ personId: stays });
    const [merge] = await cast.owner<{ id: string }[]>`select id from person_merge where merged_id = ${goes}`;
    await as('organiser', cast.here, (tx, caller) => undoMerge(tx, { mergeId: merge?.id ?? '' }, caller));
    expect(await standing(stays)).toMatchObject({ phone: 'no', sim: null, account: 'no' });
    expect(await standing(goes)).toMatchObject({ phone: 'yes', sim: 'no', account: null });
  });

  test('is shown to its owner, and in the story of the record', async () => {
    const { personId, code } = await learner(cast, cast.here);
    await record(said(personId, { vneid: 'no' }, { source: 'relative' }));
    const own = await readAsHolder(code, (tx) => ownData(tx, 'vi', personId));
    expect(own?.steps).toMatchObject([{ code: 'vneid', step: 'VNeID mức 2', answer: 'no', source: 'relative' }]);
    const story = await as('organiser', cast.here, async (tx, caller) =>
      personHistory(
        await recordReading(tx, caller, personId, 'record'),
        'vi',
        personId,
        historyAddress.parse({ show: 'steps' }),
      ),
    );
    expect(story?.facts).toMatchObject([{ kind: 'steps', what: 'no', title: 'VNeID mức 2', value: 'relative' }]);
  });
});

describe('the funnel', () => {
  test('counts who has, lacks and is unknown of those known, and where each stops; lists them for who may look people up', async () => {
    const village = cast.there.villageId;
    const [others] = await cast.owner<{ count: number }[]>`
      select count(*)::int as count from person where area_id = ${village} and id <> ${cast.there.personId}`;
    const rest = others?.count ?? 0;
    const [one, two, three] = [await somebody(cast.there), await somebody(cast.there), await somebody(cast.there)];
    const gone = await learner(cast, cast.there);
    for (const [who, answers] of [
      [one, { phone: 'yes', sim: 'no', vneid: 'no' }],
      [two, { phone: 'no', sim: 'yes' }],
      [three, { phone: 'unknown', sim: 'no' }],
      [gone.personId, { phone: 'no' }],
    ] as const)
      await record(said(who, answers), 'organiser', cast.there);
    await asHolder(gone.code, (tx) => withdraw(tx, gone.personId));
    const funnel = await as('desk_officer', cast.there, (tx) => funnelOf(tx, 'vi', village));
    // The learner of the scene has a phone; nothing else is known of them.
    expect(funnel?.known).toBe(4 + rest);
    expect(funnel?.steps.map(({ code, yes, no, unknown, stopped }) => [code, yes, no, unknown, stopped])).toEqual([
      ['phone', 2, 1, 1 + rest, 1],
      ['sim', 1, 2, 1 + rest, 2],
      ['signal', 0, 0, 4 + rest, 0],
      ['chip_card', 0, 0, 4 + rest, 0],
      ['vneid', 0, 1, 3 + rest, 0],
      ['account', 0, 0, 4 + rest, 0],
    ]);
    expect(funnel?.places).toEqual([
      {
        id: village,
        name: `Thôn Thử ${village}`,
        villageUnknown: false,
        known: 4 + rest,
        stopped: { phone: 1, sim: 2 },
      },
    ]);
    const list = await as('organiser', cast.there, (tx) =>
      stoppedAt(tx, 'vi', { area: undefined, step: 'sim', page: 1 }),
    );
    expect([list.total, new Set(list.people.map(({ id }) => id))]).toEqual([2, new Set([one, three])]);
    // Of the commune alone: those of its villages are in theirs.
    const alone = await as('organiser', cast.there, (tx) =>
      stoppedAt(tx, 'vi', { area: cast.there.unitId, own: '1', step: 'sim', page: 1 }),
    );
    expect(alone).toEqual({ people: [], total: 0 });
  });

  test('is found by nobody who may not look people up there', async () => {
    for (const role of ['helper', 'unit_leader', 'province_leader', 'province_admin'] as const)
      expect(await as(role, cast.here, (tx) => funnelOf(tx, 'vi', undefined))).toBeNull();
    expect(await as('organiser', cast.here, (tx) => funnelOf(tx, 'vi', cast.there.unitId))).toBeNull();
    const list = await as('organiser', cast.here, (tx) =>
      stoppedAt(tx, 'vi', { area: cast.there.unitId, step: 'sim', page: 1 }),
    );
    expect(list).toEqual({ people: [], total: 0 });
  });

  test('the rule: the newest counts whatever order it is told in, and what nobody knows is not in the way', () => {
    const told = [
      { step: 'a', answer: 'yes', at: 2, recordedAt: 1, id: '1' },
      { step: 'a', answer: 'no', at: 1, recordedAt: 9, id: '2' },
      { step: 'b', answer: 'unknown', at: 1, recordedAt: 1, id: '3' },
      { step: 'c', answer: 'no', at: 1, recordedAt: 1, id: '4' },
    ] as const;
    expect(standingOf(told)).toEqual(standingOf(told.toReversed()));
    expect(stopOf(['a', 'b', 'c'], standingOf(told))).toBe('c');
    expect(stopOf(['a', 'b'], standingOf(told))).toBeNull();
  });
});

test('the list of steps is data: words change in place, a step taken off is asked no more, its answers stay', async () => {
  const who = await somebody();
  await record(said(who, { account: 'no' }));
  const list =
    'code,position,name_vi,name_en,ask_vi,ask_en,next_vi,next_en,how_vi,how_en\nphone,1,Máy,Phone,a,a,b,b,c,c\n';
  await asSystem((tx) => loadSteps(tx, list));
  expect(await standing(who)).toEqual({ phone: null });
  expect(await record(said(who, { account: 'yes' }))).toEqual({ refused: 'stepUnknown', field: 'step_account' });
  await asSystem((tx) => loadSteps(tx));
  expect(await standing(who)).toMatchObject({ account: 'no', phone: null });
});
