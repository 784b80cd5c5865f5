import { hasLocale } from 'next-intl';
import { setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { StaffFrame } from '@/components/layout/staff-frame';
import { routing } from '@/lib/i18n/routing';

/** Staff pages. The frame only shows who is signed in and where they may go; every page asks its own door for the right to be read. */
export default async function StaffLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ locale: string }>;
}) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  return (
    <StaffFrame nav={[]} who={null} demo={process.env.DEMO === '1'}>
      {children}
    </StaffFrame>
  );
}
