import { endpoint } from '@/lib/access/doors';
import { areaCalendar } from '@/lib/calendar/queries';
import { areaCalendarInput } from '@/lib/calendar/schema';
import { refuse } from '@/lib/kernel/result';
import { calendarFile } from './file';

export const dynamic = 'force-dynamic';

/** Every class of a place and below it, for a calendar to subscribe to. */
export const GET = endpoint(
  { may: 'public', input: areaCalendarInput, writes: false },
  async (tx, { locale, area }) => {
    const calendar = await areaCalendar(tx, locale, area);
    return calendar ? calendarFile(locale, 'areaName', calendar) : refuse('noSuchArea');
  },
);
