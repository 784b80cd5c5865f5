import { useTranslations } from 'next-intl';
import type { Group } from '@/lib/figure/schema';
import type { Organisation, TeamKind } from '@/lib/team/schema';

/** What a group of people, a kind of team or an organisation is called. */
export function useGroupName(): (group: Group) => string {
  const t = useTranslations('dashboard.groups');
  const team = useTranslations('teams.kinds');
  const organisation = useTranslations('teams.organisations');
  return (group) => {
    if (group.startsWith('org_')) return organisation(group.slice('org_'.length) as Organisation);
    return group.startsWith('kind_')
      ? team(group.slice('kind_'.length) as TeamKind)
      : t(group as 'all' | 'age60' | 'men');
  };
}
