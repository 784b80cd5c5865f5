import { useTranslations } from 'next-intl';
import { Select, TextInput } from '@/components/ui/inputs';
import { LookForm } from '@/components/ui/look-form';
import { Notice } from '@/components/ui/notice';
import type { PlaceChoice } from '@/lib/area/schema';
import { formatTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { Expected } from '@/lib/visit/rules';

/** Yes, with who comes by team and when; or no, with what to do then. Never who is visited. */
export function CheckAnswer({
  answer: { expected, tooMany },
  place,
  locale,
}: {
  answer: { expected: Expected | null; tooMany: boolean };
  place: string;
  locale: Locale;
}) {
  const t = useTranslations('help.check');
  if (tooMany)
    return (
      <Notice tone="warn" title={t('tooMany')}>
        {t('tooManyBody')}
      </Notice>
    );
  if (!expected)
    return (
      <Notice tone="bad" title={t('no', { place })}>
        {t('noBody')}
      </Notice>
    );
  return (
    <Notice tone="good" title={t('yes')}>
      {t('yesBody', {
        helpers: expected.helpers,
        team: expected.team,
        village: expected.village,
        time: formatTimeRange(locale, expected.startsAt, expected.endsAt),
      })}{' '}
      {t('never')}
    </Notice>
  );
}

/** The village and the number one was told; goes into the address: it counts for some hours and says nothing of anybody. */
export function CheckNumberForm({
  address,
  area,
  homes: { villages, unit },
  pin,
  nowhere,
  wrong,
}: {
  address: string;
  area: number;
  homes: { villages: readonly PlaceChoice[]; unit: PlaceChoice | null };
  pin: string;
  nowhere?: string | undefined;
  wrong?: string | undefined;
}) {
  const t = useTranslations('help.check');
  // A number counts in one village: the commune is a choice only where it has none.
  const places = villages.length > 0 || !unit ? villages : [unit];
  return (
    <LookForm
      address={address}
      wrong={{ area: nowhere, pin: wrong }}
      words={{ look: t('look'), looking: t('looking') }}
    >
      <Select
        name="area"
        label={t('village')}
        defaultValue={villages.length > 0 && area === unit?.id ? '' : String(area)}
        error={nowhere}
        empty={t('choose')}
        choices={places.map(({ id, name }) => ({ value: String(id), label: name }))}
        width="name"
      />
      <TextInput
        name="pin"
        label={t('pin')}
        hint={t('pinHint')}
        error={wrong}
        defaultValue={pin}
        inputMode="numeric"
        width="short"
        maxLength={40}
        autoComplete="off"
      />
    </LookForm>
  );
}
