'use client';

import { useSyncExternalStore } from 'react';
import { fieldsOf } from '@/lib/kernel/input';
import type { FormState } from '@/lib/kernel/result';

const never = () => () => {};
/** Whether the page's own scripts run by now: before that, and without them, forms go to the portal as forms. */
export const useLive = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

/** What is wrong, at its fields, with everything typed. */
export function wrong(form: FormData, errors: FormState['errors']): FormState {
  const values = Object.entries(fieldsOf(form)).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(',') : value,
  ]);
  return { errors, values: Object.fromEntries(values) };
}
