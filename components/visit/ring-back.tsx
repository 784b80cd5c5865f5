import { useTranslations } from 'next-intl';
import { ActForm } from '@/components/class/act-form';
import type { FormAction } from '@/components/class/use-sent';
import { StatusPill } from '@/components/ui/pill';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { HomeLine } from '@/lib/visit/schema';
import { PhoneOf } from './request-facts';

/** Of a round called off: who was told that somebody comes, and is to be rung that nobody does. Those not rung yet first. */
export function RingBack({
  homes,
  mark,
  locale,
}: {
  homes: readonly HomeLine[];
  mark: FormAction | null;
  locale: Locale;
}) {
  const t = useTranslations('visits');
  const waiting = homes.filter(({ rungBackAt }) => rungBackAt === null);
  return (
    <section aria-labelledby="ring-back" className="grid grid-cols-1 gap-3">
      <h2 id="ring-back" className="text-xl">
        {t('ringBackTitle', { count: waiting.length })}
      </h2>
      {waiting.length > 0 ? <p className="max-w-prose text-muted">{t('ringBackLead')}</p> : null}
      <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
        {[...waiting, ...homes.filter(({ rungBackAt }) => rungBackAt !== null)].map((home) => (
          <li key={home.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
            <div className="min-w-0">
              <p className="font-bold">{home.fullName || t('nameGone')}</p>
              <p>{home.phone ? <PhoneOf phone={home.phone} of={home.phoneOf ?? 'self'} /> : t('ringBackNoPhone')}</p>
            </div>
            {home.rungBackAt ? (
              <StatusPill tone="good">{t('rungBackOn', { day: formatDate(locale, home.rungBackAt) })}</StatusPill>
            ) : mark ? (
              <ActForm
                action={mark}
                fields={{ visitId: home.id }}
                variant="secondary"
                icon="check"
                label={t('ringBackMark', { name: home.fullName })}
                pendingLabel={t('saving')}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
