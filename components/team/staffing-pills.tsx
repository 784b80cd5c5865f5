import { useTranslations } from 'next-intl';
import { StatusPill } from '@/components/ui/pill';
import type { Staffing } from '@/lib/team/rules';

/** What a session still lacks, in words: who teaches, how many more sit beside the learners, how many have yet to answer. */
export function StaffingPills({ staffing }: { staffing: Staffing }) {
  const t = useTranslations('teams');
  const unanswered = staffing.waiting + (staffing.teacher === 'waiting' ? 1 : 0);
  const enough = staffing.wanted === 0 && staffing.teacher === 'sure' && unanswered === 0;
  return (
    <>
      {staffing.teacher === 'wanted' ? <StatusPill tone="bad">{t('staff.needTeacher')}</StatusPill> : null}
      {staffing.wanted > 0 ? (
        <StatusPill tone="warn">{t('staff.needHelpers', { count: staffing.wanted })}</StatusPill>
      ) : null}
      {unanswered > 0 ? <StatusPill tone="info">{t('staff.waiting', { count: unanswered })}</StatusPill> : null}
      {enough ? <StatusPill tone="good">{t('staff.enough')}</StatusPill> : null}
    </>
  );
}
