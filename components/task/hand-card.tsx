import { useTranslations } from 'next-intl';
import type { FormAction } from '@/components/class/use-sent';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { Locale } from '@/lib/i18n/routing';
import { gather } from '@/lib/task/rules';
import type { Hand, TaskGroup } from '@/lib/task/schema';
import { TaskList } from './task-list';
import { WeekForm } from './week-form';
import { useReasons, useTaskWords } from './words';

/** One helper's week: how far they are, whom they have, and whom one might give them with one press. */
export function HandCard({
  hand,
  give,
  open,
  locale,
}: {
  hand: Hand & { given: number; settled: number; has: readonly TaskGroup[]; proposed: readonly TaskGroup[] };
  give: FormAction;
  /** Whom one might give them is shown at once. */
  open: boolean;
  locale: Locale;
}) {
  const t = useTranslations('tasks.week');
  const [words, reasons] = [useTaskWords(), useReasons()];
  const { memberId, fullName, team, given, settled, has, proposed, hasAccount } = hand;
  // Those they have come before those they might have; of several villages the one with most.
  const [most] = [...gather(has.length > 0 ? has : proposed, ({ villageId }) => String(villageId)).values()].toSorted(
    (one, other) => other.length - one.length,
  );
  const village = most?.[0];
  return (
    <Card as="section" labelledBy={`hand-${memberId}`}>
      <div className="grid gap-4">
        <div>
          <p className="font-bold text-field">{team}</p>
          <h2 id={`hand-${memberId}`} className="text-xl">
            {fullName}
          </h2>
          <p className="text-muted">{t('progress', { given, settled })}</p>
          {hasAccount ? null : <p className="text-sm text-muted">{t('alone')}</p>}
        </div>
        {proposed.length > 0 ? (
          <WeekForm
            fold={{ summary: t('proposedCount', { count: proposed.length }), open: open }}
            action={give}
            memberId={memberId}
            label={t('giveAll', { name: fullName })}
            legend={t('proposed')}
            people={proposed.map((group) => ({
              id: group.id,
              tasks: group.tasks.map(({ key }) => key),
              name: group.fullName ?? '',
              village: group.village,
              why: [...reasons(group), ...group.tasks.map(words)].join(' · '),
            }))}
          />
        ) : null}
        {village ? (
          <div>
            <ButtonLink
              href={`/manage/visits/rounds/new?area=${village.villageId}&first=${memberId}`}
              variant="secondary"
              icon="home"
            >
              {t('toRound', { village: village.village })}
              <span className="sr-only">: {fullName}</span>
            </ButtonLink>
          </div>
        ) : null}
        {has.length > 0 ? (
          <div className="grid gap-2">
            <h3 className="font-bold">{t('has')}</h3>
            <TaskList groups={has} locale={locale} />
          </div>
        ) : null}
      </div>
    </Card>
  );
}
