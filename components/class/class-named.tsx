import { VisuallyHidden } from '@/components/ui/hidden';
import type { ClassCard } from '@/lib/class/schema';
import { formatDateTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

type Which = Pick<ClassCard, 'placeName' | 'unitName' | 'nextStartsAt' | 'nextEndsAt'>;

/** Where and when a class meets, in a line: what tells it from another of the same course. */
export const whichClass = (locale: Locale, { placeName, unitName, nextStartsAt, nextEndsAt }: Which) =>
  [placeName, unitName, formatDateTimeRange(locale, nextStartsAt, nextEndsAt)].filter(Boolean).join(', ');

/** The same at the end of a link to it, for who hears links one by one, away from what stands around them. */
export function OfClass({ card, locale }: { card: Which; locale: Locale }) {
  return <VisuallyHidden>, {whichClass(locale, card)}</VisuallyHidden>;
}
