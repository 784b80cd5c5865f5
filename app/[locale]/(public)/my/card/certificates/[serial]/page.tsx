import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { BadgeLinks } from '@/components/certificate/badge-links';
import { CertificateSheet } from '@/components/certificate/certificate-sheet';
import '@/components/certificate/certificate.css';
import { SlipLookup } from '@/components/enrolment/slip-lookup';
import { BackLink } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { PrintButton } from '@/components/ui/print-button';
import { readOwn } from '@/lib/access/doors';
import { cardInHand } from '@/lib/access/slip';
import { certificateInFull } from '@/lib/certificate/queries';
import { serialTyped } from '@/lib/certificate/schema';
import { formatDate } from '@/lib/i18n/format';
import { getPathname } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { portalOrigin } from '@/lib/kernel/portal';
import { showSlip } from '../../../actions';

type Props = { params: Promise<{ locale: Locale; serial: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'certificate' });
  return { title: t('own.title'), robots: { index: false } };
}

/** The holder's own certificate, for paper and to take along as a file. */
export default async function OwnCertificatePage({ params }: Props) {
  const { locale, serial: given } = await params;
  setRequestLocale(locale);
  const serial = serialTyped.safeParse(given);
  const own = await readOwn('certificate', async (tx) => ({
    certificate: serial.success ? await certificateInFull(tx, locale, serial.data) : null,
  }));
  if (!own) return <SlipLookup action={showSlip} gone={(await cardInHand()) !== null} />;
  const { certificate } = own;
  if (!certificate) notFound();
  const t = await getTranslations('certificate');
  const here = getPathname({ href: `/my/card/certificates/${certificate.serial}`, locale });
  return (
    <div className="grid gap-6 print:block">
      <div className="print:hidden">
        <BackLink href="/my/card">{t('own.back')}</BackLink>
      </div>
      <h1 className="sr-only">{t('own.title')}</h1>
      {certificate.revokedAt ? (
        <Notice tone="bad" title={t('own.revoked', { day: formatDate(locale, certificate.revokedAt) })}>
          <p>{t('own.revokedBody')}</p>
        </Notice>
      ) : (
        <>
          <div className="grid gap-3 print:hidden">
            <p className="max-w-prose text-lg">{t('own.lead')}</p>
            <div>
              <PrintButton>{t('print')}</PrintButton>
            </div>
          </div>
          <CertificateSheet certificate={certificate} checkAddress={`${portalOrigin()}/certificates`} locale={locale} />
          <BadgeLinks address={here} />
        </>
      )}
    </div>
  );
}
