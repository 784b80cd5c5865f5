import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { CheckForm, InitialsForm } from '@/components/certificate/check-form';
import { CheckResult } from '@/components/certificate/check-result';
import { BackLink, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { visitorAddress } from '@/lib/access/slip';
import { noteWrongSerial } from '@/lib/certificate/commands';
import { checkedCertificate } from '@/lib/certificate/queries';
import { sameInitials } from '@/lib/kernel/serial';
import { serialTyped } from '@/lib/certificate/schema';
import { getPathname } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { problemsOf } from '@/lib/kernel/input';

export const dynamic = 'force-dynamic';

type Props = {
  params: Promise<{ locale: Locale; serial: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, serial } = await params;
  const t = await getTranslations({ locale, namespace: 'certificate' });
  return { title: t('check.titleOf', { serial: serial.slice(0, 20) }), robots: { index: false } };
}

/** What anybody may know of a certificate: whether it stands, whose initials it carries, what was learnt. Never a name. */
export default async function CertificatePage({ params, searchParams }: Props) {
  const { locale, serial: given } = await params;
  setRequestLocale(locale);
  const [t, say] = await Promise.all([getTranslations('certificate.check'), getTranslations('errors')]);
  const typed = serialTyped.safeParse(given);
  if (!typed.success)
    return (
      <Page heading={t('heading')} lead={t('lead')}>
        <CheckForm
          address={getPathname({ href: '/certificates', locale })}
          serial={given.slice(0, 40)}
          wrong={say(problemsOf(typed.error).form ?? 'serialShape')}
        />
      </Page>
    );
  const serial = typed.data;
  const address = await visitorAddress();
  const { found, strict } = await read('public', (tx) => checkedCertificate(tx, locale, serial, address));
  const asked = (await searchParams).initials;
  const initials = typeof asked === 'string' ? asked.slice(0, 40) : '';
  const right = found !== null && (!strict || sameInitials(initials, found.initials));
  if (!right && (!strict || asked !== undefined)) await noteWrongSerial(address);
  if (!right && strict)
    return (
      <Page heading={t('strictHeading')} lead={t('strictLead')}>
        <InitialsForm
          address={getPathname({ href: `/certificates/${serial}`, locale })}
          initials={initials}
          wrong={asked === undefined ? undefined : say('serialInitials')}
        />
      </Page>
    );
  return (
    <div className="grid max-w-prose gap-8">
      <BackLink href="/certificates">{t('another')}</BackLink>
      <CheckResult serial={serial} found={found} locale={locale} />
    </div>
  );
}

function Page({ heading, lead, children }: { heading: string; lead: string; children: React.ReactNode }) {
  return (
    <div className="grid max-w-prose gap-8">
      <PageHeading lead={lead}>{heading}</PageHeading>
      {children}
    </div>
  );
}
