import { useTranslations } from 'next-intl';
import { StatusPill } from '@/components/ui/pill';
import type { IndicatorVersion } from '@/lib/indicator/schema';

/** Whether the portal counts an indicator, somebody declares it, or it is words. */
export function KindPill({ kind }: { kind: IndicatorVersion['kind'] }) {
  const t = useTranslations('indicator.kinds');
  const look = { computed: { tone: 'good', icon: 'chart' }, declared: { tone: 'info', icon: 'pencil' } } as const;
  return <StatusPill {...(kind === 'remark' ? { icon: 'list' } : look[kind])}>{t(kind)}</StatusPill>;
}
