import { createHash } from 'node:crypto';
import { fold } from '@/lib/kernel/text';
import type { Ask } from './schema';

/** Most a day: one phone's asks, a village's without a phone, and a whole unit's. A village of 200 households is never in the way of it. */
export const mostADay = { phone: 5, place: 40, unit: 300 } as const;

/** The key by which the same form, sent again, is known (a UUID of version 8). */
export function askKey({ formKey, area, skill, wish, people, contact }: Ask): string {
  const parts = [formKey.toLowerCase(), area, skill, fold(wish), people, fold(contact?.fullName ?? ''), contact?.phone];
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Whether one more may be taken today, by how many there have been. No address of a visitor is looked at: a village shares one. */
export function roomForOneMore(today: { phone: number; place: number; unit: number }): boolean {
  return today.phone < mostADay.phone && today.place < mostADay.place && today.unit < mostADay.unit;
}
