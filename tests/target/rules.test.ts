import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { periodOf } from '@/lib/period/rules';
import {
  elapsed,
  forecastEnd,
  gainsOfFlow,
  gainsOfStock,
  gainsOfYears,
  paceToday,
  sessionsFor,
  sessionsAhead,
  sessionsReach,
  standingOf,
  type Looked,
} from '@/lib/target/rules';

const year = periodOf('2026');
if (!year) throw new Error('a year is a period');
const told = { verbose: true };
const count = fc.nat(100_000);
const gain = fc.integer({ min: -500, max: 5000 });
const gains = fc.array(gain, { maxLength: 12 });
const months = fc.array(fc.option(count, { nil: null }), { maxLength: 7 });
const dayOf = (nth: number) => new Date(Date.UTC(2025, 0, 1 + nth)).toISOString().slice(0, 10);
const anyDay = fc.nat(1000).map(dayOf);

describe('how much of a period is over', () => {
  test('is nothing before it, all after it, and never less on a later day', () => {
    expect([elapsed(year, '2025-12-31'), elapsed(year, '2026-01-01'), elapsed(year, '2027-01-01')]).toEqual([0, 0, 1]);
    expect(elapsed(year, '2026-07-02')).toBeCloseTo(182 / 365);
    fc.assert(
      fc.property(anyDay, anyDay, (one, other) => {
        const [first, then] = [one, other].sort();
        expect(elapsed(year, first ?? '')).toBeLessThanOrEqual(elapsed(year, then ?? ''));
      }),
      told,
    );
  });
});

describe('an even pace', () => {
  test('leads from the start to the target; where the start is not known there is none', () => {
    expect(paceToday(100, 0, 0.25)).toBe(25);
    expect(paceToday(100, 40, 0.5)).toBe(70);
    expect(paceToday(100, null, 0.5)).toBeNull();
    fc.assert(
      fc.property(count, count, fc.double({ min: 0, max: 1, noNaN: true }), (target, start, over) => {
        const pace = paceToday(target, start, over) ?? NaN;
        expect(pace).toBeGreaterThanOrEqual(Math.min(target, start) - 1e-6);
        expect(pace).toBeLessThanOrEqual(Math.max(target, start) + 1e-6);
      }),
      told,
    );
  });
});

describe('the forecast', () => {
  const how = { growsOnly: true };

  test('goes on as the months before; with fewer than four of them there is no band, without any no forecast', () => {
    expect(forecastEnd(100, [], 3, how)).toBeNull();
    expect(forecastEnd(100, [10, 20, 30], 2, how)).toEqual({ value: 140, band: null });
    expect(forecastEnd(100, [20, 20, 20, 20], 2, how)).toEqual({ value: 140, band: { low: 140, high: 140 } });
    // By hand: s = √(500/3), t(3) = 1.638, √(2 + 4/4) = √3.
    const band = forecastEnd(100, [10, 20, 30, 40], 2, how)?.band;
    expect(band?.high).toBeCloseTo(150 + 1.638 * Math.sqrt(500 / 3) * Math.sqrt(3));
  });

  test('lies in its band, knows no NaN, and stays in its bounds', () => {
    fc.assert(
      fc.property(
        count,
        gains,
        fc.double({ min: 0, max: 12, noNaN: true }),
        fc.boolean(),
        count,
        (now, past, left, growsOnly, more) => {
          const found = forecastEnd(now, past, left, { growsOnly, most: now + more });
          expect(found === null).toBe(past.length === 0);
          if (!found) return;
          for (const number of [found.value, found.band?.low ?? 0, found.band?.high ?? 0])
            expect(Number.isFinite(number)).toBe(true);
          expect(found.value).toBeGreaterThanOrEqual(growsOnly ? now : 0);
          expect(found.value).toBeLessThanOrEqual(now + more);
          expect(found.band === null).toBe(past.length < 4);
          if (found.band) {
            expect(found.band.low).toBeLessThanOrEqual(found.value);
            expect(found.band.high).toBeGreaterThanOrEqual(found.value);
          }
        },
      ),
      told,
    );
  });

  test('is never lower for more, be it the value now or a month before; the band is wider the longer there is to go', () => {
    fc.assert(
      fc.property(count, gains, fc.nat(12), fc.nat(1000), (now, past, left, more) => {
        const value = (actual: number, before: readonly number[]) => forecastEnd(actual, before, left, how)?.value ?? 0;
        expect(value(now + more, past)).toBeGreaterThanOrEqual(value(now, past));
        expect(
          value(
            now,
            past.map((one) => one + more),
          ),
        ).toBeGreaterThanOrEqual(value(now, past) - 1e-6);
        const width = (k: number) => {
          const band = forecastEnd(1e9, past, k, { growsOnly: false })?.band;
          return band ? band.high - band.low : 0;
        };
        expect(width(left + 1)).toBeGreaterThanOrEqual(width(left) - 1e-3);
      }),
      told,
    );
  });

  test('its band holds the end in about 80 of 100 cases when months differ by chance alone', () => {
    // A generator of its own, so that the count is the same on every run.
    let state = 7;
    const next = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const month = () => 200 + 25 * Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
    const draw = (length: number) => Array.from({ length }, month);
    let held = 0;
    for (let trial = 0; trial < 4000; trial += 1) {
      const band = forecastEnd(500, draw(6), 4, how)?.band;
      const end = draw(4).reduce((sum, one) => sum + one, 500);
      if (band && band.low <= end && end <= band.high) held += 1;
    }
    expect(held / 4000).toBeGreaterThan(0.78);
    expect(held / 4000).toBeLessThan(0.82);
  });
});

describe('sessions to close a gap', () => {
  test('at the place’s own yield, rounded up; none for no gap; unknown where nothing was held or gained', () => {
    expect(sessionsFor(30, { gains: [10, 10], sessions: [4, 4] })).toBe(12);
    expect(sessionsFor(0, { gains: [], sessions: [] })).toBe(0);
    expect(sessionsFor(-5, { gains: [], sessions: [] })).toBe(0);
    expect(sessionsFor(5, { gains: [], sessions: [] })).toBeNull();
    expect(sessionsFor(5, { gains: [3], sessions: [0] })).toBeNull();
    expect(sessionsFor(5, { gains: [-3, 1], sessions: [2, 2] })).toBeNull();
    fc.assert(
      fc.property(count, fc.nat(1000), gains, fc.array(fc.nat(50), { maxLength: 12 }), (gap, more, past, held) => {
        const [less, then] = [
          sessionsFor(gap, { gains: past, sessions: held }),
          sessionsFor(gap + more, { gains: past, sessions: held }),
        ];
        if (less !== null && then !== null) expect(then).toBeGreaterThanOrEqual(less);
        for (const found of [less, then]) expect(found === null || (Number.isFinite(found) && found >= 0)).toBe(true);
      }),
      told,
    );
  });
});

describe('what months brought', () => {
  test('of what is carried on: the differences of known ends, each with the sessions of its month', () => {
    expect(gainsOfStock([10, 15, null, 30, 28], [9, 1, 2, 3, 4])).toEqual({ gains: [5, -2], sessions: [1, 4] });
    expect(gainsOfStock([], [])).toEqual({ gains: [], sessions: [] });
  });

  test('of people: months are scaled to what counts once; never more than the months say', () => {
    expect(gainsOfFlow([10, null, 30], [1, 2, null], null)).toEqual({ gains: [10, 30], sessions: [1, 0] });
    expect(gainsOfFlow([10, 30], [1, 2], { whole: 20, months: 40 })).toEqual({ gains: [5, 15], sessions: [1, 2] });
    fc.assert(
      fc.property(months, count, count, (counts, whole, sum) => {
        const found = gainsOfFlow(counts, counts, { whole, months: sum });
        const plain = gainsOfFlow(counts, counts, null);
        for (const [at, one] of found.gains.entries()) expect(one).toBeLessThanOrEqual(plain.gains[at] ?? 0);
      }),
      told,
    );
  });
});

describe('a group of which only years are told', () => {
  const yearOf = (whole: number | null, first: number, months: readonly (number | null)[]) => ({
    whole,
    everybody: new Map(months.map((count, at) => [`m${first + at}`, count])),
    sessions: new Map(months.map((_, at) => [`m${first + at}`, 2])),
  });

  test('is spread as everybody is, each year by its own part', () => {
    const [now, past] = [yearOf(12, 12, [40, 20]), yearOf(60, 0, [0, 0, 50, 50, 0, 0, 0, 0, 0, 50, 50, 100])];
    expect(gainsOfYears([now, past], ['m9', 'm10', 'm11', 'm12'], 1.5)).toEqual({
      gains: [10, 10, 20, 8],
      sessions: [2, 2, 2, 2],
      inProportion: true,
    });
    // A year of which a month is kept back, or of which nothing is told, says nothing of its months.
    const nothing = { gains: [8], sessions: [2], inProportion: true };
    expect(gainsOfYears([now, yearOf(60, 0, [50, null])], ['m0', 'm12'], 1.5)).toEqual(nothing);
    expect(gainsOfYears([now, yearOf(null, 0, [50, 50])], ['m0', 'm12'], 1.5)).toEqual(nothing);
  });

  test('grows evenly where everybody’s months are kept back, without a band; in the first month nothing is foreseen', () => {
    const now = yearOf(12, 12, [null, 20]);
    expect(gainsOfYears([now], ['m12'], 1.5)).toEqual({ gains: [8], sessions: [4 / 1.5], inProportion: true });
    expect(gainsOfYears([now], ['m12'], 0.9)).toEqual({ gains: [], sessions: [] });
    expect(forecastEnd(12, [8], 3, { growsOnly: true, inProportion: true })).toEqual({ value: 36, band: null });
  });

  test('has a band that holds the end in 80 of 100 cases or more, when its part of those who come stays alike', () => {
    let state = 11;
    const next = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const normal = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
    for (const [busy, part] of [
      [200, 0.3],
      [60, 0.15],
      [900, 0.05],
    ] as const) {
      // One in `part` of whoever comes is of the group, by the toss.
      const month = () => {
        const all = Math.max(0, Math.round(busy * (1 + 0.2 * normal())));
        let own = 0;
        for (let one = 0; one < all; one += 1) if (next() < part) own += 1;
        return { all, own };
      };
      let held = 0;
      for (let trial = 0; trial < 1500; trial += 1) {
        const [past, end] = [Array.from({ length: 7 }, month), Array.from({ length: 5 }, month)];
        const whole = past.reduce((sum, { own }) => sum + own, 0);
        const now = yearOf(
          whole,
          0,
          past.map(({ all }) => all),
        );
        const { gains } = gainsOfYears([now], ['m1', 'm2', 'm3', 'm4', 'm5', 'm6'], 7);
        const band = forecastEnd(whole, gains, 5, { growsOnly: true, inProportion: true })?.band;
        const found = end.reduce((sum, { own }) => sum + own, whole);
        if (band && band.low <= found && found <= band.high) held += 1;
      }
      expect(held / 1500, `${busy} a month, ${part} of them`).toBeGreaterThan(0.79);
      expect(held / 1500).toBeLessThan(0.9);
    }
  });
});

describe('an indicator against its target', () => {
  const looked: Looked = {
    value: 60,
    of: 200,
    target: 50,
    shownAs: 'share',
    course: 'stock',
    start: 20,
    past: { gains: [10, 10, 10, 10], sessions: [5, 5, 5, 5] },
  };

  test('a share is reckoned in people and shown in per cent', () => {
    const found = standingOf(looked, year, '2026-07-02');
    expect(found.pace).toBeCloseTo((100 * (20 + (100 - 20) * (182 / 365))) / 200);
    expect(found.sessions).toBe(20);
    expect(found.forecast?.value).toBeCloseTo((100 * (60 + (10 * 183) / (365.25 / 12))) / 200);
    expect(standingOf({ ...looked, past: { gains: [900], sessions: [1] } }, year, '2026-07-02').forecast?.value).toBe(
      100,
    );
  });

  test('says nothing of what is not known, of a period to come, and does not foresee what is over', () => {
    const nothing = { pace: null, forecast: null, sessions: null };
    expect(standingOf({ ...looked, value: null }, year, '2026-07-02')).toEqual(nothing);
    expect(standingOf({ ...looked, of: null }, year, '2026-07-02')).toEqual(nothing);
    expect(standingOf({ ...looked, of: 0 }, year, '2026-07-02')).toEqual(nothing);
    expect(standingOf({ ...looked, course: 'none' }, year, '2026-07-02')).toEqual(nothing);
    expect(standingOf(looked, year, '2025-12-31')).toEqual(nothing);
    expect(standingOf(looked, year, '2027-01-01')).toMatchObject({ forecast: null, sessions: null });
    expect(standingOf({ ...looked, target: null }, year, '2026-07-02')).toMatchObject({ pace: null, sessions: null });
  });

  test('knows no NaN and no infinity, whatever is known', () => {
    const perhaps = fc.option(count, { nil: null });
    const any = fc.record({
      value: perhaps,
      of: perhaps,
      target: perhaps,
      shownAs: fc.constantFrom('count' as const, 'share' as const),
      course: fc.constantFrom('flow' as const, 'stock' as const, 'none' as const),
      start: perhaps,
      past: fc.record({ gains, sessions: fc.array(fc.nat(50), { maxLength: 12 }) }),
    });
    fc.assert(
      fc.property(any, anyDay, (one, day) => {
        const { pace, forecast, sessions } = standingOf(one, year, day);
        for (const number of [pace, sessions, forecast?.value, forecast?.band?.low, forecast?.band?.high])
          expect(number === null || number === undefined || Number.isFinite(number)).toBe(true);
        if (forecast?.band) {
          expect(forecast.band.low).toBeLessThanOrEqual(forecast.value);
          expect(forecast.band.high).toBeGreaterThanOrEqual(forecast.value);
        }
      }),
      told,
    );
  });
});

describe('what the sessions still needed mean', () => {
  test('there is room for as many as the months before bring in the time that is left, none once the period is over', () => {
    const past = { sessions: [10, 20, 30] };
    expect(sessionsAhead(past, { to: '2026-12-15' }, '2026-11-30')).toBe(Math.round((20 * 15) / (365.25 / 12)));
    expect(sessionsAhead(past, { to: '2026-12-15' }, '2026-12-20')).toBe(0);
    expect(sessionsAhead({ sessions: [] }, { to: '2026-12-15' }, '2026-11-30')).toBeNull();
  });

  test('more than ten times the room is out of reach, and where there is room for none, more than ten', () => {
    expect([8, 9, 80, 81].map((needed) => sessionsReach(needed, 8))).toEqual(['fit', 'short', 'short', 'far']);
    expect([0, 1, 10, 11].map((needed) => sessionsReach(needed, 0))).toEqual(['fit', 'short', 'short', 'far']);
  });
});
