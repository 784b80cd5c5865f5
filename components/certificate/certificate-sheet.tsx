import { useTranslations } from 'next-intl';
import { QrCode } from '@/components/card/qr-code';
import { Logo } from '@/components/ui/logo';
import type { Certificate } from '@/lib/certificate/schema';
import { serialGroups } from '@/lib/kernel/serial';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

/**
 * The certificate on one page of A4, in large print: whose, what they learnt and can do alone, where and when, room for a signature and a
 * stamp, and the code by which anybody may check it.
 */
export function CertificateSheet({
  certificate,
  checkAddress,
  locale,
}: {
  certificate: Certificate;
  /** Where it is checked, as one types it. */
  checkAddress: string;
  locale: Locale;
}) {
  const t = useTranslations('certificate.sheet');
  const { fullName, course, skills, unit, place } = certificate;
  return (
    <section
      aria-labelledby="certificate"
      className="certificate"
      data-revoked={certificate.revokedAt ? '' : undefined}
    >
      <div className="certificate-frame">
        <div className="flex items-center justify-center gap-3 text-field">
          <Logo className="size-12 print:size-[14mm]" />
          <p className="certificate-small text-left font-bold">{t('movement')}</p>
        </div>
        <h2 id="certificate" className="certificate-title">
          {t('title')}
        </h2>
        <p className="certificate-text">{t('awarded')}</p>
        <p className="certificate-name">{fullName}</p>
        <p className="certificate-text">{t('for')}</p>
        <p className="certificate-course">{course}</p>
        {skills.length > 0 ? (
          <div>
            <p className="certificate-small font-bold">{t('alone')}</p>
            <ul className="certificate-skills" data-many={skills.length > 6 ? '' : undefined}>
              {skills.map((skill) => (
                <li key={skill}>{skill}</li>
              ))}
            </ul>
          </div>
        ) : null}
        <p className="certificate-small">
          {t('when', {
            from: formatDate(locale, certificate.learntFrom),
            to: formatDate(locale, certificate.learntTo),
            place: place === unit ? unit : `${place}, ${unit}`,
          })}
        </p>
        <div className="certificate-foot">
          <div className="flex min-w-0 flex-wrap items-center gap-4 text-left print:flex-nowrap">
            <QrCode
              text={`${checkAddress}/${certificate.serial}`}
              label={t('qr')}
              className="size-28 shrink-0 print:size-[34mm]"
            />
            <div className="certificate-fine min-w-0">
              <p>{t('serial')}</p>
              <p className="certificate-serial" data-serial>
                {serialGroups(certificate.serial).join(' ')}
              </p>
              <p>{t('check', { address: checkAddress.replace(/^https?:\/\//, '') })}</p>
            </div>
          </div>
          <div className="certificate-sign">
            <p>{t('issued', { unit, day: formatDate(locale, certificate.issuedAt) })}</p>
            <p className="font-bold">{t('signature')}</p>
          </div>
        </div>
      </div>
    </section>
  );
}
