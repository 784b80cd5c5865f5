import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { classChoices } from '@/components/class/class-choices';
import { ClientWords } from '@/components/layout/client-words';
import { EnrolPersonForm } from '@/components/person/enrol-person-form';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { readRecord } from '@/lib/access/doors';
import { currentConsentText } from '@/lib/enrolment/queries';
import type { Locale } from '@/lib/i18n/routing';
import { newId } from '@/lib/kernel/id';
import { id as uuid } from '@/lib/kernel/input';
import { classesToJoin } from '@/lib/manage/queries';
import { personNamed } from '@/lib/person/queries';
import { enrolFound } from '../../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'manage' });
  return { title: t('enrol.intoClass') };
}

/** Puts somebody found by search into a class of the caller's. */
export default async function EnrolPersonPage({ params }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const typed = uuid.safeParse(id);
  if (!typed.success) notFound();
  const now = new Date();
  const { name, consent, classes } = await readRecord('person.read', typed.data, 'enrol', async (tx) => ({
    name: (await personNamed(tx, typed.data)) ?? notFound(),
    consent: await currentConsentText(tx, locale),
    classes: await classesToJoin(tx, locale, typed.data, now),
  }));
  if (!consent) notFound();
  const t = await getTranslations('manage');
  const p = await getTranslations('people');
  const here = `/manage/people/${id}`;
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-6">
      <Breadcrumbs
        items={[
          { label: p('title'), href: '/manage/people' },
          { label: name, href: here },
          { label: t('enrol.intoClass') },
        ]}
      />
      <PageHeading above={name} lead={t('enrol.foundLead')}>
        {t('enrol.intoClass')}
      </PageHeading>
      {classes.length > 0 ? (
        <ClientWords of={['manage', 'errors']}>
          <EnrolPersonForm
            action={enrolFound}
            personId={id}
            formKey={newId()}
            consent={{ version: consent.version, body: consent.body }}
            classes={await classChoices(locale, classes)}
            back={
              <ButtonLink href={here} variant="quiet">
                {p('leaveAsIs')}
              </ButtonLink>
            }
          />
        </ClientWords>
      ) : (
        <EmptyState icon="calendar" title={t('enrol.noClass')}>
          {t('enrol.noClassBody')}
        </EmptyState>
      )}
    </div>
  );
}
