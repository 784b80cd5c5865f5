import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { PersonPaths } from '@/components/completion/person-paths';
import { StaffCardBox } from '@/components/card/staff-card-box';
import { ClientWords } from '@/components/layout/client-words';
import { HouseholdBox } from '@/components/household/household-box';
import { History } from '@/components/person/history';
import { MergedRecords } from '@/components/person/merged-records';
import { PersonClasses } from '@/components/person/person-classes';
import { SkillGrid } from '@/components/person/skill-grid';
import { StepsBox } from '@/components/step/steps-box';
import { ButtonLink } from '@/components/ui/button';
import { DefinitionList } from '@/components/ui/facts';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { readRecord } from '@/lib/access/doors';
import type { RecordTx } from '@/lib/access/scoped';
import { cardForStaff } from '@/lib/card/queries';
import { certificatesOf } from '@/lib/certificate/queries';
import { pathOfPerson } from '@/lib/completion/queries';
import { householdOf } from '@/lib/household/queries';
import { redirect } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { id as uuid } from '@/lib/kernel/input';
import { phoneForReading } from '@/lib/kernel/phone';
import { keptFor, mergesOf } from '@/lib/pair/queries';
import { personHistory } from '@/lib/person/history';
import { personRecord, type PersonRecord } from '@/lib/person/queries';
import { coreAttained } from '@/lib/person/rules';
import { historyAddress } from '@/lib/person/schema';
import { stepsOf } from '@/lib/step/queries';
import { undo } from '../duplicates/actions';
import { make, replace } from './card/actions';
import { leave } from './household/actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'people' });
  return { title: t('record') };
}

export default async function PersonPage({ params, searchParams }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const typed = uuid.safeParse(id);
  if (!typed.success) notFound();
  const now = new Date();
  const address = await searchParams;
  const { show, page } = historyAddress.parse(address);
  // Out of reach is not found from within: the note of a reading that read nothing is undone with it.
  const {
    record,
    household,
    history,
    card,
    merges,
    paths,
    certificates,
    steps,
    mayEnrol,
    mayOpenRegisters,
    mayRecord,
    mayAskVisit,
  } = await readRecord('person.read', typed.data, 'record', async (tx, caller) => ({
    record: (await personRecord(tx, locale, typed.data)) ?? (await elsewhere(tx, typed.data, locale)),
    household: await householdOf(tx, locale, typed.data),
    history: (await personHistory(tx, locale, typed.data, { show, page })) ?? notFound(),
    merges: await mergesOf(tx, typed.data),
    card: await cardForStaff(tx, typed.data),
    paths: await pathOfPerson(tx, locale, typed.data, now),
    certificates: await certificatesOf(tx, locale, typed.data),
    steps: await stepsOf(tx, locale, typed.data),
    mayRecord: caller.capabilities.includes('register.write'),
    mayAskVisit: caller.capabilities.includes('visit.plan'),
    mayEnrol: caller.capabilities.includes('enrolment.write'),
    mayOpenRegisters: caller.capabilities.includes('roster.read'),
  }));
  const [t, c, m, s, r, v] = await Promise.all([
    getTranslations('people'),
    getTranslations('card'),
    getTranslations('messages'),
    getTranslations('steps'),
    getTranslations('referral'),
    getTranslations('visits'),
  ]);
  const { details } = record;
  const core = coreAttained(record.skills);
  const done = (['corrected', 'merged', 'undone', 'linked', 'leftHousehold', 'messages'] as const).find(
    (one) => one === address.done,
  );
  return (
    <div className="grid gap-8">
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/people' }, { label: details.fullName }]} />
      {done ? <Notice tone="good" live title={t(`done.${done}`)} /> : null}
      <PageHeading
        lead={t('coreLead', { attained: core.attained, of: core.of })}
        actions={
          <>
            {mayEnrol ? (
              <ButtonLink href={`/manage/people/${id}/enrol`} icon="plus">
                {t('enrol')}
              </ButtonLink>
            ) : null}
            {mayAskVisit ? (
              <ButtonLink href={`/manage/people/${id}/visit`} variant="secondary" icon="home">
                {v('askFor')}
              </ButtonLink>
            ) : null}
            {details.mayCorrect ? (
              <>
                <ButtonLink href={`/manage/people/${id}/edit`} variant="secondary" icon="pencil">
                  {t('correct')}
                </ButtonLink>
                <ButtonLink href={`/manage/people/${id}/messages`} variant="quiet" icon="phone">
                  {m('choice.change')}
                </ButtonLink>
                <ButtonLink href={`/manage/people/${id}/refer`} variant="quiet" icon="arrow">
                  {r('refer')}
                </ButtonLink>
              </>
            ) : null}
          </>
        }
      >
        {details.fullName}
      </PageHeading>
      <DefinitionList
        items={[
          { term: t('birthYear'), value: details.birthYear ?? undefined },
          { term: t('gender'), value: details.gender ? t(`genders.${details.gender}`) : undefined },
          { term: t('village'), value: details.village },
          { term: t('phone'), value: <Phone details={details} /> },
        ]}
      />
      <Part title={t('household.title')}>
        <ClientWords of={['errors']}>
          <HouseholdBox personId={id} members={household} locale={locale} leave={details.mayCorrect ? leave : null} />
        </ClientWords>
      </Part>
      {card ? (
        <Part title={c('title')}>
          <ClientWords of={['errors']}>
            <StaffCardBox card={card} personId={id} locale={locale} mayMake={mayEnrol} make={make} replace={replace} />
          </ClientWords>
        </Part>
      ) : null}
      <Part title={s('title')}>
        <StepsBox steps={steps} personId={typed.data} locale={locale} mayRecord={mayRecord} />
      </Part>
      <Part title={t('skills')}>
        <SkillGrid skills={record.skills} />
      </Part>
      <PersonPaths paths={paths} certificates={certificates} locale={locale} />
      <PersonClasses classes={record.classes} links />
      {merges.length > 0 ? (
        <Part title={t('merges.title')}>
          <ClientWords of={['errors']}>
            <MergedRecords merges={merges} locale={locale} undo={details.mayCorrect ? undo : null} />
          </ClientWords>
        </Part>
      ) : null}
      <History
        {...history}
        show={show}
        path={`/manage/people/${id}`}
        locale={locale}
        mayOpenRegisters={mayOpenRegisters}
      />
    </div>
  );
}

/** A record that was merged is the kept one's now: one who knows the old address gets there. */
async function elsewhere(tx: RecordTx, id: string, locale: Locale): Promise<never> {
  const kept = await keptFor(tx, id);
  return kept ? redirect({ href: `/manage/people/${kept}`, locale }) : notFound();
}

async function Phone({ details }: Pick<PersonRecord, 'details'>) {
  const t = await getTranslations('people');
  if (!details.phone) return details.phoneHint ? `${details.phoneHint} (${t('phoneHidden')})` : t('noPhone');
  return (
    <>
      <a href={`tel:${details.phone}`} className="link">
        {phoneForReading(details.phone)}
      </a>
      {details.phoneOfRelative ? ` (${t('relative')})` : null}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid min-w-0 gap-3">
      <h2 className="text-xl">{title}</h2>
      {children}
    </section>
  );
}
