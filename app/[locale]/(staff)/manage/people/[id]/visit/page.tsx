import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { AskForForm } from '@/components/visit/ask-for-form';
import { readRecord } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { newId } from '@/lib/kernel/id';
import { id as uuid } from '@/lib/kernel/input';
import { visitStanding } from '@/lib/visit/queries';
import { askFor } from '../../../visits/actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
}

export const generateMetadata = titled('visits', 'askFor');

/** An organiser asks that somebody is visited whom they know. */
export default async function AskForVisitPage({ params }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  if (!wanted.success) notFound();
  const standing = await readRecord(
    'visit.plan',
    wanted.data,
    'visit',
    async (tx) => (await visitStanding(tx, wanted.data)) ?? notFound(),
  );
  const [t, people] = await Promise.all([getTranslations('visits'), getTranslations('people')]);
  const stopped = (['refused', 'moved', 'died', 'paused'] as const).find((known) => known === standing.stopped);
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-6">
      <Breadcrumbs
        items={[
          { label: people('title'), href: '/manage/people' },
          { label: standing.fullName, href: `/manage/people/${id}` },
          { label: t('askFor') },
        ]}
      />
      <PageHeading lead={t('askForLead')}>{t('askForWhom', { name: standing.fullName })}</PageHeading>
      {stopped ? <Notice tone="warn" title={t(`stopped.${stopped}`)} /> : null}
      {standing.requestId ? (
        <Notice
          tone="info"
          title={t('waitsAlready')}
          action={<ButtonLink href={`/manage/visits/requests/${standing.requestId}`}>{t('toRequest')}</ButtonLink>}
        />
      ) : stopped === 'died' ? null : (
        <ClientWords of={['visits', 'visitWords', 'errors']}>
          <AskForForm
            action={askFor}
            personId={id}
            formKey={newId()}
            stopped={stopped === 'refused' || stopped === 'moved' ? stopped : undefined}
          />
        </ClientWords>
      )}
    </div>
  );
}
