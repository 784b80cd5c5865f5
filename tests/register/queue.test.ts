import { describe, expect, test, vi } from 'vitest';
import { sheetWith } from '@/components/register/local-sheet';
import {
  forgetOld,
  forgetOthers,
  memoryStore,
  phoneStore,
  type PhoneOperation,
  type StoredOperation,
} from '@/components/register/phone-store';
import { NotTaken } from '@/components/register/portal';
import { openQueue, type Queue, type Surroundings } from '@/components/register/queue';
import { fetchRoll, fetchRolls, takePhone } from '@/components/register/rolls';
import type { OperationResult } from '@/lib/kernel/operation';
import type { SentOperation, Sheet } from '@/lib/register/schema';
import { roundOf, sheetOf } from './phone';

const day = 86_400_000;
const about = { label: 'Lê Thị Ánh', endsAtMs: null };
const operation = (id: string): SentOperation => ({
  id,
  sessionId: 's',
  kind: 'guests',
  count: 1,
  at: '2026-03-02T12:00:00.000Z',
});
const atDoor = (id: string): PhoneOperation => ({
  id,
  visitId: 'v',
  kind: 'outcome',
  outcome: 'not_home',
  at: '2026-03-02T12:00:00.000Z',
});
const walkIn: SentOperation = {
  id: 'w',
  sessionId: 's',
  kind: 'walk_in',
  at: '2026-03-02T12:00:00.000Z',
  personId: 'p',
  fullName: 'Hồ Văn Vãng Lai',
  birthYear: 1950,
  areaId: 1,
  phone: '0912345678',
};

/** A queue of "me" over this network, and how to wait for it to come to rest. */
function queueOver(send: Surroundings['send'], store = memoryStore()) {
  const quiet = { tell: () => undefined, listen: () => () => undefined };
  const waits = { gatherMs: 0, retryMs: [5] };
  const queue = openQueue('me', Promise.resolve({ store, send, alone: (work) => work(), otherTabs: quiet, waits }));
  return { queue, store };
}
const states = (queue: Queue) => Object.fromEntries(queue.view().operations.map(({ id, state }) => [id, state]));
const applied = (sent: readonly PhoneOperation[]): OperationResult[] =>
  sent.map(({ id }) => ({ id, outcome: 'applied' }));

describe('the phone’s queue', () => {
  test('a batch the portal cannot read is halved until the culprit is alone and put aside; the rest goes through', async () => {
    const { queue } = queueOver(async (_owner, sent) => {
      if (sent.some(({ id }) => id === 'bad')) throw new NotTaken('refused');
      return applied(sent);
    });
    const ids = ['a', 'b', 'bad', 'c', 'd', 'e', 'f', 'g'];
    for (const id of ids) queue.add(operation(id), about);
    await expect
      .poll(() => states(queue))
      .toEqual(Object.fromEntries(ids.map((id) => [id, id === 'bad' ? 'attention' : 'accepted'])));
    queue.stop();
  });

  test('nothing is said of what the phone holds before it does', async () => {
    let stored = () => {};
    const isStored = new Promise<void>((resolve) => (stored = resolve));
    const store = memoryStore();
    const put = store.put.bind(store);
    store.put = async (...given: Parameters<typeof put>) => {
      await isStored;
      return put(...given);
    };
    const { queue } = queueOver(() => Promise.reject(new NotTaken('offline')), { ...store, durable: true });
    await expect.poll(() => queue.view().known).toBe(true);
    queue.add(operation('a'), about);
    expect([queue.view().known, states(queue)]).toEqual([false, { a: 'waiting' }]);
    stored();
    await expect.poll(() => queue.view().known).toBe(true);
    queue.stop();
  });

  test('what is added while a batch is on its way is sent without another push', async () => {
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const sent: string[][] = [];
    const { queue } = queueOver(async (_owner, operations) => {
      sent.push(operations.map(({ id }) => id));
      if (sent.length === 1) await arrived;
      return applied(operations);
    });
    queue.add(operation('a'), about);
    await expect.poll(() => sent).toEqual([['a']]);
    queue.add(operation('b'), about);
    await expect.poll(() => states(queue)).toEqual({ a: 'waiting', b: 'waiting' });
    // The push for b comes, and goes, while the first batch is under way.
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve));
    arrive();
    await expect.poll(() => states(queue)).toEqual({ a: 'accepted', b: 'accepted' });
    queue.stop();
  });

  test('without sign-in, or with another account’s, everything stays and it says why', async () => {
    for (const trouble of ['signIn', 'otherAccount', 'outdated', 'offline'] as const) {
      let signedIn = false;
      const { queue } = queueOver(async (_owner, sent) => {
        if (!signedIn) throw new NotTaken(trouble);
        return applied(sent);
      });
      queue.add(operation('a'), about);
      await expect.poll(() => queue.view().trouble).toBe(trouble);
      expect(states(queue)).toEqual({ a: 'waiting' });
      signedIn = true;
      await expect.poll(() => states(queue)).toEqual({ a: 'accepted' });
      expect(queue.view().trouble).toBeNull();
      queue.stop();
    }
  });

  test('what was done at doors goes its own way: registers that are not taken do not keep it back, nor a bad one the other kind', async () => {
    const sent: string[][] = [];
    const { queue, store } = queueOver(async (_owner, operations) => {
      sent.push(operations.map(({ id }) => id));
      if (operations.some((each) => 'sessionId' in each)) throw new NotTaken('noRight');
      if (operations.some(({ id }) => id === 'bad')) throw new NotTaken('refused');
      return applied(operations);
    });
    await store.put('sheets', [sheetOf('me', 's', Date.now())]);
    await store.put('rounds', [roundOf('me', 'r', Date.now())]);
    for (const id of ['v1', 'bad', 'v2']) queue.add(atDoor(id), about);
    queue.add(operation('a'), about);
    await expect.poll(() => states(queue)).toEqual({ a: 'waiting', bad: 'attention', v1: 'accepted', v2: 'accepted' });
    expect(
      sent.every((ids) => ids.includes('a') === (ids.length === 1 && ids[0] === 'a')),
      'never together',
    ).toBe(true);
    expect([(await store.all('sheets', 'me')).length, (await store.all('rounds', 'me')).length]).toEqual([0, 1]);
    queue.stop();
  });

  test('an account that records nowhere any more loses its rolls and keeps its work', async () => {
    const { queue, store } = queueOver(async () => {
      throw new NotTaken('noRight');
    });
    await store.put('sheets', [sheetOf('me', 's', Date.now())]);
    queue.add(operation('a'), about);
    await expect.poll(() => queue.view().trouble).toBe('noRight');
    expect([(await store.all('sheets', 'me')).length, states(queue)]).toEqual([0, { a: 'waiting' }]);
    queue.stop();
  });

  test('an accepted walk-in leaves neither phone number nor year of birth on the phone; a refused one keeps all to be put right', async () => {
    let outcome: OperationResult = { id: 'w', outcome: 'quarantined', reason: 'phoneShape', field: 'phone' };
    const { queue, store } = queueOver(async () => [outcome]);
    queue.add(walkIn, about);
    await expect.poll(() => states(queue)).toEqual({ w: 'attention' });
    expect(JSON.stringify(await store.all('operations', 'me'))).toContain('0912345678');
    outcome = { id: 'w2', outcome: 'applied' };
    queue.retry('w', { ...walkIn, id: 'w2' });
    await expect.poll(() => states(queue)).toEqual({ w2: 'accepted' });
    expect(JSON.stringify(await store.all('operations', 'me'))).not.toMatch(/0912345678|1950/);
    queue.stop();
  });

  test('signed out while a batch is on its way, what was accepted leaves the phone and what was refused stays to be put right', async () => {
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const { queue, store } = queueOver(async (_owner, sent) => {
      await arrived;
      return sent.map(({ id }) => ({ id, outcome: id === 'bad' ? 'quarantined' : 'applied' }));
    });
    queue.add({ ...walkIn, id: 'w' }, about);
    queue.add(operation('bad'), about);
    await expect.poll(async () => (await store.all('operations', 'me')).length).toBe(2);
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve));
    queue.stop();
    await forgetOthers(store, null);
    arrive();
    await expect
      .poll(async () => (await store.all('operations', 'me')).map(({ id, state }) => [id, state]))
      .toEqual([['bad', 'attention']]);
  });

  test('a phone that is full still sends, and says that closing the page would lose it', async () => {
    const full = {
      ...memoryStore(),
      durable: true,
      put: () => Promise.reject(new DOMException('', 'QuotaExceededError')),
    };
    let through = false;
    const { queue } = queueOver(async (_owner, sent) => {
      if (!through) throw new Error('no network');
      return applied(sent);
    }, full);
    queue.add(operation('a'), about);
    await expect.poll(() => [queue.view().durable, states(queue)]).toEqual([false, { a: 'waiting' }]);
    through = true;
    await expect.poll(() => states(queue)).toEqual({ a: 'accepted' });
    queue.stop();
  });
});

const row = (owner: string, id: string, state: StoredOperation['state'], endsAtMs: number): StoredOperation => ({
  owner,
  id,
  operation: operation(id),
  state,
  result: null,
  label: '',
  endsAtMs,
});

describe('what stays on the phone', () => {
  test('rolls and accepted marks leave seven days after the session; what was not sent stays', async () => {
    const store = memoryStore();
    const now = Date.UTC(2026, 2, 20);
    await store.put('sheets', [sheetOf('me', 'old', now - 7 * day - 1), sheetOf('me', 'new', now - 7 * day + 1)]);
    await store.put('rounds', [roundOf('me', 'old', now - 7 * day - 1), roundOf('me', 'new', now - 7 * day + 1)]);
    await store.put('operations', [
      row('me', 'waits', 'waiting', now - 30 * day),
      row('me', 'refused', 'attention', now - 30 * day),
      row('me', 'done', 'accepted', now - 7 * day - 1),
      row('me', 'lately', 'accepted', now - 7 * day + 1),
    ]);
    await forgetOld(store, 'me', now);
    for (const name of ['sheets', 'rounds'] as const)
      expect((await store.all(name, 'me')).map(({ id }) => id)).toEqual(['new']);
    expect((await store.all('operations', 'me')).map(({ id }) => id)).toEqual(['waits', 'refused', 'lately']);
  });

  test('when another account takes the phone, and at sign-out, only unsent work stays, and only for its owner', async () => {
    for (const next of ['you', null]) {
      const store = memoryStore();
      await store.put('sheets', [sheetOf('me', 's', 0)]);
      await store.put('rounds', [roundOf('me', 'r', 0)]);
      await store.put('notes', [{ owner: 'me', id: 'pack', value: '' }]);
      await store.put('operations', [row('me', 'waits', 'waiting', 0), row('me', 'done', 'accepted', 0)]);
      await forgetOthers(store, next);
      for (const name of ['sheets', 'rounds', 'notes'] as const) expect(await store.all(name, 'me')).toEqual([]);
      expect((await store.all('operations', 'me')).map(({ id }) => id)).toEqual(['waits']);
      expect(await store.all('operations', 'you')).toEqual([]);
    }
  });
});

describe('the sheet on the phone', () => {
  const person = (id: string): Sheet['people'][number] => ({
    id,
    fullName: id,
    birthYear: null,
    village: '',
    state: null,
    minutesLate: null,
    byDefault: false,
    walkIn: false,
    marks: [],
    versions: [],
  });
  const sheet = { ...sheetOf('me', 's', 0).sheet, people: [person('p'), person('q')] };
  const stored = (operations: readonly SentOperation[]) =>
    operations.map((each) => ({ ...row('me', each.id, 'waiting', 0), operation: each }));
  const at = (second: number) => `2026-03-02T12:00:0${second}.000Z`;

  test('is the portal’s with every act made here on top, in the order of doing, each once', () => {
    const acts: SentOperation[] = [
      { id: '2', sessionId: 's', kind: 'mark', at: at(2), personId: 'p', state: 'absent', after: [] },
      { id: '1', sessionId: 's', kind: 'start', at: at(1) },
      { ...walkIn, id: '3', personId: 'w', at: at(3) },
      { id: '4', sessionId: 'elsewhere', kind: 'guests', at: at(3), count: 7 },
    ];
    const shown = sheetWith(sheet, stored(acts));
    expect(shown.people.map(({ id, state, marks }) => [id, state, marks])).toEqual([
      ['p', 'absent', ['2']],
      ['q', 'present', []],
      ['w', 'present', ['3']],
    ]);
    expect(shown.guests).toBe(0);
    expect(sheetWith(shown, stored(acts)).people).toEqual(shown.people);
  });

  test('leaves to the portal what the portal’s sheet holds already', () => {
    const told = { ...sheet, people: [{ ...person('p'), state: 'excused' as const, marks: ['9', '2'] }] };
    const mine: SentOperation = {
      id: '2',
      sessionId: 's',
      kind: 'mark',
      at: at(2),
      personId: 'p',
      state: 'absent',
      after: [],
    };
    expect(sheetWith(told, stored([mine])).people[0]?.state).toBe('excused');
  });

  test('rolls that arrive after sign-out, or once somebody else took the phone, are not kept', async () => {
    const dated = new Date().toISOString();
    const pack = (session: string) => ({
      account: 'me',
      sessions: [{ line: { id: session, endsAt: dated }, sheet: { unit: 1, people: [{ fullName: 'Lê Thị Ánh' }] } }],
      villages: {},
    });
    vi.stubGlobal('window', new EventTarget());
    let arrive = () => {};
    vi.stubGlobal('fetch', async () => {
      await new Promise<void>((resolve) => (arrive = resolve));
      return Response.json(pack('s'));
    });
    const store = await phoneStore();
    for (const next of [null, 'you', 'me']) {
      await takePhone({ account: 'me', name: '' });
      for (const fetching of [() => fetchRolls('me', 'vi', 0), () => fetchRoll('me', 'vi', 's', null)]) {
        const fetched = fetching();
        for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve));
        if (next === null) await forgetOthers(store, null);
        else await takePhone({ account: next, name: '' });
        arrive();
        await fetched;
        expect((await store.all('sheets', 'me')).map(({ id }) => id)).toEqual(next === 'me' ? ['s'] : []);
      }
    }
    vi.unstubAllGlobals();
  });
});
