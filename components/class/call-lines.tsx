import { useLocale, useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { StatusPill } from '@/components/ui/pill';
import { formatDateTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { ClassLineView } from './class-lines';
import { placeOf } from './session-lines';

interface ClassToCallView extends ClassLineView {
  offers: number;
  callNow: number;
  answerBy: Date | null;
  unconfirmed: number;
}

/** Classes where somebody is to be rung about an offered place, or sign-ups are to be looked at, each with the way there. */
export function CallLines({ classes }: { classes: readonly ClassToCallView[] }) {
  const t = useTranslations('manage');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
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
            <p className="text-sm text-muted">{placeOf(one)}</p>
            {one.offers > 0 && one.answerBy ? (
              <p className="flex flex-wrap items-center gap-x-3">
                {t('today.offered', { count: one.offers, until: formatDateTime(locale, one.answerBy) })}
                {one.callNow > 0 ? <StatusPill tone="warn">{t('places.callNow')}</StatusPill> : null}
              </p>
            ) : null}
          </div>
          <div className="flex flex-wrap gap-3">
            {one.offers > 0 ? (
              <ButtonLink href={`/manage/classes/${one.id}#offers`} variant="secondary">
                {t('today.toCalls')}
              </ButtonLink>
            ) : null}
            {one.unconfirmed > 0 ? (
              <ButtonLink href={`/manage/classes/${one.id}/unconfirmed`} variant="secondary">
                {t('unconfirmed.notice', { count: one.unconfirmed })}
              </ButtonLink>
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}
