import { z } from 'zod';
import { optionalText } from '@/lib/kernel/input';

export const signInInput = z.object({
  name: z.string('required').trim().min(1, 'nameOrPhoneMissing').max(100, 'tooLong'),
  password: z.string('required').min(1, 'passwordMissing').max(200, 'tooLong'),
  next: optionalText(500),
});

/** Where sign-in leads: a path of this portal and nothing else (no other host, no scheme, no control characters). */
export function safePath(wanted: string): string | null {
  return /^\/(?![/\\])[^\s\\]*$/.test(wanted) && !wanted.startsWith('/sign-in') ? wanted : null;
}
