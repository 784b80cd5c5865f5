/**
 * Text with no letter under more than thirty marks, as Unicode's stream-safe format has it (UAX #15, 13): to put twenty thousand of them in
 * order takes a second of everybody's time.
 */
const streamSafe = (text: string) => text.replace(/(\p{M}{30})\p{M}+/gu, '$1');

/** Text as it is compared and searched: NFC to base letters, lower case, đ as d, single spaces. Hóa, Hoá and hoa are equal. */
export function fold(text: string): string {
  return streamSafe(text)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/đ/g, 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Text as it is stored: NFC, no control or invisible characters and no halves of one, single spaces. */
export function tidy(text: string): string {
  return streamSafe(text)
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The word a Vietnamese list is ordered by: the last one. */
export function givenName(fullName: string): string {
  return fullName.slice(fullName.lastIndexOf(' ') + 1);
}

/** Text of several lines as it is stored: each line tidied, at most one empty line between two, none at the ends. */
export function tidyLines(text: string): string {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(tidy)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
