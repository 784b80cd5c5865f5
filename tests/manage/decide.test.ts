import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool, openScoped } from '@/lib/access/scoped';
import { runAnyway } from '@/lib/class/commands';
import { newAddressId } from '@/lib/kernel/id';
import { isRefusal } from '@/lib/kernel/result';
import { classesToDecide } from '@/lib/manage/queries';
import { stepFrom, weeksShown } from '@/lib/manage/rules';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
const tokens: Record<string, string> = {};
let accountId: string;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  for (const [name, role, place] of [
    ['organiser', 'organiser', cast.here],
    ['helper', 'helper', cast.here],
    ['other', 'organiser', cast.there],
  ] as const)
    tokens[name] = await cast.token(role, place);
  accountId = await cast.accountOf('organiser', cast.here);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const now = new Date();
const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
async function classIn(hours: number, confirmed: number, status = 'published'): Promise<string> {
  const id = newAddressId();
  await cast.owner`
    insert into class (id, area_id, course_id, venue_id, team_id, status, capacity, minimum_to_run, seats_confirmed, first_starts_at, last_ends_at)
    values (${id}, ${cast.here.villageId}, ${cast.courseId}, ${cast.here.venueId}, ${cast.here.teamId}, ${status}, 20, 5, ${confirmed},
      ${inHours(hours)}, ${inHours(hours + 2)})`;
  await cast.owner`
    insert into class_session (class_id, area_id, venue_id, position, starts_at, ends_at, status)
    values (${id}, ${cast.here.villageId}, ${cast.here.venueId}, 1, ${inHours(hours)}, ${inHours(hours + 2)}, ${status === 'draft' ? 'planned' : 'published'})`;
  return id;
}
const due = async (who: string) =>
  (
    await openScoped('read only', 'camtay_app', tokens[who] ?? '', (tx) =>
      classesToDecide(tx, 'vi', { from: now, to: inHours(40) }),
    )
  ).rows;
const run = (who: string, classId: string) =>
  openScoped('read write', 'camtay_app', tokens[who] ?? '', (tx) => runAnyway(tx, { classId }, { accountId }));

test('a class below its minimum is to be decided on just before its first session, until somebody runs it; another first day asks anew', async () => {
  const few = await classIn(5, 4);
  await classIn(8, 5);
  await classIn(11, 0, 'draft');
  await classIn(60, 0);
  expect((await due('organiser')).map(({ id, mayWrite }) => [id, mayWrite])).toEqual([[few, true]]);
  expect((await due('helper')).map(({ id, mayWrite }) => [id, mayWrite])).toEqual([[few, false]]);
  expect(await due('other')).toEqual([]);
  expect(await run('other', few)).toEqual({ refused: 'notFound' });
  expect(isRefusal(await run('organiser', few))).toBe(false);
  expect(await due('organiser')).toEqual([]);
  const acts =
    await cast.owner`select details from audit_event where action = 'class.run_anyway' and subject_id = ${few}`;
  expect(acts).toEqual([{ details: { confirmed: 4, minimum: 5 } }]);
  await cast.owner`update class set first_starts_at = first_starts_at + interval '1 hour' where id = ${few}`;
  expect((await due('organiser')).map(({ id }) => id)).toEqual([few]);
  await cast.owner`update class set first_starts_at = ${inHours(-1)} where id = ${few}`;
  expect(await run('organiser', few)).toEqual({ refused: 'classOver' });
});

test('a calendar shows whole weeks from Monday on, and steps by what it shows', () => {
  expect(weeksShown('week', '2026-11-26')).toEqual([
    ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29'],
  ]);
  const february = weeksShown('month', '2027-02-14');
  expect([february[0]?.[0], february.at(-1)?.[6], february.length]).toEqual(['2027-02-01', '2027-02-28', 4]);
  const may = weeksShown('month', '2027-05-31');
  expect([may[0]?.[0], may.at(-1)?.[6], may.length]).toEqual(['2027-04-26', '2027-06-06', 6]);
  expect([stepFrom('week', '2026-12-30', 1), stepFrom('week', '2027-01-02', -1)]).toEqual(['2027-01-06', '2026-12-26']);
  expect([stepFrom('month', '2027-01-31', 1), stepFrom('month', '2027-01-31', -1)]).toEqual([
    '2027-02-01',
    '2026-12-01',
  ]);
});
