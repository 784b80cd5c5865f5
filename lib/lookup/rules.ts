/** What is told of a name before there is a purpose: initials, and the given name by which people are called. */
export function maskedName(fullName: string): string {
  const words = fullName.normalize('NFC').split(' ').filter(Boolean);
  const before = words.slice(0, -1).map((word) => `${[...word].slice(0, 1).join('').toLocaleUpperCase('vi')}.`);
  return [before.join(''), words.at(-1) ?? ''].filter(Boolean).join(' ');
}

/** The decade of a year of birth: 1954 is 1950. */
export const decadeOf = (year: number | null): number | null => (year === null ? null : Math.floor(year / 10) * 10);
