import { useTranslations } from 'next-intl';
import type { Group } from '@/lib/figure/schema';
import type { TeamKind } from '@/lib/team/schema';

/** What a group of people, or a kind of team, is called. */
export function useGroupName(): (group: Group) => string {
  const t = useTranslations('dashboard.groups');
  const team = useTranslations('teams.kinds');
  return (group) =>
    group.startsWith('kind_') ? team(group.slice('kind_'.length) as TeamKind) : t(group as 'all' | 'age60' | 'men');
}
