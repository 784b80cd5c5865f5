'use client';

import { useTranslations } from 'next-intl';
import { ButtonLink } from '../ui/button';
import { cx } from '../ui/cx';
import { Disclosure } from '../ui/disclosure';
import { Notice } from '../ui/notice';
import { useActWords } from './attention';
import type { StoredOperation } from './phone-store';
import type { Trouble } from './portal';

/** The three counts: on this phone · accepted · needs attention (refused, or said differently by two). */
export function SyncLine({
  rows,
  known,
  conflicts,
}: {
  rows: readonly StoredOperation[];
  /** Nothing is claimed before the phone's store was looked into. */
  known: boolean;
  conflicts: number;
}) {
  const t = useTranslations('register');
  if (!known) return <p className="text-xs text-muted">{t('sync.label')}…</p>;
  const of = (state: StoredOperation['state']) => rows.filter((row) => row.state === state).length;
  const attention = of('attention') + conflicts;
  return (
    <p aria-label={t('sync.label')} className="flex flex-wrap gap-x-3 text-xs text-muted tabular-nums">
      <span className={cx(of('waiting') > 0 && 'font-bold text-warn')}>
        {t('sync.waiting', { count: of('waiting') })}
      </span>
      <span>{t('sync.accepted', { count: of('accepted') })}</span>
      <span className={cx(attention > 0 && 'font-bold text-bad')}>{t('sync.attention', { count: attention })}</span>
    </p>
  );
}

/** Why nothing gets through just now, and what to do. `durable` is false where closing the page would lose what waits. */
export function TroubleNotice({ trouble, durable }: { trouble: Trouble | null; durable: boolean }) {
  const t = useTranslations('register');
  if (trouble === 'signIn' || trouble === 'otherAccount')
    return (
      <Notice
        live
        tone="warn"
        title={t(`sync.${trouble}`)}
        action={
          <ButtonLink href="/sign-in" target="_blank" rel="noreferrer" variant="secondary">
            {t('sync.toSignIn')}
          </ButtonLink>
        }
      />
    );
  if (trouble === 'noRight' || trouble === 'outdated') return <Notice live tone="warn" title={t(`sync.${trouble}`)} />;
  if (!durable) return <Notice live tone="warn" title={t('sync.notDurable')} />;
  return trouble ? <Notice live tone="info" title={t('sync.offline')} /> : null;
}

const outcomes = ['applied', 'merged', 'conflict', 'held'] as const;

/** Every act made on this phone and what became of it. */
export function ActList({ rows }: { rows: readonly StoredOperation[] }) {
  const t = useTranslations('register');
  const words = useActWords();
  if (rows.length === 0) return null;
  const became = ({ state, result }: StoredOperation) => {
    if (state !== 'accepted') return t(`became.${state}`);
    const told = result?.outcome === 'duplicate' ? result.first : result?.outcome;
    return t(`became.${outcomes.find((each) => each === told) ?? 'applied'}`);
  };
  return (
    <Disclosure summary={t('acts', { count: rows.length })}>
      <ul className="grid grid-cols-1 gap-1.5">
        {rows.toReversed().map((row) => (
          <li key={row.id} className="flex flex-wrap justify-between gap-x-4">
            <span>{words(row)}</span>
            <span className="text-sm text-muted">{became(row)}</span>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
