/** Letters and digits without look-alikes, as on slips. Their order is their worth in the check sign. */
const letters = '2346789ACDEFGHJKMNPQRTWXY';

/** How many signs a serial has, the check sign at its end included: 25⁹ serials, about 3.8 × 10¹². */
export const serialLength = 10;

/**
 * The sign that makes a serial whole: its signs, weighed by powers of 2 from the right and counted modulo 25, add up to nothing. Every
 * wrong sign and every two neighbours (or neighbours but one) that changed places are noticed, since 2 and 3 divide 25 not.
 */
export function checkSign(body: string): string {
  let sum = 0;
  let weight = 2;
  for (const sign of [...body].reverse()) {
    sum = (sum + letters.indexOf(sign) * weight) % 25;
    weight = (weight * 2) % 25;
  }
  return letters[(25 - sum) % 25] ?? '';
}

/** Whether this could be a serial: right signs, and the last one fits the others. */
export function isSerial(typed: string): boolean {
  if (typed.length !== serialLength || [...typed].some((sign) => !letters.includes(sign))) return false;
  return checkSign(typed.slice(0, -1)) === typed.at(-1);
}

/** A serial as it is printed and read out: two groups of five. */
export const serialGroups = (serial: string): readonly string[] => [serial.slice(0, 5), serial.slice(5)];

/** What a stranger sees of a name: "Nguyễn Thị Hoa" is N.T.H. */
export const initialsOf = (fullName: string): string =>
  fullName
    .normalize('NFC')
    .split(' ')
    .flatMap((word) => [...word].slice(0, 1))
    .map((letter) => `${letter.toLocaleUpperCase('vi')}.`)
    .join('')
    .slice(0, 40);

/** Whether initials somebody typed are these: marks, dots, spaces and case aside. */
export const sameInitials = (typed: string, known: string): boolean =>
  bare(typed) === bare(known) && bare(known) !== '';
const bare = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[^\p{L}]/gu, '')
    .replace(/[đĐ]/g, 'D')
    .toUpperCase();
