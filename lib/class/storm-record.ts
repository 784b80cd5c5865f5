import { z } from 'zod';
import type { ComingSession, SessionState } from './storm';

/** How what was put off is kept with it, so that it can be taken back. Moments travel as text. */
const state = z.object({
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  venueId: z.string(),
  lessonId: z.string().nullable(),
  note: z.string(),
  movedFrom: z.coerce.date().nullable(),
  status: z.enum(['planned', 'published', 'cancelled']),
  reason: z.string().nullable(),
});
const change = z.object({
  id: z.string(),
  classId: z.string(),
  put: z.boolean(),
  /** The session's own since it was put off: another one means somebody changed it. */
  revision: z.number(),
  before: state,
});
export type StoredChange = z.output<typeof change>;

/** What is stored of a session put off: how it was, how it is, and by which revision it is known to be untouched. */
export const storedChange = ({ id, now }: ComingSession, after: SessionState, revision: number) => ({
  id,
  revision,
  before: asText(now),
  after: asText(after),
});

const asText = ({ startsAt, endsAt, movedFrom, ...rest }: SessionState) => ({
  ...rest,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
  movedFrom: movedFrom?.toISOString() ?? null,
});

/** What a stored record holds. */
export const changesOf = (stored: unknown): StoredChange[] => z.array(change).parse(stored);
