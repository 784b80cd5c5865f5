import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withdraw } from '../../lib/card/commands';
import { newCardCode, newId } from '../../lib/kernel/id';
import { openScoped, presentCard } from '../../lib/access/scoped';
import { mergePeople } from '../../lib/pair/commands';
import { recordWork } from '../../lib/task/commands';
import { taskKinds } from '../../lib/task/kinds';
import { tasksOf } from '../../lib/task/queries';
import type { SentWorkOperation } from '../../lib/task/schema';
import { recordAtDoors } from '../../lib/task/sent';
import { visitBatch } from '../../lib/visit/schema';
import { as } from '../desk/scene';
import { atDoors, type Doors } from '../visit/doors';
import { neighbour } from '../visit/scene';

let doors: Doors;
beforeAll(async () => {
  doors = await atDoors();
});
afterAll(() => doors.close());

const hour = 3_600;
const moment = (seconds: number) => new Date(Date.now() + seconds * 1000);

/** Somebody whom nobody has met and who agreed to be on a list, given to the first of two helpers an hour ago for a week. */
async function given({ from = -hour, until = 7 * 24 * hour, ended = null as number | null } = {}) {
  const { cast, one, members } = doors;
  const personId = await neighbour(cast, cast.here);
  await cast.owner`insert into consent (person_id, purpose, text_version, given, how) values (${personId}, 'class', 1, true, 'oral')`;
  await cast.owner`insert into task_given (kind, person_id, fact, area_id, member_id, account_id, given_at, until, ended_at)
    values ('never', ${personId}, 'never', ${cast.here.villageId}, ${members[0] ?? ''}, ${one}, ${moment(from)}, ${moment(until)},
      ${ended === null ? null : moment(ended)})`;
  return personId;
}
const work = (personId: string, more: Partial<SentWorkOperation> = {}): SentWorkOperation => ({
  id: newId(),
  kind: 'work',
  at: doors.at(-60),
  task: `never~${personId}~never`,
  outcome: 'done',
  spent: '30',
  note: 'Gặp ở nương',
  ...more,
});
async function send(accountId: string, operations: readonly unknown[], now = new Date()) {
  const batch = visitBatch.parse({ protocol: 1, account: accountId, operations });
  const done = await doors.by(accountId, (tx, caller) => recordAtDoors(tx, batch, caller, now));
  if (!('results' in done)) throw new Error(done.refused);
  return doors.told(done.results);
}
/** All that is written about somebody's tasks. */
async function written(personId: string) {
  const { owner } = doors.cast;
  const rows = await owner`select outcome, note, at, by from task_work where person_id = ${personId} order by at`;
  const [rest] = await owner`
    select (select count(*)::int from person_pause where person_id = ${personId}) as pauses,
      (select count(*)::int from door_visit where home = ${personId}) as visits,
      (select count(*)::int from task_given where person_id = ${personId} and ended_at is null) as given`;
  return { rows: [...rows], ...rest };
}
const nothing = { rows: [], pauses: 0, visits: 0 };
const states = (personId: string) =>
  as(doors.cast, 'organiser', doors.cast.here, async (tx, caller) =>
    (await tasksOf(tx, 'vi', caller, { people: [personId], kinds: taskKinds }, new Date())).map(
      ({ kind, state }) => `${kind} ${state}`,
    ),
  );

describe('what came of a task, sent later', () => {
  test('arrives once, of the moment it was done, however often and by however many it is sent', async () => {
    const { cast, one } = doors;
    const personId = await given();
    const said = work(personId);
    const answers = await Promise.all(Array.from({ length: 12 }, () => send(one, [said])));
    expect(answers.flat().toSorted()).toEqual(['applied', ...Array(11).fill('duplicate applied')]);
    expect(await written(personId)).toEqual({
      rows: [{ outcome: 'done', note: 'Gặp ở nương', at: new Date(said.at), by: one }],
      pauses: 0,
      visits: 1,
      given: 0,
    });
    expect(await states(personId), 'settled for whoever gave it').toEqual([]);
    expect(await send(one, [{ ...said, outcome: 'refused' }])).toEqual(['quarantined idReused']);
    const kept = await cast.owner`select content::text, visit_id from visit_operation where id = ${said.id}`;
    expect([...kept], 'never what, and never of whom').toEqual([{ content: '{}', visitId: null }]);
  });

  test('the form had it and its answer was lost: the phone’s is the same', async () => {
    const { one } = doors;
    const personId = await given();
    const said = work(personId);
    const task = { kind: 'never', personId, fact: 'never' };
    await doors.by(one, (tx, caller) =>
      recordWork(tx, { formKey: said.id, task, outcome: 'done', note: 'Gặp ở nương', spent: '30' }, caller),
    );
    expect(await send(one, [said])).toEqual(['duplicate applied']);
    expect(await send(one, [{ ...said, outcome: 'not_home' }])).toEqual(['quarantined idReused']);
    expect((await written(personId)).rows).toHaveLength(1);
  });

  test('what follows from it follows from the moment it was done', async () => {
    const { cast, one } = doors;
    const [refused, died, twice] = [await given(), await given(), await given()];
    const at = doors.at(-1800);
    const [first, second] = [
      work(twice, { at: doors.at(-900), outcome: 'not_home' }),
      work(twice, { at: doors.at(-60) }),
    ];
    expect(
      await send(one, [second, work(refused, { at, outcome: 'refused' }), work(died, { at, outcome: 'died' }), first]),
    ).toEqual(Array(4).fill('applied'));
    const [pause] = await cast.owner`select at, until, by from person_pause where person_id = ${refused}`;
    expect(pause).toMatchObject({ at: new Date(at), by: one });
    expect(await states(died)).toEqual(['correct open', 'never held']);
    expect(
      (await written(twice)).rows.map(({ outcome }) => outcome),
      'in the order it was done',
    ).toEqual(['not_home', 'done']);
  });

  test('beside what was done on a round, each answered in its place; a bad one blocks nothing', async () => {
    const { one } = doors;
    const [home, personId] = [await doors.home(), await given()];
    const answers = await send(one, [
      work(personId, { outcome: 'jumped' as 'done' }),
      doors.outcome(home.visitId),
      work(personId, { task: 'register~~x' }),
      work(personId, { task: `recheck~${personId}~x` }),
      work(personId, { at: doors.at(5 * 24 * hour) }),
      work(personId),
    ]);
    expect(answers).toEqual([
      'quarantined chooseOutcome',
      'applied',
      'quarantined taskNobody',
      'out_of_scope',
      'quarantined clockWrong',
      'applied',
    ]);
  });
});

describe('whose it is', () => {
  test('of whom nothing was given to the sender nothing is said, and nothing is written', async () => {
    const { cast, two, idle } = doors;
    const personId = await given();
    const stranger = await cast.accountOf('helper', cast.there);
    for (const account of [two, idle, stranger])
      expect(await send(account, [work(personId), work(newId())])).toEqual(['out_of_scope', 'out_of_scope']);
    expect(await written(personId)).toEqual({ ...nothing, given: 1 });
    const batch = visitBatch.parse({ protocol: 1, account: doors.one, operations: [work(personId)] });
    expect(await doors.by(idle, (tx, caller) => recordAtDoors(tx, batch, caller))).toEqual({ refused: 'otherAccount' });
    const seen = await as(cast, 'organiser', cast.here, (tx) => tx`select from visit_operation where kind = 'work'`);
    expect(seen.count, 'what is kept of an act is for nobody to read').toBe(0);
  });

  test('given to another: what was done before counts, what was done after does not', async () => {
    const { cast, one, two, members } = doors;
    const [before, after] = [await given({ ended: -600 }), await given({ ended: -600 })];
    for (const personId of [before, after])
      await cast.owner`insert into task_given (kind, person_id, fact, area_id, member_id, account_id, given_at, until)
        values ('never', ${personId}, 'never', ${cast.here.villageId}, ${members[1] ?? ''}, ${two}, ${moment(-600)}, ${moment(7 * 24 * hour)})`;
    expect(await send(one, [work(before, { at: doors.at(-900) }), work(after, { at: doors.at(-300) })])).toEqual([
      'applied',
      'out_of_scope',
    ]);
    expect(await written(before)).toMatchObject({ rows: [{ by: one }], given: 0 });
    expect(await written(after)).toEqual({ ...nothing, given: 1 });
    expect(await send(two, [work(after)])).toEqual(['applied']);
  });

  test('its day over: what was done in time counts for ninety days, what was done later does not', async () => {
    const { one } = doors;
    const day = 24 * hour;
    const back = { from: -100 * day, until: -95 * day };
    const [late, never, old] = [
      await given({ from: -9 * day, until: -day }),
      await given({ from: -9 * day, until: -day }),
      await given(back),
    ];
    expect(
      await send(one, [
        work(late, { at: doors.at(-2 * day) }),
        work(never, { at: doors.at(-day + 60) }),
        work(old, { at: doors.at(-96 * day) }),
      ]),
    ).toEqual(['applied', 'out_of_scope', 'quarantined workArrivedLate']);
    expect((await written(late)).rows).toHaveLength(1);
    for (const personId of [never, old]) expect((await written(personId)).rows).toEqual([]);
  });

  test('who left the team, or records nowhere any more, is told so alone', async () => {
    const { cast, one, members } = doors;
    const personId = await given();
    const own = members[0] ?? '';
    await cast.owner`update team_member set left_on = current_date where id = ${own}`;
    await cast.owner`update task_given set ended_at = now() where person_id = ${personId}`;
    expect(await send(one, [work(personId)])).toEqual(['out_of_scope']);
    await cast.owner`update team_member set left_on = null where id = ${own}`;
    await cast.owner`update account_grant set area_id = ${cast.there.unitId} where account_id = ${one}`;
    expect(await send(one, [work(personId)])).toEqual(['out_of_scope']);
    await cast.owner`update account_grant set area_id = ${cast.here.unitId} where account_id = ${one}`;
    expect(await written(personId)).toEqual({ ...nothing, given: 0 });
    expect(await send(one, [work(personId)])).toEqual(['applied']);
  });
});

describe('what happened meanwhile', () => {
  test('somebody else did it, or its fact is no more: the phone is told which, nothing is half written', async () => {
    const { cast, one } = doors;
    const [done, gone, settled] = [await given(), await given(), await given()];
    const finish = (personId: string) =>
      as(cast, 'organiser', cast.here, (tx, caller) =>
        recordWork(
          tx,
          { formKey: newId(), task: { kind: 'never', personId, fact: 'never' }, outcome: 'done', note: '' },
          caller,
        ),
      );
    await finish(done);
    await finish(settled);
    // Met in the village by others: nobody has to go there for the first time any more.
    await cast.owner`insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, person_id)
      values (${newId()}, ${cast.here.deskId}, ${cast.here.villageId}, 'vneid', 1, 1, 10, ${gone})`;
    expect(
      await send(one, [work(done), work(gone, { outcome: 'refused' }), work(settled, { outcome: 'died' })]),
    ).toEqual(['quarantined taskDone', 'quarantined taskOver', 'quarantined taskDone']);
    expect(await written(gone)).toEqual({ ...nothing, given: 1 });
    for (const personId of [done, settled]) {
      const { rows, ...rest } = await written(personId);
      expect([rows.map(({ outcome }) => outcome), rest]).toEqual([['done'], { pauses: 0, visits: 0, given: 0 }]);
    }
  });

  test('they withdrew: refused for that reason to whoever was given it, to others nothing; no word is kept', async () => {
    const { cast, one, idle } = doors;
    const personId = await given();
    await leave(personId);
    expect(await send(one, [work(personId, { at: doors.at() }), work(personId)])).toEqual(
      Array(2).fill('quarantined visitWithdrawn'),
    );
    expect(await send(idle, [work(personId)])).toEqual(['out_of_scope']);
    expect(await written(personId)).toEqual({ ...nothing, given: 0 });
    const operations = await cast.owner`select from visit_operation where kind = 'work' and account_id = ${idle}`;
    expect(operations.count).toBe(0);
  });

  test('withdrawing and recording at the same moment, twenty times: no word is left', async () => {
    for (let time = 0; time < 20; time += 1) {
      const personId = await given();
      const said = work(personId);
      const [[answer]] = await Promise.all([send(doors.one, [said]), leave(personId)]);
      const { rows } = await written(personId);
      expect(['applied', 'quarantined visitWithdrawn']).toContain(answer);
      expect(rows.map(({ note }) => note)).toEqual(answer === 'applied' ? [''] : []);
    }
  });

  test('written down twice and merged: it is of the record that stayed', async () => {
    const { cast, one } = doors;
    const [kept, merged] = [await neighbour(cast, cast.here), await given()];
    await as(cast, 'organiser', cast.here, (tx, caller) =>
      mergePeople(tx, { keptId: kept, mergedId: merged, take: [] }, caller),
    );
    expect(await send(one, [work(merged)])).toEqual(['applied']);
    expect((await written(kept)).rows).toMatchObject([{ outcome: 'done', note: 'Gặp ở nương' }]);
  });
});

/** They withdraw what they agreed to, by their card. */
async function leave(personId: string): Promise<void> {
  const { cast } = doors;
  const code = newCardCode();
  await cast.owner`insert into card (person_id, code) values (${personId}, ${code})`;
  await openScoped('read write', 'camtay_public', '', async (tx) => {
    await presentCard(tx, code);
    await withdraw(tx, personId);
  });
}
