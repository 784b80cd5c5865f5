import { useTranslations } from 'next-intl';
import { useIndicatorNumbers } from '@/components/indicator/numbers';
import { addressWith, type Address } from '@/components/ui/address';
import { Card } from '@/components/ui/card';
import { StatusPill } from '@/components/ui/pill';
import { furthestBehind, hidesWhoCame, judged, placesToGoFirst, unjudged } from '@/lib/figure/rules';
import type { Dashboard } from '@/lib/figure/schema';
import { Link } from '@/lib/i18n/navigation';
import { useFigureWords } from './words';

/** The two answers a leader comes for: are we on target, and where do we go next. */
export function Verdict({ dashboard, address }: { dashboard: Dashboard; address: Address }) {
  return (
    <div className="grid gap-4 lg:grid-cols-2 print:grid-cols-2">
      <OnTarget dashboard={dashboard} />
      <WhereNext dashboard={dashboard} address={address} />
    </div>
  );
}

function OnTarget({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations('dashboard.verdict');
  const { name, shown } = useIndicatorNumbers();
  const rows = judged(dashboard.standings);
  const behind = rows.filter((row) => !row.ahead);
  const worst = furthestBehind(rows);
  return (
    <Card as="section">
      <h2 className="text-lg font-bold">{t('target')}</h2>
      {rows.length === 0 ? (
        dashboard.standings.length > 0 ? null : (
          <p className="mt-2">{t('noTarget')}</p>
        )
      ) : (
        <>
          <p className="mt-2">
            <StatusPill tone={behind.length > 0 ? 'warn' : 'good'}>
              {behind.length > 0
                ? t('behind', { count: behind.length, all: rows.length })
                : t('ahead', { all: rows.length })}
            </StatusPill>
          </p>
          {worst ? (
            <p className="mt-2 text-pretty">
              {t('worst', {
                name: name(worst.row),
                actual: shown(worst.actual, worst.row.shownAs),
                aim: shown(worst.row.target?.value ?? null, worst.row.shownAs),
                pace: shown(worst.row.pace, worst.row.shownAs),
              })}
              {worst.row.sessions ? ` ${t('needed', { count: worst.row.sessions })}` : ''}
            </p>
          ) : null}
        </>
      )}
      <NotJudged dashboard={dashboard} />
    </Card>
  );
}

/** Targets that are neither met nor missed as far as anybody can say: named, with the reason, so that no verdict reads as one of all. */
function NotJudged({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations('dashboard.verdict');
  const { name } = useIndicatorNumbers();
  const rows = unjudged(dashboard.standings);
  if (rows.length === 0) return null;
  return (
    <div className="mt-2 text-sm text-muted">
      <p>{t('unjudged')}</p>
      <ul className="list-disc pl-5">
        {rows.map(({ row, why }) => (
          <li key={row.code}>{t(`unjudgedWhy.${why}`, { name: name(row) })}</li>
        ))}
      </ul>
    </div>
  );
}

function WhereNext({ dashboard, address }: { dashboard: Dashboard; address: Address }) {
  const t = useTranslations('dashboard.verdict');
  const { name, number } = useFigureWords();
  const first = placesToGoFirst(dashboard.places);
  if (dashboard.places.length === 0) return null;
  return (
    <Card as="section">
      <h2 className="text-lg font-bold">{t('where', { kind: dashboard.placeKind })}</h2>
      {first.length === 0 ? (
        <p className="mt-2">{t('whereUnknown')}</p>
      ) : (
        <ol className="mt-1">
          {first.map((place, index) => (
            <li key={place.id} className="flex flex-wrap items-center gap-x-2">
              <span className="font-bold">{index + 1}.</span>
              <Link
                href={addressWith(address, { area: String(place.id), sort: undefined })}
                prefetch={false}
                className="link inline-flex min-h-target items-center font-bold"
              >
                {name(place)}
              </Link>
              <span>
                {place.unreached !== null
                  ? t('left', { count: number(place.unreached) ?? '', living: number(place.older) ?? '' })
                  : t('lives', { living: number(place.older) ?? '', count: place.held?.value ?? 0 })}
              </span>
            </li>
          ))}
        </ol>
      )}
      {first.length > 0 ? (
        <p className="mt-2 text-sm text-muted">
          {t('order')} {hidesWhoCame(dashboard.places) ? t('orderHidden') : null}
        </p>
      ) : null}
    </Card>
  );
}
