import { z } from 'zod';
import { areaId, day, emptyAsMissing, id, optionalText, sortAsked, text } from '@/lib/kernel/input';
import { phoneNumber } from '@/lib/kernel/phone';

/** Roles in the order they are offered, each with where it counts: in the whole province, or in the area it is granted for. */
const reach = {
  helper: 'area',
  organiser: 'area',
  desk_officer: 'area',
  unit_leader: 'area',
  province_leader: 'province',
  province_admin: 'province',
} as const;
export type Role = keyof typeof reach;
const isRole = (typed: string): typed is Role => Object.hasOwn(reach, typed);
export const roles: readonly Role[] = Object.keys(reach).filter(isRole);

/** Roles that only make sense at the top of the tree: what they may do belongs to no single unit. */
export const isProvinceRole = (role: Role) => reach[role] === 'province';

export const passwordShortest = 12;

export const signInInput = z.object({
  name: z.string('required').trim().min(1, 'nameOrPhoneMissing').max(100, 'tooLong'),
  password: z.string('required').min(1, 'passwordMissing').max(200, 'tooLong'),
  next: optionalText(500),
});

/** Where sign-in leads: a path of this portal and nothing else (no other host, no scheme, no control characters). */
export function safePath(wanted: string): string | null {
  return /^\/(?![/\\])[^\s\\]*$/.test(wanted) && !wanted.startsWith('/sign-in') ? wanted : null;
}

const newPassword = z.string('required').min(passwordShortest, 'passwordShort').max(200, 'tooLong');
const role = z.string('chooseRole').refine(isRole, 'chooseRole');

/** A name to sign in with: small letters, digits, dot, dash; begins with a letter, so that it is never somebody's phone. */
const username = text(40, 'usernameMissing')
  .transform((typed) => typed.toLowerCase())
  .pipe(z.string().regex(/^[a-z][a-z0-9._-]{2,39}$/, 'usernameShape'));

/** A phone may be left out; then null. */
const optionalPhone = optionalText(40).transform((typed, context) => {
  if (typed === '') return null;
  const phone = phoneNumber(typed);
  if (phone === null) context.addIssue({ code: 'custom', message: 'phoneShape' });
  return phone;
});

export const changePasswordInput = z.object({
  currentPassword: z.string('required').min(1, 'passwordMissing').max(200, 'tooLong'),
  newPassword,
});

export const createAccountInput = z.object({
  username,
  fullName: text(100, 'nameMissing'),
  phone: optionalPhone,
  area: areaId,
  role,
  newPassword,
});
export type NewAccount = z.output<typeof createAccountInput>;

export const findAccountInput = z.object({ name: text(100, 'nameMissing') });

export const accountInput = z.object({ account: id });
export const resetPasswordInput = z.object({ account: id, newPassword });
export const grantInput = z
  .object({ account: id, role, area: areaId, from: day, until: emptyAsMissing(day) })
  .refine(({ from, until }) => until === undefined || until >= from, { message: 'untilBeforeFrom', path: ['until'] });
export type NewGrant = z.output<typeof grantInput>;
export const endGrantInput = z.object({ account: id, grant: id });

/** The list's address: filters, page, and the ids a search found (never what was searched for). */
export const accountListAddress = z.object({
  role: z.string().refine(isRole).optional().catch(undefined),
  area: emptyAsMissing(areaId).catch(undefined),
  state: z.enum(['active', 'disabled', 'without']).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
  sort: sortAsked,
  found: z
    .string()
    .max(4_000)
    .transform((list) => list.split(',').filter((one) => id.safeParse(one).success))
    .optional()
    .catch(undefined),
});
/** What the list can be ordered by; by given name as Vietnamese lists are when nothing is asked. */
export const accountSorts = ['name', 'username', 'area', 'state'] as const;
export type AccountSort = { by: string; descending: boolean };
export type AccountList = z.output<typeof accountListAddress>;
