import { expect, test } from 'vitest';
import { lastAct, logWith } from '@/components/desk/local-log';
import {
  forgetOld,
  forgetOthers,
  memoryStore,
  type PhoneOperation,
  type StoredDesk,
  type StoredOperation,
} from '@/components/register/phone-store';
import { NotTaken } from '@/components/register/portal';
import { openQueue, type Surroundings } from '@/components/register/queue';
import type { AssistLine } from '@/lib/desk/schema';
import type { OperationResult } from '@/lib/kernel/operation';
import { roundOf } from '../register/phone';

const minute = 60_000;
const nowMs = Date.parse('2026-03-02T03:00:00Z');
const needs = [{ code: 'vneid', version: 1, name: 'VNeID', hint: '' }];
const ago = (minutes: number) => new Date(nowMs - minutes * minute).toISOString();
const assist = (id: string, minutes: number, more: object = {}): PhoneOperation => ({
  id,
  deskId: 'd',
  kind: 'assist',
  at: ago(minutes),
  need: 'vneid.1',
  level: 1,
  minutes: 10,
  ...more,
});
const undo = (id: string, assistId: string, minutes: number): PhoneOperation => ({
  id,
  deskId: 'd',
  kind: 'undo',
  at: ago(minutes),
  assistId,
});
const kept = (
  operation: PhoneOperation,
  state: StoredOperation['state'] = 'waiting',
  label = '',
  result: OperationResult | null = null,
): StoredOperation => ({ owner: 'me', id: operation.id, operation, state, result, label, endsAtMs: nowMs });
const told = (id: string, minutes: number): AssistLine => ({
  id,
  at: new Date(ago(minutes)),
  need: 'VNeID',
  level: 1,
  minutes: 10,
  referredTo: null,
  person: null,
  undoable: false,
});
const shown = (rows: readonly AssistLine[], stored: readonly StoredOperation[]) =>
  logWith(rows, stored, { deskId: 'd', needs, nowMs }).map(({ id, waits, undoable }) =>
    [id, waits ? 'waits' : '', undoable ? 'undoable' : ''].filter(Boolean).join(' '),
  );

test('the list is what the portal told with this phone’s acts on top, each once, the newest first; other desks’ and refused ones are not in it', () => {
  const acts = [
    kept(assist('a', 5)),
    kept(assist('b', 8), 'accepted'),
    kept(assist('told', 9), 'accepted'),
    kept(assist('refused', 3), 'attention'),
    kept(assist('elsewhere', 2, { deskId: 'other' })),
    kept(assist('yesterday', 1440)),
  ];
  expect(shown([told('told', 9), told('theirs', 6)], acts)).toEqual([
    'a waits undoable',
    'theirs',
    'b undoable',
    'told',
  ]);
});

test('what was taken back is gone at once; what was not sent can be taken back for long, what was accepted for ten minutes', () => {
  const acts = [kept(assist('a', 300)), kept(assist('b', 12), 'accepted'), kept(assist('c', 2), 'accepted')];
  expect(shown([], acts)).toEqual(['c undoable', 'b', 'a waits undoable']);
  expect(shown([told('t', 1)], [...acts, kept(undo('u', 'a', 1)), kept(undo('w', 't', 1), 'accepted')])).toEqual([
    'c undoable',
    'b',
  ]);
  expect(shown([], [...acts, kept(undo('u', 'c', 1), 'attention')]), 'refused').toContain('c undoable');
});

test('what was done last is told while it may be taken back, also when the name was left out', () => {
  expect(lastAct([], needs, nowMs)).toBeNull();
  expect(lastAct([kept(assist('a', 11), 'accepted')], needs, nowMs)).toBeNull();
  const nameless = { id: 'b', outcome: 'applied', reason: 'assistNameless' } as const;
  expect(lastAct([kept(assist('a', 20)), kept(assist('b', 3), 'accepted', '', nameless)], needs, nowMs)).toMatchObject({
    id: 'b',
    need: 'VNeID',
    waits: false,
    nameless: true,
  });
  expect(lastAct([kept(assist('a', 20)), kept(undo('u', 'a', 1))], needs, nowMs)).toEqual({
    kind: 'undo',
    waits: true,
  });
});

const point = (id: string, endsAtMs: number | null, takenAtMs: number, owner = 'me'): StoredDesk => ({
  owner,
  id,
  needs,
  takenAtMs,
  desk: {
    id,
    areaId: 1,
    area: '',
    name: id,
    endsAt: endsAtMs === null ? null : new Date(endsAtMs),
    people: [{ id: 'p', fullName: 'Hồ Thị Điểm', birthYear: 1950, village: '', due: [], events: [] }],
  },
});

test('a point’s people leave the phone seven days after the round, the desk when nobody opens it, all of it at sign-out', async () => {
  const store = memoryStore();
  const day = 1440 * minute;
  await store.put('desks', [
    point('soon', nowMs + day, nowMs),
    point('over', nowMs - 7 * day - 1, nowMs - day),
    point('unopened', nowMs + day, nowMs - 7 * day - 1),
  ]);
  await forgetOld(store, 'me', nowMs);
  expect((await store.all('desks', 'me')).map(({ id, desk }) => [id, desk.people.length])).toEqual([
    ['soon', 1],
    ['over', 0],
  ]);
  await store.put('operations', [kept(assist('a', 5, { personId: 'p' }), 'waiting', 'Hồ Thị Điểm')]);
  await forgetOthers(store, null, nowMs);
  expect(await store.all('desks', 'me')).toEqual([]);
  expect(await store.all('operations', 'me'), 'what was not sent waits for its maker').toHaveLength(1);
});

function queueOver(send: Surroundings['send'], store = memoryStore()) {
  const quiet = { tell: () => undefined, listen: () => () => undefined };
  const waits = { gatherMs: 0, retryMs: [5] };
  return openQueue('me', Promise.resolve({ store, send, alone: (work) => work(), otherTabs: quiet, waits }));
}

test('an assist taken without its name loses it on the phone, too', async () => {
  const store = memoryStore();
  const queue = queueOver(
    async (_owner, sent) => sent.map(({ id }) => ({ id, outcome: 'applied', reason: 'assistNameless' })),
    store,
  );
  queue.add(assist('a', 1, { personId: 'p', invite: true }), { label: 'Hồ Thị Điểm', endsAtMs: nowMs });
  await expect.poll(() => queue.view().operations.map(({ state }) => state)).toEqual(['accepted']);
  await expect
    .poll(async () => JSON.stringify(await store.all('operations', 'me')))
    .not.toMatch(/Hồ Thị Điểm|personId|invite/);
  queue.stop();
});

test('desks are a way of their own: no right to log keeps no visit back, and takes the desks off the phone alone', async () => {
  const store = memoryStore();
  await store.put('desks', [point('d', null, nowMs)]);
  await store.put('rounds', [roundOf('me', 'r', nowMs)]);
  const queue = queueOver(async (_owner, sent) => {
    if (sent.some((one) => 'deskId' in one)) throw new NotTaken('noRight');
    return sent.map(({ id }) => ({ id, outcome: 'applied' }));
  }, store);
  queue.add(assist('a', 1), { label: '', endsAtMs: nowMs });
  queue.add(
    { id: 'v', visitId: 'v', kind: 'outcome', outcome: 'not_home', at: ago(1) },
    { label: '', endsAtMs: nowMs },
  );
  await expect
    .poll(() => Object.fromEntries(queue.view().operations.map(({ id, state }) => [id, state])))
    .toEqual({ a: 'waiting', v: 'accepted' });
  await expect.poll(() => store.all('desks', 'me')).toEqual([]);
  expect(await store.all('rounds', 'me')).toHaveLength(1);
  queue.stop();
});
