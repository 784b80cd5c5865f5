import { useTranslations } from 'next-intl';
import { DefinitionList } from '@/components/ui/facts';
import { PageHeading } from '@/components/ui/headings';
import { StatusPill } from '@/components/ui/pill';
import type { CheckedCertificate } from '@/lib/certificate/schema';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { Serial } from './serial';

/** The answer to whoever checks a serial: it stands, it was revoked and when, or there is none; in a sentence first. */
export function CheckResult({
  serial,
  found,
  locale,
}: {
  serial: string;
  found: CheckedCertificate | null;
  locale: Locale;
}) {
  const t = useTranslations('certificate.check');
  if (!found)
    return (
      <>
        <PageHeading above={t('title')} lead={t('unknownBody')}>
          {t('unknown')}
        </PageHeading>
        <p className="text-xl font-bold">
          <Serial serial={serial} />
        </p>
      </>
    );
  const { revokedAt, revokedCode, initials } = found;
  return (
    <>
      <PageHeading
        above={t('title')}
        lead={
          <StatusPill tone={revokedAt ? 'bad' : 'good'}>
            {revokedAt ? t('isRevoked', { day: formatDate(locale, revokedAt) }) : t('isValid')}
          </StatusPill>
        }
      >
        {revokedAt ? t('revoked') : t('valid')}
      </PageHeading>
      {revokedCode ? <p>{t(`revokedBecause.${revokedCode}`)}</p> : null}
      <DefinitionList
        items={[
          { term: t('serialIs'), value: <Serial serial={serial} /> },
          { term: t('holder'), value: initials === '' ? t('holderGone') : initials },
          { term: t('course'), value: found.course },
          ...(found.skills.length > 0 ? [{ term: t('skills'), value: found.skills.join(' · ') }] : []),
          { term: t('where'), value: found.unit },
          { term: t('issued'), value: formatDate(locale, found.issuedAt) },
        ]}
      />
      <p className="text-muted">{t('compare')}</p>
    </>
  );
}
