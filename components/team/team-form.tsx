'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Folded, type Fold } from '@/components/ui/folded-form';
import { Select, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { organisations, teamKinds, type Organisation, type TeamKind } from '@/lib/team/schema';

const fields = ['areaId', 'name', 'kind', 'organisation'];

export interface TeamNow {
  id: string;
  name: string;
  kind: TeamKind;
  organisation: Organisation;
}

/** What is known of a team: a new one in one of `areas`, or the one of `now`. */
export function TeamForm({
  action,
  areas,
  now,
  fold,
}: {
  action: FormAction;
  areas?: Choice[];
  now?: TeamNow;
  fold?: Fold;
}) {
  const t = useTranslations('teams');
  const { send, errors, field, values } = useForm(action, fields, 'team');
  return (
    <Folded fold={fold} refused={errors.length > 0}>
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
        <Select
          {...field('kind', now?.kind)}
          label={t('kind')}
          empty={t('choose')}
          choices={teamKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          width="name"
        />
        <Select
          {...field('organisation', now?.organisation)}
          label={t('organisation')}
          empty={t('choose')}
          choices={organisations.map((value) => ({ value, label: t(`organisations.${value}`) }))}
          width="name"
        />
        <div>
          <SubmitButton icon="check" pendingLabel={t('working')} wide>
            {t(now ? 'saveChanges' : 'save')}
          </SubmitButton>
        </div>
      </form>
    </Folded>
  );
}
