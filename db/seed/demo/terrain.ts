import { readUnits } from '../areas';
import type { SeedTx } from '../connection';

/** Communes that reach the border with Laos. */
const atTheBorder: readonly number[] = [
  18904, 18922, 18943, 18958, 19147, 19204, 19318, 19432, 19435, 19441, 19483, 19489, 19564, 19588, 19594,
];
const mountains = ['Huyện Minh Hóa', 'Huyện Tuyên Hóa', 'Huyện Hướng Hóa', 'Huyện Đakrông'];
const plains = ['Thị xã Ba Đồn', 'Huyện Quảng Ninh', 'Huyện Triệu Phong', 'Huyện Hải Lăng'];

/** What the demo's administrator said of communes: an example, by former districts; of some nothing yet. What somebody said since stays. */
export async function sayTerrains(tx: SeedTx): Promise<void> {
  const communes = readUnits().filter(({ kind }) => kind === 'commune');
  const of = (districts: readonly string[]) =>
    communes.filter(({ aliases }) => aliases.some(({ name }) => districts.includes(name))).map(({ id }) => id);
  const said = [
    ['border', atTheBorder],
    ['upland', of(mountains)],
    ['lowland', of(plains)],
  ] as const;
  for (const [terrain, ids] of said)
    await tx`update area set terrain = ${terrain} where id = any(${[...ids]}::int[]) and kind = 'commune' and terrain is null`;
}
