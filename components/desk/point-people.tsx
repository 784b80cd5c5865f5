'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { TextInput } from '@/components/ui/inputs';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { fold } from '@/lib/kernel/text';
import type { PointPerson } from '@/lib/visit/rules';
import { useTaskWords } from '../task/words';

const shownAtOnce = 12;

/** Whom a point takes along, to look through and to name in what is logged: what is due with each, and the last three things. */
export function PointPeople({
  people,
  locale,
  choose,
}: {
  people: readonly PointPerson[];
  locale: Locale;
  choose: (person: PointPerson) => void;
}) {
  const t = useTranslations('desk.phone');
  const [typed, setTyped] = useState('');
  const words = fold(typed).split(' ').filter(Boolean);
  const found = people.filter(({ fullName }) => {
    const name = ` ${fold(fullName)}`;
    return words.every((word) => name.includes(` ${word}`));
  });
  return (
    <Disclosure summary={t('people', { count: people.length })}>
      <div className="grid grid-cols-1 gap-3">
        <TextInput
          name="among"
          id="among"
          label={t('among')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          maxLength={60}
          autoComplete="off"
        />
        <ul className="divide-y-[1.5px] divide-line border-y-[1.5px] border-line">
          {found.slice(0, shownAtOnce).map((person) => (
            <li key={person.id} className="grid gap-1 py-3">
              <PersonFacts person={person} locale={locale} />
              <Button variant="secondary" className="mt-1 justify-self-start" onClick={() => choose(person)}>
                {t('isThis')}
                <span className="sr-only">: {person.fullName}</span>
              </Button>
            </li>
          ))}
        </ul>
        <p role="status" className="text-sm text-muted">
          {found.length === 0 ? t('nobody') : found.length > shownAtOnce ? t('more', { count: found.length }) : null}
        </p>
      </div>
    </Disclosure>
  );
}

/** Somebody of a point's people: name, what is due, the last three things. */
export function PersonFacts({ person, locale }: { person: PointPerson; locale: Locale }) {
  const t = useTranslations('visits');
  const words = useTaskWords();
  return (
    <div className="min-w-0">
      <b>{person.fullName}</b>
      <span className="text-muted">
        {[person.birthYear === null ? '' : ` (${person.birthYear})`, ` · ${person.village}`].join('')}
      </span>
      {person.due.length > 0 ? (
        <p className="text-sm">{t('dueAtHome', { what: person.due.map(words).join(' · ') })}</p>
      ) : null}
      {person.events.map((event, at) => (
        <p key={at} className="text-sm text-muted">
          {formatDate(locale, event.at)}: {t(`events.${event.kind}`, { what: event.what })}
        </p>
      ))}
    </div>
  );
}
