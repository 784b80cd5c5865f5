import ICAL from 'ical.js';
import fc from 'fast-check';
import nodeIcal from 'node-ical';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openScoped, type ScopedTx } from '@/lib/access/scoped';
import { areaCalendar, classCalendar } from '@/lib/calendar/queries';
import { escaped, folded, icalendar } from '@/lib/calendar/rules';
import { cancelClass, cancelSession, changeClass, restoreSession } from '@/lib/class/commands';
import { isRefusal } from '@/lib/kernel/result';
import { asStaff, openClass } from '../enrolment/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
const words = {
  bring: 'Mang theo',
  hotline: 'Hỏi',
  teachers: 'Người dạy',
  free: 'Miễn phí.',
  off: 'Nghỉ',
  lesson: 'Bài',
};
const asVisitor = <R>(work: (tx: ScopedTx) => Promise<R>) => openScoped('read only', 'camtay_public', '', work);

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

async function feedOf(classId: string): Promise<string> {
  const calendar = await asVisitor((tx) => classCalendar(tx, 'vi', classId));
  if (!calendar) throw new Error('no calendar');
  return icalendar(calendar.name, calendar, words, 'https://portal.example/classes');
}

interface Read {
  uid: string;
  start: number;
  end: number;
  summary: string;
  location: string;
  status: string;
  sequence: number;
  modified: number;
}

/** The same file as two programs that know nothing of each other read it. */
function byIcalJs(text: string): Read[] {
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((one) => {
    const event = new ICAL.Event(one);
    return {
      uid: event.uid,
      start: event.startDate.toJSDate().getTime(),
      end: event.endDate.toJSDate().getTime(),
      summary: event.summary,
      location: event.location,
      status: String(one.getFirstPropertyValue('status')),
      sequence: Number(one.getFirstPropertyValue('sequence')),
      modified: new Date(String(one.getFirstPropertyValue('last-modified'))).getTime(),
    };
  });
}
function byNodeIcal(text: string): Read[] {
  return Object.values(nodeIcal.sync.parseICS(text)).flatMap((one) =>
    one?.type === 'VEVENT'
      ? [
          {
            uid: one.uid,
            start: one.start.getTime(),
            end: one.end?.getTime() ?? 0,
            summary: String(one.summary),
            location: String(one.location),
            status: String(one.status),
            sequence: Number(one.sequence),
            modified: one.lastmodified?.getTime() ?? 0,
          },
        ]
      : [],
  );
}
function readTwice(text: string): Read[] {
  const [one, other] = [byIcalJs(text), byNodeIcal(text)];
  expect(one).toEqual(other);
  return one;
}

describe('a class’s calendar', () => {
  it('is read alike by two programs, in Vietnamese, at the right moment', async () => {
    const [event, ...more] = readTwice(await feedOf(cast.here.classId)).filter(({ start }) => start > Date.now());
    expect(more).toEqual([]);
    const [row] = await cast.owner<
      { startsAt: Date }[]
    >`select starts_at from class_session where id = ${cast.here.sessionIds[1]}`;
    expect(event).toMatchObject({
      uid: `${cast.here.sessionIds[1]}@cam-tay`,
      start: Math.floor((row?.startsAt.getTime() ?? 0) / 1000) * 1000,
      status: 'CONFIRMED',
      sequence: 0,
    });
    expect(event?.location).toContain('Nhà văn hóa Thôn Thử');
  });

  it('moves with its session: the same event, a higher sequence, a later stamp', async () => {
    const id = await openClass(cast, cast.here, 5);
    const [before] = readTwice(await feedOf(id));
    const moved = new Date(Date.now() + 96 * 3_600_000);
    await cast.owner`update class_session set starts_at = ${moved}, ends_at = ${new Date(moved.getTime() + 3_600_000)} where class_id = ${id}`;
    const [after, ...more] = readTwice(await feedOf(id));
    expect(more).toEqual([]);
    expect(after).toMatchObject({ uid: before?.uid, start: Math.floor(moved.getTime() / 1000) * 1000, sequence: 1 });
    expect(after?.modified).toBeGreaterThan(before?.modified ?? 0);
    // Twice in one second still is later.
    await cast.owner`update class_session set ends_at = ends_at + interval '1 minute' where class_id = ${id}`;
    const [again] = readTwice(await feedOf(id));
    expect(again?.sequence).toBe(2);
    expect(again?.modified).toBeGreaterThan(after?.modified ?? 0);
  });

  it('keeps what is called off, as cancelled, and takes it back when it is on again', async () => {
    const token = await cast.token('organiser', cast.here);
    const id = await openClass(cast, cast.here, 5);
    const [session] = await cast.owner<{ id: string }[]>`select id from class_session where class_id = ${id}`;
    const caller = { accountId: await cast.accountOf('organiser', cast.here) };
    const sessionId = session?.id ?? '';
    const done = await asStaff(token, (tx) => cancelSession(tx, { sessionId, reason: 'Bão số 12' }, caller));
    expect(isRefusal(done)).toBe(false);
    const [off] = readTwice(await feedOf(id));
    expect(off).toMatchObject({ uid: `${sessionId}@cam-tay`, status: 'CANCELLED', sequence: 1 });
    const area = await asVisitor((tx) => areaCalendar(tx, 'vi', cast.here.villageId));
    expect(area?.sessions.find((one) => one.id === sessionId)).toMatchObject({ cancelled: true, reason: 'Bão số 12' });
    await asStaff(token, (tx) => restoreSession(tx, { sessionId }, caller));
    expect(readTwice(await feedOf(id))[0]).toMatchObject({ status: 'CONFIRMED', sequence: 2 });
    await asStaff(token, (tx) => cancelClass(tx, { classId: id, reason: 'Bão' }, caller));
    const [gone] = readTwice(await feedOf(id));
    expect(gone).toMatchObject({ status: 'CANCELLED' });
    expect(gone?.sequence).toBeGreaterThan(2);
  });

  it('rises when what it says of the class changes, not when somebody takes a seat or the register is done', async () => {
    const token = await cast.token('organiser', cast.here);
    const id = await openClass(cast, cast.here, 5);
    const sequence = async () => readTwice(await feedOf(id))[0]?.sequence;
    await cast.owner`update class set seats_confirmed = 1, waiting = 2 where id = ${id}`;
    await cast.owner`update class_session set status = 'held', register_started_at = now() where class_id = ${id}`;
    expect(await sequence()).toBe(0);
    const caller = { accountId: await cast.accountOf('organiser', cast.here) };
    const same = {
      classId: id,
      teamId: cast.here.teamId,
      capacity: 6,
      minimumToRun: 1,
      language: 'vi',
      note: '',
    } as const;
    await asStaff(token, (tx) => changeClass(tx, { ...same, hotline: '' }, caller));
    expect(await sequence()).toBe(0);
    await asStaff(token, (tx) => changeClass(tx, { ...same, hotline: '0912 345 678' }, caller));
    expect(await sequence()).toBe(1);
  });

  it('shows no draft and nothing of an unknown class or place', async () => {
    expect(await asVisitor((tx) => classCalendar(tx, 'vi', cast.here.draftId))).toBeNull();
    expect(await asVisitor((tx) => classCalendar(tx, 'vi', 'zzzzzzzz'))).toBeNull();
    expect(await asVisitor((tx) => areaCalendar(tx, 'vi', 1_999_999_999))).toBeNull();
    const area = await asVisitor((tx) => areaCalendar(tx, 'vi', cast.here.unitId));
    expect(area?.sessions.map(({ classId }) => classId)).toContain(cast.here.classId);
    for (const hidden of [cast.here.draftId, cast.there.classId])
      expect(area?.sessions.map(({ classId }) => classId)).not.toContain(hidden);
    // Whoever signed in gets no more from it than a visitor: drafts are theirs to see, but not in a calendar.
    const token = await cast.token('organiser', cast.here);
    const staff = await asStaff(token, (tx) => classCalendar(tx, 'vi', cast.here.draftId));
    const staffArea = await asStaff(token, (tx) => areaCalendar(tx, 'vi', cast.here.unitId));
    expect(staffArea?.sessions.map(({ classId }) => classId)).not.toContain(cast.here.draftId);
    expect(staff).toBeNull();
  });
});

describe('lines', () => {
  const session = {
    id: '018f0000-0000-7000-8000-000000000000',
    classId: 'abcdefgh',
    lesson: null,
    startsAt: new Date('2026-11-24T12:30:00Z'),
    endsAt: new Date('2026-11-24T14:00:00Z'),
    cancelled: false,
    reason: null,
    note: '',
    venue: 'Nhà',
    address: '',
    placeName: '',
    bring: '',
    hotline: '',
    teamName: '',
    revision: 0,
    revisedAt: new Date('2026-11-01T00:00:00Z'),
  };

  it('are at most 75 octets, end in CRLF, and give any text back whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.nat(300), (anything, from) => {
        // The sign that stands for what could not be read, typed by somebody, would look like a character cut in two.
        const typed = anything.replaceAll('\uFFFD', '?');
        const title = `Lớp ${'ệ'.repeat(from)}${typed}`;
        const text = icalendar(
          'Lớp',
          { name: '', sessions: [{ ...session, title }] },
          words,
          'https://a.example/classes',
        );
        for (const line of text.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\r\n\uFFFD]/);
        }
        const [event] = byIcalJs(text);
        const plain = title
          .normalize('NFC')
          .replace(/\r\n?/g, '\n')
          .replace(/[^\P{Cc}\n]/gu, ' ');
        expect(event?.summary).toBe(plain);
      }),
      { verbose: true },
    );
  });

  it('are known by their bytes', () => {
    expect(folded('a'.repeat(75))).toBe('a'.repeat(75));
    expect(folded('a'.repeat(76))).toBe(`${'a'.repeat(75)}\r\n a`);
    expect(folded(`${'a'.repeat(74)}ệ`)).toBe(`${'a'.repeat(74)}\r\n ệ`);
    expect(escaped('a;b,c\\d\ne\r\nf')).toBe(String.raw`a\;b\,c\\d\ne\nf`);
    const text = icalendar(
      'Lớp',
      { name: '', sessions: [{ ...session, title: 'x' }] },
      words,
      'https://a.example/classes',
    );
    for (const line of [
      'DTSTART:20261124T123000Z',
      'DTEND:20261124T140000Z',
      'DTSTAMP:20261101T000000Z',
      'REFRESH-INTERVAL;VALUE=DURATION:PT4H',
      'URL:https://a.example/classes/abcdefgh',
    ])
      expect(text.split('\r\n')).toContain(line);
  });
});
