import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';

/** On an organiser's day: referrals to answer, referrals that came back, and records of one's people opened from elsewhere. */
export function AwayNotices({ open, returned, read }: { open: number; returned: number; read: number }) {
  const t = useTranslations('referral');
  const l = useTranslations('lookup');
  const toReferrals = (
    <ButtonLink href="/manage/referrals" variant="secondary">
      {t('see')}
    </ButtonLink>
  );
  return (
    <>
      {open > 0 ? <Notice tone="warn" title={t('todayOpen', { count: open })} action={toReferrals} /> : null}
      {returned > 0 ? (
        <Notice tone="warn" title={t('todayReturned', { count: returned })} action={toReferrals} />
      ) : null}
      {read > 0 ? (
        <Notice
          tone="info"
          title={l('today', { count: read })}
          action={
            <ButtonLink href="/manage/people/readings" variant="secondary">
              {l('see')}
            </ButtonLink>
          }
        />
      ) : null}
    </>
  );
}
