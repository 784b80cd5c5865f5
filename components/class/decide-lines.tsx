import { useLocale, useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { StatusPill } from '@/components/ui/pill';
import { formatDateTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { ActForm } from './act-form';
import type { ClassLineView } from './class-lines';
import { placeOf } from './session-lines';
import type { FormAction } from './use-sent';

interface ClassToDecideView extends ClassLineView {
  firstStartsAt: Date;
  firstSessionId: string;
  minimum: number;
  mayWrite: boolean;
}

/** Classes about to begin with too few people, each with what may be decided: run, a week later (looked at first), or cancelled. */
export function DecideLines({ classes, run }: { classes: readonly ClassToDecideView[]; run: FormAction }) {
  const t = useTranslations('edits.decide');
  const m = useTranslations('manage');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const aWeekLater = ({ firstStartsAt }: ClassToDecideView) => addDays(dayOf(firstStartsAt), 7);
  return (
    <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
      {classes.map((one) => (
        <li key={one.id} className="flex flex-wrap items-center justify-between gap-x-5 gap-y-2 px-4 py-3">
          <div className="min-w-0 grow basis-64">
            <p>
              <Link href={`/manage/classes/${one.id}`} prefetch={false} className="link font-bold">
                {one.title}
              </Link>
            </p>
            <p className="text-sm text-muted">
              {formatDateTime(locale, one.firstStartsAt)} · {placeOf(one)}
              {one.waiting > 0 ? ` · ${m('waitingCount', { count: one.waiting })}` : null}
            </p>
            <StatusPill tone="warn">{t('few', { confirmed: one.confirmed, minimum: one.minimum })}</StatusPill>
          </div>
          {one.mayWrite ? (
            <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
              <ActForm
                action={run}
                fields={{ classId: one.id }}
                variant="secondary"
                icon="check"
                label={t('run')}
                pendingLabel={t('running')}
              />
              <ButtonLink
                href={`/manage/classes/${one.id}/sessions/${one.firstSessionId}?step=preview&scope=all&day=${aWeekLater(one)}#preview`}
                variant="quiet"
              >
                {t('week')}
              </ButtonLink>
              <ButtonLink href={`/manage/classes/${one.id}/cancel`} variant="quiet">
                {t('cancel')}
              </ButtonLink>
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
