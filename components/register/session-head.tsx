import { useTranslations } from 'next-intl';
import { formatDateTimeRange, formatDateTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { Sheet } from '@/lib/register/schema';
import { KeyFacts } from '../ui/facts';
import { Breadcrumbs, PageHeading } from '../ui/headings';
import { Notice } from '../ui/notice';

/** Which session this is. Once the register has begun only the heading stays, so that the names come first. */
export function SessionHead({ sheet, locale }: { sheet: Sheet; locale: Locale }) {
  const t = useTranslations('register');
  const when = formatDateTimeRange(locale, sheet.startsAt, sheet.endsAt);
  const path = [
    { label: t('today'), href: '/manage' },
    { label: t('class'), href: `/manage/classes/${sheet.classId}` },
    { label: t('title') },
  ];
  const early = !sheet.startedAt && sheet.startsAt.getTime() - Date.now() > 2 * 3_600_000;
  return (
    <div className="grid gap-4">
      <Breadcrumbs items={path} />
      <PageHeading above={sheet.startedAt ? `${when} · ${sheet.venue}` : undefined}>{sheet.title}</PageHeading>
      {sheet.startedAt ? null : (
        <KeyFacts
          items={[
            { icon: 'list', term: t('lesson'), value: sheet.lesson },
            { icon: 'clock', term: t('when'), value: when },
            { icon: 'place', term: t('where'), value: [sheet.venue, sheet.address].filter(Boolean).join(', ') },
            { icon: 'people', term: t('roll'), value: t('rollCount', { count: sheet.people.length }) },
          ]}
        />
      )}
      {early && sheet.status === 'published' ? (
        <Notice tone="warn" title={t('early')}>
          {t('earlyBody', { when: formatDateTime(locale, sheet.startsAt) })}
        </Notice>
      ) : null}
    </div>
  );
}
