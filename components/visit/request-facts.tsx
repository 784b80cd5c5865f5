import { useTranslations } from 'next-intl';
import { DefinitionList } from '@/components/ui/facts';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { phoneForReading } from '@/lib/kernel/phone';
import type { RequestRecord } from '@/lib/visit/schema';
import { useAsked } from './asked-words';

/** What a request says. Once it is settled and its time is over, what is left names nobody. */
export function RequestFacts({ request, locale }: { request: RequestRecord; locale: Locale }) {
  const t = useTranslations('visits');
  const asked = useAsked();
  return (
    <DefinitionList
      items={[
        { term: t('whatFor'), value: asked.needs(request.needs) },
        {
          term: t('atHome'),
          value: asked.times(request.times),
        },
        ...(request.words ? [{ term: t('words'), value: request.words }] : []),
        ...(request.birthYear ? [{ term: t('bornAbout'), value: request.birthYear }] : []),
        ...(request.phone
          ? [{ term: t('phone'), value: <PhoneOf phone={request.phone} of={request.phoneOf ?? 'self'} /> }]
          : []),
        { term: t('askedBy'), value: t(`askedByWhom.${request.askedBy}`) },
        { term: t('since'), value: formatDate(locale, request.createdAt) },
        ...(request.askedBy === 'staff'
          ? []
          : [{ term: t('slip'), value: `${request.code.slice(0, 4)} ${request.code.slice(4)}` }]),
      ]}
    />
  );
}

/** A number to ring, and whose it is. */
export function PhoneOf({ phone, of }: { phone: string; of: 'self' | 'relative' }) {
  const t = useTranslations('visits');
  return (
    <>
      <a href={`tel:${phone}`} className="link inline-flex min-h-target items-center whitespace-nowrap">
        {phoneForReading(phone)}
      </a>
      {of === 'relative' ? <span className="text-muted"> ({t('ofRelative')})</span> : null}
    </>
  );
}
