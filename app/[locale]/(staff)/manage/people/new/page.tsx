import { getTranslations, setRequestLocale } from 'next-intl/server';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { classChoices } from '@/components/class/class-choices';
import { ClientWords } from '@/components/layout/client-words';
import { NewPersonForm } from '@/components/person/new-person-form';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { currentConsentText } from '@/lib/enrolment/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { newId } from '@/lib/kernel/id';
import { phoneForReading } from '@/lib/kernel/phone';
import { classesToJoin } from '@/lib/manage/queries';
import { keptSearch, searchCookie } from '@/lib/person/schema';
import { enrolNew } from '../actions';

interface Props {
  params: Promise<{ locale: Locale }>;
}

export const generateMetadata = titled('people', 'newTitle');

/** Somebody the search did not find: only from there, with what was typed. */
export default async function NewPersonPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const searched = keptSearch((await cookies()).get(searchCookie)?.value);
  const { areas, consent, classes } = await read('person.read', async (tx, caller) => ({
    areas: await areaChoices(tx, locale, { grants: caller.grants, capability: 'person.read', depth: 12 }),
    consent: await currentConsentText(tx, locale),
    classes: await classesToJoin(tx, locale, null, new Date()),
  }));
  if (!consent) notFound();
  const t = await getTranslations('people');
  const m = await getTranslations('manage');
  const back = (
    <ButtonLink href="/manage/people" variant="quiet">
      {t('backToSearch')}
    </ButtonLink>
  );
  const form = searched ? (
    <ClientWords of={['manage', 'errors']}>
      <NewPersonForm
        action={enrolNew}
        formKey={newId()}
        searched={{
          fullName: searched.name,
          birthYear: String(searched.birthYear ?? ''),
          areaId: String(searched.area ?? ''),
          phone: searched.phone ? phoneForReading(searched.phone) : '',
        }}
        villages={areas.map((one) => ({ value: String(one.id), label: one.name }))}
        classes={await classChoices(locale, classes)}
        consent={{ version: consent.version, body: consent.body }}
        back={back}
      />
    </ClientWords>
  ) : (
    <EmptyState icon="people" title={t('searchBefore')} action={back}>
      {t('searchBeforeBody')}
    </EmptyState>
  );
  return (
    <div className="grid max-w-5xl grid-cols-1 gap-6">
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/people' }, { label: t('newTitle') }]} />
      <PageHeading lead={t('newLead')}>{t('newTitle')}</PageHeading>
      {searched && classes.length === 0 ? (
        <EmptyState icon="calendar" title={m('enrol.noClass')} action={back}>
          {t('noClassForNew')}
        </EmptyState>
      ) : (
        form
      )}
    </div>
  );
}
