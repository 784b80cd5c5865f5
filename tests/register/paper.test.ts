import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '@/lib/kernel/text';
import { readPaper } from '@/lib/register/paper';
import type { MarkState } from '@/lib/register/rules';

const lines = { people: 25, skills: 4 };
/** In short: `3:absent 5:late15 +2 k1.3=2 k2.*=1 !noWord 7`. */
function said(typed: string): string {
  const { states, guests, levels, rest, problems } = readPaper(typed, lines);
  return [
    ...[...states]
      .sort(([a], [b]) => a - b)
      .map(([number, { state, minutesLate }]) => `${number}:${state}${minutesLate ?? ''}`),
    ...(guests === null ? [] : [`+${guests}`]),
    ...levels.map(({ skill, number, level }) => `k${skill}.${number}=${level}`),
    ...rest.map(({ skill, level }) => `k${skill}.*=${level}`),
    ...problems.map(({ kind, text }) => `!${kind} ${text}`.trim()),
  ].join(' ');
}

describe('what is typed from a sheet', () => {
  test.each([
    ['3 7 12 vắng, +2', '3:absent 7:absent 12:absent +2'],
    ['3, 7, 12 VẮNG; +2 khách', '3:absent 7:absent 12:absent +2'],
    ['vang 3 7 12', '3:absent 7:absent 12:absent'],
    ['vắng 3 7, 5 trễ 15', '3:absent 5:late15 7:absent'],
    ['vắng 3, 7, 5 muộn', '3:absent 5:late 7:absent'],
    ['5 trễ 15, 8 về sớm, 4 phép', '4:excused 5:late15 8:left_early'],
    ['5 đến muộn 15 phút 8 về sớm', '5:late15 8:left_early'],
    ['trễ 15p 5 6', '5:late15 6:late15'],
    ['3V 4P 5M15, 8S', '3:absent 4:excused 5:late15 8:left_early'],
    ['3-5 vắng có phép', '3:excused 4:excused 5:excused'],
    ['Số 3 và số 7: vắng', '3:absent 7:absent'],
    [
      '3 7 12 absent, 5 late 15 min, 8 left early, 4 excused, +2 guests',
      '3:absent 4:excused 5:late15 7:absent 8:left_early 12:absent +2',
    ],
    ['late 15 min 5\nabsent: 3 7', '3:absent 5:late15 7:absent'],
    ['đủ', ''],
    ['tất cả có mặt', ''],
    ['', ''],
    ['k1: 3 5 7=2', 'k1.3=2 k1.5=2 k1.7=2'],
    ['K1: 3=2 5=3, 7 9 = 4; k2 tất cả=1', 'k1.3=2 k1.5=3 k1.7=4 k1.9=4 k2.*=1'],
    ['k1: 3=2, còn lại=1, 8 vắng', '8:absent k1.3=2 k1.*=1'],
    ['3 7', '!noWord 3 7'],
    ['3 7 vắng 9', '3:absent 7:absent !noWord 9'],
    ['vắng', '!noNumbers vắng'],
    ['3 vằn', '!unknownWord vằn !noWord 3'],
    ['26 vắng, 0 vắng', '!notOnSheet 26 !notOnSheet 0'],
    ['3 vắng, 3 trễ', '3:absent !saidTwice 3'],
    ['3 vắng, 3 vắng', '3:absent'],
    ['+2, +3', '+2 !saidTwice +3'],
    ['k9: 3=2', '!unknownSkill k9'],
    ['k1: 3=7', '!levelShape 3 = 7'],
    ['k1: 3 5', '!levelShape k1: 3 5'],
    ['3 vắng; k1: 3=2', '3:absent k1.3=2 !notThere k1: 3'],
    ['5 trễ 900', '!minutesShape 5 trễ 900'],
    ['5 trễ 8 vắng', '5:late 8:absent'],
    ['3 = 2', '!unclear 3 = 2'],
  ])('“%s”', (typed, meant) => {
    expect(said(typed)).toBe(meant);
  });
});

const words: Record<Exclude<MarkState, 'present'>, readonly string[]> = {
  absent: ['vắng', 'nghỉ', 'không đến', 'V', 'absent'],
  excused: ['phép', 'vắng có phép', 'xin nghỉ', 'P', 'excused'],
  late: ['trễ', 'đến muộn', 'M', 'late'],
  left_early: ['về sớm', 'S', 'left early'],
};
const states = ['absent', 'excused', 'late', 'left_early'] as const;

/** A sheet as somebody marked it, and a way of typing it. */
const sheets = fc
  .record({
    marks: fc.uniqueArray(
      fc.record({
        number: fc.integer({ min: 1, max: 25 }),
        state: fc.constantFrom(...states),
        minutes: fc.option(fc.integer({ min: 1, max: 600 })),
      }),
      { selector: ({ number }) => number, maxLength: 12 },
    ),
    guests: fc.option(fc.integer({ min: 0, max: 40 })),
    levels: fc.uniqueArray(
      fc.record({ number: fc.integer({ min: 1, max: 25 }), level: fc.integer({ min: 0, max: 4 }) }),
      {
        selector: ({ number }) => number,
        maxLength: 8,
      },
    ),
    style: fc.infiniteStream(fc.nat()),
  })
  .map(({ marks, guests, levels, style }) => {
    const next = (of: number) => Number(style.next().value ?? 0) % of;
    const pick = (from: readonly string[]) => from[next(from.length)] ?? '';
    const plain = (text: string) => pick([text, fold(text), text.toUpperCase(), text.normalize('NFD')]);
    const parts = states.flatMap((state) => {
      const own = marks.filter((mark) => mark.state === state);
      const minutesOf = (mark: (typeof own)[number]) => (state === 'late' ? mark.minutes : null);
      return [...new Set(own.map(minutesOf))].map((minutes) => {
        const numbers = own.filter((mark) => minutesOf(mark) === minutes).map(({ number }) => number);
        const word = plain(pick(words[state]));
        const late = minutes === null ? '' : pick([` ${minutes}`, ` ${minutes} phút`, ` ${minutes}'`]);
        return minutes === null && next(2) === 0
          ? `${word} ${numbers.join(pick([' ', ', ']))}`
          : `${numbers.join(pick([' ', ', ', ' và ']))} ${word}${late}`;
      });
    });
    if (guests !== null) parts.push(`+${guests}${pick(['', ' khách', ' guests'])}`);
    const came = levels.filter(
      ({ number }) => !marks.some((mark) => mark.number === number && ['absent', 'excused'].includes(mark.state)),
    );
    if (came.length > 0)
      parts.push(`k2: ${came.map(({ number, level }) => `${number}=${level}`).join(pick([' ', ', ']))}`);
    return { marks, guests, came, typed: parts.join(pick(['; ', '\n', ' ;\n'])) };
  });

test('whatever the style, what was marked is what is read, and nothing is complained of', () => {
  fc.assert(
    fc.property(sheets, ({ marks, guests, came, typed }) => {
      const read = readPaper(typed, lines);
      expect(read.problems, typed).toEqual([]);
      const expected = marks.map(({ number, state, minutes }) => [
        number,
        { state, minutesLate: state === 'late' ? minutes : null },
      ]);
      expect(new Map(read.states), typed).toEqual(
        new Map(expected as Iterable<[number, { state: MarkState; minutesLate: number | null }]>),
      );
      expect(read.guests, typed).toBe(guests);
      expect(new Map(read.levels.map(({ number, level }) => [number, level])), typed).toEqual(
        new Map(came.map(({ number, level }) => [number, level])),
      );
    }),
    { numRuns: 500 },
  );
});

test('of whatever is typed, no number is dropped in silence: each is on the sheet, or complained of', () => {
  const pieces = fc.constantFrom(
    'vắng',
    'trễ',
    'phép',
    'k1:',
    '=',
    ',',
    ';',
    '\n',
    '+',
    'tất cả',
    'x',
    '🎉',
    '3',
    '7',
    '12',
    '25',
    '26',
    '15p',
    '4P',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.array(pieces, { maxLength: 25 }).map((all) => all.join(' ')),
      ),
      (typed) => {
        const { states, guests, levels, rest, problems } = readPaper(typed, lines);
        const told = problems.map(({ text }) => text).join(' ');
        const used = [...states].flatMap(([number, { minutesLate }]) => [number, minutesLate]);
        const inLevels = [...levels, ...rest].flatMap((one) => Object.values(one));
        for (const [digits] of typed.normalize('NFC').matchAll(/(?<![\dk])\d{1,4}(?!\d)/g)) {
          const number = Number(digits);
          expect(
            [...used, ...inLevels, guests].includes(number) || told.includes(digits),
            `${digits} of “${typed}”`,
          ).toBe(true);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test('a very long text is read at once', () => {
  const from = performance.now();
  readPaper('ba mươi '.repeat(5000), lines);
  readPaper('3'.repeat(20_000), lines);
  expect(performance.now() - from).toBeLessThan(500);
});
