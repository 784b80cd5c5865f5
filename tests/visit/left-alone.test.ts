import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool, recordReading } from '../../lib/access/scoped';
import { withdraw } from '../../lib/card/commands';
import { newId } from '../../lib/kernel/id';
import { askForSomebody, recordOutcome } from '../../lib/visit/commands';
import { stoppedAmong, visitStanding } from '../../lib/visit/queries';
import { requestForm } from '../../lib/visit/schema';
import { asHolder, learner } from '../card/scene';
import { as } from '../desk/scene';
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

const form = (personId: string, wanted?: 'on') =>
  requestForm.parse({ personId, needs: 'phone', times: '', words: '', formKey: newId(), wanted });
const ask = (personId: string, wanted?: 'on') =>
  as(cast, 'organiser', cast.here, (tx, caller) => askForSomebody(tx, form(personId, wanted), caller));
const page = (personId: string) =>
  as(cast, 'organiser', cast.here, async (tx, caller) =>
    visitStanding(await recordReading(tx, caller, personId, 'visit'), personId),
  );
const requests = async (personId: string) =>
  (await cast.owner`select from visit_request where person_id = ${personId}`).count;

let hour = 5;
/** What somebody says at their door. */
async function atTheirDoor(personId: string, outcome: string): Promise<void> {
  hour += 1;
  const at = String(hour).padStart(2, '0');
  const round = await roundAt(cast, cast.here, { members: [own], from: `${at}:00`, until: `${at}:30` });
  const visitId = await homeOn(cast, cast.here, round, { personId });
  const done = await as(cast, 'helper', cast.here, (tx, caller) =>
    recordOutcome(tx, said(visitId, { outcome, minutes: '' }), caller, new Date()),
  );
  expect(done).not.toHaveProperty('refused');
}

describe('an organiser asks for a visit to somebody', () => {
  test('who withdrew: answered as of anybody out of sight, before, at and after that moment', async () => {
    const stranger = await ask(cast.there.personId, 'on');
    const before = await learner(cast, cast.here);
    expect(await page(before.personId)).toHaveProperty('fullName');
    expect(await asHolder(before.code, withdraw)).toBeNull();
    expect(await ask(before.personId, 'on')).toEqual(stranger);
    expect(await page(before.personId), 'nor has the page a form for them').toEqual(await page(cast.there.personId));
    expect(await requests(before.personId)).toBe(0);

    const now = await learner(cast, cast.here);
    let asked: ReturnType<typeof ask> | undefined;
    await asHolder(now.code, async (tx, id) => {
      expect(await withdraw(tx, id)).toBeNull();
      let through = false;
      asked = ask(now.personId).finally(() => (through = true));
      const waits = async () =>
        (
          await cast.owner`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and state = 'active'`
        ).count > 0;
      await expect.poll(async () => through || (await waits()), { timeout: 10_000, interval: 10 }).toBe(true);
      return null;
    });
    expect(await asked).toEqual(stranger);
    expect(await requests(now.personId)).toBe(0);
  });

  test.each(['refused', 'moved'])(
    '%s: only where they have told the organiser so; else they stay left alone',
    async (outcome) => {
      const personId = await neighbour(cast, cast.here);
      await atTheirDoor(personId, outcome);
      const left = () => as(cast, 'organiser', cast.here, (tx) => stoppedAmong(tx, [personId]));
      expect(await ask(personId)).toEqual({ refused: 'visitWanted', field: 'wanted' });
      expect(await requests(personId)).toBe(0);
      expect((await left()).has(personId)).toBe(true);
      expect(await ask(personId, 'on')).toHaveProperty('id');
      expect((await left()).has(personId)).toBe(false);
      const [line] = await cast.owner`
      select e.details from audit_event e join visit_request q on q.id::text = e.subject_id where e.action = 'visit.ask' and q.person_id = ${personId}`;
      expect(line?.details).toEqual({ wanted: true });
    },
  );

  test('the dead never, whatever is ticked', async () => {
    const personId = await neighbour(cast, cast.here);
    await atTheirDoor(personId, 'died');
    expect(await ask(personId, 'on')).toEqual({ refused: 'personDied' });
  });
});
