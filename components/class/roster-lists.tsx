import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { Link } from '@/lib/i18n/navigation';
import { phoneForReading } from '@/lib/kernel/phone';

export interface RosterLineView {
  id: string;
  personId: string;
  fullName: string;
  birthYear: number | null;
  village: string;
  status: 'confirmed' | 'offered' | 'waitlisted' | 'completed' | 'partial' | 'no_show' | 'class_cancelled';
  phone: string | null;
  phoneOfRelative: boolean;
  phoneHint: string | null;
  signedUpBy: string | null;
}

/** Who is in the class, or who waits and in which order. Numbers can be called where the wall let them through. */
export function RosterTable({
  classId,
  caption,
  people,
  waiting,
  over,
  mayReadPeople,
}: {
  classId: string;
  caption: string;
  people: readonly RosterLineView[];
  waiting?: boolean;
  /** Nobody can be moved or taken out any more. */
  over?: boolean;
  mayReadPeople: boolean;
}) {
  const t = useTranslations('manage');
  return (
    <DataTable
      caption={caption}
      rows={people.map((person, index) => ({ ...person, place: index + 1 }))}
      rowKey={(person) => person.id}
      columns={[
        {
          key: 'name',
          header: t('roster.name'),
          cell: (person) => (
            <span className="block min-w-36">
              {waiting ? <span className="mr-2 tabular-nums">{person.place}.</span> : null}
              {mayReadPeople ? (
                <Link href={`/manage/people/${person.personId}`} prefetch={false} className="link">
                  {person.fullName}
                </Link>
              ) : (
                person.fullName
              )}
            </span>
          ),
        },
        { key: 'born', header: t('roster.born'), cell: (person) => person.birthYear ?? '—' },
        {
          key: 'village',
          header: t('roster.village'),
          cell: (person) => <span className="block min-w-36">{person.village}</span>,
        },
        { key: 'phone', header: t('roster.phone'), cell: (person) => <Phone person={person} /> },
        {
          key: 'slip',
          header: t('roster.slip'),
          cell: (person) => (
            <Link
              href={`/manage/classes/${classId}/places/${person.id}`}
              prefetch={false}
              className="link inline-flex min-h-6 items-center whitespace-nowrap"
              aria-label={t('roster.openSlip', { name: person.fullName })}
            >
              {t(over ? 'roster.seeSlip' : 'roster.slipOrLeave')}
            </Link>
          ),
        },
      ]}
    />
  );
}

function Phone({ person }: { person: RosterLineView }) {
  const t = useTranslations('manage');
  if (!person.phone) return <span className="whitespace-nowrap">{person.phoneHint ?? t('roster.noPhone')}</span>;
  return (
    <span className="whitespace-nowrap">
      <a href={`tel:${person.phone}`} className="link">
        {phoneForReading(person.phone)}
      </a>
      {person.phoneOfRelative ? <span className="block text-sm text-muted">{t('roster.relative')}</span> : null}
    </span>
  );
}
