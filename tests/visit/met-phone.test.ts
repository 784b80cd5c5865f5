import { expect, test, vi } from 'vitest';
import { forgetOthers, memoryStore, type PhoneOperation, type StoredRound } from '@/components/register/phone-store';
import { openQueue, type Queue, type Surroundings } from '@/components/register/queue';
import { homesMet, homeWith } from '@/components/visit/local-home';
import { newId } from '@/lib/kernel/id';
import type { OperationResult } from '@/lib/kernel/operation';
import { roundOf } from '../register/phone';

const about = { label: 'Hồ Thị Bên Suối', endsAtMs: null };
const met = (id: string, visitId = 'v'): PhoneOperation => ({
  id,
  visitId,
  kind: 'met',
  at: '2026-03-02T12:00:00.000Z',
  roundId: 'r',
  area: 7,
  fullName: 'Hồ Thị Bên Suối',
  born: '1951',
  phone: '0912345678',
  phoneOf: 'self',
  needs: ['phone'],
  words: 'Nhà cuối bản',
  consent: 'on',
  consentVersion: 1,
});
const outcome = (id: string, visitId = 'v'): PhoneOperation => ({
  id,
  visitId,
  kind: 'outcome',
  outcome: 'done',
  minutes: 20,
  at: '2026-03-02T12:05:00.000Z',
});
function queueOver(send: Surroundings['send'], store = memoryStore()) {
  const quiet = { tell: () => undefined, listen: () => () => undefined };
  const waits = { gatherMs: 0, retryMs: [5] };
  const queue = openQueue('me', Promise.resolve({ store, send, alone: (work) => work(), otherTabs: quiet, waits }));
  return { queue, store };
}
const states = (queue: Queue) => Object.fromEntries(queue.view().operations.map(({ id, state }) => [id, state]));
const applied = (sent: readonly PhoneOperation[]): OperationResult[] =>
  sent.map(({ id }) => ({ id, outcome: 'applied' }));
const consentChanged = (id: string): OperationResult => ({
  id,
  outcome: 'quarantined',
  reason: 'consentChanged',
  field: 'consent',
});

test('whoever was met goes before what came of it, whatever the clock said; what is taken says no phone, year or words any more', async () => {
  const sent: string[] = [];
  const { queue, store } = queueOver(async (_owner, batch) => {
    sent.push(...batch.map(({ id }) => id));
    return applied(batch);
  });
  // The clock went back between the two: by their ids the outcome is older.
  queue.add(met('b'), about);
  queue.add(outcome('a'), about);
  await vi.waitFor(() => expect(states(queue)).toEqual({ a: 'accepted', b: 'accepted' }));
  expect(sent).toEqual(['b', 'a']);
  const text = JSON.stringify(await store.all('operations', 'me'));
  expect(text).toContain('Hồ Thị Bên Suối');
  expect(text).not.toMatch(/0912345678|1951|cuối bản/);
});

test('refused, what came of it waits with it, also what is said later; put right it is sent first, and the rest follows by itself', async () => {
  const asked: string[][] = [];
  let refuses = true;
  const { queue } = queueOver(async (_owner, batch) => {
    asked.push(batch.map(({ id }) => id));
    return batch.map((one): OperationResult => {
      if (!refuses) return { id: one.id, outcome: 'applied' };
      return one.kind === 'met'
        ? consentChanged(one.id)
        : { id: one.id, outcome: 'quarantined', reason: 'visitMetFirst' };
    });
  });
  queue.add(met('m'), about);
  queue.add(outcome('o'), about);
  await vi.waitFor(() => expect(states(queue)).toEqual({ m: 'attention', o: 'attention' }));
  queue.add(outcome('p'), about);
  queue.add(outcome('other', 'w'), about);
  await vi.waitFor(() => expect(states(queue)).toMatchObject({ p: 'attention' }));
  expect(asked.flat(), 'not sent before').not.toContain('p');
  expect(queue.view().operations.find(({ id }) => id === 'p')?.result?.reason).toBe('visitMetFirst');
  refuses = false;
  queue.retry('m', met('n'));
  await vi.waitFor(() => expect(states(queue)).toMatchObject({ n: 'accepted', o: 'accepted', p: 'accepted' }));
  expect(asked.at(-1)?.toSorted()).toEqual(['o', 'p']);
});

test('let go, what came of them goes, too: without them it is of nobody', async () => {
  const { queue, store } = queueOver(async (_owner, batch) => batch.map(({ id }) => consentChanged(id)));
  queue.add(met('m'), about);
  await vi.waitFor(() => expect(states(queue)).toEqual({ m: 'attention' }));
  queue.add(outcome('o'), about);
  queue.add(outcome('other', 'w'), about);
  await vi.waitFor(() => expect(states(queue)).toMatchObject({ o: 'attention', other: 'attention' }));
  queue.discard('m');
  await vi.waitFor(async () => expect((await store.all('operations', 'me')).map(({ id }) => id)).toEqual(['other']));
});

test('on a shared phone nobody else has what was not sent, and what was taken leaves it', async () => {
  const store = memoryStore();
  const base = { owner: 'me', result: null, ...about };
  await store.put('operations', [
    { ...base, id: 'm', operation: met('m'), state: 'waiting' },
    { ...base, id: 'n', operation: met('n', 'w'), state: 'accepted' },
  ]);
  await forgetOthers(store, 'you');
  expect(await store.all('operations', 'you')).toEqual([]);
  expect((await store.all('operations', 'me')).map(({ id }) => id)).toEqual(['m']);
});

test('until the pack tells of them they are a home of their round, with what came of it; of no other round, and once', () => {
  const [id, roundId] = [newId(), newId()];
  const { round }: StoredRound = roundOf('me', roundId, Date.parse('2026-03-02T13:00:00.000Z'));
  const rows = [{ ...met(id), roundId }, outcome('o')].map((operation) => ({
    owner: 'me',
    id: operation.id,
    operation,
    state: 'waiting' as const,
    result: null,
    ...about,
  }));
  const [home, ...more] = homesMet(round, rows);
  expect(more).toEqual([]);
  if (!home) throw new Error('no home');
  expect(home).toMatchObject({
    id: 'v',
    fullName: 'Hồ Thị Bên Suối',
    birthYear: 1951,
    needs: ['phone'],
    pin: '',
    personId: null,
  });
  expect(homeWith(home, rows)).toMatchObject({ outcome: 'done', said: [{ minutes: 20 }] });
  expect(homesMet({ ...round, id: 'other' }, rows)).toEqual([]);
  expect(homesMet({ ...round, visits: [home] }, rows)).toEqual([]);
});
