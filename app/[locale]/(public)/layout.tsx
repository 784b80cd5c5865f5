import { hasLocale } from 'next-intl';
import { setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { PublicFrame } from '@/components/layout/public-frame';
import { routing } from '@/lib/i18n/routing';

/** Residents' pages. Reads no cookie and no header: every visitor gets the same bytes. */
export default async function PublicLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ locale: string }>;
}) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  return <PublicFrame demo={process.env.DEMO === '1'}>{children}</PublicFrame>;
}
