import type { Metadata } from 'next';
import { hasLocale } from 'next-intl';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { StaffFrame } from '@/components/layout/staff-frame';
import { OfflinePages } from '@/components/register/offline-pages';
import { routing } from '@/lib/i18n/routing';

interface Props {
  params: Promise<{ locale: string }>;
}

export const dynamic = 'force-static';
export const generateStaticParams = () => routing.locales.map((locale) => ({ locale }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  const t = await getTranslations({ locale, namespace: 'register' });
  return { title: t('away.title'), robots: { index: false }, manifest: '/staff.webmanifest' };
}

/**
 * The page phones keep for places without a network (public/sw.js). Made at build time, the same for everybody, and it holds nobody's
 * data: what it shows comes from the phone it is opened on.
 */
export default async function OfflinePage({ params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  const account = await getTranslations('account');
  return (
    <StaffFrame nav={[{ href: '/manage', label: account('nav.today'), icon: 'home' }]} demo={false} alone>
      <ClientWords
        of={[
          'register',
          'errors',
          'manage',
          'layout',
          'visits',
          'visitWords',
          'help',
          'people',
          'steps',
          'tasks',
          'messages',
          'desk',
        ]}
      >
        <OfflinePages />
      </ClientWords>
    </StaffFrame>
  );
}
