import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { Locale } from './routing';

/** A page's `generateMetadata` where its title is one of the words on screen. */
export function titled(namespace: string, key: string) {
  return async ({ params }: { params: Promise<{ locale: Locale }> }): Promise<Metadata> => {
    const { locale } = await params;
    const t = await getTranslations({ locale, namespace });
    return { title: t(key) };
  };
}
