import { describe, expect, test } from 'vitest';
import { BadBoundaries, readBoundaries, simplified } from '../../lib/map/outline';
import { boundaryLimits } from '../../lib/map/schema';
import { codes, islandCode, madeUp, polygon } from './made-up';

const known = new Map([...codes, islandCode].map((code) => [code, Number(code)]));
const read = (collection: unknown) => readBoundaries(JSON.stringify(collection), known);
const reasonOf = (json: string) => {
  try {
    readBoundaries(json, known);
  } catch (error) {
    return error instanceof BadBoundaries ? error.reason : String(error);
  }
  return null;
};
const square = [
  [
    [106, 17],
    [106.1, 17],
    [106.1, 17.1],
    [106, 17],
  ],
];

/** How far a point is from a stretch. */
function offFrom(
  [x, y]: readonly [number, number],
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
) {
  const part = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const along = Math.max(0, Math.min(1, part));
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
}

/** The stretches a path is drawn of, each as it reads from its lesser end. */
const stretches = (path: string) =>
  path
    .split('M')
    .slice(1)
    .flatMap((ring) => {
      const points = ring.replace('Z', '').split('L');
      return points.map((point, i) => [point, points[(i + 1) % points.length] ?? ''].sort().join(' – '));
    });

describe('reading boundaries', () => {
  const made = read(madeUp());

  test('matches by code in whichever property holds them, and keeps whole numbers of one plane', () => {
    expect(made.shapes.map(({ areaId }) => String(areaId))).toEqual([...codes, islandCode]);
    for (const { path, box } of made.shapes) {
      expect(path).toMatch(/^(M\d+ \d+(L\d+ \d+)+Z)+$/);
      expect(Math.max(...box)).toBeLessThanOrEqual(4_000);
    }
    expect(made.unmatched).toEqual([]);
    expect(made.pointsAfter).toBeLessThan(made.pointsBefore / 1.5);
  });

  test('a border two areas share stays one border: no gap, no overlap', () => {
    const count = new Map<string, number>();
    for (const { path } of made.shapes) for (const one of stretches(path)) count.set(one, (count.get(one) ?? 0) + 1);
    // Seven borders inside the block of six, each drawn by both sides; what only one side draws lies on the outside.
    const shared = [...count].filter(([, times]) => times === 2);
    expect(shared.length).toBeGreaterThan(7 * 5);
    expect([...count.values()].every((times) => times <= 2)).toBe(true);
    // What the six cover together is what the line around all of them holds.
    const areaOf = (path: string) =>
      path
        .split('M')
        .slice(1)
        .reduce((sum, ring) => {
          const points = ring
            .replace('Z', '')
            .split('L')
            .map((point) => point.split(' ').map(Number));
          return (
            sum +
            points.reduce((all, [x = 0, y = 0], i) => {
              const [nx = 0, ny = 0] = points[(i + 1) % points.length] ?? [];
              return all + (x * ny - nx * y) / 2;
            }, 0)
          );
        }, 0);
    const inside = made.shapes.slice(0, 6).reduce((sum, { path }) => sum + Math.abs(areaOf(path)), 0);
    const outside = [...count].filter(([, times]) => times === 1).map(([one]) => one);
    const next = new Map<string, string[]>();
    for (const one of outside) {
      const [a = '', b = ''] = one.split(' – ');
      next.set(a, [...(next.get(a) ?? []), b]);
      next.set(b, [...(next.get(b) ?? []), a]);
    }
    const start =
      stretches(made.shapes[0]?.path ?? '')
        .find((one) => count.get(one) === 1)
        ?.split(' – ')[0] ?? '';
    const walk = [start];
    for (let [from, at] = [start, next.get(start)?.[0] ?? '']; at !== start && walk.length < 5_000;) {
      walk.push(at);
      const onward = next.get(at)?.find((other) => other !== from) ?? start;
      [from, at] = [at, onward];
    }
    expect(inside).toBeCloseTo(Math.abs(areaOf(`M${walk.join('L')}Z`)), 3);
  });

  test('a line is made plain alike from either end, and never further off than half a dot', () => {
    const line = Array.from({ length: 400 }, (_, i): [number, number] => [i * 3, Math.round(40 * Math.sin(i / 15))]);
    const plain = simplified(line);
    expect(simplified(line.toReversed())).toEqual(plain.toReversed());
    expect(plain.length).toBeLessThan(line.length / 4);
    for (const point of line) {
      const off = plain.slice(1).map((to, i) => offFrom(point, plain[i] ?? to, to));
      expect(Math.min(...off)).toBeLessThanOrEqual(2);
    }
    expect([plain[0], plain.at(-1)]).toEqual([line[0], line.at(-1)]);
  });

  test('areas of no known code are named, places too small to be seen are still drawn', () => {
    const found = read({
      type: 'FeatureCollection',
      features: [
        polygon('18859', square),
        polygon('99999', square),
        polygon('18871', [
          [
            [105, 17],
            [105.00001, 17],
            [105, 17.00001],
            [105, 17],
          ],
        ]),
      ],
    });
    expect(found.unmatched).toEqual(['Nơi 99999']);
    expect(found.shapes).toHaveLength(2);
  });

  /** One area of so many points, as short as they can be typed. */
  const ofOne = (points: readonly string[]) =>
    `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"18859"},"geometry":{"type":"Polygon","coordinates":[[${[...points, points[0]].join(',')}]]}}]}`;

  test('as many points as a file may hold in one outline are read like any', () => {
    const south = Array.from(
      { length: 150_000 },
      (_, at) => `[${((at * 80) / 150_000).toFixed(2)},${at % 2 ? 0.03 : 0}]`,
    );
    const there = [...south, '[80,80]', '[0,80]'];
    expect(readBoundaries(ofOne(there), known)).toMatchObject({ pointsBefore: 150_003, shapes: [{ areaId: 18859 }] });
  });

  test('lines that take the square of their points are refused before they hold everybody up', () => {
    // Each point furthest off lies right behind the one before: nothing is ever halved.
    const saw = Array.from({ length: 4000 }, (_, x) => `[${x / 100},${x % 2 ? (4000 - x) / 100 : 0}]`);
    const ring = `[[${[...saw, saw[0]].join(',')}]]`;
    const file = ofOne(saw).replace('"Polygon"', '"MultiPolygon"');
    const many = file.replace(/"coordinates":.*$/, `"coordinates":[${Array(40).fill(ring).join(',')}]}}]}`);
    expect(Buffer.byteLength(many)).toBeLessThan(boundaryLimits.bytes);
    expect(reasonOf(many)).toBe('boundaryTooMany');
  });

  test.each([
    ['boundaryNotJson', 'không phải'],
    ['boundaryNotJson', JSON.stringify(madeUp()).slice(0, -20)],
    ['boundaryNotJson', '['.repeat(500_000)],
    ['boundaryNotCollection', '[]'],
    ['boundaryNotCollection', JSON.stringify({ type: 'FeatureCollection', features: [] })],
    [
      'boundaryNotCollection',
      JSON.stringify({
        type: 'FeatureCollection',
        features: [{ ...polygon('18859', []), geometry: { type: 'Point', coordinates: [106, 17] } }],
      }),
    ],
    [
      'boundaryNotDegrees',
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          polygon('18859', [
            [
              [560_000, 1_900_000],
              [560_100, 1_900_000],
              [560_000, 1_900_100],
              [560_000, 1_900_000],
            ],
          ]),
        ],
      }),
    ],
    ['boundaryNoMatch', JSON.stringify({ type: 'FeatureCollection', features: [polygon('1', square)] })],
    [
      'boundaryTwice',
      JSON.stringify({ type: 'FeatureCollection', features: [polygon('18859', square), polygon('18859', square)] }),
    ],
    [
      'boundaryTooMany',
      JSON.stringify({
        type: 'FeatureCollection',
        features: Array.from({ length: boundaryLimits.features + 1 }, () => polygon('18859', square)),
      }),
    ],
  ])('refuses with %s', (reason, json) => {
    expect(reasonOf(json)).toBe(reason);
  });
});
