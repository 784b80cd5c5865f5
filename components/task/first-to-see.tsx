import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { Part } from '@/components/ui/part';
import type { TaskGroup } from '@/lib/task/schema';
import { useReasons, useTaskWords } from './words';

/** On the day's page: whom to see first this week and why, with one button that plans the round there. */
export function FirstToSee({
  first: { memberId, villageId, village, people, total },
}: {
  first: { memberId: string; villageId: number; village: string; people: readonly TaskGroup[]; total: number };
}) {
  const t = useTranslations('tasks.week');
  const [words, reasons] = [useTaskWords(), useReasons()];
  return (
    <Part
      title={t('title')}
      lead={t('first', { count: total, shown: people.length, village })}
      more={{ href: '/manage/tasks/week', words: t('all') }}
    >
      <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
        {people.map((group) => (
          <li key={group.id} className="px-4 py-2">
            <b>{group.fullName}</b>
            <span className="block text-sm text-muted">
              {[...reasons(group), ...group.tasks.map(words)].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      <div>
        <ButtonLink
          href={`/manage/visits/rounds/new?area=${villageId}&first=${memberId}`}
          variant="secondary"
          icon="home"
        >
          {t('toRound', { village })}
        </ButtonLink>
      </div>
    </Part>
  );
}
