import type { VisitNeed, VisitTime } from './schema';

/** What somebody may know who asks at the door whether a number is right. */
export interface Expected {
  readonly team: string;
  readonly village: string;
  readonly helpers: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** What a slip opens: nothing of whom it is about. */
export interface SlipOfVisit {
  readonly code: string;
  readonly village: string;
  readonly needs: readonly VisitNeed[];
  readonly times: readonly VisitTime[];
  readonly createdAt: Date;
  readonly state: 'open' | 'planned' | 'closed' | 'withdrawn' | 'expired';
  /** It may still be taken back: nobody was there for it. */
  readonly removable: boolean;
  readonly plannedOn: string | null;
  /** The hours of the round that comes. */
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  /** Whether a number was given by which they can be rung. */
  readonly phoneGiven: boolean;
  /** Whom to ring; null where the unit gave no number anywhere. */
  readonly ring: string | null;
}
