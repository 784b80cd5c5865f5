'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Hidden } from '@/components/class/act-form';
import { Checkbox, RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FieldSet } from '@/components/ui/field';
import { SubmitButton } from '@/components/ui/submit-button';
import type { HelperRole, Suggestion } from '@/lib/team/schema';

/** Why somebody is put forward, in a few words; each is true of them. */
function useReasons() {
  const t = useTranslations('teams.suggest');
  const spoken = useTranslations('teams.spoken');
  return (one: Suggestion): string =>
    [
      t(`near.${one.near}`, { unit: one.unit ?? '' }),
      t(one.said ? 'free' : 'freeUnsaid'),
      one.language === 'vi' ? '' : t('speaks', { language: spoken(one.language) }),
      one.known === 0
        ? t('unknown')
        : one.lessonSkills === 0
          ? ''
          : one.mayTeach === one.lessonSkills
            ? t('allSkills')
            : t('skills', { known: one.mayTeach, all: one.lessonSkills }),
      t('load', { count: one.load }),
    ]
      .filter(Boolean)
      .join(' · ');
}

/**
 * Those put forward for a session, the first ones ticked already as many as are lacking: asking them is one press. For this session or
 * all to come of the class.
 */
export function SuggestForm({
  action,
  sessionId,
  role,
  suggestions,
  lacking,
}: {
  action: FormAction;
  sessionId: string;
  role: HelperRole;
  suggestions: readonly Suggestion[];
  lacking: number;
}) {
  const t = useTranslations('teams.suggest');
  const reasons = useReasons();
  const { send, errors, field, values } = useForm(action, ['members', 'scope']);
  const sent = Object.keys(values).length > 0;
  const ticked = sent ? (values.members ?? '').split(',') : suggestions.slice(0, lacking).map(({ id }) => id);
  const [members, scope] = [field('members'), field('scope', 'one')];
  return (
    <form action={send} noValidate className="grid gap-4" key={JSON.stringify(values)}>
      <ErrorSummary errors={errors} />
      <Hidden fields={{ sessionId, role }} />
      <FieldSet id={members.id} legend={t('members')} error={members.error}>
        {suggestions.map((one) => (
          <Checkbox
            key={one.id}
            name="members"
            value={one.id}
            defaultChecked={ticked.includes(one.id)}
            aria-invalid={members.error ? true : undefined}
            label={
              <>
                <b>{one.fullName}</b> <span className="text-muted">· {one.team}</span>
                <span className="block text-sm text-muted">{reasons(one)}</span>
              </>
            }
          />
        ))}
      </FieldSet>
      <RadioGroup
        name="scope"
        id={scope.id}
        legend={t('scope')}
        error={scope.error}
        defaultValue={scope.defaultValue}
        choices={[
          { value: 'one', label: t('one') },
          { value: 'all', label: t('all') },
        ]}
      />
      <div>
        <SubmitButton icon="phone" pendingLabel={t('asking')} wide>
          {t('ask')}
        </SubmitButton>
      </div>
    </form>
  );
}
