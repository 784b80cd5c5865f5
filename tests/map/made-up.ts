/** Codes of units of the province; their outlines here are made up. */
export const codes = ['18859', '18871', '18880', '18901', '18904', '18919'] as const;
export const islandCode = '19742';

type Corner = readonly [number, number];

/** A crooked line from one corner up to the other; walked the other way it has the very same points. Corners in thousandths of a degree. */
function crooked(from: Corner, to: Corner): number[][] {
  if (from[0] > to[0] || from[1] > to[1]) return [degrees(from), ...crooked(to, from).slice(1).reverse()];
  const steps = 60;
  return Array.from({ length: steps }, (_, i) => {
    const part = i / steps;
    const swing = i === 0 ? 0 : 6 * Math.sin(part * 20) + Math.sin(part * 300 + from[0]);
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    return degrees([from[0] + dx * part + (dx ? 0 : swing), from[1] + dy * part + (dy ? 0 : swing)]);
  });
}
const degrees = ([x, y]: Corner) => [x / 1_000, y / 1_000];

const around = (corners: readonly Corner[]) => {
  const line = corners.flatMap((corner, i) => crooked(corner, corners[(i + 1) % corners.length] ?? corner));
  return [...line, line[0] ?? [0, 0]];
};

export const polygon = (code: string, coordinates: unknown) => ({
  type: 'Feature',
  properties: { ma: code, ten: `Nơi ${code}`, year: 2025 },
  geometry: { type: 'Polygon', coordinates },
});

/** Two rows of three areas with crooked borders they share, and an island in two parts: no place that is. */
export const madeUp = () => ({
  type: 'FeatureCollection',
  features: [
    ...codes.map((code, i) => {
      const [x, y] = [106_000 + (i % 3) * 300, 17_000 + Math.floor(i / 3) * 300];
      return polygon(code, [
        around([
          [x, y],
          [x + 300, y],
          [x + 300, y + 300],
          [x, y + 300],
        ]),
      ]);
    }),
    {
      ...polygon(islandCode, []),
      geometry: {
        type: 'MultiPolygon',
        coordinates: [107.4, 107.45].map((x) => [
          [
            [x, 17.1],
            [x + 0.02, 17.1],
            [x + 0.01, 17.13],
            [x, 17.1],
          ],
        ]),
      },
    },
  ],
});
