'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Folded, type Fold } from '@/components/ui/folded-form';
import { Select, TextArea, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

/** Begins the report of a period for one of the places that have none. */
export function BeginForm({
  action,
  period,
  areas,
  fold,
}: {
  action: FormAction;
  period: string;
  areas: Choice[];
  fold?: Fold;
}) {
  const t = useTranslations('reports.begin');
  const { send, errors, field } = useForm(action, ['area'], 'begin');
  const [only] = areas;
  return (
    <Folded fold={fold} refused={errors.length > 0}>
      <form action={send} noValidate className="grid gap-4">
        <ErrorSummary errors={errors} />
        <input type="hidden" name="period" value={period} />
        <Select
          {...field('area', areas.length === 1 ? only?.value : '')}
          label={t('area')}
          empty={t('choose')}
          choices={areas}
          width="name"
        />
        <div>
          <SubmitButton icon="plus" pendingLabel={t('working')} wide>
            {t('do')}
          </SubmitButton>
        </div>
      </form>
    </Folded>
  );
}

/** By which day of the month those below hand in. */
export function DueForm({ action, area, day, fold }: { action: FormAction; area: number; day: number; fold?: Fold }) {
  const t = useTranslations('reports.due');
  const { send, errors, field } = useForm(action, ['day'], 'due');
  return (
    <Folded fold={fold} refused={errors.length > 0}>
      <form action={send} noValidate className="grid gap-4">
        <ErrorSummary errors={errors} />
        <p>{t('lead')}</p>
        <input type="hidden" name="area" value={area} />
        <TextInput
          {...field('day', String(day))}
          label={t('day')}
          inputMode="numeric"
          width="short"
          autoComplete="off"
        />
        <div>
          <SubmitButton variant="secondary" pendingLabel={t('working')}>
            {t('do')}
          </SubmitButton>
        </div>
      </form>
    </Folded>
  );
}

export interface WordsNow {
  id: string;
  version: number;
  number: string;
  obstacles: string;
  proposals: string;
}

/** What a report says in words, while it is written. `besides`: the page's main action is another one. */
export function RemarksForm({ action, now, besides }: { action: FormAction; now: WordsNow; besides: boolean }) {
  const t = useTranslations('reports');
  const { send, errors, field } = useForm(action, ['obstacles', 'proposals', 'number'], 'words');
  return (
    <form action={send} noValidate className="grid gap-5">
      <ErrorSummary errors={errors} />
      <input type="hidden" name="report" value={now.id} />
      <input type="hidden" name="version" value={now.version} />
      <TextArea
        {...field('obstacles', now.obstacles)}
        label={t('obstacles')}
        hint={t('obstaclesHint')}
        rows={6}
        maxLength={4000}
        optional
      />
      <TextArea
        {...field('proposals', now.proposals)}
        label={t('proposals')}
        hint={t('proposalsHint')}
        rows={6}
        maxLength={4000}
        optional
      />
      <TextInput
        {...field('number', now.number)}
        label={t('number')}
        hint={t('numberHint')}
        width="short"
        maxLength={20}
        autoComplete="off"
        optional
      />
      <div>
        <SubmitButton icon="check" variant={besides ? 'secondary' : 'primary'} pendingLabel={t('saving')} wide>
          {t('save')}
        </SubmitButton>
      </div>
    </form>
  );
}
