import { endpoint } from '@/lib/access/doors';
import { placeNamed } from '@/lib/area/queries';
import { openClassesInput } from '@/lib/calendar/schema';
import { classSchedule } from '@/lib/class/queries';
import type { ClassCard } from '@/lib/class/schema';
import { portalOrigin } from '@/lib/kernel/portal';
import { refuse } from '@/lib/kernel/result';

export const dynamic = 'force-dynamic';

const perPage = 100;

/** The classes one can still join in a place and below it, soonest first; docs/contract.md says what each field is. */
export const GET = endpoint(
  { may: 'public', input: openClassesInput, writes: false },
  async (tx, { area, language, page: asked }) => {
    if (area !== undefined && !(await placeNamed(tx, language, area))) return refuse('noSuchArea');
    const { total, page, classes } = await classSchedule(tx, language, { area, page: asked }, { perPage });
    return Response.json(
      { total, page, perPage, classes: classes.map((one) => publicFields(one, language)) },
      { headers: { 'cache-control': 'public, max-age=60' } },
    );
  },
);

/** Field by field, so that nothing a card learns later gets out by itself. */
function publicFields(card: ClassCard, language: 'vi' | 'en') {
  const address = `${portalOrigin()}${language === 'en' ? '/en' : ''}/classes/${card.id}`;
  return {
    id: card.id,
    url: address,
    calendar: `${address}.ics`,
    title: card.title,
    summary: card.summary,
    canDo: card.canDo,
    nextStartsAt: card.nextStartsAt.toISOString(),
    nextEndsAt: card.nextEndsAt.toISOString(),
    sessionsToCome: card.sessionsToCome,
    venue: card.venue,
    address: card.address,
    place: card.placeName,
    unit: card.unitName,
    stepFree: card.stepFree,
    seatsLeft: card.seatsLeft,
    waiting: card.waiting,
    team: card.teamName,
    bring: card.bring,
    taughtIn: card.language,
    free: true,
  };
}
