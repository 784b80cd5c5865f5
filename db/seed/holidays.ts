import { provinceId } from './areas';
import { insertMany, type SeedTx } from './connection';
import { idOf } from './ids';

/**
 * Days off by law (Labour Code 45/2019/QH14, article 112) whose dates are sure: Tết of 2026 as announced, of 2027 (first day
 * 6/2/2027) all days that either choice the law leaves open may take; Giỗ Tổ is the 10th of the third lunar month. What
 * the government adds is entered by the province on its calendar.
 */
const holidays: Readonly<Record<string, readonly (readonly [name: string, first: string, last: string])[]>> = {
  2026: [
    ['Tết Dương lịch', '2026-01-01', '2026-01-01'],
    ['Tết Nguyên đán', '2026-02-14', '2026-02-22'],
    ['Giỗ Tổ Hùng Vương', '2026-04-26', '2026-04-26'],
    ['Ngày Chiến thắng 30/4', '2026-04-30', '2026-04-30'],
    ['Quốc tế Lao động 1/5', '2026-05-01', '2026-05-01'],
    ['Quốc khánh 2/9', '2026-09-02', '2026-09-02'],
  ],
  2027: [
    ['Tết Dương lịch', '2027-01-01', '2027-01-01'],
    ['Tết Nguyên đán', '2027-02-04', '2027-02-09'],
    ['Giỗ Tổ Hùng Vương', '2027-04-16', '2027-04-16'],
    ['Ngày Chiến thắng 30/4', '2027-04-30', '2027-04-30'],
    ['Quốc tế Lao động 1/5', '2027-05-01', '2027-05-01'],
    ['Quốc khánh 2/9', '2027-09-02', '2027-09-02'],
  ],
};

const columns = {
  id: 'uuid',
  area_id: 'integer',
  kind: 'text',
  first_day: 'date',
  last_day: 'date',
  reason: 'text',
  name: 'text',
};

/** Brings the public holidays into the province's calendar, a year at once and only where it has none: what was taken out stays out. */
export async function loadHolidays(tx: SeedTx): Promise<void> {
  const known = await tx<{ year: string }[]>`
    select distinct extract(year from first_day)::text as year from day_off where area_id = ${provinceId} and reason = 'holiday'`;
  const missing = Object.entries(holidays).filter(([year]) => !known.some((one) => one.year === year));
  const rows = missing.flatMap(([, days]) =>
    days.map(([name, first, last]) => ({
      id: idOf(`holiday/${first}`),
      area_id: provinceId,
      kind: 'dates',
      first_day: first,
      last_day: last,
      reason: 'holiday',
      name,
    })),
  );
  await insertMany(tx, 'day_off', columns, rows);
}
