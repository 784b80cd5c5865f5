import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool } from '../../lib/access/scoped';
import { addDays, dayOf, momentOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { askForSomebody, recordOutcome } from '../../lib/visit/commands';
import { visitQueue } from '../../lib/visit/queries';
import { requestForm } from '../../lib/visit/schema';
import { as, log, typed } from '../desk/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { homeOn, neighbour, pair, roundAt, said } from './scene';

let cast: Cast;
let own: string;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  ({ own } = await pair(cast, cast.here));
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const today = dayOf(new Date());
const ask = (personId: string) =>
  as(cast, 'organiser', cast.here, (tx, caller) =>
    askForSomebody(tx, requestForm.parse({ personId, needs: 'phone', formKey: newId() }), caller),
  );
const reasons = (personId: string, now = new Date()) =>
  as(
    cast,
    'organiser',
    cast.here,
    async (tx) =>
      (await visitQueue(tx, 'vi', undefined, now)).find((line) => line.personId === personId)?.priority.reasons,
  );
let minute = 0;
async function visited(personId: string, more: Record<string, string> = {}): Promise<void> {
  minute += 2;
  const clock = (at: number) => `00:${String(at).padStart(2, '0')}`;
  const round = await roundAt(cast, cast.here, { members: [own], from: clock(minute), until: clock(minute + 1) });
  const visitId = await homeOn(cast, cast.here, round, { personId });
  const done = await as(cast, 'helper', cast.here, (tx, caller) =>
    recordOutcome(tx, said(visitId, more), caller, new Date()),
  );
  expect(done).not.toHaveProperty('refused');
}

test('“nobody has met them” is what the unreached say: not of whoever was visited, or named at a desk', async () => {
  const [unmet, met, helped, out] = await Promise.all(Array.from({ length: 4 }, () => neighbour(cast, cast.here)));
  if (!unmet || !met || !helped || !out) throw new Error('nobody');
  await visited(met);
  await visited(out, { outcome: 'not_home', minutes: '' });
  await log(cast, typed(cast.here, { personId: helped }), 'desk_officer');
  for (const personId of [unmet, met, helped, out]) await ask(personId);
  const told = await Promise.all([unmet, met, helped, out].map((personId) => reasons(personId)));
  expect(told.map((one) => one?.includes('never'))).toEqual([true, false, false, true]);
});

test('a promise to come back goes before others once its day has come, though what was asked for then is closed; a later visit without one keeps it no more', async () => {
  const personId = await neighbour(cast, cast.here);
  const on = addDays(today, 2);
  await visited(personId, { nextOn: on });
  await ask(personId);
  const then = new Date(momentOf(on, '12:00'));
  expect(await reasons(personId)).not.toContain('next_visit');
  expect(await reasons(personId, then)).toContain('next_visit');
  const other = await neighbour(cast, cast.here);
  await visited(other, { nextOn: on });
  await visited(other);
  await ask(other);
  expect(await reasons(other, then)).not.toContain('next_visit');
});
