import type { Box, Cell, Position, Steps, TileLayout } from './schema';

/** How much of the grid the tiles fill: fuller, and neighbours are pulled from where they lie; emptier, and names get no room. */
const fill = 0.6;
/** A grid is never more than so many times as wide as high, or as high as wide. */
const slimmest = 3;

/**
 * Whom to give which column so that the sum of costs is least, one each and none twice (the Hungarian method with potentials,
 * rows² × columns steps). `cost` has a row for each of those who choose, and no fewer columns than rows. Gives the column of each row;
 * the same costs give the same answer.
 */
export function assign(cost: readonly (readonly number[])[]): number[] {
  const columns = cost[0]?.length ?? 0;
  if (cost.length > columns) throw new Error('more rows than columns');
  const rowPrice = new Float64Array(cost.length + 1);
  const columnPrice = new Float64Array(columns + 1);
  /** Which row holds a column; rows and columns count from 1, 0 is nobody. */
  const holder = new Int32Array(columns + 1);
  for (let row = 1; row <= cost.length; row++) {
    const cheapest = new Float64Array(columns + 1).fill(Infinity);
    const from = new Int32Array(columns + 1);
    const seen = new Uint8Array(columns + 1);
    holder[0] = row;
    let at = 0;
    do {
      seen[at] = 1;
      const here = holder[at] ?? 0;
      let least = Infinity;
      let next = 0;
      for (let column = 1; column <= columns; column++) {
        if (seen[column]) continue;
        const price = (cost[here - 1]?.[column - 1] ?? 0) - (rowPrice[here] ?? 0) - (columnPrice[column] ?? 0);
        if (price < (cheapest[column] ?? 0)) {
          cheapest[column] = price;
          from[column] = at;
        }
        if ((cheapest[column] ?? 0) < least) {
          least = cheapest[column] ?? 0;
          next = column;
        }
      }
      for (let column = 0; column <= columns; column++) {
        if (seen[column]) {
          const held = holder[column] ?? 0;
          rowPrice[held] = (rowPrice[held] ?? 0) + least;
          columnPrice[column] = (columnPrice[column] ?? 0) - least;
        } else cheapest[column] = (cheapest[column] ?? 0) - least;
      }
      at = next;
    } while (holder[at]);
    // Back along the way that was found: each gives its column to the one before.
    for (; at; at = from[at] ?? 0) holder[at] = holder[from[at] ?? 0] ?? 0;
  }
  const chosen = cost.map(() => 0);
  for (let column = 1; column <= columns; column++) if (holder[column]) chosen[(holder[column] ?? 0) - 1] = column - 1;
  return chosen;
}

const squared = (a: number, b: number) => (a - b) ** 2;

/** Where places lie on a flat grid of so many columns and rows, the outermost at its edges. */
function onGrid(places: readonly Position[], land: readonly Position[]) {
  const middle = land.reduce((sum, { latitude }) => sum + latitude, 0) / land.length;
  const shrink = Math.cos((middle * Math.PI) / 180);
  const [west, east] = [Math.min(...land.map((p) => p.longitude)), Math.max(...land.map((p) => p.longitude))];
  const [south, north] = [Math.min(...land.map((p) => p.latitude)), Math.max(...land.map((p) => p.latitude))];
  const wide = (east - west) * shrink;
  const high = north - south;
  const aspect = Math.min(
    slimmest,
    Math.max(1 / slimmest, wide && high ? wide / high : wide ? slimmest : 1 / slimmest),
  );
  const columns = Math.max(1, Math.round(Math.sqrt((land.length / fill) * aspect)));
  const rows = Math.ceil(Math.max(land.length / fill / columns, land.length / columns));
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0.5);
  const found = places.map((place) => ({
    id: place.id,
    x: share(place.longitude - west, east - west) * (columns - 1),
    y: share(north - place.latitude, north - south) * (rows - 1),
  }));
  return { columns, rows, at: found };
}

/**
 * A square for each place, no two in one, so that the squares of the distances to where they truly lie add up to the least there is.
 * It follows that no two places change sides: of any two, the way from one to the other never turns by more than a right angle.
 * `apart` ones (islands) are set down last, in the nearest square with a free one all around. Whatever order the places come in, the
 * layout is the same; its squares come as one reads, row by row.
 */
export function tileLayout(places: readonly Position[]): TileLayout {
  const ordered = [...places].sort((a, b) => a.id - b.id);
  const main = ordered.filter(({ apart }) => !apart);
  const land = main.length > 0 ? main : ordered;
  if (land.length === 0) return { columns: 0, rows: 0, cells: [] };
  const { columns, rows, at } = onGrid(ordered, land);
  const true_ = new Map(at.map((place) => [place.id, place]));
  const grid = Array.from({ length: columns * rows }, (_, index) => ({
    column: index % columns,
    row: Math.floor(index / columns),
  }));
  const chosen = assign(
    land.map(({ id }) => {
      const { x = 0, y = 0 } = true_.get(id) ?? {};
      return grid.map(({ column, row }) => squared(column, x) + squared(row, y));
    }),
  );
  const cells: Cell[] = land.map(({ id }, index) => ({ id, column: 0, row: 0, ...grid[chosen[index] ?? 0] }));
  for (const island of land === main ? ordered.filter(({ apart }) => apart) : []) {
    const { x = 0, y = 0 } = true_.get(island.id) ?? {};
    cells.push({ id: island.id, ...seaCell(cells, columns, rows, x, y) });
  }
  return trimmed(cells);
}

/** The square nearest to a point with nobody in it nor beside it; beyond the grid's edge only where it costs no less. */
function seaCell(cells: readonly Cell[], columns: number, rows: number, x: number, y: number) {
  // So far out that even after many islands a square is free.
  const reach = 2 + 2 * cells.length;
  let best = { column: columns + reach, row: 0 };
  let least = Infinity;
  for (let row = -reach; row < rows + reach; row++)
    for (let column = -reach; column < columns + reach; column++) {
      const outside = column < 0 || row < 0 || column >= columns || row >= rows;
      // A column more makes every square of the map narrower.
      const distance = squared(column, x) + squared(row, y) + (outside ? 16 : 0);
      if (distance >= least) continue;
      if (cells.some((cell) => Math.abs(cell.column - column) < 2 && Math.abs(cell.row - row) < 2)) continue;
      least = distance;
      best = { column, row };
    }
  return best;
}

function trimmed(cells: readonly Cell[]): TileLayout {
  const left = Math.min(...cells.map(({ column }) => column));
  const top = Math.min(...cells.map(({ row }) => row));
  const moved = cells.map((cell) => ({ ...cell, column: cell.column - left, row: cell.row - top }));
  return {
    columns: Math.max(...moved.map(({ column }) => column)) + 1,
    rows: Math.max(...moved.map(({ row }) => row)) + 1,
    cells: moved.sort((a, b) => a.row - b.row || a.column - b.column),
  };
}

/**
 * A name as it stands in a small square: up to 14 letters whole; of a longer one the words before the last two by their first letter
 * ("Nông trường Lệ Ninh" is "N.T. Lệ Ninh"). The whole name is told beside it.
 */
export function tileName(name: string): string {
  const words = name.trim().split(/\s+/);
  if ([...name].length <= 14 || words.length < 3) return name;
  const short = words.slice(0, -2).map((word) => `${[...word][0]?.toLocaleUpperCase('vi') ?? ''}.`);
  return `${short.join('')} ${words.slice(-2).join(' ')}`;
}

/** Into how many shades figures are sorted at most. */
export const shades = 5;

/**
 * Figures sorted into at most five steps with about as many in each; equal ones always in the same. With fewer steps the shades used
 * lie further apart.
 */
export function stepsOf(values: readonly number[]): Steps {
  const sorted = [...values].sort((a, b) => a - b);
  const distinct = [...new Set(sorted)];
  const few = distinct.length <= shades;
  const begins = few
    ? distinct
    : [
        ...new Set(
          Array.from({ length: shades }, (_, step) => sorted[Math.floor((step * sorted.length) / shades)] ?? 0),
        ),
      ];
  return {
    begins,
    shade: begins.map((_, step) =>
      begins.length === 1 ? 3 : Math.round(1 + (step * (shades - 1)) / (begins.length - 1)),
    ),
  };
}

/** Which step a figure is in, from 0. */
export function stepOf({ begins }: Steps, value: number): number {
  return Math.max(
    0,
    begins.findLastIndex((begin) => begin <= value),
  );
}

/** The box around boxes. */
export function around(boxes: readonly Box[]): Box {
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    west = Math.min(west, box[0]);
    north = Math.min(north, box[1]);
    east = Math.max(east, box[2]);
    south = Math.max(south, box[3]);
  }
  return [west, north, east, south];
}
