import { randomBytes, randomInt } from 'node:crypto';

const addressLetters = '23456789abcdefghjkmnpqrstuvwxyz';
const slipLetters = '2346789ACDEFGHJKMNPQRTWXY';

const pick = (letters: string, length: number) =>
  Array.from({ length }, () => letters[randomInt(letters.length)]).join('');

/** A UUID of version 7 (RFC 9562): ordered by time, so indexes grow at their end. */
export function newId(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Eight letters and digits for an address somebody may type from a poster. */
export const newAddressId = () => pick(addressLetters, 8);

/** Eight letters and digits without look-alikes (no 0/O, 1/I/L, 5/S, 8/B, U/V, Z): 25^8, about 1.5 × 10¹¹. */
export const newSlipCode = () => pick(slipLetters, 8);

/** Six of them for a printed register: 25^6, about 2.4 × 10⁸; it opens nothing to who may not see the roll. */
export const newSheetCode = () => pick(slipLetters, 6);

/** The same nine long, for a learner's card: 25^9, about 3.8 × 10¹². */
export const newCardCode = () => pick(slipLetters, 9);

/** Nine again, for a certificate's serial; its check sign comes after (lib/kernel/serial). */
export const newSerialBody = () => pick(slipLetters, 9);

/** 256 random bits, for the token of a sign-in. */
export const newToken = () => randomBytes(32).toString('base64url');

/** A first password one can read out and type on a phone: 79 random bits, without look-alikes. */
export const newFirstPassword = () => [4, 4, 4, 4].map((length) => pick(addressLetters, length)).join('-');
