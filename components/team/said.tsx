'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { FormAction } from '@/components/account/use-form';
import { ActForm, Hidden } from '@/components/class/act-form';
import type { FormErrors } from '@/components/ui/error-summary';
import { FoldedForm } from '@/components/ui/folded-form';
import { SubmitButton } from '@/components/ui/submit-button';

/** One thing that was noted of a member, and how to drop it; `drop` is null for who only reads. */
export function SaidLine({
  id,
  drop,
  children,
}: {
  id: string;
  drop: { action: FormAction; label: string } | null;
  children: ReactNode;
}) {
  const t = useTranslations('duty.times');
  return (
    <li className="flex flex-wrap items-center gap-x-5 gap-y-2">
      <span className="min-w-0">{children}</span>
      {drop ? <ActForm {...drop} fields={{ id }} pendingLabel={t('working')} variant="quiet" /> : null}
    </li>
  );
}

/** Notes something of a member. Opens by itself when it was refused, also without JavaScript. */
export function SaidForm({
  memberId,
  save,
  children,
  ...form
}: {
  memberId: string;
  save: string;
  summary: string;
  errors: FormErrors;
  send: (form: FormData) => void;
  children: ReactNode;
}) {
  const t = useTranslations('duty.times');
  return (
    <FoldedForm {...form}>
      <Hidden fields={{ memberId }} />
      {children}
      <div>
        <SubmitButton icon="check" pendingLabel={t('working')} wide>
          {save}
        </SubmitButton>
      </div>
    </FoldedForm>
  );
}
