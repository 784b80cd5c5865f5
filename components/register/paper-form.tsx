'use client';

import { useTranslations } from 'next-intl';
import { Hidden } from '../class/act-form';
import { useSent, type FormAction, type HiddenFields } from '../class/use-sent';
import { RadioGroup } from '../ui/choices';
import { ErrorSummary } from '../ui/error-summary';
import { TextInput } from '../ui/inputs';
import { Notice } from '../ui/notice';
import { SubmitButton } from '../ui/submit-button';

interface Asked {
  readonly personId: string;
  readonly fullName: string;
  readonly number: number | null;
}

/** Saves what was looked at, once it is known of everybody the sheet says nothing about whether they came. */
export function PaperForm({
  action,
  hidden,
  ask,
  begun,
  late,
}: {
  action: FormAction;
  hidden: HiddenFields;
  ask: readonly Asked[];
  /** Somebody has recorded in this register already. */
  begun: boolean;
  late: boolean;
}) {
  const t = useTranslations('register');
  const came = ({ personId }: Asked) => `came.${personId}`;
  const { send, typed, error, summary } = useSent(action, [...ask.map(came), 'why']);
  return (
    <form action={send} noValidate className="grid grid-cols-1 gap-5">
      <ErrorSummary errors={summary} />
      <Hidden fields={hidden} />
      {begun ? <Notice tone="info" title={t('entry.started')} /> : null}
      {ask.length > 0 ? (
        <div>
          <h2 className="text-xl">{t('entry.ask')}</h2>
          <p className="text-muted">{t('entry.askLead')}</p>
        </div>
      ) : null}
      {ask.map((one) => (
        <RadioGroup
          key={one.personId}
          name={came(one)}
          legend={
            one.number === null
              ? t('entry.joined', { name: one.fullName })
              : t('entry.left', { number: one.number, name: one.fullName })
          }
          error={error(came(one))}
          defaultValue={typed[came(one)]}
          inline
          choices={[
            { value: 'yes', label: t('entry.cameYes') },
            { value: 'no', label: t('entry.cameNo') },
          ]}
        />
      ))}
      {late ? (
        <TextInput
          name="why"
          label={t('why')}
          hint={t('whyTitle')}
          error={error('why')}
          defaultValue={typed.why}
          maxLength={200}
        />
      ) : null}
      <div>
        <SubmitButton pendingLabel={t('entry.saving')} icon="check" wide>
          {t('entry.save')}
        </SubmitButton>
      </div>
    </form>
  );
}
