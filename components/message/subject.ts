import type { MessageLine } from '@/lib/message/schema';

/** Whether it is told to somebody of a team. */
export const isOfHelper = (purpose: MessageLine['purpose']): boolean =>
  purpose === 'ask' || purpose === 'let_go' || purpose === 'round' || purpose === 'round_off';

/** The page of what a message is about: a round, the helpers of a class, or the class. */
export function subjectOf({ purpose, classId, roundId }: MessageLine): string {
  if (roundId) return `/manage/visits/rounds/${roundId}`;
  return purpose === 'ask' || purpose === 'let_go'
    ? `/manage/classes/${classId}/helpers`
    : `/manage/classes/${classId}`;
}
