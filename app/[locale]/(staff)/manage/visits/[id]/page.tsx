import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { DoorFacts, SaidBefore } from '@/components/visit/door-facts';
import { OutcomeForm } from '@/components/visit/outcome-form';
import { read, readRecord } from '@/lib/access/doors';
import type { ScopedTx } from '@/lib/access/scoped';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { id as uuid } from '@/lib/kernel/input';
import { homeForStaff, outcomesOf, skillsAtHome } from '@/lib/visit/queries';
import { record } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('visits', 'door');

/** At the door: who lives there, what was asked, and what came of it. */
export default async function DoorPage({ params, searchParams }: Props) {
  const [{ locale, id }, { done }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  if (!wanted.success) notFound();
  const look = async (tx: ScopedTx) => {
    const found = await homeForStaff(tx, locale, wanted.data);
    if (!found) notFound();
    const skills = await skillsAtHome(tx, locale, found.home);
    return { ...found, skills, said: await outcomesOf(tx, wanted.data) };
  };
  // Whose home it is, first: reading somebody's record is written down.
  const whose = await read('visit.record', async (tx) => (await homeForStaff(tx, locale, wanted.data))?.home.personId);
  const { round, home, skills, said } = whose
    ? await readRecord('visit.record', whose, 'visit', look)
    : await read('visit.record', look);
  const t = await getTranslations('visits');
  const today = dayOf(new Date());
  const early = round.day > today;
  return (
    <div className="mx-auto grid w-full max-w-3xl grid-cols-1 gap-6">
      <Breadcrumbs
        items={[
          { label: t('title'), href: '/manage/visits' },
          { label: t('round'), href: `/manage/visits/rounds/${round.id}` },
          { label: t('door') },
        ]}
      />
      {done === 'recorded' ? <Notice tone="good" live title={t('done.recorded')} /> : null}
      <PageHeading above={round.village}>{home.fullName || t('nameGone')}</PageHeading>
      <DoorFacts home={home} locale={locale} />
      {/* Steps before skills (SIM, phone, VNeID …) of `home.personId` have their place here. */}
      <SaidBefore said={said} locale={locale} />
      <ClientWords of={['visits', 'people', 'errors']}>
        {round.calledOff || early ? (
          <Notice tone="info" title={t(early ? 'early' : 'calledOff')} />
        ) : (
          <OutcomeForm
            key={said[0]?.id ?? ''}
            action={record}
            visitId={home.id}
            formKey={newId()}
            last={said[0] ?? null}
            skills={skills}
            known={home.personId !== null}
            tomorrow={addDays(today, 1)}
          />
        )}
      </ClientWords>
    </div>
  );
}
