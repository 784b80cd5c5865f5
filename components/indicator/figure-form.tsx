'use client';

import type { ReactNode } from 'react';
import type { useForm } from '@/components/account/use-form';
import { Card } from '@/components/ui/card';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

/** What is said of one indicator in a place and period: which one first, then `children`, what is said of it. `of` keeps its ids apart. */
export function FigureForm({
  of,
  form: { send, errors, field, values },
  areaId,
  period,
  indicators,
  indicator,
  words,
  children,
}: {
  of: string;
  form: ReturnType<typeof useForm>;
  areaId: number;
  period: string;
  indicators: Choice[];
  /** The one it begins with. */
  indicator: string;
  words: Readonly<Record<'heading' | 'indicator' | 'choose' | 'submit' | 'working', string>>;
  children: ReactNode;
}) {
  return (
    <Card as="section" labelledBy={`${of}-heading`}>
      <h2 id={`${of}-heading`} className="mb-5 text-xl">
        {words.heading}
      </h2>
      <form action={send} noValidate className="grid gap-5" key={JSON.stringify(values)}>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="areaId" value={areaId} />
        <input type="hidden" name="period" value={period} />
        <Select {...field('indicator', indicator)} label={words.indicator} empty={words.choose} choices={indicators} />
        {children}
        <div>
          <SubmitButton icon="check" pendingLabel={words.working}>
            {words.submit}
          </SubmitButton>
        </div>
      </form>
    </Card>
  );
}
