'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import type { FormErrors } from '@/components/ui/error-summary';
import { untouched, type FormState } from '@/lib/kernel/result';

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

/** A form that goes through the action door: what to send with, what was typed, and what was wrong, in the reader's words. */
export function useSent(action: FormAction) {
  const say = useTranslations('errors');
  const [state, send] = useActionState(action, untouched);
  const error = (field: string) => (state.errors[field] ? say(state.errors[field]) : undefined);
  const summary: FormErrors = Object.entries(state.errors).map(([field, key]) => ({
    ...(field === 'form' ? {} : { field }),
    message: say(key),
  }));
  return { send, typed: state.values, error, summary, refused: summary.length > 0 };
}

/** Hidden fields of a form. */
export type HiddenFields = Readonly<Record<string, string>>;
