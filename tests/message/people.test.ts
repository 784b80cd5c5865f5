import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closePool, type RecordTx } from '@/lib/access/scoped';
import { withdraw } from '@/lib/card/commands';
import { newCardCode } from '@/lib/kernel/id';
import { chooseMessages } from '@/lib/message/commands';
import { choiceOf } from '@/lib/message/queries';
import type { MessageChannel } from '@/lib/message/schema';
import { sendDue } from '@/lib/message/worker';
import { mergePeople, undoMerge } from '@/lib/pair/commands';
import { asHolder } from '../card/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { as, channelsAnswering, clockAt, dayAhead, group, move } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});
const clock = clockAt(dayAhead(1), '10:00');
const at = `${dayAhead(4)}T09:00:00+07:00`;
const went: MessageChannel[] = [];
const channels = channelsAnswering({ zalo: 'accepted', sms: 'accepted', email: 'accepted' }, went);
beforeEach(async () => {
  await cast.owner`delete from message`;
  went.length = 0;
});
const stateOf = async (id: string) => {
  const [row] = await cast.owner<
    { state: string; why: string | null }[]
  >`select state, why from message where id = ${id}`;
  return row;
};
const told = async () => {
  const made = await group(cast, cast.here, 1, [at], { sms: true });
  await move(cast.owner, [made.classId], 1);
  await sendDue(channels, clock.now);
  const [row] = await cast.owner<{ id: string }[]>`select id from message where class_id = ${made.classId}`;
  return { ...made, id: row?.id ?? '' };
};

describe('how somebody wants to be told', () => {
  const choose = (personId: string, more: object = {}, place = cast.here) =>
    as(
      cast,
      'organiser',
      (tx, caller) =>
        chooseMessages(
          tx,
          { personId, zalo: false, sms: false, email: undefined, noCalls: false, how: 'oral', agreed: true, ...more },
          caller,
        ),
      place,
    );
  const consents = (personId: string) => cast.owner<{ standing: boolean }[]>`
    select withdrawn_at is null as standing from consent where person_id = ${personId} and purpose = 'message' order by at`;

  test('rests on a consent of its own; taken away, that ends and nothing more is sent', async () => {
    const { personIds, classId } = await group(cast, cast.here, 1, [at], { sms: false });
    const personId = personIds[0] ?? '';
    expect(await choose(personId, { sms: true, email: 'hoa@thu.example' })).toEqual({ personId });
    expect(await consents(personId)).toEqual([{ standing: false }, { standing: true }]);
    await move(cast.owner, [classId], 1);
    await choose(personId);
    expect((await consents(personId)).filter(({ standing }) => standing)).toEqual([]);
    await sendDue(channels, clock.now);
    expect(went).toEqual([]);
    const seen = await as(cast, 'organiser', async (tx) => ({ choice: await choiceOf(tx as RecordTx, personId) }));
    expect(seen).toMatchObject({ choice: { zalo: false, sms: false, email: null, agreedAt: null } });
  });

  test('is not another unit’s to say, nor of somebody who withdrew', async () => {
    const { personIds } = await group(cast, cast.here, 1, [at]);
    expect(await choose(personIds[0] ?? '', { sms: true }, cast.there)).toEqual({ refused: 'notFound' });
    await cast.owner`update consent set withdrawn_at = now() where person_id = ${personIds[0] ?? ''}`;
    expect(await choose(personIds[0] ?? '', { sms: true })).toEqual({ refused: 'consentEnded' });
  });
});

describe('people', () => {
  test('who withdraw are told nothing more, and what they were told is emptied', async () => {
    const { personIds, classId, id } = await told();
    const [personId = '', code] = [personIds[0], newCardCode()];
    await cast.owner`insert into card (person_id, code) values (${personId}, ${code})`;
    await move(cast.owner, [classId], 1);
    await asHolder(code, (tx) => withdraw(tx, personId));
    await sendDue(channels, clock.now);
    expect(went).toEqual(['sms']);
    expect(await cast.owner`select from message_choice where person_id = ${personId}`).toHaveLength(0);
    expect(await cast.owner`select from message where person_id = ${personId} and values is not null`).toHaveLength(0);
    expect(
      await cast.owner`select from message where person_id = ${personId} and state in ('waiting', 'to_call')`,
    ).toHaveLength(0);
    expect(await stateOf(id)).toMatchObject({ state: 'sent' });
  });

  test('who were two records are told under the one that was kept, and apart again once that is undone', async () => {
    const one = await group(cast, cast.here, 1, [at], { sms: true });
    const other = await group(cast, cast.here, 1, [at], { sms: false });
    const [keptId = '', mergedId = ''] = [one.personIds[0], other.personIds[0]];
    await move(cast.owner, [one.classId, other.classId], 1);
    const merged = await as(cast, 'organiser', (tx, caller) => mergePeople(tx, { keptId, mergedId, take: [] }, caller));
    expect(merged).toEqual({ id: keptId });
    await sendDue(channels, clock.now);
    expect(went).toEqual(['sms', 'sms']);
    expect(await cast.owner`select from message where person_id = ${mergedId}`).toHaveLength(0);
    const [row] = await cast.owner<{ id: string }[]>`select id from person_merge where merged_id = ${mergedId}`;
    await as(cast, 'organiser', (tx, caller) => undoMerge(tx, { mergeId: row?.id ?? '' }, caller));
    expect(await cast.owner`select from message where person_id = ${mergedId}`).toHaveLength(1);
  });
});
