import { useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { Disclosure } from '@/components/ui/disclosure';
import { Paragraphs } from '@/components/ui/paragraphs';
import type { PlaceChoice } from '@/lib/area/schema';
import { elsewhere, type KeptPlaces } from '@/lib/enrolment/schema';
import { formatDay, formatTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { FormState } from '@/lib/kernel/result';
import { EnrolForm } from './enrol-form';
import { useEnrolErrors, useEnrolWords } from './words';

/** The part of a class's page where one signs up, with the words one agrees to. */
export function EnrolSection({
  action,
  classId,
  formKey,
  stamp,
  hotline,
  full,
  unit,
  villages,
  units,
  what,
  consent,
  kept,
  locale,
}: {
  action: (before: FormState, form: FormData) => Promise<FormState>;
  classId: string;
  formKey: string;
  stamp: string;
  /** The class's own number; '' when it has none. */
  hotline: string;
  full: boolean;
  unit: PlaceChoice | null;
  villages: readonly PlaceChoice[];
  units: readonly PlaceChoice[];
  what: readonly string[];
  consent: { version: number; body: string };
  kept: KeptPlaces | null;
  locale: Locale;
}) {
  const t = useTranslations('enrolment');
  const words = useEnrolWords();
  const errors = useEnrolErrors(hotline || t('organiser'));
  const itself = unit
    ? [{ id: unit.id, name: villages.length > 0 ? t('unitItself', { unit: unit.name }) : unit.name }]
    : [];
  return (
    <Card as="section" labelledBy="enrol">
      <h2 id="enrol" tabIndex={-1} className="text-2xl group-has-[#check]/enrol:mb-5">
        {full ? t('headingQueue') : t('heading')}
      </h2>
      <p className="mt-1 mb-6 max-w-prose text-muted group-has-[#check]/enrol:hidden">
        {full ? t('leadQueue') : t('lead')}
      </p>
      {kept ? (
        <p className="-mt-2 mb-6 max-w-prose font-bold group-has-[#check]/enrol:hidden">
          {t('kept', {
            places: kept.places,
            group: t(`group.${kept.group}`),
            until: `${formatTime(locale, kept.until)} ${formatDay(locale, kept.until)}`,
          })}{' '}
          {kept.group === 'over_60' ? t('keptAge') : kept.group === 'own_village' ? null : t('keptNeed')}
        </p>
      ) : null}
      <EnrolForm
        action={action}
        words={words}
        errorWords={errors}
        classId={classId}
        formKey={formKey}
        stamp={stamp}
        full={full}
        homes={[...villages, ...itself]}
        elsewhere={elsewhere}
        units={units.filter((one) => one.id !== unit?.id)}
        what={what}
        consentVersion={consent.version}
        consentText={
          <Disclosure summary={t('consentRead')}>
            <Paragraphs text={consent.body} />
          </Disclosure>
        }
      />
    </Card>
  );
}

export { Paragraphs };
