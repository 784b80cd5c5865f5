'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Folded, type Fold } from '@/components/ui/folded-form';
import { Select } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import type { RoundHelper } from '@/lib/visit/rules';
import { useHelperNames } from './helper-names';

interface Named {
  readonly id: string;
  readonly fullName: string;
}

/** One helper of a round for another of the team, or somebody on a place that is free. */
export function SwapForm({
  action,
  roundId,
  going,
  free,
  others,
  then,
  fold,
}: {
  action: FormAction;
  roundId: string;
  going: readonly Named[];
  /** A place is free: fewer than two go. */
  free: boolean;
  others: readonly RoundHelper[];
  /** When the round is. */
  then: { readonly day: string; readonly from: string; readonly until: string };
  fold?: Fold;
}) {
  const t = useTranslations('visits');
  const { send, errors, field, values } = useForm(action, ['out', 'member']);
  const named = useHelperNames();
  return (
    <Folded fold={fold} refused={errors.length > 0}>
      <form action={send} noValidate className="grid gap-5" key={JSON.stringify(values)}>
        <ErrorSummary errors={errors} />
        <p>{t('swapBody')}</p>
        <input type="hidden" name="roundId" value={roundId} />
        {going.length > 0 ? (
          <Select
            {...field('out')}
            label={t('swapOut')}
            empty={t(free ? 'swapFree' : 'choose')}
            choices={going.map(({ id, fullName }) => ({ value: id, label: fullName }))}
            width="name"
          />
        ) : null}
        <Select {...field('member')} label={t('swapMember')} empty={t('choose')} choices={named(others, then)} />
        <div>
          <SubmitButton icon="check" pendingLabel={t('saving')}>
            {t('swap')}
          </SubmitButton>
        </div>
      </form>
    </Folded>
  );
}
