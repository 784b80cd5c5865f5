import { z } from 'zod';
import { addressId, emptyAsMissing, id, optionalText, text } from '@/lib/kernel/input';
import { isSerial, serialLength } from '@/lib/kernel/serial';

/** A serial, however it was typed: small letters, spaces and dashes are fine. What its check sign refuses was typed wrong. */
export const serialTyped = z
  .string('serialShape')
  .max(100, 'serialShape')
  .transform((typed) =>
    typed
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[\s.\-–—_]/g, ''),
  )
  .refine((typed) => typed.length === serialLength, 'serialShape')
  .refine((typed) => typed.length !== serialLength || isSerial(typed), 'serialTypo');

export const checkInput = z.object({ serial: serialTyped, initials: emptyAsMissing(text(40)) });

export const closeForm = z.object({ classId: addressId });
export const issueForm = z.object({ classId: addressId });

/** Why a certificate is revoked by hand; `withdrawn` follows from a withdrawal. */
export const revokedBecause = ['mistake', 'wrong_person', 'other'] as const;
export type RevokedCode = (typeof revokedBecause)[number] | 'withdrawn';
export const revokeForm = z
  .object({ serial: serialTyped, code: z.enum(revokedBecause, 'chooseReason'), note: optionalText(300) })
  .refine(({ code, note }) => code !== 'other' || note !== '', { path: ['note'], message: 'reasonRequired' });
export type Revocation = z.output<typeof revokeForm>;

/** In a program's address. */
export const keyInput = z.object({ key: z.string().regex(/^k[0-9a-f]{16}$/, 'unknownId') });
export const courseInput = z.object({ course: id });
export const listInput = z.object({ list: z.coerce.number('wrong').int('wrong').min(0, 'wrong').max(16_383, 'wrong') });
export const serialInput = z.object({ serial: serialTyped });

/** What a certificate says, wherever it is shown to those who may read the name. */
export interface Certificate {
  readonly serial: string;
  readonly fullName: string;
  readonly course: string;
  readonly courseId: string;
  readonly version: number;
  readonly classId: string;
  /** What must be done alone in this course, in words. */
  readonly skills: readonly string[];
  readonly place: string;
  readonly unit: string;
  readonly learntFrom: Date;
  readonly learntTo: Date;
  readonly issuedAt: Date;
  readonly revokedAt: Date | null;
  readonly revokedCode: RevokedCode | null;
  readonly revokedNote: string;
}

/** What a stranger may check by the serial: no name, no village. */
export interface CheckedCertificate {
  readonly serial: string;
  /** Empty once its holder withdrew. */
  readonly initials: string;
  readonly course: string;
  readonly unit: string;
  readonly skills: readonly string[];
  readonly issuedAt: Date;
  readonly revokedAt: Date | null;
  readonly revokedCode: RevokedCode | null;
}

/** A certificate as a line of somebody's. */
export interface OwnCertificate {
  readonly serial: string;
  readonly course: string;
  readonly issuedAt: Date;
  readonly revokedAt: Date | null;
}

/** What is asked for a certificate besides the path being done, per enrolment of a class. */
export interface CertificateStanding {
  readonly enrolmentId: string;
  readonly serial: string | null;
  /** Somebody other than the trainers saw them do a skill of the course alone, or a re-check did. */
  readonly seenAgain: boolean;
  /** Agreed to their data being kept, still. */
  readonly agreed: boolean;
}

/** What the signed file is made of. */
export interface CredentialFacts {
  readonly serial: string;
  readonly nameSalt: string | null;
  readonly nameDigest: string | null;
  readonly statusIndex: number;
  readonly issuedAt: Date;
  readonly learntFrom: Date;
  readonly learntTo: Date;
  readonly achievement: AchievementFacts;
}

export interface AchievementFacts {
  readonly courseId: string;
  readonly version: number;
  readonly title: string;
  readonly summary: string;
  readonly lessons: number;
  readonly lessonsRequired: number | null;
  readonly skills: readonly string[];
}
