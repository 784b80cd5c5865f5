import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { StepsForm } from '@/components/step/steps-form';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { readRecord } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { dayOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { id as uuid } from '@/lib/kernel/input';
import { personForSteps, stepsOf } from '@/lib/step/queries';
import { record } from './actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('steps', 'title');

/** What somebody has and lacks before skills, to be asked in a minute: for organisers, and for helpers who have to do with them. */
export default async function StepsPage({ params, searchParams }: Props) {
  const [{ locale, id }, { done }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const typed = uuid.safeParse(id);
  if (!typed.success) notFound();
  // Out of reach is not found from within: the note of a reading that read nothing is undone with it.
  const { person, steps, mayRead } = await readRecord('register.write', typed.data, 'steps', async (tx, caller) => ({
    person: (await personForSteps(tx, locale, typed.data)) ?? notFound(),
    steps: await stepsOf(tx, locale, typed.data),
    mayRead: caller.capabilities.includes('person.read'),
  }));
  const [t, p] = await Promise.all([getTranslations('steps'), getTranslations('people')]);
  return (
    <div className="grid gap-5">
      {mayRead ? (
        <Breadcrumbs
          items={[
            { label: p('title'), href: '/manage/people' },
            { label: person.fullName, href: `/manage/people/${id}` },
            { label: t('title') },
          ]}
        />
      ) : null}
      {done === 'recorded' ? (
        <Notice tone="good" live title={t('done')}>
          {mayRead ? (
            <ButtonLink href={`/manage/people/${id}`} variant="quiet" icon="back">
              {t('toPerson')}
            </ButtonLink>
          ) : null}
        </Notice>
      ) : null}
      <PageHeading above={`${t('title')} · ${person.village}`} lead={t('lead')}>
        {person.fullName}
      </PageHeading>
      <ClientWords of={['steps', 'errors']}>
        <StepsForm
          action={record}
          fields={{ personId: typed.data, formKey: newId() }}
          steps={steps}
          today={dayOf(new Date())}
        />
      </ClientWords>
    </div>
  );
}
