import type { Metadata, Viewport } from 'next';
import { hasLocale, NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations, setRequestLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { routing } from '@/lib/i18n/routing';
import '../globals.css';

type Props = { children: ReactNode; params: Promise<{ locale: string }> };

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbf7f0' },
    { media: '(prefers-color-scheme: dark)', color: '#171b18' },
  ],
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({
    locale: hasLocale(routing.locales, locale) ? locale : routing.defaultLocale,
    namespace: 'layout',
  });
  return {
    title: { default: t('title'), template: `%s · ${t('name')}` },
    description: t('description'),
    applicationName: t('name'),
    formatDetection: { telephone: false, email: false, address: false, date: false },
  };
}

/**
 * The document. An unknown language never gets this far with content: the layouts below answer not found, in Vietnamese. The client gets
 * only the words of the kit, of the error page and of the frame; forms are given theirs as props.
 */
export default async function RootLayout({ children, params }: Props) {
  const { locale: wanted } = await params;
  const locale = hasLocale(routing.locales, wanted) ? wanted : routing.defaultLocale;
  setRequestLocale(locale);
  const { ui, error, layout } = await getMessages();
  return (
    <html lang={locale} suppressHydrationWarning>
      <head>
        {/* Before the first paint, so the chosen colours never flash. A file of ours: no nonce is needed. */}
        <script src="/portal.js" />
      </head>
      <body>
        <NextIntlClientProvider messages={{ ui, error, layout }}>{children}</NextIntlClientProvider>
      </body>
    </html>
  );
}
