import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  emptied,
  forgetOld,
  forgetOthers,
  memoryStore,
  phoneStore,
  thePhone,
  type PhoneOperation,
  type PhoneStore,
  type StoredOperation,
} from '@/components/register/phone-store';
import { openQueue, type Queue, type Surroundings } from '@/components/register/queue';
import { fetchRoll, fetchRolls, takePhone } from '@/components/register/rolls';
import { fetchRounds } from '@/components/visit/phone-rounds';
import type { OperationResult } from '@/lib/kernel/operation';

const day = 86_400_000;
const at = '2026-03-02T12:00:00.000Z';
const acts: PhoneOperation[] = [
  {
    id: 'o',
    visitId: 'v',
    kind: 'outcome',
    outcome: 'not_home',
    at,
    words: 'Con trai nói bà đi viện',
    nextOn: '2026-03-09',
    after: [],
  },
  { id: 's', visitId: 'v', kind: 'steps', at, source: 'self', answers: [{ step: 'phone', answer: 'no' }] },
  { id: 'k', visitId: 'v', kind: 'skill', at, skillCode: 'A1', level: 3 },
];
const personal = /Lê Thị Ánh|đi viện|2026-03-09|"phone"|A1/;
const about = { label: 'Lê Thị Ánh', endsAtMs: Date.parse(at) };

function queueOver(answer: (id: string) => OperationResult, store = memoryStore()) {
  const quiet = { tell: () => undefined, listen: () => () => undefined };
  const send: Surroundings['send'] = async (_owner, sent) => sent.map(({ id }) => answer(id));
  const waits = { gatherMs: 0, retryMs: [5] };
  const queue = openQueue('me', Promise.resolve({ store, send, alone: (work) => work(), otherTabs: quiet, waits }));
  return { queue, store };
}
const states = (queue: Queue) => queue.view().operations.map(({ id, state }) => `${id} ${state}`);
const row = (
  id: string,
  state: StoredOperation['state'],
  endsAtMs: number | null,
  more: Partial<StoredOperation> = {},
): StoredOperation => ({
  owner: 'me',
  id,
  operation: { id, visitId: 'v', kind: 'outcome', outcome: 'not_home', at, words: 'Con trai nói bà đi viện' },
  state,
  result: null,
  label: 'Lê Thị Ánh',
  endsAtMs,
  ...more,
});
const refused = (reason: string) => ({ id: '', outcome: 'quarantined', reason }) as const;
const text = async (store: PhoneStore) => JSON.stringify(await store.all('operations', 'me'));
const ids = async (store: PhoneStore) => (await store.all('operations', 'me')).map(({ id }) => id);

describe('what was refused, on the phone', () => {
  test.each(['visitWithdrawn', 'visitForgotten'])(
    'for %s: no name, words or answers stay, from that moment',
    async (reason) => {
      const { queue, store } = queueOver((id) => ({ id, outcome: 'quarantined', reason }));
      for (const act of acts) queue.add(act, about);
      await expect.poll(() => states(queue)).toEqual(['k attention', 'o attention', 's attention']);
      expect(await text(store)).not.toMatch(personal);
      expect(JSON.stringify(queue.view().operations)).not.toMatch(personal);
      expect(await text(store)).toContain(reason);
      queue.stop();
    },
  );

  test('for anything else it stays as it was said, to be put right', async () => {
    const { queue, store } = queueOver((id) => ({ id, outcome: 'quarantined', reason: 'roundCalledOff' }));
    for (const act of acts) queue.add(act, about);
    await expect.poll(() => states(queue)).toEqual(['k attention', 'o attention', 's attention']);
    for (const what of ['Lê Thị Ánh', 'đi viện', '2026-03-09', 'phone', 'A1'])
      expect(await text(store)).toContain(what);
    queue.stop();
  });

  test('leaves thirty days after the session or the round, or after it was done; what was not sent stays', async () => {
    const now = Date.parse(at) + 100 * day;
    const rows = [
      row('spent', 'attention', now - 30 * day - 1),
      row('lately', 'attention', now - 30 * day + 1),
      row('unknown', 'attention', null),
      row('waits', 'waiting', now - 99 * day),
    ];
    for (const forget of [
      (store: PhoneStore) => forgetOld(store, 'me', now),
      (store: PhoneStore) => forgetOthers(store, 'you', now),
      (store: PhoneStore) => forgetOthers(store, null, now),
    ]) {
      const store = memoryStore();
      await store.put('operations', rows);
      await forget(store);
      expect(await ids(store)).toEqual(['lately', 'waits']);
    }
  });

  test('what an earlier build put aside of whoever withdrew is emptied at the next look', async () => {
    const store = memoryStore();
    await store.put('operations', [row('a', 'attention', Date.parse(at), { result: refused('visitWithdrawn') })]);
    await forgetOld(store, 'me', Date.parse(at));
    expect(await text(store)).not.toMatch(personal);
    const [left] = await store.all('operations', 'me');
    expect(left && emptied(left), 'once is enough').toEqual(left);
  });

  test('at sign-out, and when another takes the phone, keeps what its maker typed and not of whom it is', async () => {
    for (const next of [null, 'you']) {
      const store = memoryStore();
      await store.put('operations', [
        row('aside', 'attention', Date.parse(at), { result: refused('roundCalledOff') }),
        row('withdrawn', 'attention', Date.parse(at), { result: refused('visitWithdrawn') }),
      ]);
      await forgetOthers(store, next, Date.parse(at));
      expect(await text(store)).not.toContain('Lê Thị Ánh');
      const [aside, withdrawn] = await store.all('operations', 'me');
      expect(JSON.stringify(aside)).toContain('đi viện');
      expect(JSON.stringify(withdrawn)).not.toMatch(personal);
      await store.put('operations', [row('waits', 'waiting', Date.parse(at))]);
      await forgetOthers(store, next, Date.parse(at));
      expect((await store.all('operations', 'me')).find(({ id }) => id === 'waits')?.label, 'to be sent').toBe(
        'Lê Thị Ánh',
      );
    }
  });

  test('signed out while it is on its way, it comes to rest without a name', async () => {
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const quiet = { tell: () => undefined, listen: () => () => undefined };
    const store = memoryStore();
    const send: Surroundings['send'] = async (_owner, sent) => {
      await arrived;
      return sent.map(({ id }) => ({ id, outcome: 'quarantined', reason: 'visitEarly' }));
    };
    const waits = { gatherMs: 0, retryMs: [5] };
    const queue = openQueue('me', Promise.resolve({ store, send, alone: (work) => work(), otherTabs: quiet, waits }));
    for (const act of acts.slice(0, 1)) queue.add(act, about);
    await expect.poll(() => ids(store)).toEqual(['o']);
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve));
    queue.stop();
    await forgetOthers(store, null, Date.parse(at));
    arrive();
    await expect.poll(async () => (await store.all('operations', 'me'))[0]?.state).toBe('attention');
    expect(await text(store)).not.toContain('Lê Thị Ánh');
  });
});

describe('a pack that arrives while somebody signs out', () => {
  const dated = new Date().toISOString();
  const rolls = {
    account: 'me',
    sessions: [{ line: { id: 's', endsAt: dated }, sheet: { unit: 1, people: [{ fullName: 'Lê Thị Ánh' }] } }],
    villages: {},
  };
  const rounds = {
    account: 'me',
    steps: [],
    rounds: [{ id: 'r', endsAt: dated, visits: [{ fullName: 'Lê Thị Ánh' }] }],
  };
  const fetching: Record<string, () => Promise<unknown>> = {
    rolls: () => fetchRolls('me', 'vi', 0),
    'one roll': () => fetchRoll('me', 'vi', 's', null),
    rounds: () => fetchRounds('me', 'vi', 0, true),
  };
  const leaving: Record<string, (store: PhoneStore) => Promise<void>> = {
    'signs out': (store) => forgetOthers(store, null),
    'another signs in': () => takePhone({ account: 'you', name: '' }),
  };
  const cases = Object.keys(fetching).flatMap((what) => Object.keys(leaving).map((how) => [what, how] as const));
  const kept = async (store: PhoneStore) =>
    JSON.stringify([
      await store.all('sheets', 'me'),
      await store.all('rounds', 'me'),
      await store.all('notes', 'me'),
      await store.all('notes', thePhone),
    ]);

  beforeEach(async () => {
    vi.stubGlobal('window', new EventTarget());
    vi.stubGlobal('fetch', async (address: string) => Response.json(address.includes('visits') ? rounds : rolls));
    await forgetOthers(await phoneStore(), null);
    await takePhone({ account: 'me', name: '' });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  test.each(cases)('%s, kept in the midst of it (%s): gone again', async (what, how) => {
    const store = await phoneStore();
    const put = store.put;
    let once = true;
    vi.spyOn(store, 'put').mockImplementation(async (name, rows) => {
      // Whether the phone is theirs was just asked; all of the leaving happens before it is kept.
      if (once && (name === 'sheets' || name === 'rounds')) {
        once = false;
        await leaving[how]?.(store);
      }
      return put(name, rows);
    });
    await fetching[what]?.();
    expect(once, 'it came to that').toBe(false);
    expect(await kept(store)).not.toContain('Lê Thị Ánh');
    expect((await store.all('notes', 'me')).length, 'nor that it was fetched').toBe(0);
  });

  test.each(cases)('%s, fetched when the wiping is half through (%s): not kept', async (what, how) => {
    const store = await phoneStore();
    await store.put('notes', [{ owner: 'me', id: 'pack', value: '{}' }]);
    const owners = store.owners;
    let once = true;
    vi.spyOn(store, 'owners').mockImplementation(async (name) => {
      if (once && name === 'notes') {
        once = false;
        await fetching[what]?.();
      }
      return owners(name);
    });
    await leaving[how]?.(store);
    expect(once, 'it came to that').toBe(false);
    expect(await kept(store)).not.toContain('Lê Thị Ánh');
  });
});
