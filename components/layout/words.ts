import { useTranslations } from 'next-intl';
import type { DisplayWords } from './display-settings';

/** The words of the display settings, in the reader's language. */
export function useDisplayWords(): DisplayWords {
  const t = useTranslations('layout.display');
  return {
    open: t('open'),
    theme: t('theme'),
    auto: t('auto'),
    light: t('light'),
    dark: t('dark'),
    contrast: t('contrast'),
    text: t('text'),
    normal: t('normal'),
    large: t('large'),
  };
}
