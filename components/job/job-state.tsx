import { useTranslations } from 'next-intl';
import { StatusPill } from '@/components/ui/pill';
import type { Tone } from '@/components/ui/notice';
import type { JobState } from '@/lib/job/schema';

const tones: Readonly<Record<JobState, Tone | 'plain'>> = {
  queued: 'plain',
  running: 'info',
  done: 'good',
  failed: 'bad',
  cancelled: 'plain',
};

/** How a piece of work stands, in a word. */
export function JobStatePill({ state }: { state: JobState }) {
  const t = useTranslations('job');
  return <StatusPill tone={tones[state]}>{t(`states.${state}`)}</StatusPill>;
}
