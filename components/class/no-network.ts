'use client';

import { useLive, wrong } from '@/components/register/live';
import type { FormState } from '@/lib/kernel/result';

type Send = (before: FormState, form: FormData) => Promise<FormState>;

/** Whether something went wrong because the portal was not reached, or its answer was lost: as Chromium, Firefox and Safari say it, and React of an answer cut off. */
export const isNoNetwork = (error: unknown): boolean =>
  error instanceof Error &&
  /failed to fetch|networkerror|network error|load failed|connection closed/i.test(error.message);

/**
 * A form's action that a lost network does not throw away: the page stays with all that was typed (never a password) and says so. Before the page's
 * scripts run it is the action itself, so that forms work without them.
 */
export function useKept(action: Send): Send {
  const live = useLive();
  return live ? kept(action) : action;
}

const kept =
  (action: Send): Send =>
  async (before, form) => {
    try {
      return await action(before, form);
    } catch (error) {
      if (!isNoNetwork(error)) throw error;
      const { errors, values } = wrong(form, { form: 'noNetwork' });
      return { errors, values: Object.fromEntries(Object.entries(values).filter(([name]) => !/password/i.test(name))) };
    }
  };
