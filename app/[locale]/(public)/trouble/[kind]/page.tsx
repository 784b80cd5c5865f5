import type { Metadata } from 'next';
import { setRequestLocale } from 'next-intl/server';
import { FailedPage } from '@/components/layout/failed-page';
import { ForbiddenPage, NotFoundPage } from '@/components/layout/trouble-pages';
import type { Locale } from '@/lib/i18n/routing';

export const metadata: Metadata = { robots: { index: false } };

/** What scripts/trouble.mjs shows instead of the empty document that Next sends with a 404, 403 or 500. */
export default async function TroublePage({ params }: { params: Promise<{ locale: Locale; kind: string }> }) {
  const { locale, kind } = await params;
  setRequestLocale(locale);
  if (kind === 'forbidden') return <ForbiddenPage />;
  return kind === 'failed' ? <FailedPage /> : <NotFoundPage />;
}
