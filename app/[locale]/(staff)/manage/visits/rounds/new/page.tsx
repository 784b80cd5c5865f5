import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ClientWords } from '@/components/layout/client-words';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { RoundForm } from '@/components/visit/round-form';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import type { ScopedTx } from '@/lib/access/scoped';
import { stepList } from '@/lib/step/queries';
import { roundHelpers } from '@/lib/visit/queries';
import { queueAddress } from '@/lib/visit/schema';
import { stoppedToVisit } from '@/lib/visit/together';
import { plan } from '../../actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('visits', 'newRound');

/** Plans a round: which village, which day, which two. Whom it goes to is chosen on its own page. */
export default async function NewRoundPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { area, first, step } = queueAddress.parse(await searchParams);
  const now = new Date();
  const { areas, helpers, together } = await read('visit.plan', async (tx, caller) => ({
    areas: await areaChoices(tx, locale, { grants: caller.grants, capability: 'visit.plan', depth: 12 }),
    helpers: await roundHelpers(tx, null, now),
    together: await whoStops(tx, locale, area, step, now),
  }));
  const t = await getTranslations('visits');
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-7">
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/visits' }, { label: t('newRound') }]} />
      <PageHeading lead={t('newRoundLead')}>{t('newRound')}</PageHeading>
      <ClientWords of={['visits', 'errors']}>
        <RoundForm
          action={plan}
          formKey={newId()}
          areas={areas.map(({ id, name }) => ({ value: String(id), label: name }))}
          area={areas.some(({ id }) => id === area) ? String(area) : ''}
          first={helpers.some(({ id }) => id === first) ? first : ''}
          together={together}
          firstDay={addDays(dayOf(now), 1)}
          helpers={helpers}
        />
      </ClientWords>
    </div>
  );
}

/** Whom the round is for, where it was asked for those who stop at a step in a place: the step, and how many of them it can go to. */
async function whoStops(
  tx: ScopedTx,
  locale: Locale,
  area: number | undefined,
  step: string | undefined,
  now: Date,
): Promise<{ step: string; name: string; people: number } | null> {
  const found = step === undefined ? undefined : (await stepList(tx, locale)).find(({ code }) => code === step);
  if (area === undefined || !found) return null;
  const people = await stoppedToVisit(tx, area, found.code, now);
  return { step: found.code, name: found.name, people: people.length };
}
