import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openScoped, type ScopedTx } from '@/lib/access/scoped';
import { unitsNear } from '@/lib/area/queries';
import { classesWithout, classForResident, classSchedule } from '@/lib/class/queries';
import { scheduleFilters, type ScheduleFilters } from '@/lib/class/schema';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { form, openClass, send } from '../enrolment/scene';

let cast: Cast;
let hoa: string;
let full: string;
let cancelled: string;
let draft: string;
let past: string;

const asVisitor = <R>(work: (tx: ScopedTx) => Promise<R>) => openScoped('read only', 'camtay_public', '', work);
const found = async (filters: Partial<ScheduleFilters>) => {
  const { classes } = await asVisitor((tx) => classSchedule(tx, 'vi', { page: 1, ...filters }));
  return classes.map(({ id }) => id);
};

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  hoa = await openClass(cast, cast.there, 5, { hoursAhead: 48, searchFolded: 'lop vneid buoi toi' });
  full = await openClass(cast, cast.here, 1, { hoursAhead: 72 });
  cancelled = await openClass(cast, cast.here, 5, { status: 'cancelled', statusReason: 'Bão số 12' });
  draft = await openClass(cast, cast.here, 5, { status: 'draft' });
  past = await openClass(cast, cast.here, 5, { hoursAhead: -72 });
  await send(form(full, cast.here));
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

describe('the schedule', () => {
  it('shows published classes still to come, soonest first, and counts them all', async () => {
    const { total, classes } = await asVisitor((tx) => classSchedule(tx, 'vi', { page: 1 }));
    const ids = classes.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([cast.here.classId, cast.there.classId, hoa, full]));
    for (const hidden of [cancelled, draft, past]) expect(ids).not.toContain(hidden);
    const starts = classes.map(({ nextStartsAt }) => nextStartsAt.getTime());
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(total).toBe(ids.length);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('shows each class once, whole, page by page, whichever way it is asked', async () => {
    const all = await found({});
    const paged = [];
    for (let page = 1; page <= all.length; page += 1) {
      const { classes, total } = await asVisitor((tx) => classSchedule(tx, 'vi', { page }, { perPage: 1 }));
      expect(total).toBe(all.length);
      paged.push(...classes.map(({ id }) => id));
    }
    expect(paged).toEqual(all);
    expect(await found({ area: 44 })).toEqual(all);
    expect(await found({ page: 99 })).toEqual(all);
  });

  it('finds by place, by its old names, without diacritics, and by what is taught, all words together', async () => {
    expect(await found({ area: cast.there.unitId })).toEqual(expect.arrayContaining([hoa, cast.there.classId]));
    expect(await found({ area: cast.there.unitId })).not.toContain(full);
    expect(await found({ area: cast.there.villageId })).toContain(hoa);
    for (const q of [
      'minh hóa',
      'MINH HOÁ',
      'minh hoa',
      'xã minh hoa',
      'quy đạt',
      'thị trấn Quy Đạt',
      'Thon Thu 1900002',
      'minh hoa vneid',
    ])
      expect(await found({ q }), q).toContain(hoa);
    expect(await found({ q: 'Lộc Ninh' })).toContain(full);
    expect(await found({ q: 'Lộc Ninh vneid' })).toEqual([]);
    expect(await found({ q: 'vneid' })).toEqual([hoa]);
    expect(await found({ skill: cast.skillCode })).toContain(hoa);
    // A domain's code stands for every skill of it, and for none of another.
    expect(await found({ skill: cast.skillCode.slice(0, 1) })).toContain(hoa);
    expect(await found({ skill: cast.skillCode.startsWith('A') ? 'B' : 'A' })).not.toContain(hoa);
    expect(await found({ skill: 'Z99' })).toEqual([]);
  });

  it('narrows to room, day and part of the day', async () => {
    expect(await found({ open: true })).not.toContain(full);
    const card = (await asVisitor((tx) => classForResident(tx, 'vi', hoa)))?.sessions[0];
    const local = new Date((card?.startsAt.getTime() ?? 0) + 7 * 3_600_000);
    const day = local.toISOString().slice(0, 10);
    const hour = local.getUTCHours();
    const part = hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening';
    expect(await found({ day, part })).toContain(hoa);
    expect(await found({ day: String(local.getUTCDay() || 7) })).toContain(hoa);
    expect(await found({ day: 'week' })).toContain(hoa);
    expect(await found({ day: 'today' })).not.toContain(hoa);
    expect(await found({ day, part: part === 'morning' ? 'evening' : 'morning' })).not.toContain(hoa);
  });

  it('narrows to the language of the class and to a venue without steps, and says so when that leaves none', async () => {
    expect(await found({ lang: 'vi' })).toContain(hoa);
    expect(await found({ lang: 'bru' })).not.toContain(hoa);
    await cast.owner`update class set language = 'bru' where id = ${hoa}`;
    expect(await found({ lang: 'bru' })).toEqual([hoa]);
    expect(await found({ lang: 'bru', stepFree: true })).toEqual([]);
    expect(await asVisitor((tx) => classesWithout(tx, { page: 1, lang: 'bru', stepFree: true }))).toEqual([
      { filter: 'stepFree', total: 1 },
    ]);
    await cast.owner`update venue set step_free = true where id = (select venue_id from class where id = ${hoa})`;
    expect(await found({ lang: 'bru', stepFree: true })).toEqual([hoa]);
    await cast.owner`update class set language = 'vi' where id = ${hoa}`;
  });

  it('finds what is taught by the words of its skills', async () => {
    const [skill] = await cast.owner<{ titleVi: string }[]>`
      select title_vi from skill_version where skill_code = ${cast.skillCode} and valid_to is null`;
    expect(await found({ q: skill?.titleVi ?? '' })).toContain(hoa);
    expect(await found({ q: `${skill?.titleVi ?? ''} minh hoa` })).toContain(hoa);
  });

  it('looks around a place: in it first, then in its unit, then next door, each class once and only those', async () => {
    const elsewhere = 1_900_077;
    await cast.owner`insert into area (id, kind, name_vi, name_en, full_name_vi, full_name_en, name_folded, valid_from)
      values (${elsewhere}, 'village', 'Thôn Xa', 'Thon Xa', 'Thôn Xa', 'Thon Xa', 'thon xa', '2025-07-01')`;
    await cast.owner`insert into area_parent (area_id, parent_id, valid_from) values (${elsewhere}, ${cast.there.unitId}, '2025-07-01')`;
    await cast.owner`select rebuild_area_tree()`;
    const soonest = await openClass(cast, { ...cast.there, villageId: elsewhere }, 5, { hoursAhead: 2 });
    const rings = [cast.there.villageId, cast.there.unitId, cast.here.unitId];
    const { classes, total } = await asVisitor((tx) => classSchedule(tx, 'vi', { page: 1 }, { rings, perPage: 50 }));
    const order = classes.map(({ ring }) => ring);
    expect(order).toEqual(order.toSorted());
    expect(classes.find(({ id }) => id === soonest)).toMatchObject({ ring: 2, placeName: 'Thôn Xa' });
    expect(classes.filter(({ ring }) => ring === 1).map(({ id }) => id)).toContain(hoa);
    expect(new Set(classes.map(({ id }) => id)).size).toBe(total);
    // Page by page too: the nearest are on the first page, not the soonest.
    for (const [at, { id }] of classes.entries()) {
      const page = await asVisitor((tx) => classSchedule(tx, 'vi', { page: at + 1 }, { rings, perPage: 1 }));
      expect(page.classes.map((card) => card.id)).toEqual([id]);
    }
    const one = await asVisitor((tx) =>
      classSchedule(tx, 'vi', { page: 1 }, { rings: rings.slice(0, 1), except: hoa }),
    );
    expect(one.classes.every(({ id, ring }) => id !== hoa && ring === 1)).toBe(true);
    const near = await asVisitor((tx) => unitsNear(tx, 'vi', cast.there.unitId, 5));
    expect(near).toHaveLength(5);
    expect(near.map(({ km }) => km)).toEqual(near.map(({ km }) => km).sort((a, b) => a - b));
    expect(near.map(({ id }) => id)).not.toContain(cast.there.unitId);
    // Kim Phú lies beside Minh Hóa, whatever the order of their numbers.
    expect(near.map(({ id }) => id)).toContain(18_943);
  });

  it('says which one filter less would help when nothing is found', async () => {
    const filters = { page: 1, q: 'vneid', area: cast.here.unitId };
    expect(await found(filters)).toEqual([]);
    const without = await asVisitor((tx) => classesWithout(tx, filters));
    expect(without).toEqual([
      { filter: 'q', total: (await found({ area: cast.here.unitId })).length },
      { filter: 'area', total: 1 },
    ]);
  });

  it('takes any words without failing', async () => {
    for (const q of ["'; drop table class; --", '%', '_', '\\', '😀', 'x'.repeat(200), 'a b c d e f g h i j'])
      expect(Array.isArray(await found({ q }))).toBe(true);
  });
});

describe('a class page', () => {
  it('shows cancelled classes with the reason, drafts and unknown ones not at all', async () => {
    const shown = (id: string) => asVisitor((tx) => classForResident(tx, 'vi', id));
    expect(await shown(cancelled)).toMatchObject({ status: 'cancelled', statusReason: 'Bão số 12' });
    expect(await shown(draft)).toBeNull();
    expect(await shown('zzzzzzzz')).toBeNull();
    expect(await shown(full)).toMatchObject({ seatsLeft: 0, waiting: 0, over: false });
    expect(await shown(past)).toMatchObject({ over: true });
  });
});

describe('an address', () => {
  it('that cannot be read is left out and said', () => {
    const typed = scheduleFilters({
      area: 'x',
      q: '\u0000',
      skill: ['A1', 'B2'],
      day: '2026-02-31',
      part: 'night',
      open: 'maybe',
      page: '-1',
    });
    expect(typed.filters).toEqual({ page: 1 });
    expect(typed.ignored).toEqual(['area', 'q', 'skill', 'day', 'part', 'open', 'page']);
  });
  it('with empty answers narrows nothing', () => {
    expect(scheduleFilters({ area: '', q: ' ', day: '' })).toEqual({ filters: { page: 1 }, ignored: [] });
    expect(
      scheduleFilters({ area: '18859', q: 'Hoá', open: '1', part: 'evening', skill: 'c1', day: '7' }).filters,
    ).toEqual({
      area: 18_859,
      q: 'Hoá',
      open: true,
      part: 'evening',
      skill: 'C1',
      day: '7',
      page: 1,
    });
  });
});
