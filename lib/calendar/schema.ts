import { z } from 'zod';
import { addressId, areaId, emptyAsMissing, wholeNumber } from '@/lib/kernel/input';

/** A meeting as a calendar shows it. */
export interface CalendarSession {
  readonly id: string;
  readonly classId: string;
  readonly title: string;
  readonly lesson: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly cancelled: boolean;
  readonly reason: string | null;
  readonly note: string;
  readonly venue: string;
  readonly address: string;
  readonly placeName: string;
  readonly bring: string;
  readonly hotline: string;
  readonly teamName: string;
  /** Rises with every change people must hear of. */
  readonly revision: number;
  readonly revisedAt: Date;
}

export interface Calendar {
  /** The class's title, or the name of the place. */
  readonly name: string;
  readonly sessions: readonly CalendarSession[];
}

/** The words around a meeting, in the reader's language. */
export interface CalendarWords {
  bring: string;
  hotline: string;
  teachers: string;
  free: string;
  off: string;
  lesson: string;
}

const locale = z.enum(['vi', 'en'], 'wrong');
/** An address that cannot be read is one of nothing: the answer says so in words. */
export const classCalendarInput = z.object({ locale, id: addressId.catch('') });
export const areaCalendarInput = z.object({ locale, area: areaId.catch(0) });

/** `GET /api/v1/classes`. */
export const openClassesInput = z.object({
  area: emptyAsMissing(areaId),
  language: locale.default('vi'),
  page: wholeNumber(1, 10_000, 'wrong').default(1),
});
