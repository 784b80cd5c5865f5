import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { RecheckForm } from '@/components/recheck/recheck-form';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { DefinitionList } from '@/components/ui/facts';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { EmptyState } from '@/components/ui/empty-state';
import { readRecord } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { newId } from '@/lib/kernel/id';
import { id as uuid } from '@/lib/kernel/input';
import { phoneForReading } from '@/lib/kernel/phone';
import { personInReach, rechecksDue } from '@/lib/recheck/queries';
import { record } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
}

export const generateMetadata = titled('recheck', 'title');

/** One re-check: what to ask of whom, in words one can say aloud, and what was seen. */
export default async function RecheckPage({ params }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const typed = uuid.safeParse(id);
  if (!typed.success) notFound();
  const now = new Date();
  // Out of reach is not found from within: the note of a reading that read nothing is undone with it.
  const line = await readRecord('register.write', typed.data, 'recheck', async (tx) => {
    if (!(await personInReach(tx, typed.data))) notFound();
    const [due] = await rechecksDue(tx, locale, { personId: typed.data }, now);
    return due ?? null;
  });
  const t = await getTranslations('recheck');
  if (!line)
    return (
      <div className="grid gap-6">
        <PageHeading>{t('title')}</PageHeading>
        <EmptyState
          icon="check"
          title={t('settled')}
          action={<ButtonLink href="/manage/rechecks">{t('toList')}</ButtonLink>}
        />
      </div>
    );
  return (
    <div className="grid max-w-3xl gap-6">
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/rechecks' }, { label: line.fullName }]} />
      <PageHeading above={line.village} lead={t('how')}>
        {line.fullName}
      </PageHeading>
      <DefinitionList
        items={[
          { term: t('skill'), value: <b>{line.skill}</b> },
          { term: t('ask'), value: line.canDo },
          ...(locale === 'vi' ? [{ term: t('evidence'), value: line.evidence }] : []),
          ...(line.phone
            ? [
                {
                  term: t('phone'),
                  value: (
                    <a href={`tel:${line.phone}`} className="link inline-flex min-h-target items-center">
                      {phoneForReading(line.phone)}
                    </a>
                  ),
                },
              ]
            : []),
        ]}
      />
      <ClientWords of={['recheck', 'errors']}>
        <RecheckForm
          action={record}
          fields={{ personId: line.personId, skillCode: line.skillCode, formKey: newId() }}
        />
      </ClientWords>
    </div>
  );
}
