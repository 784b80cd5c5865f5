import type { Dice } from './dice';

type Some = readonly [string, ...string[]];

const families: readonly [readonly [string, number], ...(readonly [string, number])[]] = [
  ['Nguyễn', 30],
  ['Trần', 11],
  ['Lê', 11],
  ['Phạm', 6],
  ['Hoàng', 8],
  ['Võ', 6],
  ['Phan', 6],
  ['Trương', 4],
  ['Bùi', 3],
  ['Đặng', 3],
  ['Đinh', 3],
  ['Cao', 3],
  ['Dương', 2],
  ['Mai', 2],
  ['Đoàn', 2],
];
/** Family names that many Bru–Vân Kiều and Pa Kô people in the mountains bear. */
const mountainFamilies: Some = ['Hồ', 'Hồ', 'Hồ', 'Cao', 'Đinh', 'Kray', 'Pả'];

const women: { middle: Some; given: Some } = {
  middle: ['Thị', 'Thị', 'Thị', 'Thị', 'Thị Thu', 'Thị Kim', 'Thị Minh', 'Thị Hồng', 'Ngọc', 'Thị Thanh'],
  given: [
    ...(['Lan', 'Hoa', 'Huệ', 'Cúc', 'Mai', 'Đào', 'Liên', 'Sen', 'Hồng', 'Hương', 'Thảo', 'Nga', 'Hằng'] as const),
    ...(['Thủy', 'Hiền', 'Hòa', 'Bình', 'Loan', 'Phượng', 'Yến', 'Oanh', 'Nhung', 'Tuyết', 'Xuân', 'Thu'] as const),
    ...(['Hạnh', 'Phúc', 'Lý', 'Gái', 'Bé', 'Diệu', 'Tâm', 'Thơm', 'Quế', 'Chanh', 'Vân', 'Ánh'] as const),
  ],
};
const men: { middle: Some; given: Some } = {
  middle: ['Văn', 'Văn', 'Văn', 'Văn', 'Đức', 'Xuân', 'Hữu', 'Minh', 'Quang', 'Đình', 'Bá', 'Ngọc', 'Thanh'],
  given: [
    ...(['Hùng', 'Dũng', 'Cường', 'Thắng', 'Lợi', 'Bình', 'Hòa', 'An', 'Sơn', 'Hải', 'Long', 'Tuấn', 'Minh'] as const),
    ...(['Quang', 'Phong', 'Đông', 'Nam', 'Thành', 'Công', 'Chiến', 'Tiến', 'Lực', 'Tâm', 'Tín', 'Nghĩa'] as const),
    ...(['Hiếu', 'Trung', 'Kiên', 'Định', 'Vinh', 'Hiển', 'Thuận', 'Lành', 'Mừng', 'Tý', 'Dần', 'Ngọ'] as const),
  ],
};

export type Gender = 'female' | 'male';

/** An invented person's name. */
export function inventName(dice: Dice, gender: Gender, mountain: boolean): string {
  const family = mountain && dice.chance(0.6) ? dice.pick(mountainFamilies) : dice.weighted(families);
  const { middle, given } = gender === 'female' ? women : men;
  return `${family} ${dice.pick(middle)} ${dice.pick(given)}`;
}
