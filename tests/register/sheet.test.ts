import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { paperChanges, recordPaper } from '@/lib/register/paper-entry';
import { makePaperSheet, paperSheetOf, sessionOfSheet } from '@/lib/register/paper-sheets';
import { paperEntry, type PaperSheet, type Sheet } from '@/lib/register/schema';
import { registerSheet } from '@/lib/register/sheets';
import { testDatabase } from '../support/database';
import { as, buildWorld, post, said, stateOf, type World } from './world';

let world: World;
const classId = 'test2345';
const letters = ['7', '9', 'J', 'K', 'M', 'N', 'P', 'Q', 'R', 'T', 'W', 'X'];

beforeAll(async () => {
  world = await buildWorld((await testDatabase()).url);
});
afterAll(async () => {
  await world.sql.end();
  await closePool();
});

const hour = 3_600_000;
const person = (index: number) => world.people[index] ?? '';

let made = 0;
/** A session that ended some hours ago, with its sheet printed. */
async function printed(): Promise<{ id: string; code: string }> {
  const id = await world.newSession();
  made += 1;
  const endsAt = new Date(Date.now() - made * 2 * hour);
  await world.sql`
    update class_session set starts_at = ${new Date(endsAt.getTime() - hour)}, ends_at = ${endsAt},
      lesson_id = (select lesson_id from lesson_skill where skill_code = ${world.skill} order by lesson_id limit 1) where id = ${id}`;
  return { id, code: await print(id) };
}
async function print(id: string): Promise<string> {
  const made = await as(world.helper, (tx, caller) => makePaperSheet(tx, { sessionId: id }, caller));
  return 'code' in made ? made.code : made.refused;
}

/** Joins the class now, or since before the session. */
async function enrol(name: string): Promise<string> {
  const id = await world.newPerson(name, world.village);
  await world.sql`
    insert into enrolment (class_id, area_id, person_id, status, status_at, code, channel, idempotency_key, created_at)
    values (${classId}, ${world.village}, ${id}, 'confirmed', '2026-01-01', ${`ACDEFGJ${letters.pop() ?? ''}`}, 'staff', ${randomUUID()}, '2026-01-01')`;
  return id;
}

const look = (id: string, code: string) =>
  as(world.helper, async (tx) => {
    const register = await registerSheet(tx, id, 'vi');
    const paper = register && (await paperSheetOf(tx, register, code, 'vi'));
    if (!register || !paper) throw new Error('no sheet');
    return { register, paper };
  });
const numberOf = (paper: PaperSheet, id: string) => paper.lines.find(({ personId }) => personId === id)?.number ?? 0;
const seenOn = (register: Sheet) => register.people.flatMap(({ marks }) => marks).join();
const save = (form: Record<string, string>) =>
  as(world.helper, (tx, caller) => recordPaper(tx, paperEntry.parse(form), caller));
const states = async (id: string) =>
  Object.fromEntries((await stateOf(world.sql, id)).attendance.map((mark) => [mark.personId, mark.state]));

test('a sheet’s exceptions become the register: everybody else present, skills seen, guests counted, done', async () => {
  const { id, code } = await printed();
  expect(await sessionHolding(code)).toBe(id);
  const { register, paper } = await look(id, code);
  expect(paper.lines.map(({ fullName }) => fullName)).toEqual(register.people.map(({ fullName }) => fullName));
  const typed = '1 vắng, 2 trễ 15, +3; k1: 2=2, còn lại=3';
  const changes = paperChanges(paper, register, typed);
  expect(changes).toMatchObject({ problems: [], guests: 3, counts: { present: 2, late: 1, absent: 1 }, ask: [] });
  expect(changes.marks.map(({ number, fullName }) => [number, fullName])).toEqual([
    [1, paper.lines[0]?.fullName],
    [2, paper.lines[1]?.fullName],
  ]);
  expect((await stateOf(world.sql, id)).operations, 'looking saves nothing').toEqual([]);
  expect(await save({ sessionId: id, sheet: code, said: typed, seen: seenOn(register) })).toBeNull();
  const { session, attendance, observations } = await stateOf(world.sql, id);
  expect(session).toMatchObject({ status: 'held', guests: 3 });
  const at = (number: number) => attendance.find((mark) => mark.personId === paper.lines[number - 1]?.personId);
  expect([at(1), at(2), at(3), at(4)].map((mark) => [mark?.state, mark?.minutesLate])).toEqual([
    ['absent', null],
    ['late', 15],
    ['present', null],
    ['present', null],
  ]);
  expect(observations.map(({ level }) => level).toSorted()).toEqual([2, 3, 3]);
  // Sent twice: nothing more.
  const before = (await stateOf(world.sql, id)).operations.length;
  expect(await save({ sessionId: id, sheet: code, said: typed, seen: '' })).toBeNull();
  expect((await stateOf(world.sql, id)).operations.length).toBeLessThanOrEqual(before + 1);
});

const sessionHolding = (code: string) => as(world.helper, (tx) => sessionOfSheet(tx, code));

test('what is not understood saves nothing; neither does another’s sheet, nor one out of sight', async () => {
  const [one, two] = [await printed(), await printed()];
  const form = { sessionId: one.id, sheet: one.code, said: '1 vằn', seen: '' };
  expect(await save(form)).toMatchObject({ refused: 'paperUnclear', field: 'said' });
  expect(await save({ ...form, said: '99 vắng' })).toMatchObject({ refused: 'paperUnclear' });
  expect(await save({ ...form, said: '', sheet: two.code })).toMatchObject({ refused: 'sheetUnknown', field: 'sheet' });
  const stranger = as(world.stranger, (tx, caller) => recordPaper(tx, paperEntry.parse({ ...form, said: '' }), caller));
  expect(await stranger).toMatchObject({ refused: 'notFound' });
  expect(await as(world.stranger, (tx) => sessionOfSheet(tx, one.code))).toBeNull();
  expect((await stateOf(world.sql, one.id)).operations).toEqual([]);
});

test('numbers stay those of the printed sheet, whoever joined or left since; of whom it says nothing is asked', async () => {
  const leaver = await enrol('Cao Thị An');
  const { id, code } = await printed();
  const before = (await look(id, code)).paper;
  expect(await print(id), 'the same roll is the same sheet').toBe(code);
  const joiner = await enrol('Bùi Thị Ai');
  await world.sql`update enrolment set status = 'cancelled', status_at = '2026-01-02' where person_id = ${leaver}`;
  const { register, paper } = await look(id, code);
  expect(paper.isCurrent).toBe(false);
  expect(paper.lines).toEqual(before.lines);
  expect(await print(id)).not.toBe(code);
  const last = numberOf(paper, person(3));
  const changes = paperChanges(paper, register, `${last} vắng`);
  expect(changes.ask.map(({ personId, number }) => [personId, number])).toEqual([
    [leaver, numberOf(paper, leaver)],
    [joiner, null],
  ]);
  const form = { sessionId: id, sheet: code, said: `${last} vắng`, seen: '' };
  expect(await save(form)).toMatchObject({ refused: 'chooseWhoCame' });
  expect((await stateOf(world.sql, id)).operations).toEqual([]);
  expect(await save({ ...form, [`came.${leaver}`]: 'yes', [`came.${joiner}`]: 'no' })).toBeNull();
  expect(await states(id)).toMatchObject({ [person(3)]: 'absent', [leaver]: 'present', [joiner]: 'absent' });
  const { attendance } = await stateOf(world.sql, id);
  expect(attendance.find((mark) => mark.personId === leaver)).toMatchObject({ walkIn: true });
  await world.sql`update enrolment set status = 'cancelled', status_at = '2026-01-02' where person_id = ${joiner}`;
});

test('somebody marks meanwhile: the sheet loses nothing, and both are told', async () => {
  const { id, code } = await printed();
  await post(world.helper, [said(id, 'start', { at: new Date(Date.now() - 600_000).toISOString() })]);
  const { register, paper } = await look(id, code);
  const number = numberOf(paper, person(0));
  await post(world.helper, [
    said(id, 'mark', { personId: person(0), state: 'late', at: new Date().toISOString(), after: [] }),
  ]);
  expect(await save({ sessionId: id, sheet: code, said: `${number} vắng`, seen: seenOn(register) })).toBeNull();
  const shown = (await look(id, code)).register.people.find((one) => one.id === person(0));
  expect(shown?.versions.map(({ state }) => state).toSorted()).toEqual(['absent', 'late']);
});

test('a record joined to another since the printing stands for the one that was kept', async () => {
  const twice = await enrol('Đinh Thị Đôi');
  const { id, code } = await printed();
  const kept = await world.newPerson('Đinh Thị Đôi', world.village);
  await world.sql`update enrolment set person_id = ${kept} where person_id = ${twice}`;
  await world.sql`update person set merged_into = ${kept} where id = ${twice}`;
  const { register, paper } = await look(id, code);
  const number = numberOf(paper, kept);
  expect(number).toBeGreaterThan(0);
  expect(paperChanges(paper, register, `${number} vắng`)).toMatchObject({ ask: [], marks: [{ personId: kept }] });
});
