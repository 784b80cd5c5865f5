import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { BadgeLinks } from '@/components/certificate/badge-links';
import { CertificateSheet } from '@/components/certificate/certificate-sheet';
import '@/components/certificate/certificate.css';
import { RevokeForm } from '@/components/certificate/revoke-form';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { PrintButton } from '@/components/ui/print-button';
import { read } from '@/lib/access/doors';
import { certificateInFull, mayRevoke } from '@/lib/certificate/queries';
import { revokedBecause, serialTyped } from '@/lib/certificate/schema';
import { formatDate } from '@/lib/i18n/format';
import { getPathname } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { portalOrigin } from '@/lib/kernel/portal';
import { revoke } from './actions';

interface Props {
  params: Promise<{ locale: Locale; serial: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('certificate', 'staff.title');

/** A certificate for those who hand it over: to print, to take along as a file, to revoke. */
export default async function StaffCertificatePage({ params, searchParams }: Props) {
  const { locale, serial: given } = await params;
  setRequestLocale(locale);
  const serial = serialTyped.safeParse(given);
  if (!serial.success) notFound();
  const { certificate, revocable } = await read('roster.read', async (tx) => ({
    certificate: await certificateInFull(tx, locale, serial.data),
    revocable: await mayRevoke(tx, serial.data),
  }));
  if (!certificate) notFound();
  const t = await getTranslations('certificate');
  const m = await getTranslations('manage');
  const { revokedAt, revokedCode, revokedNote, classId } = certificate;
  const here = getPathname({ href: `/manage/certificates/${certificate.serial}`, locale });
  return (
    <div className="grid grid-cols-1 gap-6 print:block">
      <div className="grid grid-cols-1 gap-6 print:hidden">
        <Breadcrumbs
          items={[
            { label: m('classes.title'), href: '/manage/classes' },
            { label: certificate.course, href: `/manage/classes/${classId}` },
            { label: t('staff.results'), href: `/manage/classes/${classId}/results` },
            { label: t('staff.title') },
          ]}
        />
        {(await searchParams).done === 'revoked' ? <Notice tone="good" live title={t('staff.revokedDone')} /> : null}
        <PageHeading above={certificate.course} lead={t('staff.lead')}>
          {t('staff.heading', { name: certificate.fullName })}
        </PageHeading>
      </div>
      {revokedAt && revokedCode ? (
        <Notice tone="bad" title={t('own.revoked', { day: formatDate(locale, revokedAt) })}>
          <p>{[t(`check.revokedBecause.${revokedCode}`), revokedNote].filter(Boolean).join(' ')}</p>
        </Notice>
      ) : (
        <>
          <div className="flex flex-wrap gap-3 print:hidden">
            <PrintButton>{t('print')}</PrintButton>
            <ButtonLink href={`/certificates/${certificate.serial}`} variant="quiet">
              {t('staff.asStrangers')}
            </ButtonLink>
          </div>
          <div className="max-w-4xl">
            <CertificateSheet
              certificate={certificate}
              checkAddress={`${portalOrigin()}/certificates`}
              locale={locale}
            />
          </div>
          <BadgeLinks address={here} />
          {revocable ? (
            <div className="max-w-prose print:hidden">
              <ClientWords of={['errors']}>
                <RevokeForm
                  action={revoke}
                  fields={{ serial: certificate.serial }}
                  because="code"
                  choices={revokedBecause.map((value) => ({ value, label: t(`revoke.because.${value}`) }))}
                  words={{
                    summary: t('revoke.title'),
                    means: t('revoke.means'),
                    why: t('revoke.why'),
                    note: t('revoke.note'),
                    noteHint: t('revoke.noteHint'),
                    send: t('revoke.do'),
                    working: t('revoke.working'),
                  }}
                />
              </ClientWords>
            </div>
          ) : null}
        </>
      )}
    </div>
  );
}
