import { useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button-class';
import { Disclosure } from '@/components/ui/disclosure';
import { Icon } from '@/components/ui/icons';

/** The signed files behind a certificate, for whoever keeps their badges in an app. */
export function BadgeLinks({ address }: { address: string }) {
  const t = useTranslations('certificate.badge');
  return (
    <div className="max-w-prose print:hidden">
      <Disclosure summary={t('title')}>
        <p>{t('body')}</p>
        <p className="mt-3 flex flex-wrap gap-3">
          {(['json', 'jwt'] as const).map((form) => (
            <a key={form} href={`${address}/badge.${form}`} download className={buttonClass('secondary', true)}>
              <Icon name="download" />
              {t(form)}
            </a>
          ))}
        </p>
      </Disclosure>
    </div>
  );
}
