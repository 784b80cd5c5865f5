'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Checkbox } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FieldSet } from '@/components/ui/field';
import { Select, TextArea, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

const fields = ['areaId', 'name', 'address', 'wayThere', 'seats', 'stepFree', 'power', 'wifi'];
const amenities = ['power', 'wifi', 'stepFree'] as const;

export interface VenueNow {
  id: string;
  name: string;
  address: string;
  wayThere: string;
  seats: string;
  stepFree: boolean;
  power: boolean;
  wifi: boolean;
}

/** What is known of a venue: a new one in one of `areas`, or the one of `now`. */
export function VenueForm({ action, areas, now }: { action: FormAction; areas?: Choice[]; now?: VenueNow }) {
  const t = useTranslations('venues');
  const { send, errors, field, values } = useForm(action, fields);
  // Once sent, what comes back decides: a box that is not there was not ticked.
  const sent = Object.keys(values).length > 0;
  return (
    <form action={send} noValidate className="grid gap-5" key={JSON.stringify(values)}>
      <ErrorSummary errors={errors} />
      {now ? <input type="hidden" name="id" value={now.id} /> : null}
      {areas ? (
        <Select {...field('areaId')} label={t('areaId')} empty={t('choose')} choices={areas} width="name" />
      ) : null}
      <TextInput
        {...field('name', now?.name)}
        label={t('name')}
        hint={t('nameHint')}
        maxLength={120}
        autoComplete="off"
      />
      <TextInput
        {...field('address', now?.address)}
        label={t('address')}
        hint={t('addressHint')}
        maxLength={200}
        autoComplete="off"
      />
      <TextArea
        {...field('wayThere', now?.wayThere)}
        label={t('wayThere')}
        hint={t('wayThereHint')}
        optional
        rows={2}
        maxLength={300}
      />
      <TextInput
        {...field('seats', now?.seats)}
        label={t('seatsAsked')}
        optional
        inputMode="numeric"
        width="short"
        maxLength={4}
      />
      <FieldSet id="has" legend={t('has')}>
        {amenities.map((name) => (
          <Checkbox
            key={name}
            name={name}
            label={t(`amenity.${name}`)}
            defaultChecked={sent ? values[name] === 'on' : now?.[name]}
          />
        ))}
      </FieldSet>
      <div>
        <SubmitButton icon="check" pendingLabel={t('working')} wide>
          {t(now ? 'saveChanges' : 'save')}
        </SubmitButton>
      </div>
    </form>
  );
}
