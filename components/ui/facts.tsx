import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons';

/** When, where, who: a sign, the question in a word, the answer. Read top to bottom. Leaves out facts without an answer. */
export function KeyFacts({ items }: { items: { icon: IconName; term: string; value: ReactNode }[] }) {
  return (
    <dl className="grid gap-3.5">
      {items
        .filter((item) => item.value !== null && item.value !== undefined && item.value !== '')
        .map((item) => (
          <div key={item.term} className="relative min-h-11 pl-14">
            <dt className="text-sm text-muted">
              <span className="absolute top-0.5 left-0 grid size-11 place-items-center rounded-full bg-field-tint text-field">
                <Icon name={item.icon} className="size-6" />
              </span>
              {item.term}
            </dt>
            <dd className="font-bold">{item.value}</dd>
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
