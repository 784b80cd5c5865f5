'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Checkbox } from '@/components/ui/choices';
import { Disclosure } from '@/components/ui/disclosure';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextArea, TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

export interface SkillWording {
  version: number;
  level: number;
  core: boolean;
  titleVi: string;
  titleEn: string;
  canDoVi: string;
  canDoEn: string;
  evidenceVi: string;
}

const asked = ['titleVi', 'titleEn', 'canDoVi', 'canDoEn', 'evidenceVi', 'level', 'core'];

/** A skill's wording in both languages; saving makes a new version. */
export function ReviseSkillForm({ action, code, now }: { action: FormAction; code: string; now: SkillWording }) {
  const t = useTranslations('admin');
  const { send, errors, field, values } = useForm(action, asked);
  const core = 'skill' in values ? 'core' in values : now.core;
  return (
    <Disclosure summary={t('reviseTitle')} open={errors.length > 0 || undefined}>
      <form action={send} className="grid gap-5" noValidate>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="skill" value={code} />
        <input type="hidden" name="version" value={now.version} />
        <TextInput {...field('titleVi', now.titleVi)} label={t('titleVi')} />
        <TextInput {...field('titleEn', now.titleEn)} label={t('titleEn')} lang="en" />
        <TextArea {...field('canDoVi', now.canDoVi)} label={t('canDoVi')} rows={3} />
        <TextArea {...field('canDoEn', now.canDoEn)} label={t('canDoEn')} rows={3} lang="en" />
        <TextArea {...field('evidenceVi', now.evidenceVi)} label={t('evidenceVi')} rows={3} />
        <TextInput
          {...field('level', String(now.level))}
          type="number"
          min={1}
          max={4}
          label={t('skillLevel')}
          hint={t('skillLevelHint')}
          width="short"
        />
        <Checkbox
          key={String(core)}
          name="core"
          defaultChecked={core}
          label={t('coreSkill')}
          hint={t('coreSkillHint')}
        />
        <div>
          <SubmitButton pendingLabel={t('saving')}>{t('saveNewVersion')}</SubmitButton>
        </div>
      </form>
    </Disclosure>
  );
}
