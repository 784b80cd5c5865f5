import { endpoint } from '@/lib/access/doors';
import { classCalendar } from '@/lib/calendar/queries';
import { classCalendarInput } from '@/lib/calendar/schema';
import { refuse } from '@/lib/kernel/result';
import { calendarFile } from '../../../classes.ics/file';

export const dynamic = 'force-dynamic';

/** The meetings of one class, at /classes/ID.ics (next.config.ts leads here: a folder's name cannot hold an id and an ending). */
export const GET = endpoint({ may: 'public', input: classCalendarInput, writes: false }, async (tx, { locale, id }) => {
  const calendar = await classCalendar(tx, locale, id);
  return calendar ? calendarFile(locale, 'className', calendar) : refuse('noSuchClass');
});
