import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ChangeForm } from '@/components/class/change-form';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { planningChoices } from '@/lib/class/queries';
import { taughtIn } from '@/lib/class/schema';
import type { Locale } from '@/lib/i18n/routing';
import { addressId } from '@/lib/kernel/input';
import { phoneForReading } from '@/lib/kernel/phone';
import { classForStaff } from '@/lib/manage/queries';
import { change } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'planning' });
  return { title: t('editTitle') };
}

export default async function EditClassPage({ params }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const typed = addressId.safeParse(id);
  if (!typed.success) notFound();
  const { found, choices } = await read('class.write', async (tx) => ({
    found: await classForStaff(tx, locale, typed.data, new Date()),
    choices: await planningChoices(tx, locale),
  }));
  if (!found?.mayWrite || found.status === 'cancelled' || found.status === 'closed') notFound();
  const t = await getTranslations('planning');
  const here = `/manage/classes/${id}`;
  return (
    <div className="grid gap-6">
      <Breadcrumbs
        items={[
          { label: t('classes'), href: '/manage/classes' },
          { label: found.title, href: here },
          { label: t('editTitle') },
        ]}
      />
      <PageHeading above={found.title} lead={t('editLead')}>
        {t('editTitle')}
      </PageHeading>
      <ClientWords of={['planning', 'errors']}>
        <ChangeForm
          action={change}
          classId={id}
          now={{
            teamId: found.teamId,
            language: found.language,
            capacity: String(found.capacity),
            minimumToRun: String(found.minimum),
            held: String(found.held),
            reservedPlaces: String(found.reservedPlaces),
            reservedFor: found.reservedFor ?? '',
            offerHours: String(found.offerHours),
            note: found.note,
            hotline: found.hotline ? phoneForReading(found.hotline) : '',
          }}
          teams={choices.teams.map((one) => ({ value: one.id, label: one.name }))}
          languages={taughtIn.map((value) => ({ value, label: t(`languages.${value}`) }))}
          back={
            <ButtonLink href={here} variant="quiet">
              {t('leaveAsIs')}
            </ButtonLink>
          }
        />
      </ClientWords>
    </div>
  );
}
