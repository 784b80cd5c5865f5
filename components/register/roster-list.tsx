import { useTranslations } from 'next-intl';
import type { SheetPerson } from '@/lib/register/schema';
import { PersonHint } from './person-row';

/** The roll to read, for those who do not record here. */
export function RosterList({ people }: { people: readonly SheetPerson[] }) {
  const t = useTranslations('register');
  return (
    <ul
      aria-label={t('roll')}
      className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface"
    >
      {people.map((person) => (
        <li key={person.id} className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 py-2">
          <span>
            <b>{person.fullName}</b>
            <PersonHint person={person} among={people} />
          </span>
          <span>
            {person.minutesLate ? t('lateBy', { count: person.minutesLate }) : t(`state.${person.state ?? 'none'}`)}
          </span>
        </li>
      ))}
    </ul>
  );
}
