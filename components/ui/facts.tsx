import type { ReactNode } from 'react';
import { cx } from './cx';
import { Icon, type IconName } from './icons';

export type KeyFact = {
  icon: IconName;
  term: string;
  value: ReactNode;
  /** `brief` only: the answer says by itself what it answers, so the question is for listeners alone. */
  plain?: boolean;
};

/** When, where, who: a sign, the question in a word, the answer. Read top to bottom. Leaves out facts without an answer. `brief` for lists. */
export function KeyFacts({ items, brief }: { items: KeyFact[]; brief?: boolean }) {
  const shown = items.filter((item) => item.value !== null && item.value !== undefined && item.value !== '');
  if (brief)
    return (
      <dl className="grid gap-2.5">
        {shown.map((item) => (
          <div key={item.term} className="relative pl-10 text-pretty">
            <dt className={item.plain ? undefined : 'inline text-muted'}>
              <Icon name={item.icon} className="absolute top-0.5 left-0 size-6 text-field" />
              <span className={item.plain ? 'sr-only' : undefined}>{item.term}:</span>
            </dt>{' '}
            <dd className={item.plain ? undefined : 'inline'}>{item.value}</dd>
          </div>
        ))}
      </dl>
    );
  return (
    <dl className="grid gap-3.5 print:gap-2">
      {shown.map((item) => (
        <div key={item.term} className="relative min-h-11 pl-14 print:min-h-0 print:pl-9">
          <dt className="text-sm text-muted">
            <span
              className={cx(
                'absolute top-0.5 left-0 grid size-11 place-items-center rounded-full bg-field-tint text-field',
                'print:size-6 print:bg-transparent',
              )}
            >
              <Icon name={item.icon} className="size-6" />
            </span>
            {item.term}
          </dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Plain pairs, for a record. Beside each other where there is room, one above the other on a phone. "—" where nothing is known. */
export function DefinitionList({ items }: { items: { term: ReactNode; value: ReactNode; id?: string }[] }) {
  return (
    <dl className="divide-y-[1.5px] divide-line">
      {items.map((item, index) => (
        <div key={item.id ?? index} className="grid gap-x-6 py-2.5 sm:grid-cols-[minmax(10rem,1fr)_2fr]">
          <dt className="text-muted">{item.term}</dt>
          <dd className="min-w-0">{item.value ?? '—'}</dd>
        </div>
      ))}
    </dl>
  );
}
