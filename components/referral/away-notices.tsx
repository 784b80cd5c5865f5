import { useTranslations } from 'next-intl';
import { NoticeTo } from '@/components/ui/notice-to';

/** On an organiser's day: referrals to answer, referrals that came back, and records of one's people opened from elsewhere. */
export function AwayNotices({ open, returned, read }: { open: number; returned: number; read: number }) {
  const t = useTranslations('referral');
  const l = useTranslations('lookup');
  const toReferrals = { tone: 'warn', href: '/manage/referrals', words: t('see') } as const;
  return (
    <>
      {open > 0 ? <NoticeTo {...toReferrals} title={t('todayOpen', { count: open })} /> : null}
      {returned > 0 ? <NoticeTo {...toReferrals} title={t('todayReturned', { count: returned })} /> : null}
      {read > 0 ? (
        <NoticeTo tone="info" title={l('today', { count: read })} href="/manage/people/readings" words={l('see')} />
      ) : null}
    </>
  );
}
