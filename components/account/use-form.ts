'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { useKept } from '@/components/class/no-network';
import { summaryOf } from '@/components/ui/refused';
import { untouched, type FormState } from '@/lib/kernel/result';

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

/**
 * A form's state: what to send, the words of what is wrong, and per field its id, error and what was typed. `fields` are those
 * people see, in their order; `prefix` keeps ids apart where a page has several forms; `first` is what it shows before it is sent.
 */
export function useForm(action: FormAction, fields: readonly string[], prefix = '', first = untouched) {
  const say = useTranslations('errors');
  const [state, send] = useActionState(useKept(action), first);
  const idOf = (name: string) => (prefix ? `${prefix}-${name}` : name);
  const messages = Object.fromEntries(Object.entries(state.errors).map(([name, key]) => [name, say(key)]));
  const field = (name: string, otherwise = '') => ({
    name,
    id: idOf(name),
    error: messages[name],
    defaultValue: state.values[name] ?? otherwise,
  });
  return { send, errors: summaryOf(messages, fields, idOf), field, values: state.values };
}
