import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClassStepHead } from '@/components/class/class-step-head';
import { ChangeForm } from '@/components/class/change-form';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { idInAddress, read } from '@/lib/access/doors';
import { planningChoices } from '@/lib/class/queries';
import { taughtIn } from '@/lib/class/schema';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { phoneForReading } from '@/lib/kernel/phone';
import { classForStaff } from '@/lib/manage/queries';
import { change } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
}

export const generateMetadata = titled('planning', 'editTitle');

export default async function EditClassPage({ params }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const classId = idInAddress(id);
  const { found, choices } = await read('class.write', async (tx) => ({
    found: await classForStaff(tx, locale, classId, new Date()),
    choices: await planningChoices(tx, locale),
  }));
  if (!found?.mayWrite || found.status === 'cancelled' || found.status === 'closed') notFound();
  const t = await getTranslations('planning');
  const here = `/manage/classes/${id}`;
  return (
    <div className="grid gap-6">
      <ClassStepHead id={id} title={found.title} step={t('editTitle')} lead={t('editLead')} />
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
