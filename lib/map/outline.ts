import { z } from 'zod';
import { around } from './rules';
import { boundaryLimits, type Box, type Shape, type Spot } from './schema';

/** How many units the longer side of the drawing has: four to a dot of a wide screen. */
const plane = 4_000;
/** What is nearer than this to a straight line is left out: half a dot. */
const tolerance = 2;

type Point = readonly [number, number];
type Ring = readonly Point[];

/** What cannot be read; the key of its message. */
export class BadBoundaries extends Error {
  constructor(
    readonly reason:
      | 'boundaryNotJson'
      | 'boundaryNotCollection'
      | 'boundaryNotDegrees'
      | 'boundaryTooMany'
      | 'boundaryNoMatch'
      | 'boundaryTwice',
  ) {
    super(reason);
  }
}

const position = z.array(z.number()).min(2).max(4);
const ring = z.array(position).min(4);
const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)).min(1) }),
]);
const feature = z.object({
  type: z.literal('Feature'),
  id: z.union([z.string(), z.number()]).optional(),
  properties: z.record(z.string(), z.unknown()).nullable(),
  geometry,
});
const collection = z.object({ type: z.literal('FeatureCollection'), features: z.array(feature).min(1) });
type Feature = z.output<typeof feature>;

export interface ReadBoundaries {
  readonly shapes: readonly Shape[];
  /** What the areas of no known code are called in the file. */
  readonly unmatched: readonly string[];
  readonly pointsBefore: number;
  readonly pointsAfter: number;
}

function parsed(json: string): readonly Feature[] {
  let read: unknown;
  try {
    read = JSON.parse(json);
  } catch {
    throw new BadBoundaries('boundaryNotJson');
  }
  const found = collection.safeParse(read);
  if (!found.success) throw new BadBoundaries('boundaryNotCollection');
  if (found.data.features.length > boundaryLimits.features) throw new BadBoundaries('boundaryTooMany');
  return found.data.features;
}

const ringsOf = ({ geometry }: Feature) =>
  geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();

const asCode = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value)
        .trim()
        .replace(/^0+(?=\d)/, '')
    : '';

/** The property that holds most known codes names the places; the feature's own id counts as one. */
function codesIn(features: readonly Feature[], known: ReadonlyMap<string, number>): (number | undefined)[] {
  const keys = new Set(features.flatMap(({ properties }) => Object.keys(properties ?? {})).slice(0, 1_000));
  const readers = [
    ({ id }: Feature) => known.get(asCode(id)),
    ...[...keys].map(
      (key) =>
        ({ properties }: Feature) =>
          known.get(asCode(properties?.[key])),
    ),
  ];
  let best = features.map((): number | undefined => undefined);
  let most = 0;
  for (const reader of readers) {
    const found = features.map(reader);
    const count = found.filter((area) => area !== undefined).length;
    if (count > most) [best, most] = [found, count];
  }
  if (most === 0) throw new BadBoundaries('boundaryNoMatch');
  return best;
}

function nameIn({ id, properties }: Feature, index: number): string {
  const named = Object.entries(properties ?? {}).find(
    ([key, value]) => /name|ten/i.test(key) && typeof value === 'string',
  );
  return String(named?.[1] ?? id ?? `#${index + 1}`).slice(0, 100);
}

/** Degrees to whole numbers of one plane: equirectangular at the middle latitude, so that near things keep their shape. */
function projection(features: readonly Feature[]): (degrees: readonly number[]) => Point {
  let box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const one of features)
    for (const line of ringsOf(one))
      for (const [longitude = NaN, latitude = NaN] of line) {
        if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) throw new BadBoundaries('boundaryNotDegrees');
        box = [
          Math.min(box[0], longitude),
          Math.min(box[1], latitude),
          Math.max(box[2], longitude),
          Math.max(box[3], latitude),
        ];
      }
  const [west, south, east, north] = box;
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = plane / Math.max((east - west) * shrink, north - south, 1e-6);
  return ([longitude = 0, latitude = 0]) => [
    Math.round((longitude - west) * shrink * scale),
    Math.round((north - latitude) * scale),
  ];
}

const same = (a: Point | undefined, b: Point | undefined) => a?.[0] === b?.[0] && a?.[1] === b?.[1];
const before = (a: Point, b: Point) => a[0] - b[0] || a[1] - b[1];
const key = ([x, y]: Point) => x * 65_536 + y;

/** A closed line without its repeated end and without points that fell together. */
function closed(line: readonly Point[]): Point[] {
  const ends = line.filter((point, index) => !same(point, line[index - 1]));
  while (ends.length > 1 && same(ends[0], ends.at(-1))) ends.pop();
  return ends;
}

/** How far a point is from the stretch between two others, squared. */
function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = dx || dy ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy))) : 0;
  return (x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2;
}

/** Is told of so many steps more before they are gone, and stops the work where it is more than a drawing is worth. */
type Spend = (steps: number) => void;

/** Lines that are made for it take the square of their points, in the one thread that answers everybody. */
function purse(): Spend {
  let left: number = boundaryLimits.steps;
  return (steps) => {
    left -= steps;
    if (left < 0) throw new BadBoundaries('boundaryTooMany');
  };
}

/** Douglas and Peucker's way, without recursion; the ends stay. The same line the other way round gives the same points. */
export function simplified(line: readonly Point[], spend: Spend = () => {}): Point[] {
  const [first, last] = [line[0], line.at(-1)];
  if (!first || !last || line.length < 3) return [...line];
  if (before(last, first) < 0) return simplified(line.toReversed(), spend).reverse();
  const kept = new Set([0, line.length - 1]);
  const stretches: [number, number][] = [[0, line.length - 1]];
  for (let next = stretches.pop(); next; next = stretches.pop()) {
    const [from, to] = next;
    const [a = first, b = last] = [line[from], line[to]];
    spend(to - from);
    let furthest = 0;
    let at = -1;
    for (let index = from + 1; index < to; index++) {
      const far = distance(line[index] ?? a, a, b);
      if (far > furthest) [furthest, at] = [far, index];
    }
    if (furthest <= tolerance ** 2) continue;
    kept.add(at);
    stretches.push([from, at], [at, to]);
  }
  return line.filter((_, index) => kept.has(index));
}

/** Where borders meet: points with more than two neighbours over all rings. Between two of them a border is one line for both sides. */
function meetings(rings: readonly Ring[]): Set<number> {
  const neighbours = new Map<number, Set<number>>();
  for (const line of rings)
    for (const [index, point] of line.entries()) {
      const mine = neighbours.get(key(point)) ?? new Set();
      for (const other of [line.at(index - 1), line[(index + 1) % line.length]]) if (other) mine.add(key(other));
      neighbours.set(key(point), mine);
    }
  return new Set([...neighbours].filter(([, { size }]) => size > 2).map(([point]) => point));
}

/** A ring made plain, border by border; a ring that meets no other begins at its first corner and is cut at the one furthest from it. */
function plain(line: Ring, meeting: ReadonlySet<number>, spend: Spend): Point[] {
  if (line.length < 4) return [...line];
  const cuts = new Set(line.flatMap((point, index) => (meeting.has(key(point)) ? [index] : [])));
  if (cuts.size < 2) {
    const begin =
      [...cuts][0] ?? line.reduce((least, point, i) => (before(point, line[least] ?? point) < 0 ? i : least), 0);
    const [x, y] = line[begin] ?? [0, 0];
    const far = line.map((point) => (point[0] - x) ** 2 + (point[1] - y) ** 2);
    const most = far.reduce((furthest, one) => Math.max(furthest, one), 0);
    const ends = line.flatMap((point, index) => (far[index] === most ? [{ point, index }] : []));
    cuts.add(begin).add(ends.sort((a, b) => before(a.point, b.point))[0]?.index ?? 0);
  }
  const at = [...cuts].sort((a, b) => a - b);
  return at.flatMap((from, turn) => {
    const to = at[turn + 1] ?? (at[0] ?? 0) + line.length;
    const border = Array.from(
      { length: to - from + 1 },
      (_, step) => line[(from + step) % line.length] ?? ([0, 0] as const),
    );
    return simplified(border, spend).slice(0, -1);
  });
}

/** How finely an outline is searched for the spot where words stand best. */
const search = 16;

function spotIn(rings: readonly Ring[], [west, north, east, south]: Box, spend: Spend): Spot {
  const edges = rings.flatMap((line) =>
    line.map((point, i): [Point, Point] => [point, line[(i + 1) % line.length] ?? point]),
  );
  spend(edges.length * search ** 2);
  let best: Spot = [Math.round((west + east) / 2), Math.round((north + south) / 2), 0];
  for (let step = 0; step < search ** 2; step++) {
    const x = west + ((east - west) * ((step % search) + 0.5)) / search;
    const y = north + ((south - north) * (Math.floor(step / search) + 0.5)) / search;
    let inside = false;
    let nearest = Infinity;
    for (const [a, b] of edges) {
      if (a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) * (b[0] - a[0])) / (b[1] - a[1])) inside = !inside;
      nearest = Math.min(nearest, distance([x, y], a, b));
    }
    const room = Math.floor(Math.sqrt(nearest));
    if (inside && room > best[2]) best = [Math.round(x), Math.round(y), room];
  }
  return best;
}

const pathOf = (rings: readonly Ring[]) =>
  rings.map((line) => `M${line.map(([x, y]) => `${x} ${y}`).join('L')}Z`).join('');

/**
 * Reads a GeoJSON collection of areas into outlines for a screen, matched by official code in whichever property holds most of them. A
 * border two areas share stays one border. Areas of no known code are named, not kept. Throws `BadBoundaries`.
 */
export function readBoundaries(json: string, known: ReadonlyMap<string, number>): ReadBoundaries {
  const features = parsed(json);
  const pointsBefore = features.reduce((sum, one) => sum + ringsOf(one).reduce((all, line) => all + line.length, 0), 0);
  if (pointsBefore > boundaryLimits.points) throw new BadBoundaries('boundaryTooMany');
  const areas = codesIn(features, known);
  const matched = features.filter((_, index) => areas[index] !== undefined);
  const flat = projection(matched);
  const outlines = features.flatMap((one, index) => {
    const areaId = areas[index];
    if (areaId === undefined) return [];
    return [{ areaId, rings: ringsOf(one).map((line) => closed(line.map(flat))) }];
  });
  if (new Set(outlines.map(({ areaId }) => areaId)).size < outlines.length) throw new BadBoundaries('boundaryTwice');
  const meeting = meetings(outlines.flatMap(({ rings }) => rings));
  const spend = purse();
  let pointsAfter = 0;
  const shapes = outlines.map(({ areaId, rings }): Shape => {
    const drawn = rings.map((line) => plain(line, meeting, spend)).filter(({ length }) => length > 2);
    // A place too small to be seen is still there: as the dot it is.
    const kept = drawn.length > 0 ? drawn : [dotOf(rings)];
    pointsAfter += kept.reduce((sum, { length }) => sum + length, 0);
    const box = around(kept.flat().map(([x, y]): Box => [x, y, x, y]));
    return { areaId, path: pathOf(kept), box, spot: spotIn(kept, box, spend) };
  });
  const unmatched = features.flatMap((one, index) => (areas[index] === undefined ? [nameIn(one, index)] : []));
  return { shapes, unmatched, pointsBefore, pointsAfter };
}

function dotOf(rings: readonly Ring[]): Point[] {
  const [x = 0, y = 0] = rings[0]?.[0] ?? [];
  return [
    [x, y],
    [x + tolerance, y],
    [x + tolerance, y + tolerance],
    [x, y + tolerance],
  ];
}
