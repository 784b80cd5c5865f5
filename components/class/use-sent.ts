'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { summaryOf } from '@/components/ui/refused';
import { untouched, type FormState } from '@/lib/kernel/result';
import { useKept } from './no-network';

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

/**
 * A form that goes through the action door: what to send with, what was typed, and what was wrong, in the reader's words; a lost network is said, too.
 * `fields` are those people see, in their order; `idOf` their controls' ids, where another form of the page has such a field too.
 */
export function useSent(action: FormAction, fields: readonly string[], idOf?: (name: string) => string) {
  const say = useTranslations('errors');
  const [state, send] = useActionState(useKept(action), untouched);
  const messages = Object.fromEntries(Object.entries(state.errors).map(([name, key]) => [name, say(key)]));
  const error = (field: string) => messages[field];
  const summary = summaryOf(messages, fields, idOf);
  return { send, typed: state.values, error, summary, refused: summary.length > 0 };
}

/** Hidden fields of a form. */
export type HiddenFields = Readonly<Record<string, string>>;
