import { useTranslations } from 'next-intl';
import { Icon } from '../ui/icons';

/** Says on every page of a demo that nobody and nothing here is real. */
export function DemoBanner() {
  const t = useTranslations('layout');
  return (
    <p className="flex items-center justify-center gap-2 bg-sun px-4 py-1.5 text-center text-sm font-bold text-sun-ink">
      <Icon name="info" className="size-5" />
      <span>{t('demo')}</span>
    </p>
  );
}
