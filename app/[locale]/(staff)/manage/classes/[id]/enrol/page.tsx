import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClassStepHead } from '@/components/class/class-step-head';
import { EnrolForThemForm } from '@/components/class/enrol-for-them-form';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { idInAddress, read } from '@/lib/access/doors';
import { homesAround, unitChoices } from '@/lib/area/queries';
import { currentConsentText } from '@/lib/enrolment/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { newId } from '@/lib/kernel/id';
import { classForStaff } from '@/lib/manage/queries';
import { enrolForThem } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
}

export const generateMetadata = titled('manage', 'enrol.title');

export default async function EnrolPage({ params }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const classId = idInAddress(id);
  const { found, consent, homes, units } = await read('enrolment.write', async (tx) => {
    const one = await classForStaff(tx, locale, classId, new Date());
    return {
      found: one,
      consent: await currentConsentText(tx, locale),
      homes: await homesAround(tx, locale, one?.areaId ?? 0),
      units: await unitChoices(tx, locale),
    };
  });
  if (!found?.mayEnrol || found.status !== 'published' || !consent) notFound();
  const t = await getTranslations('manage');
  const here = `/manage/classes/${id}`;
  const choice = (place: { id: number; name: string }) => ({ value: String(place.id), label: place.name });
  const near = [...homes.villages, ...(homes.unit ? [homes.unit] : [])].map(choice);
  return (
    <div className="grid max-w-5xl gap-6">
      <ClassStepHead id={id} title={found.title} step={t('enrol.title')} lead={t('enrol.lead')} />
      {found.confirmed >= found.capacity || found.waiting > 0 ? (
        <Notice tone="warn" title={t('enrol.full')}>
          {t('enrol.fullBody', { waiting: found.waiting })}
        </Notice>
      ) : null}
      <ClientWords of={['manage', 'errors']}>
        <EnrolForThemForm
          action={enrolForThem}
          classId={id}
          formKey={newId()}
          consent={{ version: consent.version, body: consent.body }}
          villages={[
            { label: t('enrol.near'), choices: near },
            { label: t('enrol.elsewhere'), choices: units.filter((unit) => unit.id !== homes.unit?.id).map(choice) },
          ]}
          back={
            <ButtonLink href={here} variant="quiet">
              {t('enrol.back')}
            </ButtonLink>
          }
        />
      </ClientWords>
    </div>
  );
}
