import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import type { ScopedTx } from '@/lib/access/scoped';
import { writeEligible } from '@/lib/eligible/commands';
import { counts, eligibleGroups, sourceDay, sourceName, tooMany } from '@/lib/eligible/schema';
import { optionalText } from '@/lib/kernel/input';
import { kindOf, type Blame, type Parsed, type Tell } from './kinds';
import { placesOfMine } from './places';
import { typedDay } from './rules';
import type { ColumnRule } from './words';

const living = z.object({
  village: optionalText(120),
  unit: optionalText(120),
  asOf: z.string('sourceDayMissing').min(1, 'sourceDayMissing').transform(typedDay).pipe(sourceDay),
  source: sourceName,
  ...counts,
});
type Living = z.output<typeof living>;

const placeOf = ({ village = '', unit = '' }: Partial<Living>, told: Awaited<ReturnType<typeof placesOfMine>>) =>
  told(village || unit, village ? unit : '');

async function check(tx: ScopedTx, rows: readonly Parsed<Living>[], blame: Blame, tell: Tell): Promise<void> {
  const told = await placesOfMine(tx, 'declared.write');
  const above = new Set<string>();
  for (const [at, { line, row, whole }] of rows.entries()) {
    if (at % 100 === 0) await breathe();
    if (at % 500 === 0) await tell(at, rows.length);
    const wrong = tooMany(row);
    if (wrong) blame(line, wrong, 'moreThanWhole');
    if (whole && eligibleGroups.every((group) => whole[group] === undefined)) blame(line, 'all', 'countsMissing');
    const place = placeOf(row, told);
    if ('wrong' in place) {
      blame(line, row.village ? 'village' : 'unit', row.village || row.unit ? place.wrong : 'placeMissing');
      continue;
    }
    if (row.asOf === undefined) continue;
    const key = `${place.id} ${row.asOf}`;
    if (above.has(key)) blame(line, row.village ? 'village' : 'unit', 'placeTwice');
    above.add(key);
  }
}

const groupColumns: Readonly<Record<(typeof eligibleGroups)[number], ColumnRule>> = {
  all: { also: ['Nhân khẩu', 'Số khẩu', 'Dân số', 'Population'] },
  adults: { also: ['Từ 18 tuổi', 'Người lớn', '18+'] },
  age14: { also: ['14+'] },
  women: { also: ['Nữ', 'Phụ nữ'] },
  age_0_17: { also: ['0-17'] },
  age_18_34: { also: ['18-34'] },
  age_35_59: { also: ['35-59'] },
  age60: { also: ['Người cao tuổi', 'Từ 60 tuổi', '60+'] },
  age_60_69: { also: ['60-69'] },
  age_70: { also: ['70+'] },
  ethnic_minority: { also: ['DTTS'] },
  disability: {},
  poor_household: {},
  households: { also: ['Hộ', 'Số hộ dân'] },
};

/** How many people of each group live in the places of one's own areas, as a source says. */
export const eligible = kindOf<Living>({
  kind: 'eligible',
  may: 'declared.write',
  mostRows: 5000,
  columns: {
    village: { also: ['Thôn', 'Bản', 'Tổ dân phố', 'Thôn/bản', 'Hamlet'] },
    unit: { also: ['Xã', 'Phường', 'Commune', 'Ward', 'Unit'] },
    asOf: { required: true, also: ['Ngày'] },
    source: { required: true },
    ...groupColumns,
  },
  schema: living,
  cells: living.partial(),
  check: (tx, _caller, rows, blame, tell) => check(tx, rows, blame, tell),
  async write(tx, caller, rows) {
    const told = await placesOfMine(tx, 'declared.write');
    const places = rows.flatMap(({ village, unit, ...said }) => {
      const place = placeOf({ village, unit }, told);
      return 'wrong' in place ? [] : [{ areaId: place.id, ...said }];
    });
    await writeEligible(tx, places, caller);
  },
});
