import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { getPathname } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';

/** Where to one looked last on this device. It knows, nobody else: /portal.js fills this in; without it there is nothing here. */
export function LastPlace({ locale }: { locale: Locale }) {
  const t = useTranslations('schedule');
  return (
    <p
      hidden
      data-last-place={`${getPathname({ href: '/classes', locale })}?area=`}
      className="flex flex-wrap items-center gap-x-7 gap-y-1 [&[hidden]]:hidden print:hidden"
    >
      <span>
        {t('lastPlace')}{' '}
        <a
          href={getPathname({ href: '/classes', locale })}
          className="link inline-flex min-h-target items-center font-bold"
        >
          {t('thatPlace')}
        </a>
      </span>
      <Button variant="quiet" className="-ml-5" data-forget-place="">
        {t('forgetPlace')}
      </Button>
    </p>
  );
}
