import { createHash } from 'node:crypto';
import { getTranslations } from 'next-intl/server';
import { icalendar } from '@/lib/calendar/rules';
import type { Calendar } from '@/lib/calendar/schema';
import type { Locale } from '@/lib/i18n/routing';
import { portalOrigin } from '@/lib/kernel/portal';

/** The calendar as a file, kept five minutes and known by its content. */
export async function calendarFile(
  locale: Locale,
  name: 'areaName' | 'className',
  calendar: Calendar,
): Promise<Response> {
  const t = await getTranslations({ locale, namespace: 'sharing.calendar' });
  const words = {
    bring: t('bring'),
    hotline: t('hotline'),
    teachers: t('teachers'),
    free: t('free'),
    off: t('off'),
    lesson: t('lesson'),
  };
  const classes = `${portalOrigin()}${locale === 'en' ? '/en' : ''}/classes`;
  const body = icalendar(t(name, { name: calendar.name }), calendar, words, classes);
  return new Response(body, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="cam-tay.ics"',
      'cache-control': 'public, max-age=300',
      etag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`,
    },
  });
}
