'use client';

import { useTranslations } from 'next-intl';
import { ActForm } from '@/components/class/act-form';
import type { FormAction } from '@/components/class/use-sent';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { lastAct } from './local-log';

/**
 * What became of what was pressed last: kept here, on its way, or with the portal; and whoever was sent to a class without a name is led to asking for one.
 * `areaId`: where the desk is; null without a network, where nothing can be asked for.
 */
export function LastAct({
  last,
  undo,
  areaId,
}: {
  last: NonNullable<ReturnType<typeof lastAct>>;
  undo: FormAction;
  areaId: number | null;
}) {
  const t = useTranslations('desk');
  if (last.kind === 'undo')
    return last.waits ? (
      <Notice tone="info" live title={t('phone.undone')} />
    ) : (
      <Notice tone="good" live title={t('undone')} />
    );
  const { need, minutes } = last;
  const said = last.waits ? t('phone.kept', { need, minutes }) : t('logged', { need, minutes });
  return (
    <>
      <Notice
        tone={last.waits ? 'info' : 'good'}
        live
        title={said}
        action={
          <ActForm
            action={undo}
            fields={{ assistId: last.id }}
            variant="secondary"
            label={t('undo')}
            pendingLabel={t('undoing')}
          />
        }
      >
        {last.nameless
          ? t('phone.nameless')
          : last.waits && last.referredTo === 'home_visit' && !last.named
            ? t('phone.homeVisit')
            : null}
      </Notice>
      {areaId !== null && last.referredTo === 'class' && !last.named ? (
        <Notice
          tone="info"
          title={t('wishTitle')}
          action={
            <ButtonLink href={`/ask?area=${areaId}`} variant="secondary">
              {t('wish')}
            </ButtonLink>
          }
        >
          {t('wishBody')}
        </Notice>
      ) : null}
    </>
  );
}
