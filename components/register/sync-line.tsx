'use client';

import { useTranslations } from 'next-intl';
import { cx } from '../ui/cx';
import type { QueueState } from './queue';

/** The three counts: on this phone · accepted · needs attention. */
export function SyncLine({ sync }: { sync: QueueState }) {
  const t = useTranslations('register');
  return (
    <p aria-label={t('sync.label')} className="flex flex-wrap gap-x-3 text-xs text-muted tabular-nums">
      <span className={cx(sync.waiting > 0 && 'font-bold text-warn')}>
        {t('sync.waiting', { count: sync.waiting })}
      </span>
      <span>{t('sync.accepted', { count: sync.accepted })}</span>
      <span className={cx(sync.attention > 0 && 'font-bold text-bad')}>
        {t('sync.attention', { count: sync.attention })}
      </span>
    </p>
  );
}
