'use client';

import { useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import type { FormAction } from '@/components/account/use-form';
import { wrong } from '@/components/register/live';
import { fieldToPutRight, isMet, type SentMet } from '@/components/register/met-first';
import { deviceTime, newOperationId } from '@/components/register/portal';
import { queueOf } from '@/components/register/queue';
import { useQueue } from '@/components/register/use-register';
import type { Choice } from '@/components/ui/inputs';
import { Notice } from '@/components/ui/notice';
import { fieldsOf, problemsOf } from '@/lib/kernel/input';
import { untouched, type FormState } from '@/lib/kernel/result';
import { metForm } from '@/lib/visit/schema';
import { MetForm } from './met-form';

/** What a form of somebody met says, as it is kept until it is sent; the problems where it is not right. */
function typedIn(form: FormData): { said: Omit<SentMet, 'id' | 'visitId' | 'at' | 'kind'> } | { state: FormState } {
  const typed = metForm.safeParse(fieldsOf(form));
  if (!typed.success) return { state: wrong(form, problemsOf(typed.error)) };
  const { formKey: _key, birthYear, phone, phoneOf, needs, consent, ...rest } = typed.data;
  const said = { ...rest, needs: [...needs], consent: consent ? 'on' : '' };
  return {
    // The year, not the age: it may arrive next year.
    said: { ...said, born: birthYear ? String(birthYear) : '', phone: phone ?? '', phoneOf: phoneOf ?? 'self' },
  };
}

/** The same as the form shows it. */
const shownIn = (said: SentMet): Record<string, string> => ({
  fullName: said.fullName,
  area: String(said.area),
  needs: [said.needs].flat().join(','),
  phone: String(said.phone ?? ''),
  phoneOf: said.phoneOf ?? 'self',
  born: said.born ?? '',
  words: said.words ?? '',
});

/**
 * Who was met on a round, as the phone keeps it until it is sent: what the portal did not take first, in its form with all that was typed and what is
 * wrong; otherwise `children`. Put right it is a new act of the same home, so what came of it follows.
 */
export function MetAside({
  owner,
  roundId,
  homes,
  home,
  consentVersion,
  consentText,
  children,
}: {
  owner: string;
  roundId: string;
  homes: readonly Choice[];
  home: string;
  consentVersion: number;
  consentText: ReactNode;
  children: ReactNode;
}) {
  const t = useTranslations('visits');
  const { operations } = useQueue(owner);
  const [sent, setSent] = useState(false);
  for (const { id, operation, state, result } of operations) {
    if (state !== 'attention' || !isMet(operation) || operation.roundId !== roundId) continue;
    const field = fieldToPutRight(result);
    if (!field) continue;
    const again: FormAction = async (_before, form) => {
      const typed = typedIn(form);
      if ('state' in typed) return typed.state;
      queueOf(owner).retry(id, { ...operation, ...typed.said, id: newOperationId() });
      setSent(true);
      return untouched;
    };
    return (
      <MetForm
        key={id}
        action={again}
        roundId={roundId}
        formKey={id}
        homes={homes}
        home={home}
        consentVersion={consentVersion}
        consentText={consentText}
        first={{ errors: { [field]: result?.reason ?? 'wrong' }, values: shownIn(operation) }}
      />
    );
  }
  return (
    <>
      {sent ? <Notice tone="good" live title={t('metAgain')} /> : null}
      {children}
    </>
  );
}

/** The form where there is no network: who was met goes into the phone's queue, and `met` is told of which home to go on to. */
export function MetHereForm({
  owner,
  endsAtMs,
  met,
  ...form
}: {
  owner: string;
  /** The end of the round. */
  endsAtMs: number;
  met: (visitId: string) => void;
} & Omit<Parameters<typeof MetForm>[0], 'action' | 'formKey' | 'first'>) {
  const keep: FormAction = async (_before, typed) => {
    const read = typedIn(typed);
    if ('state' in read) return read.state;
    const [id, visitId] = [newOperationId(), newOperationId()];
    queueOf(owner).add(
      { id, visitId, kind: 'met', at: deviceTime(), ...read.said },
      { label: read.said.fullName, endsAtMs },
    );
    met(visitId);
    return untouched;
  };
  return <MetForm {...form} action={keep} formKey={form.roundId} />;
}
