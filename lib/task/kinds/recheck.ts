import { dueAmong } from '@/lib/recheck/queries';
import type { TaskKind } from '../kind';

/** A re-check is due (`dueOf`): what was seen at one settles it. */
export const recheck: TaskKind = {
  code: 'recheck',
  base: 5,
  about: 'person',
  visit: true,
  settledBy: 'fact',
  window: { due: 14, expires: 60, again: 3 },
  goTo: ({ personId }) => `/manage/rechecks/${personId ?? ''}`,
  facts: async (tx, scope, now) => {
    const due = await dueAmong(tx, scope.areas, scope.people, now);
    const skills = await tx<{ code: string; title: string }[]>`
      select skill_code as code, ${tx(`title_${scope.language}`)} as title from skill_version where valid_to is null`;
    const titles = new Map(skills.map(({ code, title }) => [code, title]));
    return due
      .toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime())
      .slice(0, scope.most)
      .map(({ personId, classId, from, after, dueAt, expiresAt, areaId, skillCode }) => ({
        personId,
        fact: `${classId ?? 'alone'}.${after}.${Math.floor(from.getTime() / 1000)}`,
        areaId,
        classId,
        since: dueAt,
        expires: expiresAt,
        label: titles.get(skillCode) ?? skillCode,
      }));
  },
};
