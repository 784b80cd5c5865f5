import { useTranslations } from 'next-intl';
import { formatDateTimeRange, formatDateTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { Sheet } from '@/lib/register/schema';
import { KeyFacts } from '../ui/facts';
import { Breadcrumbs, PageHeading } from '../ui/headings';
import { Notice } from '../ui/notice';

/** Which session this is. */
export function SessionHead({ sheet, locale }: { sheet: Sheet; locale: Locale }) {
  const t = useTranslations('register');
  const path = [
    { label: t('today'), href: '/manage' },
    { label: t('class'), href: `/manage/classes/${sheet.classId}` },
    { label: t('title') },
  ];
  return (
    <div className="grid grid-cols-1 gap-2">
      <Breadcrumbs items={path} />
      <PageHeading above={formatDateTimeRange(locale, sheet.startsAt, sheet.endsAt)}>{sheet.title}</PageHeading>
    </div>
  );
}

/** What one wants to know before the register begins; afterwards the names come first. */
export function SessionFacts({ sheet, locale }: { sheet: Sheet; locale: Locale }) {
  const t = useTranslations('register');
  return (
    <div className="grid grid-cols-1 gap-4">
      <KeyFacts
        items={[
          { icon: 'list', term: t('lesson'), value: sheet.lesson },
          { icon: 'place', term: t('where'), value: [sheet.venue, sheet.address].filter(Boolean).join(', ') },
          { icon: 'people', term: t('roll'), value: t('rollCount', { count: sheet.people.length }) },
        ]}
      />
      {sheet.isEarly && sheet.status === 'published' ? (
        <Notice tone="warn" title={t('early')}>
          {t('earlyBody', { when: formatDateTime(locale, sheet.startsAt) })}
        </Notice>
      ) : null}
    </div>
  );
}
