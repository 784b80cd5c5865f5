import { useLocale, useTranslations } from 'next-intl';
import { StatusPill } from '@/components/ui/pill';
import type { Tone } from '@/components/ui/notice';
import { formatDateTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { placeOf } from './session-lines';
import type { ClassStatus } from '@/lib/class/schema';

const tones: Record<ClassStatus, Tone | 'plain'> = {
  draft: 'warn',
  published: 'good',
  cancelled: 'bad',
  closed: 'plain',
};

/** The state of a class, in a word and a shape. `over`: its last session has ended, though nobody closed it yet. */
export function ClassState({ status, over }: { status: ClassStatus; over?: boolean }) {
  const t = useTranslations('manage');
  if (status === 'published' && over) return <StatusPill>{t('when.past')}</StatusPill>;
  return (
    <StatusPill tone={tones[status]} icon={status === 'draft' ? 'pencil' : undefined}>
      {t(`state.${status}`)}
    </StatusPill>
  );
}

export interface ClassLineView {
  id: string;
  title: string;
  venue: string;
  area: string;
  inUnit: string | null;
  firstStartsAt: Date | null;
  nextStartsAt: Date | null;
  confirmed: number;
  capacity: number;
  waiting: number;
}

/** Classes as short lines, each a link, with what it is about here at the end. */
export function ClassLines({ classes, tell }: { classes: readonly ClassLineView[]; tell: 'waiting' | 'draft' }) {
  const t = useTranslations('manage');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  return (
    <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
      {classes.map((one) => (
        <li key={one.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-3">
          <div className="min-w-0 grow basis-56">
            <Link href={`/manage/classes/${one.id}`} prefetch={false} className="link font-bold">
              {one.title}
            </Link>
            <p className="text-sm text-muted">
              {placeOf(one)}
              {one.nextStartsAt ? <> · {formatDateTime(locale, one.nextStartsAt)}</> : null}
            </p>
          </div>
          {tell === 'waiting' ? (
            <StatusPill tone="info">{t('waitingCount', { count: one.waiting })}</StatusPill>
          ) : (
            <ClassState status="draft" />
          )}
        </li>
      ))}
    </ul>
  );
}
