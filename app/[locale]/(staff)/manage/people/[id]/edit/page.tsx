import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { CorrectForm } from '@/components/person/correct-form';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { readRecord } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import type { Locale } from '@/lib/i18n/routing';
import { id as uuid } from '@/lib/kernel/input';
import { phoneForReading } from '@/lib/kernel/phone';
import { personRecord } from '@/lib/person/queries';
import { genders } from '@/lib/person/schema';
import { correct } from '../../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'people' });
  return { title: t('correct') };
}

export default async function CorrectPersonPage({ params }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const typed = uuid.safeParse(id);
  if (!typed.success) notFound();
  const { details, areas } = await readRecord('person.write', typed.data, 'correct', async (tx, caller) => {
    const record = await personRecord(tx, locale, typed.data);
    if (!record?.details.mayCorrect) notFound();
    return {
      details: record.details,
      areas: await areaChoices(tx, locale, { grants: caller.grants, capability: 'person.write', depth: 12 }),
    };
  });
  const t = await getTranslations('people');
  return (
    <div className="grid max-w-3xl gap-6">
      <Breadcrumbs
        items={[
          { label: t('title'), href: '/manage/people' },
          { label: details.fullName, href: `/manage/people/${id}` },
          { label: t('correct') },
        ]}
      />
      <PageHeading lead={t('correctLead')}>{t('correct')}</PageHeading>
      <ClientWords of={['people', 'errors']}>
        <CorrectForm
          action={correct}
          personId={id}
          now={{
            fullName: details.fullName,
            birthYear: String(details.birthYear ?? ''),
            gender: details.gender ?? '',
            areaId: String(details.areaId),
            phone: details.phone ? phoneForReading(details.phone) : '',
            phoneOf: details.phoneOfRelative ? 'relative' : 'self',
          }}
          areas={areas.map((one) => ({ value: String(one.id), label: one.name }))}
          genders={genders.map((value) => ({ value, label: t(`genders.${value}`) }))}
          mayPhone={details.phone !== null || details.phoneHint === null}
          back={
            <ButtonLink href={`/manage/people/${id}`} variant="quiet">
              {t('leaveAsIs')}
            </ButtonLink>
          }
        />
      </ClientWords>
    </div>
  );
}
