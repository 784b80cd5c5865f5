import { useTranslations } from 'next-intl';
import { Disclosure } from '@/components/ui/disclosure';
import { Written } from '@/components/ui/written';
import type { WorkToday } from '@/lib/helpercard/schema';

/** Which teams are where today: by unit, then by place; opened without JavaScript. */
export function WorkTodayList({ rows }: { rows: readonly WorkToday[] }) {
  const t = useTranslations('helperCard.today');
  const units = [...new Set(rows.map(({ unitId }) => unitId))].map((id) => rows.filter(({ unitId }) => unitId === id));
  return (
    <section aria-labelledby="today" className="grid gap-4">
      <h2 id="today" className="text-2xl">
        {t('heading')}
      </h2>
      <p className="max-w-prose">{t(rows.length === 0 ? 'none' : 'lead')}</p>
      {units.map((ofUnit) => (
        <Disclosure
          key={ofUnit[0]?.unitId}
          summary={
            <>
              {ofUnit[0]?.unit} <span className="font-normal text-muted">({t('count', { count: ofUnit.length })})</span>
            </>
          }
        >
          <ul className="grid gap-4">
            {ofUnit.map((row, at) => (
              <li key={at}>
                <p className="font-bold">
                  {t(row.kind)} · <Written>{row.name}</Written>
                </p>
                <Place row={row} />
                <p>{t('hours', { from: row.startsAt, to: row.endsAt })}</p>
              </li>
            ))}
          </ul>
        </Disclosure>
      ))}
    </section>
  );
}

function Place({ row: { venue, address, place } }: { row: WorkToday }) {
  const written = [...new Set([venue, address])].filter((words) => words && words !== place).join(', ');
  return (
    <p>
      {written ? <Written>{`${written}, `}</Written> : null}
      {place}
    </p>
  );
}
