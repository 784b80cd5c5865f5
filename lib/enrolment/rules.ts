import { createHash } from 'node:crypto';
import { fold } from '@/lib/kernel/text';
import type { Enrolment, SlipStatus } from './schema';

/** States that hold a seat or a place in the queue. */
export const activeStates = ['waitlisted', 'offered', 'confirmed'] as const;

const digest = (parts: readonly unknown[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/**
 * The key by which the same form, sent again, is known. A page for residents may be served from a cache to many people within
 * a second, all with one `formKey`: so the key is that together with who is to learn what. Sent 50 times, one form is one
 * enrolment; two neighbours with the same cached page are two.
 */
export function idempotencyKey({ formKey, classId, learner }: Enrolment): string {
  const who =
    'personId' in learner
      ? [learner.personId]
      : [fold(learner.fullName), learner.phone, learner.areaId, learner.birthYear];
  const hex = digest([formKey.toLowerCase(), classId, ...who]);
  // A UUID of version 8 (RFC 9562): its bits are ours.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Enrolments with the same answer take turns: those of one person, or of one form where nothing tells who it is. */
export function turn(enrolment: Enrolment): string {
  const { learner } = enrolment;
  if ('personId' in learner) return digest([learner.personId]);
  if (learner.phone === null) return idempotencyKey(enrolment);
  return digest([learner.phone, fold(learner.fullName), learner.areaId]);
}

/** What a slip says of an enrolment's state. */
export function slipStatus(status: string): SlipStatus {
  if (status === 'confirmed' || status === 'offered') return 'confirmed';
  if (status === 'waitlisted') return 'waitlisted';
  if (status === 'class_cancelled') return 'classCancelled';
  return ['completed', 'partial', 'no_show'].includes(status) ? 'over' : 'cancelled';
}
