'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Checkbox } from '@/components/ui/choices';
import { TextInput } from '@/components/ui/inputs';
import { SaidForm } from './said';

interface ToldNow {
  readonly zalo: boolean;
  readonly sms: boolean;
  readonly email: string | null;
  readonly noCalls: boolean;
  readonly phoneHint: string | null;
}

const fields = ['zalo', 'sms', 'email', 'agreed', 'noCalls'] as const;

/** How a member is told of what they are asked for; written down for who has no account, with the words read out. `self`: they choose themselves. */
export function ToldBox({
  memberId,
  now,
  self,
  save,
}: {
  memberId: string;
  now: ToldNow;
  self: boolean;
  save: FormAction;
}) {
  const t = useTranslations('teams.told');
  const ways = [now.zalo ? t('zalo') : null, now.sms ? t('sms') : null, now.email ? t('email') : null].filter(Boolean);
  return (
    <section id="told" aria-labelledby="told-heading" className="grid grid-cols-1 gap-4">
      <h2 id="told-heading" className="text-xl">
        {t('heading')}
      </h2>
      <p className="max-w-prose">
        {ways.length > 0 ? t('by', { ways: ways.join(', ') }) : t(now.noCalls ? 'nobody' : 'none')}
        {ways.length > 0 && now.noCalls ? ` ${t('noCalls')}` : null}
      </p>
      {self ? <p className="max-w-prose text-muted">{t('self')}</p> : null}
      {self ? null : <ToldForm memberId={memberId} now={now} save={save} />}
    </section>
  );
}

function ToldForm({ memberId, now, save }: { memberId: string; now: ToldNow; save: FormAction }) {
  const t = useTranslations('teams.told');
  const { send, errors, field, values } = useForm(save, fields, 'told');
  const sent = values.memberId !== undefined;
  const phone = now.phoneHint ? t('phone', { hint: now.phoneHint }) : t('noPhone');
  const box = (name: 'zalo' | 'sms' | 'agreed' | 'noCalls', otherwise: boolean, hint?: string) => {
    const { id, error } = field(name);
    return (
      <Checkbox
        id={id}
        name={name}
        label={t(name)}
        hint={hint}
        defaultChecked={sent ? values[name] === 'on' : otherwise}
        error={error}
      />
    );
  };
  return (
    <SaidForm
      summary={t('say')}
      errors={errors}
      send={send}
      memberId={memberId}
      save={t('save')}
      key={JSON.stringify(values)}
    >
      <p className="text-muted">{t('lead')}</p>
      {box('zalo', now.zalo, phone)}
      {box('sms', now.sms, phone)}
      <TextInput
        {...field('email', now.email ?? '')}
        label={t('email')}
        hint={t('emailHint')}
        optional
        inputMode="email"
        autoComplete="off"
        width="name"
        maxLength={200}
      />
      <div className="grid gap-3">
        <p className="font-bold">{t('readOut')}</p>
        <blockquote className="rounded-card border-l-4 border-field bg-field-tint p-4">{t('words')}</blockquote>
        {box('agreed', false)}
      </div>
      {box('noCalls', now.noCalls)}
    </SaidForm>
  );
}
