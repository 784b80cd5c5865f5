import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A phone as stored: E.164 (`+84…`), from however it was typed in Vietnam; null when it is none. */
export function phoneNumber(typed: string): string | null {
  if (typed.length > 40) return null;
  const parsed = parsePhoneNumberFromString(typed.normalize('NFKC'), 'VN');
  return parsed?.isValid() ? parsed.number : null;
}

/** What may be shown to those who do not run the class: the last three digits. */
export function phoneHint(phone: string): string {
  return `••• ${phone.slice(-3)}`;
}

/** The national way to write it, in groups: 0912 345 678. */
export function phoneForReading(phone: string): string {
  return parsePhoneNumberFromString(phone)?.formatNational() ?? phone;
}
