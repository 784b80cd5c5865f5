'use client';

import { useTranslations } from 'next-intl';
import { ActForm } from '@/components/class/act-form';
import type { FormAction } from '@/components/class/use-sent';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { OwnReferral } from '@/lib/referral/schema';

/** To which units the holder was handed, and the way to take each back. */
export function OwnReferrals({
  referrals,
  locale,
  stop,
}: {
  referrals: readonly OwnReferral[];
  locale: Locale;
  stop: FormAction;
}) {
  const t = useTranslations('card');
  return (
    <section aria-labelledby="referrals" className="grid gap-3">
      <h2 id="referrals" className="text-xl">
        {t('referrals')}
      </h2>
      <p>{t('referralsLead')}</p>
      <ul className="grid gap-3">
        {referrals.map((one) => (
          <li key={one.id} className="grid gap-3 rounded-card border-[1.5px] border-line bg-surface px-4 py-3">
            <p>
              <b className="block">{one.to}</b>
              {t(`why.${one.asks}`)}
              <span className="block text-muted">
                {t('referralSpan', { from: formatDate(locale, one.sentAt), until: formatDate(locale, one.expiresAt) })}
              </span>
            </p>
            <ActForm
              action={stop}
              fields={{ referralId: one.id }}
              variant="secondary"
              label={t('referralStop')}
              pendingLabel={t('referralStopping')}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
