import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attemptLimits, deviceProof, endSession, openSession } from '../../lib/access/sessions';
import { closePool } from '../../lib/access/scoped';
import { endDevice } from '../../lib/account/commands';
import { safePath } from '../../lib/account/schema';
import {
  addMember,
  asCaller,
  callerOf,
  dongThuan,
  visitor,
  ownersConnection,
  password,
  tokenOf,
} from '../account/world';
import type { Member } from '../account/world';

let owner: postgres.Sql;
let lan: Member;
let off: Member;

beforeAll(async () => {
  owner = await ownersConnection();
  lan = await addMember(owner, 'lan', dongThuan, 'organiser', '+84912345678');
  off = await addMember(owner, 'off', dongThuan, 'organiser');
  await owner`update account set disabled_at = now() where id = ${off.id}`;
});
beforeEach(() => owner`delete from sign_in_attempt`.then(() => undefined));
afterAll(async () => {
  await closePool();
  await owner.end();
});

const wrong = (name: string, address: string, proof = '') =>
  openSession({ name, password: 'not the password' }, visitor(address, proof));
const right = (name: string, address: string, proof = '') => openSession({ name, password }, visitor(address, proof));
const times = <R>(count: number, work: (index: number) => Promise<R>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

describe('limits', () => {
  it('stops strangers on one account, from however many addresses, and lets others in meanwhile', async () => {
    const mai = await addMember(owner, 'mai', dongThuan);
    for (let i = 0; i < attemptLimits.nameFromStrangers; i += 1) {
      expect(await wrong('lan', `10.0.1.${i}`)).toBe('wrongPassword');
    }
    expect(await right('lan', '10.0.2.1')).toBe('tooManyAttempts');
    expect(await right(mai.username, '10.0.1.1')).toHaveProperty('token');
  });

  it('lets the owner in from a device she used before while strangers have used up the limit', async () => {
    await times(30, (i) => wrong('lan', `10.0.3.${i}`));
    expect(await right('lan', '10.0.3.99')).toBe('tooManyAttempts');
    expect(await right('lan', '10.0.3.99', deviceProof(lan.id))).toHaveProperty('token');
    expect(await right('lan', '10.0.3.99', deviceProof(off.id))).toBe('tooManyAttempts');
  });

  it('limits a known device by a count of its own', async () => {
    const proof = deviceProof(lan.id);
    for (let i = 0; i < attemptLimits.nameFromKnownDevice; i += 1) await wrong('lan', '10.0.4.1', proof);
    expect(await right('lan', '10.0.4.1', proof)).toBe('tooManyAttempts');
    expect(await right('lan', '10.0.4.1')).toHaveProperty('token');
  });

  it('counts each of 30 wrong passwords sent at once', async () => {
    const answers = await times(30, () => wrong('lan', '10.0.5.1'));
    expect(answers.filter((answer) => answer === 'wrongPassword')).toHaveLength(attemptLimits.nameFromStrangers);
    expect(answers.filter((answer) => answer === 'tooManyAttempts')).toHaveLength(20);
  });

  it('stops one address that tries many names, and no other address', async () => {
    await times(attemptLimits.address + 5, (i) => wrong(`name${i}`, '10.0.6.1'));
    expect(await right('lan', '10.0.6.1')).toBe('tooManyAttempts');
    expect(await right('lan', '10.0.6.2')).toHaveProperty('token');
  });

  it('counts a home network of IPv6 as one address', async () => {
    await times(attemptLimits.address, (i) => wrong(`name${i}`, `2001:db8:7:1::${i.toString(16)}`));
    expect(await right('lan', '2001:DB8:7:1:ffff::1')).toBe('tooManyAttempts');
  });

  it('lets 60 members of one office in at once from one address, and again later', async () => {
    const members = await times(60, (i) => addMember(owner, `office${i}`, dongThuan));
    for (const round of [1, 2]) {
      const answers = await Promise.all(members.map(({ username }) => right(username, '10.0.7.1')));
      expect(
        answers.filter((answer) => typeof answer === 'string'),
        `round ${round}`,
      ).toEqual([]);
    }
  });

  it('forgets failures after a quarter of an hour', async () => {
    await times(12, () => wrong('lan', '10.0.8.1'));
    expect(await right('lan', '10.0.8.1')).toBe('tooManyAttempts');
    await owner`update sign_in_attempt set at = at - interval '16 minutes'`;
    expect(await right('lan', '10.0.8.1')).toHaveProperty('token');
  });
});

describe('telling nothing', () => {
  it('answers an unknown name, a wrong password and a disabled account alike', async () => {
    expect(await wrong('lan', '10.1.0.1')).toBe('wrongPassword');
    expect(await wrong('nobody', '10.1.0.2')).toBe('wrongPassword');
    expect(await right('off', '10.1.0.3')).toBe('wrongPassword');
    expect(await openSession({ name: 'lan' }, visitor('10.1.0.4'))).toBe('wrongPassword');
    expect(await openSession({ name: ['lan'], password: { a: 1 } }, visitor('10.1.0.4'))).toBe('wrongPassword');
  });

  it('limits unknown names like known ones, however a phone is typed', async () => {
    const spellings = ['0912345679', '0912 345 679', '+84912345679', '84912345679', '091.234.5679'];
    for (let i = 0; i < 10; i += 1) await wrong(spellings[i % 5] ?? '', `10.1.1.${i}`);
    expect(await wrong('0912345679', '10.1.1.99')).toBe('tooManyAttempts');
    for (let i = 0; i < 10; i += 1) await wrong(spellings[i % 5]?.replace('79', '78') ?? '', `10.1.2.${i}`);
    expect(await wrong('lan', '10.1.2.99')).toBe('tooManyAttempts');
    for (let i = 0; i < 10; i += 1) await wrong('Nobody', `10.1.3.${i}`);
    expect(await wrong('nobody', '10.1.3.99')).toBe('tooManyAttempts');
  });

  it('takes user name in any case, and the phone as people write it', async () => {
    expect(await right('LAN', '10.1.4.1')).toHaveProperty('accountId', lan.id);
    expect(await right(' 0912 345 678 ', '10.1.4.1')).toHaveProperty('accountId', lan.id);
  });
});

describe('ending', () => {
  it('a signed-out token is nobody at the next request', async () => {
    const token = await tokenOf(lan);
    expect((await callerOf(token))?.accountId).toBe(lan.id);
    await endSession(token);
    await endSession(token);
    const ended =
      await owner`select from audit_event where action = 'account.sign_out' and subject_kind = 'auth_session'`;
    expect(ended.count).toBe(1);
    expect(await callerOf(token)).toBeNull();
  });

  it('a disabled account, an ended device and an expired session are nobody at the next request', async () => {
    const [first, second, third] = [await tokenOf(lan), await tokenOf(lan), await tokenOf(lan)];
    const other = await callerOf(second);
    await asCaller(first, async (tx, caller) => expect(await endDevice(tx, caller, other?.sessionId ?? '')).toBeNull());
    expect(await callerOf(second)).toBeNull();
    await owner`update auth_session set expires_at = now() where id = ${(await callerOf(third))?.sessionId ?? null}`;
    expect(await callerOf(third)).toBeNull();
    await owner`update account set disabled_at = now() where id = ${lan.id}`;
    expect(await callerOf(first)).toBeNull();
    await owner`update account set disabled_at = null where id = ${lan.id}`;
    expect((await callerOf(first))?.accountId).toBe(lan.id);
  });

  it('nobody ends another one’s device', async () => {
    const mine = await tokenOf(lan);
    const theirs = await tokenOf(await addMember(owner, 'theirs', dongThuan));
    const session = (await callerOf(mine))?.sessionId ?? '';
    await asCaller(theirs, async (tx, caller) =>
      expect(await endDevice(tx, caller, session)).toEqual({ refused: 'notFound' }),
    );
    expect(await callerOf(mine)).not.toBeNull();
  });

  it('the database holds the token’s hash and never the token', async () => {
    const token = await tokenOf(lan);
    const hash = createHash('sha256').update(token).digest();
    const [kept] = await owner`select count(*)::int as kept from auth_session where token_hash = ${hash}`;
    expect(kept).toEqual({ kept: 1 });
    const rows = await owner`select s::text as row from auth_session s union all select e::text from audit_event e`;
    expect(rows.filter(({ row }) => String(row).includes(token))).toEqual([]);
    expect(await callerOf(hash.toString('hex'))).toBeNull();
  });

  it.each(['', ' ', 'null', "' or true --", '\\x00', 'a'.repeat(5000)])('token %j is nobody', async (token) => {
    expect(await callerOf(token)).toBeNull();
  });
});

describe('safePath', () => {
  const staysHere = (path: string) => new URL(path, 'https://portal.test').origin === 'https://portal.test';

  it('never leads out of the portal', () => {
    const nasty = fc.array(
      fc.constantFrom('/', '\\', '.', ':', '@', 'http', 'x.test', '\t', '\n', '%2f', '?', '#', ' '),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.webUrl(),
          nasty.map((parts) => parts.join('')),
        ),
        (typed) => {
          for (const wanted of [typed, `/${typed}`, `//${typed}`, `/\\${typed}`]) {
            const path = safePath(wanted);
            if (path !== null) expect(staysHere(path)).toBe(true);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('leads back to the portal’s own pages, and never round in circles', () => {
    expect(safePath('/manage/classes?area=18859')).toBe('/manage/classes?area=18859');
    expect(safePath('//x.test')).toBeNull();
    expect(safePath('/\\x.test')).toBeNull();
    expect(safePath('/sign-in?next=/')).toBeNull();
  });
});
