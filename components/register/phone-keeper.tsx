'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { fetchDesks } from '../desk/phone-desks';
import { isWork } from './phone-store';
import { queueOf, wipePhone } from './queue';
import { fetchRounds } from '../visit/phone-rounds';
import { fetchRolls, takePhone, type Who } from './rolls';
import { useQueue } from './use-register';

const atLeastEveryMs = 10 * 60_000;

/**
 * On every staff page: the phone becomes this account's, work that waits is sent, the rolls of the days around are fetched, the rounds and desks it carries kept right, and
 * the worker that opens pages without a network is set up. Before signing out it says what was not sent, then wipes the phone.
 */
export function PhoneKeeper({
  who,
  mayRecord,
  mayVisit,
  mayLog,
}: {
  who: Who;
  mayRecord: boolean;
  mayVisit: boolean;
  mayLog: boolean;
}) {
  const language = useLocale();
  const { account, name } = who;
  useEffect(() => {
    let over = false;
    const keep = async () => {
      if (over || document.visibilityState !== 'visible') return;
      queueOf(account).flush();
      if (mayRecord) await fetchRolls(account, language, atLeastEveryMs).catch(() => undefined);
      // Rounds are taken along where their pages are opened; here those that are there are kept right.
      if (mayVisit) await fetchRounds(account, language, atLeastEveryMs, false).catch(() => undefined);
      if (mayLog) await fetchDesks(account, language, atLeastEveryMs);
    };
    // Without a network what is there stays; the next page or the next look at this one tries again.
    const quietly = () => void keep().catch(() => undefined);
    void takePhone({ account, name }).then(quietly);
    if (mayRecord || mayVisit || mayLog) void setUpWorker(language).catch(() => undefined);
    window.addEventListener('online', quietly);
    document.addEventListener('visibilitychange', quietly);
    return () => {
      over = true;
      window.removeEventListener('online', quietly);
      document.removeEventListener('visibilitychange', quietly);
    };
  }, [account, name, mayRecord, mayVisit, mayLog, language]);
  // What the portal answered of a task, taken or refused, may have ended what the phone holds of that home.
  const answered = useQueue(account).operations.filter(
    ({ operation, state }) => isWork(operation) && state !== 'waiting',
  ).length;
  useEffect(() => {
    if (mayVisit && answered > 0) void fetchRounds(account, language, 0, false).catch(() => undefined);
  }, [account, language, mayVisit, answered]);
  return <SignOutGuard owner={account} />;
}

/** Only for the staff's own addresses: residents' pages never meet it (public/sw.js). */
async function setUpWorker(language: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const scope = language === 'en' ? '/en/manage' : '/manage';
  const registration = await navigator.serviceWorker.register('/sw.js', { scope, updateViaCache: 'none' });
  registration.active?.postMessage('keep');
  // Asked quietly: phones short of space clear what is not marked so.
  await navigator.storage?.persist?.();
}

const focusOn = (panel: HTMLElement | null) => panel?.focus();

async function leave(form: HTMLFormElement): Promise<void> {
  await wipePhone().catch(() => undefined);
  form.dataset.signOut = 'wiped';
  form.requestSubmit();
}

/** Stops the sign-out form (`data-sign-out`) until the phone is wiped, and first says so when something was not sent. */
function SignOutGuard({ owner }: { owner: string }) {
  const t = useTranslations('register');
  const view = useQueue(owner);
  const unsent = view.operations.filter(({ state }) => state !== 'accepted').length;
  const [asking, setAsking] = useState<HTMLFormElement | null>(null);

  useEffect(() => {
    const onSubmit = (event: SubmitEvent) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || form.dataset.signOut === undefined) return;
      if (form.dataset.signOut === 'wiped') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (unsent > 0) setAsking(form);
      else void leave(form);
    };
    window.addEventListener('submit', onSubmit, true);
    return () => window.removeEventListener('submit', onSubmit, true);
  }, [unsent]);

  if (!asking) return null;
  return (
    <div ref={focusOn} tabIndex={-1} className="mb-5">
      <Notice
        live
        tone="warn"
        title={unsent > 0 ? t('signOut.title', { count: unsent }) : t('signOut.sent')}
        action={
          <>
            {unsent > 0 ? (
              <Button variant="primary" onClick={() => queueOf(owner).flush()}>
                {t('signOut.send')}
              </Button>
            ) : null}
            <Button variant="secondary" onClick={() => void leave(asking)}>
              {t('signOut.leave')}
            </Button>
            <Button variant="quiet" onClick={() => setAsking(null)}>
              {t('signOut.stay')}
            </Button>
          </>
        }
      >
        {unsent > 0 ? t('signOut.body') : null}
      </Notice>
    </div>
  );
}
