import { useTranslations } from 'next-intl';
import { StatusPill } from '@/components/ui/pill';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { reasonsOf } from '@/lib/task/rules';
import { reports, type TaskGroup, type TaskLine } from '@/lib/task/schema';

/** What is to be done, in words: the kind, and what it is about. */
export function useTaskWords(): (task: Pick<TaskLine, 'kind' | 'label'>) => string {
  const t = useTranslations('tasks');
  return ({ kind, label }) => {
    const words = t.has(`kinds.${kind}`) ? t(`kinds.${kind}`) : kind;
    if (kind === 'correct') {
      const said = reports.find((one) => one === label);
      return said ? `${words}: ${t(`reported.${said}`)}` : words;
    }
    // What is told of whoever was met is for how many days more their name is kept.
    if (kind === 'met_unknown') return `${words}: ${t('nameKept', { days: Number(label) })}`;
    return label ? `${words}: ${label}` : kind === 'asked' ? `${words}: ${t('anyClass')}` : words;
  };
}

/** Who it is and why they come first: "72 tuổi · sống một mình · vùng xa". */
export function useReasons(): (group: Pick<TaskGroup, 'birthYear' | 'need'>) => string[] {
  const t = useTranslations('tasks');
  return ({ birthYear, need }) => {
    const reasons = need ? reasonsOf(need) : [];
    const told = reasons.map((reason) => t(`reason.${reason}`, { age: need?.age ?? 0 }));
    if (reasons.includes('old')) return told;
    return need?.age
      ? [t('age', { age: need.age }), ...told]
      : birthYear
        ? [t('born', { year: birthYear }), ...told]
        : told;
  };
}

/** When it is due, whose it is, and what came of it the last time. */
export function TaskState({ task, locale }: { task: TaskLine; locale: Locale }) {
  const t = useTranslations('tasks');
  const { due, overdue, given, last } = task;
  const day = formatDate(locale, due);
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      {overdue ? (
        <StatusPill tone="warn">{t('overdue', { day })}</StatusPill>
      ) : (
        <span className="text-muted">{t('dueOn', { day })}</span>
      )}
      {given ? (
        <span className={given.back ? 'font-bold' : 'text-field'}>
          {given.back
            ? t('back', { name: given.name })
            : given.mine
              ? t('givenToMe', { day: formatDate(locale, given.until) })
              : t('givenTo', { name: given.name, day: formatDate(locale, given.until) })}
        </span>
      ) : null}
      {last ? (
        <span className="text-muted">
          {t('lastTime', { day: formatDate(locale, last.at), outcome: t(`outcome.${last.outcome}`) })}
        </span>
      ) : null}
    </span>
  );
}
