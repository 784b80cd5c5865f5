import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool } from '../../lib/access/scoped';
import { undoAssist } from '../../lib/desk/commands';
import { addDays, dayOf, momentOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { listOfBand } from '../../lib/person/unreached';
import { referralsWaiting } from '../../lib/referral/queries';
import { endPause, pausePerson, recordWork } from '../../lib/task/commands';
import { awayAllWeek } from '../../lib/task/hands';
import { taskKinds } from '../../lib/task/kinds';
import { tasksOf } from '../../lib/task/queries';
import { workDone } from '../../lib/task/done';
import type { Outcome, TaskKey, TaskLine } from '../../lib/task/schema';
import { weekOf } from '../../lib/task/week';
import { askAtDesk, putOnRound, recordOutcome } from '../../lib/visit/commands';
import { requestForStaff, stoppedAmong, visitQueue } from '../../lib/visit/queries';
import { deskAskForm } from '../../lib/visit/schema';
import { as, log, typed } from '../desk/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { homeOn, neighbour, pair, roundAt, said } from '../visit/scene';

let cast: Cast;
let own: string;
let mate: string;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  ({ own, mate } = await pair(cast, cast.here));
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

let minute = 0;
/** What somebody says at the door of a round's home. */
async function saidAtHome(personId: string, outcome: string, at = new Date()): Promise<void> {
  minute += 2;
  const clock = (from: number) =>
    `${String(Math.floor(from / 60)).padStart(2, '0')}:${String(from % 60).padStart(2, '0')}`;
  const round = await roundAt(cast, cast.here, { members: [own], from: clock(minute), until: clock(minute + 1) });
  const visitId = await homeOn(cast, cast.here, round, { personId });
  const minutes = outcome === 'done' ? '20' : '';
  const done = await as(cast, 'helper', cast.here, (tx, caller) =>
    recordOutcome(tx, said(visitId, { outcome, minutes }), caller, at),
  );
  expect(done).not.toHaveProperty('refused');
}
const tasks = (personId: string, now = new Date()) =>
  as(cast, 'organiser', cast.here, (tx, caller) =>
    tasksOf(tx, 'vi', caller, { people: [personId], kinds: taskKinds }, now),
  );
const states = async (personId: string, now?: Date) =>
  (await tasks(personId, now)).map(({ kind, state }) => `${kind} ${state}`).toSorted();
const work = (task: TaskKey | undefined, outcome: Outcome, now = new Date()) =>
  as(cast, 'organiser', cast.here, (tx, caller) =>
    recordWork(tx, { formKey: newId(), task: task as TaskKey, outcome, note: '' }, caller, now),
  );
const neverOf = (personId: string): TaskKey => ({ kind: 'never', personId, fact: 'never' });
const proposed = async (now = new Date()) =>
  (await as(cast, 'organiser', cast.here, (tx, caller) => weekOf(tx, 'vi', caller, now))).flatMap((hand) =>
    hand.proposed.flatMap(({ personId }) => personId ?? []),
  );
const unmet = async () =>
  (
    await as(cast, 'organiser', cast.here, (tx) =>
      listOfBand(tx, 'vi', { area: cast.here.villageId, whom: 'adults', band: 'never', page: 1 }),
    )
  )?.people.map(({ id }) => id) ?? [];
const calls = async (personId: string) =>
  (await cast.owner`select no_calls_at is not null as none from message_choice where person_id = ${personId}`)[0]
    ?.none ?? false;
const stopped = (personId: string) =>
  as(cast, 'organiser', cast.here, async (tx) => {
    const [row] = await tx<{ why: string | null }[]>`select visit_stopped(${personId}) as why`;
    return row?.why ?? null;
  });
const putOn = async (...homes: string[]) => {
  const roundId = await roundAt(cast, cast.here, {
    day: addDays(dayOf(new Date()), 20 + (minute += 1)),
    members: [],
  });
  return as(cast, 'organiser', cast.here, (tx, caller) => putOnRound(tx, { roundId, homes }, caller, new Date()));
};
const asksSelf = (personId: string) => cast.owner`
  insert into visit_request (id, code, area_id, asked_by, full_name, needs, consent_version, idempotency_key, person_id)
  values (${newId()}, left(replace(${newId()}, '-', ''), 30), ${cast.here.villageId}, 'self', 'Ai Đó', '{phone}', 1, ${newId()}, ${personId})`;

describe('what was said at the door of a round', () => {
  test.each(['moved', 'died', 'wrong_details'])(
    '%s: the organiser is to look, everything else waits, and nobody is proposed again',
    async (outcome) => {
      const personId = await neighbour(cast, cast.here);
      expect(await states(personId)).toEqual(['never open']);
      expect(await proposed()).toContain(personId);
      await saidAtHome(personId, outcome);
      expect(await states(personId)).toEqual(['correct open', 'never held']);
      expect(await proposed()).not.toContain(personId);
      const look = (await tasks(personId)).find(({ kind }) => kind === 'correct');
      expect(look?.label).toBe(outcome);
      expect(await work(look, 'done')).toEqual({ personId });
      const after = outcome === 'wrong_details' ? ['never open'] : ['never paused'];
      expect((await states(personId)).filter((one) => !one.startsWith('correct'))).toEqual(after);
    },
  );

  test('said otherwise at home since, or the record corrected, it is over', async () => {
    const [back, corrected] = [await neighbour(cast, cast.here), await neighbour(cast, cast.here)];
    await saidAtHome(back, 'moved', new Date(Date.now() - 60_000));
    await saidAtHome(back, 'not_home');
    expect(await states(back)).toEqual(['never open']);
    await saidAtHome(corrected, 'wrong_details');
    await cast.owner`insert into audit_event (action, subject_kind, subject_id, at) values ('person.correct', 'person', ${corrected}, now() + interval '1 second')`;
    expect(await states(corrected)).toEqual(['never open']);
  });
});

describe('the dead, said so at the door of a task', () => {
  test('are rung and visited no more, from that moment on and once it is confirmed; a mistake is taken back', async () => {
    const personId = await neighbour(cast, cast.here);
    await work(neverOf(personId), 'died');
    expect([await calls(personId), await stopped(personId)]).toEqual([true, 'died']);
    await work((await tasks(personId)).find(({ kind }) => kind === 'correct') as TaskLine, 'done');
    expect([await calls(personId), await stopped(personId)]).toEqual([true, 'died']);
    expect(await putOn(`p:${personId}`)).toEqual({ refused: 'homeStopped', field: 'homes' });
    const [pause] = await cast.owner<{ id: string }[]>`select id from person_pause where person_id = ${personId}`;
    await as(cast, 'organiser', cast.here, (tx, caller) => endPause(tx, { pauseId: pause?.id ?? '' }, caller));
    expect([await calls(personId), await stopped(personId)]).toEqual([false, null]);
  });

  test('a wish of their own not to be rung stays when the death was a mistake', async () => {
    const personId = await neighbour(cast, cast.here);
    await cast.owner`insert into message_choice (person_id, no_calls_at) values (${personId}, '2026-01-01')`;
    await work(neverOf(personId), 'died');
    await work((await tasks(personId)).find(({ kind }) => kind === 'correct') as TaskLine, 'done');
    await cast.owner`update person_pause set ended_at = now() where person_id = ${personId}`;
    const again = (await tasks(personId)).find(({ kind }) => kind === 'never');
    await work(again, 'not_home');
    expect(await calls(personId)).toBe(true);
  });

  test('whoever moved, by the same, is sent nobody until they ask', async () => {
    const personId = await neighbour(cast, cast.here);
    await work(neverOf(personId), 'moved');
    expect(await stopped(personId)).toBe('moved');
    expect(await putOn(`p:${personId}`)).toEqual({ refused: 'homeStopped', field: 'homes' });
    await asksSelf(personId);
    expect(await stopped(personId)).toBeNull();
  });
});

describe('left alone for a while', () => {
  const pause = (personId: string, whole: 'person' | 'household' = 'person') =>
    as(cast, 'organiser', cast.here, (tx, caller) =>
      pausePerson(
        tx,
        { formKey: newId(), personId, whole, reason: 'away', until: addDays(dayOf(new Date()), 10) },
        caller,
      ),
    );

  test('nobody is put on a round, alone or with their household, until it ends or they ask themselves', async () => {
    const [alone, one, other, free] = await Promise.all(Array.from({ length: 4 }, () => neighbour(cast, cast.here)));
    if (!alone || !one || !other || !free) throw new Error('nobody');
    await cast.owner`with made as (insert into household (area_id) values (${cast.here.villageId}) returning id)
      insert into household_member (household_id, person_id, area_id)
      select id, person, ${cast.here.villageId} from made, unnest(${[one, other]}::uuid[]) person`;
    await pause(alone);
    await pause(one, 'household');
    for (const personId of [alone, one, other])
      expect(await putOn(`p:${personId}`, `p:${free}`)).toEqual({ refused: 'homePaused', field: 'homes' });
    const left = await as(cast, 'organiser', cast.here, (tx) => stoppedAmong(tx, [alone, one, other, free]));
    expect([...left].toSorted()).toEqual([alone, one, other].toSorted());
    await asksSelf(alone);
    expect(await putOn(`p:${alone}`, `p:${free}`)).toHaveProperty('id');
    const [found] = await cast.owner<
      { id: string }[]
    >`select id from person_pause where household_id is not null and ended_at is null`;
    await as(cast, 'organiser', cast.here, (tx, caller) => endPause(tx, { pauseId: found?.id ?? '' }, caller));
    expect(await putOn(`p:${one}`, `p:${other}`)).toHaveProperty('id');
  });

  test('where it was not safe nobody goes, whoever asks, until an organiser says so', async () => {
    const personId = await neighbour(cast, cast.here);
    await pause(personId);
    await cast.owner`update person_pause set reason = 'unsafe' where person_id = ${personId}`;
    await asksSelf(personId);
    expect(await putOn(`p:${personId}`)).toEqual({ refused: 'homePaused', field: 'homes' });
  });

  test('who refused at the door of a task is sent nobody for as long, and a request made before it waits', async () => {
    const personId = await neighbour(cast, cast.here);
    await asksSelf(personId);
    const [request] = await cast.owner<{ id: string }[]>`select id from visit_request where person_id = ${personId}`;
    await work(neverOf(personId), 'refused', new Date(Date.now() + 1000));
    expect(await putOn(`r:${request?.id ?? ''}`)).toEqual({ refused: 'homePaused', field: 'homes' });
  });
});

describe('who to see this week', () => {
  test('whoever is away until Sunday gets nobody; away for some of the days, they do', async () => {
    const today = dayOf(new Date());
    const away = async (first: string, last: string) => {
      await cast.owner`delete from team_member_away where member_id = ${own}`;
      await cast.owner`insert into team_member_away (member_id, area_id, first_day, last_day)
        values (${own}, ${cast.here.unitId}, ${first}, ${last})`;
      return as(cast, 'organiser', cast.here, async (tx, caller) => ({
        gone: (await awayAllWeek(tx, [own, mate], new Date())).has(own),
        gets: (await weekOf(tx, 'vi', caller, new Date())).find(({ memberId }) => memberId === own)?.proposed.length,
      }));
    };
    await neighbour(cast, cast.here);
    expect((await away(addDays(today, -3), addDays(today, 7))).gone).toBe(true);
    expect((await away(addDays(today, -3), addDays(today, 7))).gets ?? 0).toBe(0);
    expect((await away(addDays(today, -3), addDays(today, -1))).gone).toBe(false);
    await cast.owner`delete from team_member_away where member_id = ${own}`;
  });
});

describe('work at the door of a task is contact', () => {
  test('done or refused, they are nobody’s unknown any more; not at home they stay proposed once the days are over', async () => {
    const [met, refused, out] = await Promise.all(Array.from({ length: 3 }, () => neighbour(cast, cast.here)));
    if (!met || !refused || !out) throw new Error('nobody');
    await work(neverOf(met), 'done');
    await work(neverOf(refused), 'refused');
    await work(neverOf(out), 'not_home');
    const left = await unmet();
    expect([met, refused, out].map((id) => left.includes(id))).toEqual([false, false, true]);
    expect(await states(met)).toEqual([]);
    expect(await states(out)).toEqual(['never later']);
    expect(await states(out, new Date(Date.now() + 8 * 86_400_000))).toEqual(['never open']);
    const done = await as(cast, 'organiser', cast.here, (tx, caller) => workDone(tx, 'vi', caller, new Date()));
    expect(done.find(({ personId }) => personId === met)?.became, 'closed by it, not gone').toBe('closed');
  });
});

describe('a desk’s promise of a visit', () => {
  const asking = (assistId: string, more: Record<string, string> = {}) =>
    deskAskForm.parse({
      assistId,
      area: String(cast.here.villageId),
      fullName: 'Hồ Thị Bàn',
      needs: 'phone',
      consent: 'on',
      consentVersion: '2',
      ...more,
    });
  const ask = (assistId: string, more = {}, role: 'helper' | 'desk_officer' = 'helper', place = cast.here) =>
    as(cast, role, place, (tx, caller) => askAtDesk(tx, asking(assistId, more), caller));
  const promised = async (outcome = 'home_visit') => {
    const form = typed(cast.here, { outcome });
    await log(cast, form, 'helper');
    return form.formKey;
  };
  const requests = (assistId: string) =>
    cast.owner`select asked_by, full_name, closed_because from visit_request where idempotency_key = ${assistId}`;

  test('without a name leads to a request of whoever stands there, once however often it is sent, by a helper', async () => {
    const assistId = await promised();
    const all = await Promise.all(Array.from({ length: 10 }, () => ask(assistId)));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await requests(assistId)).toEqual([{ askedBy: 'desk', fullName: 'Hồ Thị Bàn', closedBecause: null }]);
    const queue = await as(cast, 'organiser', cast.here, (tx) => visitQueue(tx, 'vi', undefined, new Date()));
    const line = queue.find(({ fullName }) => fullName === 'Hồ Thị Bàn');
    const whole = await as(cast, 'organiser', cast.here, (tx) => requestForStaff(tx, 'vi', line?.id ?? '', new Date()));
    expect(whole?.askedBy).toBe('desk');
    await as(cast, 'helper', cast.here, (tx, caller) => undoAssist(tx, { assistId }, caller, new Date()));
    expect(await requests(assistId)).toEqual([{ askedBy: 'desk', fullName: '', closedBecause: 'withdrawn' }]);
  });

  test('is no way to what others asked for: whoever chooses the key of another’s request neither takes it back nor learns its code', async () => {
    for (const outcome of ['settled', 'home_visit']) {
      const theirs = typed(cast.here, { outcome });
      await cast.owner`
        insert into visit_request (id, code, area_id, asked_by, full_name, needs, idempotency_key)
        values (gen_random_uuid(), translate(upper(substr(md5(random()::text), 1, 8)), '015BO', 'HJKMN'), ${cast.there.villageId}, 'staff', 'Lê Thị Nơi Khác', '{other}', ${theirs.formKey})`;
      await log(cast, theirs, 'helper');
      if (outcome === 'home_visit') expect(await ask(theirs.formKey)).toEqual({ refused: 'notFound' });
      await as(cast, 'helper', cast.here, (tx, caller) =>
        undoAssist(tx, { assistId: theirs.formKey }, caller, new Date()),
      );
      expect(await requests(theirs.formKey)).toEqual([
        { askedBy: 'staff', fullName: 'Lê Thị Nơi Khác', closedBecause: null },
      ]);
    }
  });

  test('is refused for what led elsewhere, of a desk elsewhere, into another commune, or by words that were replaced', async () => {
    const [assistId, settled] = [await promised(), await promised('settled')];
    expect(await ask(settled)).toEqual({ refused: 'notFound' });
    expect(await ask(assistId, {}, 'helper', cast.there)).toEqual({ refused: 'notFound' });
    expect(await ask(assistId, { area: String(cast.there.villageId) })).toEqual({
      refused: 'chooseVillage',
      field: 'area',
    });
    expect(await ask(assistId, { consentVersion: '9' })).toEqual({ refused: 'consentChanged', field: 'consent' });
    expect(await requests(assistId)).toHaveLength(0);
  });

  test('with a name: a request, a round or a visit since settles the task, and it leads to the request', async () => {
    const sent = async () => {
      const personId = await neighbour(cast, cast.here);
      await log(
        cast,
        typed(cast.here, { outcome: 'home_visit', personId }),
        'desk_officer',
        cast.here,
        new Date(Date.now() - 60_000),
      );
      const line = (await tasks(personId)).find(({ kind }) => kind === 'referral_home');
      expect(line).toMatchObject({ state: 'open', goTo: `/manage/people/${personId}/visit` });
      return personId;
    };
    const [asked, round, met, out] = [await sent(), await sent(), await sent(), await sent()];
    await asksSelf(asked);
    await putOn(`p:${round}`);
    await saidAtHome(met, 'done');
    for (const personId of [asked, round, met])
      expect((await tasks(personId)).some(({ kind }) => kind === 'referral_home')).toBe(false);
    await saidAtHome(out, 'not_home', new Date(Date.now() - 1000));
    // The round is of today, so it goes there; the day after, the promise stands as it did.
    const tomorrow = new Date(momentOf(addDays(dayOf(new Date()), 1), '12:00'));
    expect((await tasks(out, tomorrow)).some(({ kind }) => kind === 'referral_home')).toBe(true);
  });
});

test('a referral nobody answered counts as returned: the sender has a task and is told', async () => {
  const personId = await neighbour(cast, cast.here);
  await cast.owner`insert into consent (person_id, purpose, text_version, given, how) values (${personId}, 'class', 1, true, 'self')`;
  const waiting = () => as(cast, 'organiser', cast.here, (tx) => referralsWaiting(tx));
  const before = (await waiting()).returned;
  await cast.owner`insert into referral (person_id, from_area_id, to_area_id, why, asks, consent_id, state, sent_at, expires_at)
    select ${personId}, ${cast.here.unitId}, ${cast.there.unitId}, 'work', 'class', c.id, 'open', now() - interval '31 days', now() - interval '1 day'
    from consent c where c.person_id = ${personId}`;
  expect((await tasks(personId)).find(({ kind }) => kind === 'referral_returned')?.state).toBe('open');
  expect((await waiting()).returned).toBe(before + 1);
});
