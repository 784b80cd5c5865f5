'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Hidden } from '@/components/class/act-form';
import { Checkbox } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

const fields = ['takenBy', 'livesHere', 'homeId', 'movedOn'];

/** The receiving unit takes somebody on, and says where they live by now when they moved here. */
export function AcceptForm({
  action,
  referralId,
  homes,
  today,
}: {
  action: FormAction;
  referralId: string;
  homes: Choice[];
  today: string;
}) {
  const t = useTranslations('referral');
  const { send, errors, field, values } = useForm(action, fields, 'accept');
  const { defaultValue: _unused, ...livesHere } = field('livesHere');
  return (
    <form action={send} noValidate className="grid max-w-prose gap-5" key={JSON.stringify(values)}>
      <ErrorSummary errors={errors} />
      <Hidden fields={{ referralId }} />
      <TextInput
        {...field('takenBy')}
        label={t('takenBy')}
        hint={t('takenByHint')}
        autoComplete="off"
        maxLength={100}
        width="name"
      />
      <Checkbox
        {...livesHere}
        label={t('livesHere')}
        hint={t('livesHereHint')}
        defaultChecked={values.livesHere === 'on'}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Select {...field('homeId')} label={t('home')} optional empty={t('choosePlace')} choices={homes} />
        <TextInput {...field('movedOn')} label={t('movedOn')} optional type="date" max={today} width="short" />
      </div>
      <div>
        <SubmitButton icon="check" pendingLabel={t('accepting')} wide>
          {t('accept')}
        </SubmitButton>
      </div>
    </form>
  );
}
