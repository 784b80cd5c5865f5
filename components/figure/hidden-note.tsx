import { useTranslations } from 'next-intl';

/** What the hidden sign means, under what shows one. */
export function HiddenNote() {
  const t = useTranslations('dashboard');
  return <p className="max-w-prose text-sm text-muted">{t('hiddenNote')}</p>;
}
