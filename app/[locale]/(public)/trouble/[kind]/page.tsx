import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { FailedPage } from '@/components/layout/failed-page';
import { ForbiddenPage, NotFoundPage } from '@/components/layout/trouble-pages';
import type { Locale } from '@/lib/i18n/routing';

type Props = { params: Promise<{ locale: Locale; kind: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, kind } = await params;
  const t = await getTranslations({ locale, namespace: 'error' });
  const which = kind === 'forbidden' || kind === 'failed' ? kind : 'notFound';
  return { title: t(`${which}.title`), robots: { index: false } };
}

/** What scripts/trouble.mjs shows instead of the empty document that Next sends with a 404, 403 or 500. */
export default async function TroublePage({ params }: Props) {
  const { locale, kind } = await params;
  setRequestLocale(locale);
  if (kind === 'forbidden') return <ForbiddenPage />;
  return kind === 'failed' ? <FailedPage /> : <NotFoundPage />;
}
