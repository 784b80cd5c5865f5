import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { ChoiceForm } from '@/components/message/choice-form';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { readRecord } from '@/lib/access/doors';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { choiceOf, messageConsentText } from '@/lib/message/queries';
import { choose } from './actions';

export const generateMetadata = titled('messages', 'choice.title');

/** How somebody wants to be told of their classes, asked apart from being on a class's list. */
export default async function MessageChoicePage({ params }: { params: Promise<{ locale: Locale; id: string }> }) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const typed = uuid.safeParse(id);
  if (!typed.success) notFound();
  const { choice, consent } = await readRecord('person.write', typed.data, 'messages', async (tx) => ({
    choice: (await choiceOf(tx, typed.data)) ?? notFound(),
    consent: (await messageConsentText(tx, locale)) ?? notFound(),
  }));
  const [t, p] = await Promise.all([getTranslations('messages'), getTranslations('people')]);
  const phone = choice.phoneHint
    ? [t('choice.phone', { hint: choice.phoneHint }), choice.wrongPhone ? t('choice.wrong') : '']
        .filter(Boolean)
        .join(' · ')
    : t('choice.noPhone');
  return (
    <div className="grid gap-6">
      <Breadcrumbs
        items={[
          { label: p('title'), href: '/manage/people' },
          { label: choice.fullName, href: `/manage/people/${id}` },
          { label: t('choice.title') },
        ]}
      />
      <PageHeading lead={t('choice.lead')}>{t('choice.heading', { name: choice.fullName })}</PageHeading>
      <p>{choice.agreedAt ? t('choice.since', { day: formatDate(locale, choice.agreedAt) }) : t('choice.notYet')}</p>
      <ClientWords of={['messages', 'errors']}>
        <ChoiceForm
          action={choose}
          personId={typed.data}
          now={{ ...choice, phone }}
          consent={consent.body}
          back={
            <ButtonLink href={`/manage/people/${id}`} variant="quiet" wide>
              {p('leaveAsIs')}
            </ButtonLink>
          }
        />
      </ClientWords>
    </div>
  );
}
