import { useTranslations } from 'next-intl';

/** How many of the organisers' tasks are overdue: a count, and no more than "a few" where there are few. */
export function OverdueTasks({ late }: { late: number | 'few' }) {
  const t = useTranslations('tasks.dashboard');
  return (
    <section aria-labelledby="overdue-tasks" className="grid gap-2">
      <h2 id="overdue-tasks" className="text-2xl">
        {t('title')}
      </h2>
      <p>{late === 'few' ? t('few') : t('late', { count: late })}</p>
    </section>
  );
}
