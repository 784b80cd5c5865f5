import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { SignInForm } from '@/components/account/sign-in-form';
import { ClientWords } from '@/components/layout/client-words';
import { PageHeading } from '@/components/ui/headings';
import { safePath } from '@/lib/account/schema';
import type { Locale } from '@/lib/i18n/routing';
import { signIn } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'account' });
  return { title: t('signInTitle'), robots: { index: false } };
}

export default async function SignInPage({ params, searchParams }: Props) {
  const [{ locale }, { next }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const t = await getTranslations('account');
  return (
    <div className="grid gap-8">
      <PageHeading lead={t('signInLead')}>{t('signInHeading')}</PageHeading>
      <ClientWords of={['account', 'errors']}>
        <SignInForm action={signIn} next={(typeof next === 'string' && safePath(next)) || ''} />
      </ClientWords>
      <p className="max-w-prose text-muted">{t('forgotten')}</p>
    </div>
  );
}
