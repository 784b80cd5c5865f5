import { useLocale, useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { formatDateTime, formatDay, formatTimeRange } from '@/lib/i18n/format';
import { dayOf } from '@/lib/kernel/clock';
import { ActForm } from './act-form';
import { RegisterState, type SessionLineView } from './session-lines';
import type { FormAction } from './use-sent';

export interface SessionOfClassView extends SessionLineView {
  position: number;
  reason: string | null;
  present: number | null;
  note: string;
  movedFrom: Date | null;
}

/** The sessions of one class in order, with the register, and what may still be done with each. */
export function SessionsTable({
  sessions,
  now,
  mayWrite,
  restore,
}: {
  sessions: readonly SessionOfClassView[];
  now: Date;
  mayWrite: boolean;
  restore: FormAction;
}) {
  const t = useTranslations('manage');
  const e = useTranslations('edits');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  return (
    <ol className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
      {sessions.map((session) => {
        const off = session.status === 'cancelled' || session.status === 'did_not_happen';
        const coming = !off && !session.started && session.endsAt > now && session.status !== 'held';
        return (
          <li key={session.id} className="flex flex-wrap items-center gap-x-5 gap-y-2 px-4 py-3">
            <p className="w-full shrink-0 sm:w-56">
              <b className={off ? 'tabular-nums line-through' : 'tabular-nums'}>
                {formatDay(locale, session.startsAt)}
              </b>
              <span className="block text-sm tabular-nums">
                {formatTimeRange(locale, session.startsAt, session.endsAt)}
              </span>
            </p>
            <div className="min-w-0 grow basis-48">
              <p>{session.lesson ?? t('class.noLesson')}</p>
              {session.movedFrom && !off ? (
                <p className="text-sm text-muted">
                  {e('movedFrom', { when: formatDateTime(locale, session.movedFrom) })}
                </p>
              ) : null}
              {session.note ? <p className="text-sm text-muted">{session.note}</p> : null}
              {session.reason ? (
                <p className="text-sm text-muted">{t('class.because', { reason: session.reason })}</p>
              ) : null}
              {session.present !== null ? (
                <p className="text-sm text-muted">{t('class.came', { count: session.present })}</p>
              ) : null}
            </div>
            <div className="flex flex-wrap items-center gap-3">
              <RegisterState session={session} now={now} />
              {session.mayMark && !off && session.status !== 'planned' && dayOf(session.startsAt) <= dayOf(now) ? (
                <ButtonLink href={`/manage/sessions/${session.id}`} variant="secondary">
                  {session.finished
                    ? t('class.openRegister')
                    : session.started
                      ? t('continueRegister')
                      : t('takeRegister')}
                </ButtonLink>
              ) : null}
              {mayWrite && ((coming && session.startsAt > now) || session.status === 'cancelled') ? (
                <ButtonLink href={`/manage/classes/${session.classId}/sessions/${session.id}`} variant="quiet">
                  {e(off ? 'makeUp' : 'change')}
                </ButtonLink>
              ) : null}
              {mayWrite && coming ? (
                <ButtonLink href={`/manage/classes/${session.classId}/cancel?session=${session.id}`} variant="quiet">
                  {t('class.cancelSession')}
                </ButtonLink>
              ) : null}
              {mayWrite && session.status === 'cancelled' && session.endsAt > now ? (
                <ActForm
                  action={restore}
                  fields={{ sessionId: session.id }}
                  variant="quiet"
                  label={t('class.restoreSession')}
                  pendingLabel={t('working')}
                />
              ) : null}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
