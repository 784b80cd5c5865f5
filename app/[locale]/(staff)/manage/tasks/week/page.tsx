import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ClientWords } from '@/components/layout/client-words';
import { CarryDoors } from '@/components/task/carry-doors';
import { HandCard } from '@/components/task/hand-card';
import { TaskList } from '@/components/task/task-list';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { mostAWeek } from '@/lib/task/rules';
import { ownWeek, weekOf } from '@/lib/task/week';
import { give } from '../actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('tasks', 'week.title');

/** Who to see this week: suggestions per helper for whoever gives them out; for a helper, whom they were given. */
export default async function WeekPage({ params, searchParams }: Props) {
  const [{ locale }, { done }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const now = new Date();
  const { weeks, own, owner } = await read('register.write', async (tx, caller) => {
    const plans = caller.capabilities.includes('class.write');
    return {
      owner: caller.accountId,
      weeks: plans ? await weekOf(tx, locale, caller, now) : null,
      own: plans ? [] : await ownWeek(tx, locale, caller, now),
    };
  });
  const t = await getTranslations('tasks');
  const next = weeks?.find(({ proposed }) => proposed.length > 0);
  const nobody = weeks ? weeks.length === 0 : own.length === 0;
  return (
    <div className="grid grid-cols-1 gap-6">
      {done === 'given' ? <Notice tone="good" live title={t('done.given')} /> : null}
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/tasks' }, { label: t('week.title') }]} />
      <PageHeading lead={t(weeks ? 'week.lead' : 'week.leadHelper', { most: mostAWeek })}>
        {t('week.title')}
      </PageHeading>
      {nobody ? (
        <EmptyState icon="people" title={t(weeks ? 'week.none' : 'week.noneOwn')}>
          {t(weeks ? 'week.noneBody' : 'week.noneOwnBody')}
        </EmptyState>
      ) : weeks ? (
        <ClientWords of={['tasks', 'errors']}>
          {/* Said once for all: on a phone it would stand at every helper's card. */}
          <p className="max-w-prose text-muted">{t('week.toRoundHint')}</p>
          {weeks.map((hand) => (
            <HandCard key={hand.memberId} hand={hand} give={give} open={hand === next} locale={locale} />
          ))}
        </ClientWords>
      ) : (
        <TaskList groups={own} locale={locale} />
      )}
      <ClientWords of={['register']}>
        <CarryDoors owner={owner} />
      </ClientWords>
    </div>
  );
}
