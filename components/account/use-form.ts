'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { untouched, type FormState } from '@/lib/kernel/result';

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

/**
 * A form's state: what to send, the words of what is wrong, and per field its id, error and what was typed. `prefix` keeps ids apart
 * where a page has several forms.
 */
export function useForm(action: FormAction, prefix = '') {
  const say = useTranslations('errors');
  const [state, send] = useActionState(action, untouched);
  const idOf = (name: string) => (prefix ? `${prefix}-${name}` : name);
  const errors = Object.entries(state.errors).map(([name, key]) =>
    name === 'form' ? { message: say(key) } : { field: idOf(name), message: say(key) },
  );
  const field = (name: string, otherwise = '') => {
    const key = state.errors[name];
    return { name, id: idOf(name), error: key ? say(key) : undefined, defaultValue: state.values[name] ?? otherwise };
  };
  return { send, errors, field, values: state.values };
}
