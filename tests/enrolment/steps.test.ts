import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { firstStates, transitions, type EnrolmentState } from '@/lib/enrolment/rules';
import { newId, newSlipCode } from '@/lib/kernel/id';
import { enrolmentStates } from '../../db/schema/enrolment';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const allowed = (from: EnrolmentState | null, to: string) =>
  from === null ? firstStates.some((state) => state === to) : transitions[from].some((state) => state === to);
const pairs = [null, ...enrolmentStates].flatMap((from) => enrolmentStates.map((to) => ({ from, to })));

class Undo extends Error {}
/** Whether the database lets it through; undone in any case. */
async function passes(work: (tx: typeof cast.owner) => Promise<unknown>): Promise<boolean> {
  try {
    await cast.owner.begin(async (tx) => {
      await work(tx as unknown as typeof cast.owner);
      throw new Undo();
    });
  } catch (error) {
    return error instanceof Undo;
  }
  return false;
}

/** An enrolment that stands there, brought there by the owner past the triggers. */
async function standingAt(tx: typeof cast.owner, state: EnrolmentState): Promise<string> {
  const id = newId();
  const offer =
    state === 'offered' ? { until: new Date(Date.now() + 3_600_000), by: 'slip' } : { until: null, by: null };
  await tx`alter table enrolment_event disable trigger enrolment_event_step`;
  await tx`insert into enrolment (id, class_id, area_id, person_id, status, code, channel, idempotency_key, offer_expires_at, offer_by)
    values (${id}, ${cast.there.classId}, ${cast.there.villageId}, ${cast.here.personId}, ${state}, ${newSlipCode()}, 'web', ${newId()}, ${offer.until}, ${offer.by})`;
  await tx`insert into enrolment_event (enrolment_id, area_id, to_status, channel, step) values (${id}, ${cast.there.villageId}, ${state}, 'web', 1)`;
  await tx`alter table enrolment_event enable trigger enrolment_event_step`;
  return id;
}

describe('the table of transitions', () => {
  it('is the same in the rules and in the database, for every pair of states', async () => {
    const wrong: string[] = [];
    for (const { from, to } of pairs) {
      const [row] = await cast.owner<{ may: boolean }[]>`select enrolment_step_allowed(${from}, ${to}) as may`;
      if (row?.may !== allowed(from, to)) wrong.push(`${from} → ${to}`);
    }
    expect(wrong).toEqual([]);
    expect(Object.keys(transitions).toSorted()).toEqual([...enrolmentStates].toSorted());
  });

  it('is held by the database for every event and for every change of the copy, whoever writes', async () => {
    const wrong: string[] = [];
    for (const { from, to } of pairs) {
      if (from === null || from === to) continue;
      const event = await passes(async (tx) => {
        const id = await standingAt(tx, from);
        await tx`insert into enrolment_event (enrolment_id, area_id, from_status, to_status, channel) values (${id}, ${cast.there.villageId}, ${from}, ${to}, 'web')`;
      });
      const copy = await passes(async (tx) => {
        const id = await standingAt(tx, from);
        await tx`update enrolment set status = ${to}, offer_expires_at = case when ${to} = 'offered' then now() end,
          offer_by = case when ${to} = 'offered' then 'slip' end where id = ${id}`;
      });
      if (event !== allowed(from, to)) wrong.push(`event ${from} → ${to}`);
      if (copy !== allowed(from, to)) wrong.push(`copy ${from} → ${to}`);
    }
    expect(wrong).toEqual([]);
  });

  it('leaves no gap: an event begins where the last one ended, and none is written twice', async () => {
    const add = (tx: typeof cast.owner, id: string, from: string | null, to: string) =>
      tx`insert into enrolment_event (enrolment_id, area_id, from_status, to_status, channel) values (${id}, ${cast.there.villageId}, ${from}, ${to}, 'web')`;
    const chain = (...steps: [string | null, string][]) =>
      passes(async (tx) => {
        const id = newId();
        await tx`insert into enrolment (id, class_id, area_id, person_id, status, code, channel, idempotency_key)
          values (${id}, ${cast.there.classId}, ${cast.there.villageId}, ${cast.here.personId}, 'waitlisted', ${newSlipCode()}, 'web', ${newId()})`;
        for (const [from, to] of steps) await add(tx, id, from, to);
      });
    expect(await chain([null, 'waitlisted'], ['waitlisted', 'offered'], ['offered', 'confirmed'])).toBe(true);
    expect(await chain([null, 'waitlisted'], ['offered', 'confirmed'])).toBe(false);
    expect(await chain(['waitlisted', 'offered'])).toBe(false);
    expect(await chain([null, 'waitlisted'], [null, 'waitlisted'])).toBe(false);
  });
});
