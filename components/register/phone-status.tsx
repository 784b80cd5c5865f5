'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Link } from '@/lib/i18n/navigation';
import { AttentionList } from './attention';
import { nameIn, sheetWith } from './local-sheet';
import type { StoredSheet } from './phone-store';
import { rollsChanged, rollsOf } from './rolls';
import { ActList, SyncLine, TroubleNotice } from './sync-line';
import { useQueue } from './use-register';

const lookAgainMs = 2_000;

/** The rolls on this phone, looked at again when they change: they come in while the page is open. Null before the first look. */
export function useRolls(owner: string): readonly StoredSheet[] | null {
  const [rolls, setRolls] = useState<readonly StoredSheet[] | null>(null);
  useEffect(() => {
    const look = () => void rollsOf(owner).then(setRolls, () => setRolls([]));
    look();
    window.addEventListener(rollsChanged, look);
    return () => window.removeEventListener(rollsChanged, look);
  }, [owner]);
  return rolls;
}

/** Whether the pages open without a network: the worker is there. */
export function useWorker(): boolean {
  const language = useLocale();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    if (!('serviceWorker' in navigator) || ready) return;
    const look = async () => {
      const found = await navigator.serviceWorker.getRegistration(language === 'en' ? '/en/manage' : '/manage');
      if (found?.active) setReady(true);
    };
    void look();
    const timer = setInterval(() => void look(), lookAgainMs);
    return () => clearInterval(timer);
  }, [language, ready]);
  return ready;
}

/**
 * How work on this phone stands: the three counts, what was refused and can be put right here, where two said different things, and
 * whether the phone is ready for a place without a network.
 */
export function PhoneStatus({ owner }: { owner: string }) {
  const t = useTranslations('register');
  const view = useQueue(owner);
  const rolls = useRolls(owner);
  const ready = useWorker();
  const sheets = (rolls ?? []).map(({ sheet }) => sheetWith(sheet, view.operations));
  const contested = sheets.flatMap((sheet) =>
    sheet.people.filter((person) => person.versions.length > 1).map((person) => ({ sheet, person })),
  );
  const villagesOf = (session: string) => sheets.find(({ id }) => id === session)?.villages ?? [];
  return (
    <div data-ready={ready && rolls !== null && rolls.length > 0 ? '' : undefined} className="grid grid-cols-1 gap-3">
      {view.operations.some(({ state }) => state === 'waiting') ? (
        <TroubleNotice trouble={view.trouble} durable={view.durable} />
      ) : null}
      <AttentionList
        rows={view.operations.filter(({ state }) => state === 'attention')}
        owner={owner}
        villagesOf={villagesOf}
        nameOf={(operation) => nameIn(sheets, operation)}
      />
      {contested.length > 0 ? (
        <section aria-label={t('conflict.title')} className="rounded-card border-2 border-bad bg-surface px-4 py-3">
          <p className="font-bold text-bad">{t('conflict.count', { count: contested.length })}</p>
          <ul>
            {contested.map(({ sheet, person }) => (
              <li key={`${sheet.id} ${person.id}`}>
                <Link
                  href={`/manage/sessions/${sheet.id}`}
                  prefetch={false}
                  className="link inline-flex min-h-target items-center"
                >
                  {person.fullName} · {sheet.title}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <div>
        <SyncLine rows={view.operations} known={view.known} conflicts={contested.length} />
        {ready && rolls?.length ? <p className="text-sm text-muted">{t('ready', { count: rolls.length })}</p> : null}
      </div>
      <ActList rows={view.operations} />
    </div>
  );
}
