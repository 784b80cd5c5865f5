import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordReading } from '../../lib/access/scoped';
import { addDays, dayOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { lastFacts, personHistory } from '../../lib/person/history';
import { historyAddress } from '../../lib/person/schema';
import { recordOutcome } from '../../lib/visit/commands';
import { packedHomes } from '../../lib/visit/packing';
import { earlierVisits, homesOf, saidAgain, skillsAtHomes } from '../../lib/visit/queries';
import { saysTheSame, skillsToAsk } from '../../lib/visit/rules';
import type { Role } from '../../db/capabilities';
import type { Place } from '../support/cast';
import { as } from '../desk/scene';
import { atDoors, type Doors } from './doors';
import { homeOn, roundAt, said } from './scene';

let doors: Doors;
beforeAll(async () => {
  doors = await atDoors();
});
afterAll(() => doors.close());

const today = dayOf(new Date());

/** A visit that was: what was said there, the last of it last. */
async function visited(personId: string, daysAgo: number, words: readonly string[], place: Place = doors.cast.here) {
  const { cast } = doors;
  const day = addDays(today, -daysAgo);
  const visitId = await homeOn(cast, place, await roundAt(cast, place, { day }), { personId });
  for (const [at, one] of words.entries())
    await cast.owner`insert into visit_outcome (id, visit_id, area_id, outcome, minutes, words, at)
      values (${newId()}, ${visitId}, ${place.villageId}, 'done', 20, ${one}, ${`${day}T09:0${at}:00+07:00`})`;
  return visitId;
}
const told = (account: string, roundId: string) =>
  doors.by(account, async (tx) =>
    (await earlierVisits(tx, await homesOf(tx, roundId))).map(({ day, words }) => [day, words]),
  );

describe('words for whoever goes next', () => {
  test('the newest three visits before, with what was said last at each; to those who go there alone', async () => {
    const { one, idle, cast, home } = doors;
    const { personId, roundId, visitId } = await home({ asked: false });
    if (!personId) throw new Error('nobody lives there');
    await visited(personId, 40, ['Lần đầu']);
    await visited(personId, 30, ['Ghi nhầm', 'Nhà sau trường học']);
    await visited(personId, 20, []);
    await visited(personId, 10, ['']);
    await visited(personId, 5, ['Hẹn xem lại VNeID']);
    await visited(personId, -5, ['Chưa đến ngày']);
    await visited(personId, 2, ['Ở xã khác'], cast.there);
    expect(await told(one, roundId)).toEqual([
      [addDays(today, -5), 'Hẹn xem lại VNeID'],
      [addDays(today, -10), ''],
      [addDays(today, -30), 'Nhà sau trường học'],
    ]);
    expect(await told(idle, roundId)).toEqual([]);
    const packed = await doors.by(one, async (tx) => packedHomes(tx, 'vi', await homesOf(tx, roundId), new Map()));
    expect(packed.find(({ id }) => id === visitId)?.earlier).toHaveLength(3);
  });

  test('what was said to the request of somebody known counts, and under the record that was merged into this one', async () => {
    const { one, cast, home } = doors;
    const { personId, roundId } = await home({ asked: false });
    if (!personId) throw new Error('nobody lives there');
    const other = await home({ day: addDays(today, -3) });
    await cast.owner`update visit set person_id = null where id = ${other.visitId}`;
    await cast.owner`update person set merged_into = ${personId} where id = ${other.personId}`;
    await cast.owner`insert into visit_outcome (id, visit_id, area_id, outcome, words, at)
      values (${newId()}, ${other.visitId}, ${cast.here.villageId}, 'not_home', 'Gọi trước khi đến', now() - interval '3 days')`;
    expect(await told(one, roundId)).toEqual([[addDays(today, -3), 'Gọi trước khi đến']]);
  });

  test('nothing of whoever is not known', async () => {
    const { roundId } = await doors.home({ known: false });
    expect(await told(doors.one, roundId)).toEqual([]);
  });
});

describe('the person’s history', () => {
  const historyOf = (personId: string, role: Role) =>
    as(doors.cast, role, doors.cast.here, async (tx, caller) => {
      const found = await personHistory(
        await recordReading(tx, caller, personId, 'record'),
        'vi',
        personId,
        historyAddress.parse({ show: 'visits' }),
      );
      return found?.facts.map(({ what, note, ref }) => [what, note, ref]);
    });

  test('what came of visits, to whoever reads the record; the words to those who plan visits', async () => {
    const { personId } = await doors.home({ asked: false });
    if (!personId) throw new Error('nobody lives there');
    const visitId = await visited(personId, 5, ['Ghi nhầm', 'Nhà sau trường học']);
    expect(await historyOf(personId, 'organiser')).toEqual([['done', 'Nhà sau trường học', visitId]]);
    expect(await historyOf(personId, 'desk_officer')).toEqual([['done', null, null]]);
    const last = await as(doors.cast, 'organiser', doors.cast.here, async (tx, caller) =>
      lastFacts(await recordReading(tx, caller, personId, 'door'), 'vi', personId, 3),
    );
    expect(last.map(({ kind, what }) => [kind, what])).toEqual([['visits', 'done']]);
  });
});

describe('said once more', () => {
  const again = (account: string, visitId: string, more: Record<string, string> = {}) =>
    doors.by(account, (tx) => saidAgain(tx, said(visitId, more)));

  test('only by whoever said it last, only unchanged, and not where two say otherwise', async () => {
    const { one, two, send, outcome, cast, home } = doors;
    const { visitId } = await home();
    expect(await again(one, visitId)).toBe(false);
    await doors.by(one, (tx, caller) => recordOutcome(tx, said(visitId, { words: 'A' }), caller, new Date()));
    expect(await again(one, visitId, { words: 'A' })).toBe(true);
    expect(await again(two, visitId, { words: 'A' })).toBe(false);
    const otherwise: Record<string, string>[] = [
      { words: 'B' },
      { minutes: '30' },
      { nextOn: addDays(today, 2) },
      { outcome: 'not_home' },
    ];
    for (const more of otherwise)
      expect(await again(one, visitId, { words: 'A', ...more }), JSON.stringify(more)).toBe(false);
    expect(await again(one, visitId, { words: 'A', [`level.${cast.skillCode}`]: '2' })).toBe(false);
    const other = await home();
    await send(one, [outcome(other.visitId, 'done', { at: doors.at(-60) })]);
    await send(two, [outcome(other.visitId, 'not_home', { at: doors.at(-30) })]);
    expect(await again(two, other.visitId, { outcome: 'not_home', minutes: '' })).toBe(false);
    expect(saysTheSame({ outcome: 'done', minutes: 20, nextOn: null, words: '' }, [])).toBe(false);
  });
});

describe('skills at a door', () => {
  test('those due first, then those taught or seen before, then the others', async () => {
    const skill = (code: string, more: object = {}) => ({
      code,
      title: code,
      level: null,
      here: null,
      taught: false,
      ...more,
    });
    const asked = skillsToAsk(
      [skill('A1'), skill('A2', { level: 2 }), skill('A3', { taught: true }), skill('A4'), skill('A5', { level: 3 })],
      ['A5'],
    );
    expect(asked.map(({ code, soon, isDue }) => [code, soon, isDue])).toEqual([
      ['A5', true, true],
      ['A2', true, false],
      ['A3', true, false],
      ['A1', false, false],
      ['A4', false, false],
    ]);
  });

  test('taught is what a lesson they came to teaches', async () => {
    const { cast, one, home } = doors;
    const { personId, roundId } = await home();
    const taught = () =>
      doors.by(one, async (tx) =>
        (await skillsAtHomes(tx, 'vi', await homesOf(tx, roundId)))
          .filter((skill) => skill.taught)
          .map(({ code }) => code),
      );
    expect(await taught()).toEqual([]);
    const [sessionId] = cast.here.sessionIds;
    await cast.owner`update class_session set lesson_id = ${cast.lessonId} where id = ${sessionId}`;
    await cast.owner`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
      values (${sessionId}, ${personId}, ${cast.here.villageId}, 'present', false, now(), ${newId()})`;
    expect(await taught()).toContain(cast.skillCode);
  });
});
