import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { ReferForm } from '@/components/referral/refer-form';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { readRecord } from '@/lib/access/doors';
import { unitChoices } from '@/lib/area/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { personRecord } from '@/lib/person/queries';
import { coursesToAsk, referConsentText } from '@/lib/referral/queries';
import { send } from '../../../referrals/actions';

export const generateMetadata = titled('referral', 'refer');

/** Hands the person whose record this is to another unit. */
export default async function ReferPage({ params }: { params: Promise<{ locale: Locale; id: string }> }) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const typed = uuid.safeParse(id);
  if (!typed.success) notFound();
  const { name, units, courses, consent } = await readRecord('person.write', typed.data, 'refer', async (tx) => {
    const record = await personRecord(tx, locale, typed.data);
    if (!record?.details.mayCorrect) notFound();
    return {
      name: record.details.fullName,
      units: await unitChoices(tx, locale),
      courses: await coursesToAsk(tx, locale),
      consent: (await referConsentText(tx, locale)) ?? notFound(),
    };
  });
  const [t, p] = await Promise.all([getTranslations('referral'), getTranslations('people')]);
  return (
    <div className="grid gap-6">
      <Breadcrumbs
        items={[
          { label: p('title'), href: '/manage/people' },
          { label: name, href: `/manage/people/${id}` },
          { label: t('refer') },
        ]}
      />
      <PageHeading lead={t('referLead')}>{t('referTitle', { name })}</PageHeading>
      <ClientWords of={['referral', 'errors']}>
        <ReferForm
          action={send}
          personId={typed.data}
          units={units.map((one) => ({ value: String(one.id), label: one.name }))}
          courses={courses.map((one) => ({ value: one.id, label: one.title }))}
          consent={consent}
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
