import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openScoped, presentCard, type ScopedTx } from '@/lib/access/scoped';
import { makeCard, openCard } from '@/lib/card/commands';
import { cardForStaff } from '@/lib/card/queries';
import { mostWrong } from '@/lib/card/rules';
import { recordReading } from '@/lib/access/scoped';
import { newCardCode, newId } from '@/lib/kernel/id';
import { isRefusal } from '@/lib/kernel/result';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { asResident, asStaff, form, openClass, send } from '../enrolment/scene';
import { asHolder, learner, nothingTyped, tryCard } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const no = { refused: 'cardUnknown', kept: true };
const more = { refused: 'cardNeedsMore', kept: true };
let hosts = 0;
/** An address nobody used before. */
const fresh = () => `10.9.${Math.floor((hosts += 1) / 250)}.${hosts % 250}`;

describe('a card opens', () => {
  it('by its code with the year of birth, or the last three digits of the phone', async () => {
    const { code } = await learner(cast, cast.here, { birthYear: 1951, phone: '+84912345678' });
    expect(await tryCard(code, { birthYear: 1951 }, fresh())).toEqual({ code });
    expect(await tryCard(code, { digits: '678' }, fresh())).toEqual({ code });
  });

  it('by the given name only where neither is known', async () => {
    const nameless = await learner(cast, cast.here, { birthYear: null, fullName: 'Hồ Thị Lành' });
    expect(await tryCard(nameless.code, { name: 'lanh' }, fresh())).toEqual({ code: nameless.code });
    const known = await learner(cast, cast.here, { birthYear: 1950, fullName: 'Hồ Thị Lành' });
    expect(await tryCard(known.code, { name: 'Lành' }, fresh())).toEqual(no);
  });

  it('by none of these when one that was typed is wrong, or is not known of the holder', async () => {
    const { code } = await learner(cast, cast.here, { birthYear: 1951, phone: '+84912345678' });
    expect(await tryCard(code, { birthYear: 1951, digits: '679' }, fresh())).toEqual(no);
    const phoneless = await learner(cast, cast.here, { birthYear: 1951 });
    expect(await tryCard(phoneless.code, { digits: '678' }, fresh())).toEqual(no);
  });

  it('and that is written down without what was typed', async () => {
    const { code, personId } = await learner(cast, cast.here);
    await tryCard(code, { birthYear: 1950 }, fresh());
    const rows = await cast.owner`select action, account_id, details from audit_event where subject_id = ${personId}`;
    expect([...rows]).toEqual([{ action: 'card.open', accountId: null, details: { by: 'card' } }]);
  });

  it('from a slip in hand, and is made then if there is none', async () => {
    const { cardCode, code, personId } = cast.there;
    const bySlip = (typed: object) =>
      asResident((tx) => openCard(tx, fresh(), { slip: code }, { ...nothingTyped, ...typed }));
    expect(await bySlip({ birthYear: 1900 })).toEqual(no);
    expect(await bySlip({ birthYear: 1954 })).toEqual({ code: cardCode });
    await cast.owner`update card set ended_at = now(), ended_why = 'replaced' where person_id = ${personId}`;
    const made = await bySlip({ birthYear: 1954 });
    expect(made).toMatchObject({ code: expect.stringMatching(/^[2346789ACDEFGHJKMNPQRTWXY]{9}$/) });
    expect(made).not.toEqual({ code: cardCode });
    expect(await bySlip({ digits: '567' })).toEqual(made);
  });

  it('from no slip a stranger got by signing up somebody known with what neighbours know', async () => {
    const known = { fullName: 'Lê Thị Hàng Xóm', phone: '+84912345777' };
    const victim = await learner(cast, cast.here, { ...known, birthYear: 1950 });
    const signUp = async (who: typeof known) => {
      const done = await send(form(await openClass(cast, cast.here, 5), cast.here, who));
      if (isRefusal(done)) throw new Error(done.refused);
      const [row] = await cast.owner`select person_id from enrolment where id = ${done.enrolmentId}`;
      return { slip: done.code, personId: row?.personId };
    };
    const open = (slip: string, typed: object) =>
      asResident((tx) => openCard(tx, fresh(), { slip }, { ...nothingTyped, ...typed }));
    const stranger = await signUp(known);
    expect(stranger.personId).toBe(victim.personId);
    expect(await open(stranger.slip, { digits: '777' })).toEqual(no);
    expect(await open(stranger.slip, { birthYear: 1950 })).toEqual(no);
    // Somebody new opens theirs with the slip of the sign-up that made them known, and not with that of a later one.
    const newcomer = { fullName: 'Lê Thị Mới', phone: '+84912345888' };
    const first = await signUp(newcomer);
    expect(await open((await signUp(newcomer)).slip, { digits: '888' })).toEqual(no);
    expect(await open(first.slip, { digits: '888' })).toHaveProperty('code');
  });
});

describe('guessing', () => {
  it('1000 tries of the three digits of a known code do not open it, one after the other or at once', async () => {
    const { code } = await learner(cast, cast.here, { birthYear: null, phone: '+84912345999' });
    const digits = (n: number) => ({ digits: String(n).padStart(3, '0') });
    for (let n = 0; n < 40; n += 1) expect(isRefusal(await tryCard(code, digits(n), fresh()))).toBe(true);
    const rest = await Promise.all(Array.from({ length: 960 }, (_, n) => tryCard(code, digits(n + 40), fresh())));
    expect(rest.filter((outcome) => !isRefusal(outcome))).toEqual([]);
  });

  it('of a fresh card at once: at most five answers are weighed', async () => {
    const { code, personId } = await learner(cast, cast.here, { birthYear: 1950 });
    const tries = Array.from({ length: 30 }, (_, n) => tryCard(code, { birthYear: 1900 + n }, fresh()));
    await Promise.all(tries);
    expect(await tryCard(code, { birthYear: 1950 }, fresh())).toEqual(no);
    const [row] = await cast.owner`select count(*)::int from card_attempt where person_id = ${personId} and wrong`;
    expect(row?.count).toBe(31);
  });

  it('waits for the try before it: the fifth wrong one, still under way, already counts for the sixth', async () => {
    const { code } = await learner(cast, cast.here);
    for (let n = 1; n < mostWrong; n += 1) await tryCard(code, { birthYear: 1901 }, fresh());
    let weighed = () => {};
    let mayEnd = () => {};
    const isWeighed = new Promise<void>((resolve) => (weighed = resolve));
    const end = new Promise<void>((resolve) => (mayEnd = resolve));
    const fifth = asResident(async (tx) => {
      await openCard(tx, fresh(), { code }, { ...nothingTyped, birthYear: 1902 });
      weighed();
      await end;
    });
    await isWeighed;
    const sent = { answered: false };
    const sixth = tryCard(code, { birthYear: 1950 }, fresh()).finally(() => (sent.answered = true));
    const waits = async () =>
      (await cast.owner`select from pg_locks where locktype = 'advisory' and not granted`).count > 0;
    while (!sent.answered && !(await waits()));
    mayEnd();
    await fifth;
    expect(await sixth).toEqual(no);
  });

  it('blocks the one card until staff make another; a month later it opens again', async () => {
    const { code, personId } = await learner(cast, cast.here);
    for (let n = 0; n < mostWrong; n += 1) await tryCard(code, { birthYear: 1901 }, fresh());
    expect(await tryCard(code, { birthYear: 1950 }, fresh())).toEqual(no);
    const token = await cast.token('organiser', cast.here);
    const accountId = await cast.accountOf('organiser', cast.here);
    const caller = { accountId, areaId: cast.here.unitId } as Parameters<typeof recordReading>[1];
    const seen = await asStaff(token, async (tx) =>
      cardForStaff(await recordReading(tx, caller, personId, 'card'), personId),
    );
    expect(seen).toMatchObject({ code, blocked: true });
    await asStaff(token, (tx) => makeCard(tx, { accountId }, personId, 'replace'));
    const [now] = await cast.owner`select code from card where person_id = ${personId} and ended_at is null`;
    expect(now?.code).not.toBe(code);
    expect(await tryCard(now?.code, { birthYear: 1950 }, fresh())).toEqual({ code: now?.code });
    const other = await learner(cast, cast.here);
    for (let n = 0; n < mostWrong; n += 1) await tryCard(other.code, { birthYear: 1901 }, fresh());
    await cast.owner`update card set created_at = now() - interval '40 days' where code = ${other.code}`;
    await cast.owner`update card_attempt set at = now() - interval '30 days 1 minute' where person_id = ${other.personId}`;
    expect(await tryCard(other.code, { birthYear: 1950 }, fresh())).toEqual({ code: other.code });
  });

  it('a code at random opens nothing, and a village behind the same address still opens its own cards', async () => {
    const address = fresh();
    const villagers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        learner(cast, cast.here, { birthYear: 1940 + n, phone: n % 2 ? `+84912000${200 + n}` : null }),
      ),
    );
    for (let n = 0; n < 60; n += 1) {
      const outcome = await tryCard(newCardCode(), { birthYear: 1950 }, address);
      expect(outcome).toEqual(n < 30 ? no : more);
    }
    for (const [n, { code }] of villagers.entries()) {
      expect(await tryCard(code, { birthYear: 1940 + n }, address), 'one factor is not enough there').toEqual(more);
      const all = { birthYear: 1940 + n, digits: n % 2 ? String(200 + n) : '', name: 'Thử' };
      expect(await tryCard(code, all, address)).toEqual({ code });
    }
  });

  it('counts the wrong tries of a whole /64 together, and those of the next one apart', async () => {
    const { code } = await learner(cast, cast.here, { birthYear: 1950, phone: '+84912345678' });
    for (let n = 0; n < 30; n += 1)
      await tryCard(newCardCode(), { birthYear: 1950 }, `2001:db8:6:1::${n.toString(16)}`);
    expect(await tryCard(code, { birthYear: 1950 }, '2001:db8:6:1:ffff::1')).toEqual(more);
    expect(await tryCard(code, { birthYear: 1950 }, '2001:db8:6:2::1')).toEqual({ code });
  });

  it('from a place with many wrong ones asks for the whole name where nothing else is known', async () => {
    const address = fresh();
    for (let n = 0; n < 30; n += 1) await tryCard(newCardCode(), { birthYear: 1950 }, address);
    const { code } = await learner(cast, cast.here, { birthYear: null, fullName: 'Hồ Thị Lành' });
    expect(await tryCard(code, { name: 'Lành' }, address)).toEqual(more);
    expect(await tryCard(code, { name: 'ho thi lanh' }, address)).toEqual({ code });
  });

  it('answers with the same statements whether the code is unknown, the factor wrong, or the card blocked', async () => {
    const known = await learner(cast, cast.here);
    const blocked = await learner(cast, cast.here);
    for (let n = 0; n < mostWrong; n += 1) await tryCard(blocked.code, { birthYear: 1901 }, fresh());
    const withdrawn = await learner(cast, cast.here);
    await cast.owner`update consent set withdrawn_at = now() where person_id = ${withdrawn.personId}`;
    const shapes = [];
    for (const [code, birthYear] of [
      [newCardCode(), 1950],
      [known.code, 1949],
      [blocked.code, 1950],
      [withdrawn.code, 1950],
    ] as const) {
      const said: string[] = [];
      const outcome = await asResident((tx) =>
        openCard(listening(tx, said), fresh(), { code }, { ...nothingTyped, birthYear }),
      );
      expect(outcome).toEqual(no);
      shapes.push(said);
    }
    for (const shape of shapes) expect(shape).toEqual(shapes[0]);
    expect(shapes[0]?.length).toBeGreaterThan(4);
  });
});

/** The same transaction; the text of each statement is noted. */
function listening(tx: ScopedTx, said: string[]): ScopedTx {
  return new Proxy(tx, {
    apply(target, self, args: [TemplateStringsArray]) {
      if (Array.isArray(args[0])) said.push(args[0].join('?'));
      return Reflect.apply(target as never, self, args);
    },
  });
}

describe('a replaced card', () => {
  it('is dead at once, in hand as well, and only for whom may look the holder up', async () => {
    const { code, personId } = await learner(cast, cast.here);
    const stranger = await cast.token('organiser', cast.there);
    const helper = await cast.token('helper', cast.here);
    const desk = await cast.token('desk_officer', cast.here);
    const accountId = await cast.accountOf('desk_officer', cast.here);
    // A helper sees who is on the roster, and still makes no card.
    const onRoster = cast.here.personId;
    expect(await asStaff(helper, (tx) => tx`select from person where id = ${onRoster}`)).toHaveLength(1);
    expect(await asStaff(helper, (tx) => makeCard(tx, { accountId }, onRoster, 'replace'))).toEqual({
      refused: 'notFound',
    });
    for (const token of [stranger, helper])
      expect(await asStaff(token, (tx) => makeCard(tx, { accountId }, personId, 'replace'))).toEqual({
        refused: 'notFound',
      });
    expect(await asHolder(code, async (_tx, id) => id)).toBe(personId);
    expect(await asStaff(desk, (tx) => makeCard(tx, { accountId }, personId, 'replace'))).toEqual({ personId });
    expect(await asHolder(code, async (_tx, id) => id)).toBeNull();
    expect(await tryCard(code, { birthYear: 1950 }, fresh())).toEqual(no);
    const [row] = await cast.owner`select action, account_id, area_id from audit_event where subject_id = ${personId}
      and action = 'card.replace'`;
    expect(row).toEqual({ action: 'card.replace', accountId, areaId: cast.here.villageId });
  });

  it('made twice at once leaves one card', async () => {
    const { personId } = await learner(cast, cast.here);
    const token = await cast.token('organiser', cast.here);
    const accountId = await cast.accountOf('organiser', cast.here);
    await Promise.all(
      Array.from({ length: 8 }, () => asStaff(token, (tx) => makeCard(tx, { accountId }, personId, 'replace'))),
    );
    const rows = await cast.owner`select ended_at from card where person_id = ${personId}`;
    expect(rows.filter(({ endedAt }) => endedAt === null)).toHaveLength(1);
    expect(rows).toHaveLength(9);
  });
});

describe('the walls', () => {
  const tables = [
    'person',
    'person_phone',
    'enrolment',
    'enrolment_event',
    'attendance',
    'skill_observation',
    'consent',
    'card',
  ];

  it('show the public the holder of the card that was presented, and of every table no one else', async () => {
    const { cardCode, personId } = cast.here;
    const column = (table: string) => ({ person: 'id', enrolment_event: 'enrolment_id' })[table] ?? 'person_id';
    await openScoped('read only', 'camtay_public', '', async (tx) => {
      expect(await presentCard(tx, cardCode)).toBe(personId);
      for (const table of tables) {
        const rows = await tx<{ who: string }[]>`select distinct ${tx(column(table))} as who from ${tx(table)}`;
        const own = table === 'enrolment_event' ? cast.here.enrolmentId : personId;
        expect(
          rows.map(({ who }) => who),
          table,
        ).toEqual([own]);
      }
    });
  });

  it('show nothing for no card, a made-up one, or one of a transaction before', async () => {
    for (const code of ['', 'AAAAAAAAA', newId()])
      await openScoped('read only', 'camtay_public', '', async (tx) => {
        if (code) expect(await presentCard(tx, code)).toBeNull();
        for (const table of tables) expect((await tx`select from ${tx(table)}`).count, table).toBe(0);
      });
  });

  it('let the holder write nothing by themselves', async () => {
    const { cardCode, personId } = cast.here;
    for (const statement of [
      `update person set full_name = 'X' where id = '${personId}'`,
      `delete from attendance`,
      `insert into card (person_id, code) values ('${personId}', 'ACDEFGHJK')`,
    ])
      await expect(asHolder(cardCode, (tx) => tx.unsafe(statement))).rejects.toThrow(/permission denied/);
  });
});
