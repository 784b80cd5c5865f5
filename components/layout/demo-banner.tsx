import { useTranslations } from 'next-intl';
import { Icon } from '../ui/icons';

/** Says on every page of a demo that nobody and nothing here is real. */
export function DemoBanner() {
  const t = useTranslations('layout');
  return (
    <p className="flex items-center justify-center gap-2 bg-sun px-2 py-1 text-center text-xs font-bold text-sun-ink sm:text-sm">
      <Icon name="info" className="size-5 max-sm:hidden" />
      <span>{t('demo')}</span>
    </p>
  );
}
