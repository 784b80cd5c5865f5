import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import type { Locale } from '@/lib/i18n/routing';
import { phoneForReading } from '@/lib/kernel/phone';
import type { TaskGroup } from '@/lib/task/schema';
import { TaskTick } from './give-form';
import { TaskState, useReasons, useTaskWords } from './words';

/** Visits: whom, why first, and everything there is to do there. With `ticks` each task can be chosen (inside a `GiveForm`). */
export function TaskList({ groups, locale, ticks }: { groups: readonly TaskGroup[]; locale: Locale; ticks?: boolean }) {
  return (
    <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
      {groups.map((group) => (
        <Visit key={group.id} group={group} locale={locale} ticks={ticks ?? false} />
      ))}
    </ul>
  );
}

function Visit({ group, locale, ticks }: { group: TaskGroup; locale: Locale; ticks: boolean }) {
  const t = useTranslations('tasks');
  const [words, reasons] = [useTaskWords(), useReasons()];
  const [first] = group.tasks;
  const told = reasons(group);
  const href = group.personId ? `/manage/tasks/door/${group.personId}` : (first?.goTo ?? null);
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 grow basis-64">
        {group.fullName ? (
          <p className="flex flex-wrap gap-x-4">
            <b>{group.fullName}</b>
            {told.map((reason) => (
              <span key={reason} className="text-field">
                {reason}
              </span>
            ))}
          </p>
        ) : null}
        <p className="flex flex-wrap items-center gap-x-4 text-sm text-muted">
          <span>{group.village}</span>
          {group.phone ? (
            <a href={`tel:${group.phone}`} className="link inline-flex min-h-8 items-center">
              {phoneForReading(group.phone)}
            </a>
          ) : null}
        </p>
        <ul className="mt-1 grid gap-1">
          {group.tasks.map((task) => (
            <li key={task.key}>
              {ticks ? (
                <TaskTick
                  value={task.key}
                  label={
                    <>
                      {words(task)}
                      {group.fullName ? <span className="sr-only">, {group.fullName}</span> : null}
                    </>
                  }
                />
              ) : (
                <p>{words(task)}</p>
              )}
              <div className={ticks ? 'pl-9' : undefined}>
                <TaskState task={task} locale={locale} />
              </div>
            </li>
          ))}
        </ul>
      </div>
      {href ? (
        <ButtonLink href={href} variant="secondary">
          {t(group.personId ? 'go' : 'open')}
          <span className="sr-only">: {group.fullName ?? (first ? words(first) : '')}</span>
        </ButtonLink>
      ) : (
        <p className="text-muted">{t('byOrganiser')}</p>
      )}
    </li>
  );
}
