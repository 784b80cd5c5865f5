import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Paragraphs } from '@/components/enrolment/enrol-section';
import { Card } from '@/components/ui/card';
import { PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { currentConsentText } from '@/lib/enrolment/queries';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'privacy' });
  return { title: t('title'), description: t('lead') };
}

export default async function PrivacyPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const [consent, t] = await Promise.all([
    read('public', (tx) => currentConsentText(tx, locale)),
    getTranslations('privacy'),
  ]);
  return (
    <div className="grid max-w-prose gap-10">
      <PageHeading lead={t('lead')}>{t('heading')}</PageHeading>
      <Notice tone="warn" title={t('neverTitle')}>
        <p>{t('never')}</p>
      </Notice>
      <Section id="rights" title={t('rightsTitle')}>
        <ul className="grid list-disc gap-1.5 pl-6">
          {[1, 2, 3, 4].map((right) => (
            <li key={right}>{t(`right${right}`)}</li>
          ))}
        </ul>
        <p>{t('rightsHow')}</p>
      </Section>
      <Section id="elsewhere" title={t('elsewhereTitle')}>
        <p>{t('elsewhere')}</p>
      </Section>
      <Section id="contact" title={t('contactTitle')}>
        <p>{t('contact')}</p>
      </Section>
      <Section id="consent" title={t('consentTitle')}>
        {consent ? (
          <Card tone="sunk">
            <p className="mb-3 text-sm text-muted">
              {t('consentVersion', { version: consent.version, date: formatDate(locale, consent.usedFrom) })}
            </p>
            <Paragraphs text={consent.body} />
          </Card>
        ) : (
          <p>{t('consentMissing')}</p>
        )}
      </Section>
      <Section id="cookies" title={t('cookiesTitle')}>
        <p>{t('cookies')}</p>
      </Section>
    </div>
  );
}

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="grid gap-3">
      <h2 id={id} className="text-2xl">
        {title}
      </h2>
      {children}
    </section>
  );
}
