import { getTranslations } from 'next-intl/server';
import type { Choice } from '@/components/ui/inputs';
import { formatDateTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { placeOf } from './session-lines';

interface ClassToJoin {
  readonly id: string;
  readonly title: string;
  readonly venue: string;
  readonly area: string;
  readonly inUnit: string | null;
  readonly nextStartsAt: Date;
  readonly confirmed: number;
  readonly capacity: number;
  readonly waiting: number;
}

/** Classes to put somebody into: what, where, when next, and whether there is room. */
export async function classChoices(locale: Locale, classes: readonly ClassToJoin[]): Promise<Choice[]> {
  const t = await getTranslations('manage');
  return classes.map((one) => ({
    value: one.id,
    label: [
      one.title,
      placeOf(one),
      formatDateTime(locale, one.nextStartsAt),
      one.confirmed < one.capacity && one.waiting === 0
        ? t('seats', { taken: one.confirmed, capacity: one.capacity })
        : t('enrol.onlyQueue'),
    ].join(' · '),
  }));
}
