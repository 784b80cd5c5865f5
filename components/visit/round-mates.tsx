import { phoneForReading } from '@/lib/kernel/phone';

/** Who goes on a round, each with the number to ring where the reader may have it. */
export function RoundMates({ mates }: { mates: readonly { id: string; fullName: string; phone: string | null }[] }) {
  return (
    <ul>
      {mates.map(({ id, fullName, phone }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-4">
          <span>{fullName}</span>
          {phone ? (
            <a href={`tel:${phone}`} className="link inline-flex min-h-target items-center whitespace-nowrap">
              {phoneForReading(phone)}
              <span className="sr-only">: {fullName}</span>
            </a>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
