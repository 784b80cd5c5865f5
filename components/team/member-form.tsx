'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Hidden } from '@/components/class/act-form';
import { Checkbox } from '@/components/ui/choices';
import { Disclosure } from '@/components/ui/disclosure';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Folded, type Fold } from '@/components/ui/folded-form';
import { FieldSet } from '@/components/ui/field';
import { Select, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { taughtIn } from '@/lib/class/schema';
import { memberRoles } from '@/lib/team/schema';

const fields = ['fullName', 'phone', 'role', 'languages', 'skills', 'accountId', 'joinedOn'];

/** A skill of the catalogue as it may be ticked. */
export interface SkillTick {
  code: string;
  domain: string;
  title: string;
}
/** A member as the form knows them: words, and lists of what is ticked. */
export interface MemberNow {
  id: string;
  fullName: string;
  phone: string;
  role: string;
  accountId: string;
  joinedOn: string;
  languages: readonly string[];
  skills: readonly string[];
}

/** Somebody of a team: a new one of `teamId`, or the one of `now`. */
export function MemberForm({
  action,
  teamId,
  now,
  accounts,
  skills,
  fold,
}: {
  action: FormAction;
  teamId: string;
  now?: MemberNow;
  accounts: Choice[];
  skills: readonly SkillTick[];
  fold?: Fold;
}) {
  const t = useTranslations('teams');
  const { send, errors, field, values } = useForm(action, fields, 'member');
  // Once sent, what comes back decides: a box that is not there was not ticked.
  const sent = Object.keys(values).length > 0;
  const ticked = (name: 'languages' | 'skills', otherwise: readonly string[]) =>
    sent ? (values[name] ?? '').split(',') : otherwise;
  const spoken = ticked('languages', now?.languages ?? ['vi']);
  const known = ticked('skills', now?.skills ?? []);
  const [languages, taught] = [field('languages'), field('skills')];
  return (
    <Folded fold={fold} refused={errors.length > 0}>
      <form action={send} noValidate className="grid gap-5" key={JSON.stringify(values)}>
        <ErrorSummary errors={errors} />
        <Hidden fields={now ? { id: now.id } : { teamId }} />
        <TextInput
          {...field('fullName', now?.fullName)}
          label={t('fullName')}
          maxLength={120}
          autoComplete="off"
          width="name"
        />
        <TextInput
          {...field('phone', now?.phone)}
          label={t('phone')}
          optional
          type="tel"
          maxLength={40}
          autoComplete="off"
          width="phone"
        />
        <Select
          {...field('role', now?.role ?? 'member')}
          label={t('role')}
          choices={memberRoles.map((value) => ({ value, label: t(`roles.${value}`) }))}
          width="name"
        />
        <FieldSet id={languages.id} legend={t('speaks')} error={languages.error}>
          <div className="grid gap-2.5 sm:grid-cols-3">
            {taughtIn.map((value) => (
              <Checkbox
                key={value}
                name="languages"
                value={value}
                label={t(`spoken.${value}`)}
                defaultChecked={spoken.includes(value)}
                aria-invalid={languages.error ? true : undefined}
              />
            ))}
          </div>
        </FieldSet>
        <Disclosure
          summary={`${t('mayTeachAsked')}: ${t('mayTeachCount', { count: known.filter(Boolean).length })}`}
          open={taught.error !== undefined}
        >
          <FieldSet id={taught.id} legend={<span className="sr-only">{t('mayTeachAsked')}</span>} error={taught.error}>
            {[...new Set(skills.map(({ domain }) => domain))].map((domain) => (
              <fieldset key={domain} className="min-w-0">
                <legend className="font-bold">{domain}</legend>
                {skills
                  .filter((skill) => skill.domain === domain)
                  .map(({ code, title }) => (
                    <Checkbox
                      key={code}
                      name="skills"
                      value={code}
                      plain
                      label={`${code} · ${title}`}
                      defaultChecked={known.includes(code)}
                      aria-invalid={taught.error ? true : undefined}
                    />
                  ))}
              </fieldset>
            ))}
          </FieldSet>
        </Disclosure>
        <Select
          {...field('accountId', now?.accountId)}
          label={t('accountAsked')}
          hint={t('accountHint')}
          empty={t('accountNone')}
          choices={accounts}
          width="name"
        />
        <TextInput {...field('joinedOn', now?.joinedOn)} label={t('joinedOn')} optional type="date" width="date" />
        <div>
          <SubmitButton icon="check" pendingLabel={t('working')} wide>
            {t(now ? 'saveChanges' : 'saveMember')}
          </SubmitButton>
        </div>
      </form>
    </Folded>
  );
}
