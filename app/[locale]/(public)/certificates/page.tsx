import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { CheckForm } from '@/components/certificate/check-form';
import { PageHeading } from '@/components/ui/headings';
import { checkInput } from '@/lib/certificate/schema';
import { getPathname, redirect } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { problemsOf } from '@/lib/kernel/input';

export const dynamic = 'force-dynamic';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'certificate' });
  return { title: t('check.title') };
}

/** Anybody types the serial on a certificate; a right one leads to its page, a wrong one is answered at the field. */
export default async function CertificatesPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = (await searchParams).serial;
  const typed = asked === undefined ? null : checkInput.safeParse({ serial: asked });
  if (typed?.success) redirect({ href: `/certificates/${typed.data.serial}`, locale });
  const [t, say] = await Promise.all([getTranslations('certificate'), getTranslations('errors')]);
  const wrong = typed && !typed.success ? say(problemsOf(typed.error).serial ?? 'serialShape') : undefined;
  return (
    <div className="grid max-w-prose gap-8">
      <PageHeading lead={t('check.lead')}>{t('check.heading')}</PageHeading>
      <CheckForm
        address={getPathname({ href: '/certificates', locale })}
        serial={typeof asked === 'string' ? asked.slice(0, 100) : ''}
        wrong={wrong}
      />
    </div>
  );
}
