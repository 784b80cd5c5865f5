'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { StatusPill } from '@/components/ui/pill';
import { SubmitButton } from '@/components/ui/submit-button';
import { formatDateTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { untouched, type FormState } from '@/lib/kernel/result';

interface OfferView {
  id: string;
  fullName: string;
  phone: string | null;
  phoneReads: string;
  phoneHint: string | null;
  answerBy: Date;
  offerBy: 'slip' | 'call';
}

/** Whose answer the class waits for: call, then press what they said. */
export function OffersList({
  classId,
  offers,
  mayAnswer,
  answer,
  locale,
  words,
}: {
  classId: string;
  offers: readonly OfferView[];
  mayAnswer: boolean;
  answer: (before: FormState, form: FormData) => Promise<FormState>;
  locale: Locale;
  words: Readonly<
    Record<'title' | 'lead' | 'until' | 'callNow' | 'accept' | 'decline' | 'working' | 'noPhone', string>
  >;
}) {
  const say = useTranslations('errors');
  const [{ errors }, send] = useActionState(answer, untouched);
  return (
    <section className="grid gap-3" aria-labelledby="offers">
      <h2 id="offers" className="text-xl">
        {words.title}
      </h2>
      <p className="max-w-prose text-muted">{words.lead}</p>
      <ErrorSummary errors={Object.values(errors).map((key) => ({ message: say(key) }))} />
      <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
        {offers.map((offer) => (
          <li key={offer.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-3.5">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-3 font-bold">
                <Link href={`/manage/classes/${classId}/places/${offer.id}`} prefetch={false} className="link">
                  {offer.fullName}
                </Link>
                {offer.offerBy === 'call' ? <StatusPill tone="warn">{words.callNow}</StatusPill> : null}
              </p>
              <p>
                {offer.phone ? (
                  <a href={`tel:${offer.phone}`} className="link inline-flex min-h-6 items-center">
                    {offer.phoneReads}
                  </a>
                ) : (
                  (offer.phoneHint ?? words.noPhone)
                )}
                <span className="text-muted">
                  {' '}
                  · {words.until} {formatDateTime(locale, offer.answerBy)}
                </span>
              </p>
            </div>
            {mayAnswer ? (
              <form action={send} className="flex flex-wrap gap-3">
                <input type="hidden" name="enrolmentId" value={offer.id} />
                <SubmitButton name="answer" value="accept" icon="check" pendingLabel={words.working}>
                  {words.accept}
                  <span className="sr-only">: {offer.fullName}</span>
                </SubmitButton>
                <SubmitButton name="answer" value="decline" variant="secondary" pendingLabel={words.working}>
                  {words.decline}
                  <span className="sr-only">: {offer.fullName}</span>
                </SubmitButton>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
