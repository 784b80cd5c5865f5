import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assign, stepOf, stepsOf, tileLayout, tileName } from '../../lib/map/rules';

const units = readFileSync('db/seed/units.csv', 'utf8')
  .trim()
  .split('\n')
  .slice(2)
  .map((line) => {
    const cells = line.split(',');
    return {
      id: Number(cells[0]),
      apart: cells[1] === 'special_zone',
      name: cells[2] ?? '',
      latitude: Number(cells.at(-2)),
      longitude: Number(cells.at(-1)),
    };
  });
const unitOf = new Map(units.map((unit) => [unit.id, unit]));
const layout = tileLayout(units);
const inCell = new Map(layout.cells.map((cell) => [`${cell.column},${cell.row}`, cell]));

/** The least sum there is, by trying every way. */
function cheapest(cost: readonly (readonly number[])[], row = 0, used = new Set<number>()): number {
  if (row === cost.length) return 0;
  let least = Infinity;
  for (const [column, price] of (cost[row] ?? []).entries()) {
    if (used.has(column)) continue;
    used.add(column);
    least = Math.min(least, price + cheapest(cost, row + 1, used));
    used.delete(column);
  }
  return least;
}

const costs = fc
  .record({ rows: fc.integer({ min: 1, max: 5 }), more: fc.integer({ min: 0, max: 2 }) })
  .chain(({ rows, more }) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: rows + more, maxLength: rows + more }), {
      minLength: rows,
      maxLength: rows,
    }),
  );

describe('giving each its own', () => {
  test('costs as little as the best of all ways, and nobody shares', () => {
    fc.assert(
      fc.property(costs, (cost) => {
        const chosen = assign(cost);
        expect(new Set(chosen).size).toBe(cost.length);
        const sum = chosen.reduce((total, column, row) => total + (cost[row]?.[column] ?? Infinity), 0);
        expect(sum).toBe(cheapest(cost));
      }),
      { numRuns: 500 },
    );
  });
});

const anywhere = fc
  .array(
    fc.record({
      latitude: fc.double({ min: 8, max: 23, noNaN: true }),
      longitude: fc.double({ min: 102, max: 110, noNaN: true }),
      apart: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  .map((places) => places.map((place, id) => ({ ...place, id: id + 1 })));

describe('the map of squares', () => {
  test('gives every place a square of its own, in whatever order they come', () => {
    fc.assert(
      fc.property(anywhere, (places) => {
        const { cells, columns, rows } = tileLayout(places);
        expect(cells.map(({ id }) => id).sort((a, b) => a - b)).toEqual(places.map(({ id }) => id));
        expect(new Set(cells.map(({ column, row }) => `${column},${row}`)).size).toBe(places.length);
        expect(cells.every(({ column, row }) => column >= 0 && row >= 0 && column < columns && row < rows)).toBe(true);
        expect(tileLayout(places.toReversed())).toEqual({ cells, columns, rows });
      }),
      { numRuns: 100 },
    );
  });

  test('no two units of the province change sides, and few neighbours are lost', () => {
    expect(units).toHaveLength(78);
    expect(layout.cells).toHaveLength(78);
    const land = layout.cells.filter(({ id }) => !unitOf.get(id)?.apart);
    // In columns and rows, as the layout measures: the outermost places lie at the grid's edges.
    const truth = land.map(({ id }) => unitOf.get(id) ?? { latitude: 0, longitude: 0 });
    const [west, east] = [Math.min(...truth.map((p) => p.longitude)), Math.max(...truth.map((p) => p.longitude))];
    const [south, north] = [Math.min(...truth.map((p) => p.latitude)), Math.max(...truth.map((p) => p.latitude))];
    const wide = Math.max(...land.map(({ column }) => column));
    const high = Math.max(...land.map(({ row }) => row));
    const at = truth.map((p) => ({
      x: ((p.longitude - west) / (east - west)) * wide,
      y: ((north - p.latitude) / (north - south)) * high,
    }));
    let turned = 0;
    for (const [i, a] of land.entries())
      for (const [j, b] of land.entries()) {
        const along =
          (b.column - a.column) * ((at[j]?.x ?? 0) - (at[i]?.x ?? 0)) +
          (b.row - a.row) * ((at[j]?.y ?? 0) - (at[i]?.y ?? 0));
        if (along < -1e-9) turned++;
      }
    expect(turned).toBe(0);
    const wrong = new Set<number>();
    let sides = 0;
    for (const cell of land)
      for (const [dx, dy] of [
        [1, 0],
        [0, 1],
      ] as const) {
        const other = inCell.get(`${cell.column + dx},${cell.row + dy}`);
        const [here, there] = [unitOf.get(cell.id), other && unitOf.get(other.id)];
        if (!other || !here || !there) continue;
        sides++;
        const right = dx ? there.longitude > here.longitude : there.latitude < here.latitude;
        if (!right) wrong.add(cell.id).add(other.id);
      }
    const moved = land.reduce(
      (sum, cell, i) => sum + Math.hypot(cell.column - (at[i]?.x ?? 0), cell.row - (at[i]?.y ?? 0)),
      0,
    );
    const mean = moved / land.length;
    process.stdout.write(
      `${layout.columns} × ${layout.rows} squares; all ${sides} pairs side by side: ${78 - wrong.size} of 78 units have every ` +
        `neighbour on its true side; moved by ${mean.toFixed(2)} squares on average\n`,
    );
    expect(wrong.size).toBe(0);
    expect(mean).toBeLessThan(1);
  });

  test('sets the island apart, in the sea off the coast', () => {
    const island = layout.cells.find(({ id }) => unitOf.get(id)?.name === 'Cồn Cỏ');
    if (!island) throw new Error('no island');
    for (const other of layout.cells)
      if (other !== island)
        expect(Math.max(Math.abs(other.column - island.column), Math.abs(other.row - island.row))).toBeGreaterThan(1);
    const row = layout.cells.filter((cell) => cell.row === island.row && cell !== island);
    expect(row.every(({ column }) => column < island.column)).toBe(true);
  });
});

test('names of the province stand whole in a square; longer ones are shortened by rule', () => {
  expect(units.filter(({ name }) => tileName(name) !== name)).toEqual([]);
  expect(Math.max(...units.flatMap(({ name }) => name.split(' ').map((word) => word.length)))).toBeLessThanOrEqual(7);
  expect(tileName('Nông trường Lệ Ninh')).toBe('N.T. Lệ Ninh');
  expect(tileName('Krông Klangđakrông')).toBe('Krông Klangđakrông');
});

test('figures fall into at most five steps, equal ones into one, rising', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 80 }), (values) => {
      const steps = stepsOf(values);
      expect(steps.begins.length).toBeLessThanOrEqual(5);
      expect(steps.begins.every((begin, i) => i === 0 || begin > (steps.begins[i - 1] ?? Infinity))).toBe(true);
      expect(new Set(steps.shade).size).toBe(steps.shade.length);
      expect(steps.begins.every((_, i) => values.some((value) => stepOf(steps, value) === i))).toBe(true);
      expect(values.every((value) => value >= (steps.begins[stepOf(steps, value)] ?? Infinity))).toBe(true);
    }),
  );
  expect(stepsOf([]).begins).toEqual([]);
});
