import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOffOn, openInSpite } from '@/lib/dayoff/rules';
import { dayOffInput, dayOffKinds, type DayOff } from '@/lib/dayoff/schema';
import { addDays, weekdayOf } from '@/lib/kernel/clock';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const print = { seed, numRuns: 500 };
const origin = '2026-11-01';
const day = fc.integer({ min: 0, max: 60 }).map((ahead) => addDays(origin, ahead));
const entry: fc.Arbitrary<DayOff> = fc
  .record({
    kind: fc.constantFrom(...dayOffKinds),
    weekday: fc.integer({ min: 1, max: 7 }),
    from: fc.integer({ min: 0, max: 60 }),
    length: fc.integer({ min: 0, max: 20 }),
    bounded: fc.boolean(),
    distance: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ kind, weekday, from, length, bounded, distance }) => {
    const days = { firstDay: addDays(origin, from), lastDay: addDays(origin, from + length) };
    if (kind !== 'weekly') return { kind, weekday: null, distance, ...days };
    return { kind, weekday, distance, ...(bounded ? days : { firstDay: null, lastDay: null }) };
  });

/** Told once more in the words of the rule: from the nearest area up, the weekly pattern, then dates, then exceptions. */
function offByTheBook(on: string, entries: readonly DayOff[]): boolean {
  for (const distance of [0, 1, 2]) {
    const says = (kind: DayOff['kind']) =>
      entries.some(
        (one) =>
          one.distance === distance &&
          one.kind === kind &&
          (kind !== 'weekly' || one.weekday === weekdayOf(on)) &&
          on >= (one.firstDay ?? on) &&
          on <= (one.lastDay ?? on),
      );
    let answer: boolean | null = says('weekly') ? true : null;
    if (says('dates')) answer = true;
    if (says('exception')) answer = false;
    if (answer !== null) return answer;
  }
  return false;
}

describe(`days off (seed ${seed})`, () => {
  test('the nearest area that says anything decides; in it exceptions go before dates, dates before the week', () => {
    fc.assert(
      fc.property(day, fc.array(entry, { maxLength: 8 }), (on, entries) => {
        const found = dayOffOn(on, entries);
        expect(found !== null).toBe(offByTheBook(on, entries));
        if (found) expect(found.kind).not.toBe('exception');
      }),
      print,
    );
  });

  test('the answer does not hang on the order the entries come in, and an area above changes nothing of what a nearer one said', () => {
    fc.assert(
      fc.property(day, fc.array(entry, { maxLength: 8 }), entry, (on, entries, other) => {
        expect(dayOffOn(on, entries.toReversed()) === null).toBe(dayOffOn(on, entries) === null);
        const nearest = entries.filter(({ distance }) => distance === 0);
        const said = nearest.some((one) =>
          dayOffOn(on, [{ ...one, kind: one.kind === 'weekly' ? 'weekly' : 'dates' }]),
        );
        if (said) expect(dayOffOn(on, [...nearest, { ...other, distance: 1 }])).toEqual(dayOffOn(on, nearest));
      }),
      print,
    );
  });

  test('how many of its days are open all the same is counted day by day', () => {
    const tet: DayOff = { kind: 'dates', weekday: null, firstDay: '2027-02-04', lastDay: '2027-02-09', distance: 2 };
    const here: DayOff = { ...tet, kind: 'exception', firstDay: '2027-02-08', lastDay: '2027-02-10', distance: 0 };
    expect(openInSpite(tet, [tet])).toEqual({ days: 6, open: 0 });
    expect(openInSpite(tet, [tet, here])).toEqual({ days: 6, open: 2 });
  });
});

describe('the form of an entry', () => {
  const typed = { areaId: '18859', kind: 'dates', weekday: '', reason: 'market', name: 'Phiên chợ', lastDay: '' };
  const wrong = (more: object) =>
    dayOffInput
      .safeParse({ ...typed, firstDay: '2026-12-01', ...more })
      .error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? null;

  test('one day needs no last day; a weekly one keeps no days unless it is bounded', () => {
    expect(dayOffInput.parse({ ...typed, firstDay: '2026-12-01' })).toMatchObject({
      weekday: null,
      firstDay: '2026-12-01',
      lastDay: '2026-12-01',
    });
    expect(dayOffInput.parse({ ...typed, kind: 'weekly', weekday: '7', firstDay: '' })).toMatchObject({
      weekday: 7,
      firstDay: null,
      lastDay: null,
    });
  });

  test('says at its field what is missing or cannot be', () => {
    expect(wrong({})).toBeNull();
    expect(wrong({ firstDay: '' })).toEqual([['firstDay', 'dayShape']]);
    expect(wrong({ kind: 'weekly' })).toEqual([['weekday', 'chooseOneWeekday']]);
    expect(wrong({ lastDay: '2026-11-30' })).toEqual([['lastDay', 'untilBeforeFirst']]);
    expect(wrong({ lastDay: '2028-11-30' })).toEqual([['lastDay', 'dayOffTooLong']]);
    expect(wrong({ kind: 'never' })).toEqual([['kind', 'chooseDayOffKind']]);
    expect(wrong({ name: ' ' })).toEqual([['name', 'required']]);
  });
});

test('a calendar of hundreds of long entries keeps nobody waiting while each says on how many of its days there are classes', () => {
  const year = { weekday: null, firstDay: '2027-01-01', lastDay: '2027-12-31', distance: 0 } as const;
  const all = Array.from({ length: 500 }, (_, at) => ({
    ...year,
    kind: at === 0 ? ('exception' as const) : ('dates' as const),
  }));
  const started = Date.now();
  for (const one of all.slice(1)) expect(openInSpite(one, all)).toEqual({ days: 365, open: 365 });
  // One by one it took five seconds, with everybody waiting.
  expect(Date.now() - started).toBeLessThan(3000);
});
