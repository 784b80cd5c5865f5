import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { Paragraphs } from '@/components/enrolment/enrol-section';
import { ClientWords } from '@/components/layout/client-words';
import { Disclosure } from '@/components/ui/disclosure';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { MetForm } from '@/components/visit/met-form';
import { MetAside } from '@/components/visit/met-sheet';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { newId } from '@/lib/kernel/id';
import { id as uuid } from '@/lib/kernel/input';
import { visitConsent } from '@/lib/visit/checking';
import { placesOn, roundForStaff } from '@/lib/visit/queries';
import { met } from '../../../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
}

export const generateMetadata = titled('visits', 'metTitle');

/** Somebody met on a round whom nobody named before: who they are, for this visit, and on to what came of it. */
export default async function MetPage({ params }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  if (!wanted.success) notFound();
  const { round, places, consent, owner } = await read('visit.record', async (tx, caller) => {
    const one = (await roundForStaff(tx, locale, wanted.data)) ?? notFound();
    return {
      round: one,
      places: await placesOn(tx, locale, one.areaId),
      consent: await visitConsent(tx, locale),
      owner: caller.accountId,
    };
  });
  const [t, help] = await Promise.all([getTranslations('visits'), getTranslations('help')]);
  const where = {
    roundId: round.id,
    homes: places.map(({ id: place, name }) => ({ value: String(place), label: name })),
    home: places.some(({ id: place }) => place === round.areaId) ? String(round.areaId) : '',
    consentVersion: consent?.version ?? 0,
    consentText: (
      <Disclosure summary={help('consentRead')}>
        <Paragraphs text={consent?.body ?? ''} />
      </Disclosure>
    ),
  };
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-6">
      <Breadcrumbs
        items={[
          { label: t('title'), href: '/manage/visits' },
          { label: t('round'), href: `/manage/visits/rounds/${round.id}` },
          { label: t('metTitle') },
        ]}
      />
      <PageHeading above={round.village} lead={t('metLead')}>
        {t('metTitle')}
      </PageHeading>
      <ClientWords of={['visits', 'help', 'visitWords', 'errors']}>
        {/* What the phone kept and the portal did not take, first. */}
        <MetAside {...where} owner={owner}>
          <MetForm {...where} action={met} formKey={newId()} />
        </MetAside>
      </ClientWords>
    </div>
  );
}
