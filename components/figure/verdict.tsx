import { useTranslations } from 'next-intl';
import { useIndicatorNumbers } from '@/components/indicator/numbers';
import { addressWith, type Address } from '@/components/ui/address';
import { Card } from '@/components/ui/card';
import { StatusPill } from '@/components/ui/pill';
import {
  furthestBehind,
  headlines,
  hidesWhoCame,
  judged,
  placesToGoFirst,
  unjudged,
  type Judged,
} from '@/lib/figure/rules';
import type { Dashboard } from '@/lib/figure/schema';
import { Link } from '@/lib/i18n/navigation';
import { periodAround } from '@/lib/period/rules';
import type { Standing } from '@/lib/target/schema';
import { useSessionsNeeded } from './sessions-needed';
import { headlineKey, useFigureWords } from './words';

/** The two answers a leader comes for: are we on target, and where do we go next. */
export function Verdict({ dashboard, address }: { dashboard: Dashboard; address: Address }) {
  return (
    <div className="grid gap-4 lg:grid-cols-2 print:grid-cols-2">
      <OnTarget dashboard={dashboard} address={address} />
      <WhereNext dashboard={dashboard} address={address} />
    </div>
  );
}

/** A target by the name its figure has on this page; one that is no headline by the name in the registry. */
function useTargetName({ coreSkills: skills }: Dashboard) {
  const f = useTranslations('figures');
  const { name } = useIndicatorNumbers();
  return (row: Standing) => {
    const headline = headlines.find(({ code }) => code === row.code);
    return headline ? f(`${headlineKey(headline)}.name`, { skills }) : name(row);
  };
}

/** Targets are set for years above all: whoever looks at a month is led to its year. */
function NoTarget({ dashboard: { period }, address }: { dashboard: Dashboard; address: Address }) {
  const t = useTranslations('dashboard.verdict');
  const { period: words } = useFigureWords();
  const year = periodAround(period.from, period.calendar, 'year');
  return (
    <p className="mt-2">
      {t('noTarget')}{' '}
      {period.grain === 'year' ? null : (
        <Link
          href={addressWith(address, { period: year.key, with: undefined })}
          prefetch={false}
          className="link inline-flex min-h-target items-center print:hidden"
        >
          {t('ofYear', { year: words(year) })}
        </Link>
      )}
    </p>
  );
}

function OnTarget({ dashboard, address }: { dashboard: Dashboard; address: Address }) {
  const t = useTranslations('dashboard.verdict');
  const { shown } = useIndicatorNumbers();
  const name = useTargetName(dashboard);
  const rows = judged(dashboard.standings);
  const behind = rows.filter((row) => !row.ahead);
  const worst = furthestBehind(rows);
  return (
    <Card as="section">
      <h2 className="text-lg font-bold">{t('target')}</h2>
      {rows.length === 0 ? (
        dashboard.standings.length > 0 ? null : (
          <NoTarget dashboard={dashboard} address={address} />
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
            </p>
          ) : null}
        </>
      )}
      <EachTarget dashboard={dashboard} behind={behind} />
    </Card>
  );
}

/** What the furthest behind takes, what else is behind and what nobody can say: folded on a phone, so that where to go next is near the top. */
function EachTarget({ dashboard, behind }: { dashboard: Dashboard; behind: readonly Judged[] }) {
  const t = useTranslations('dashboard.verdict');
  const { shown } = useIndicatorNumbers();
  const name = useTargetName(dashboard);
  const needed = useSessionsNeeded(dashboard.period, dashboard.freshAt);
  const worst = furthestBehind(behind);
  const others = behind.filter(({ row }) => row !== worst?.row);
  if (!worst?.row.sessions && others.length === 0 && unjudged(dashboard.standings).length === 0) return null;
  return (
    <details className="fold mt-1">
      <summary className="link inline-flex min-h-target items-center">{t('each')}</summary>
      <div className="fold-inside grid gap-2">
        {worst?.row.sessions ? <p className="text-pretty">{needed(worst.row)}.</p> : null}
        {others.length > 0 ? (
          <p className="text-pretty">
            {t('alsoBehind', {
              names: others
                .map(({ row, actual }) =>
                  t('oneBehind', {
                    name: name(row),
                    actual: shown(actual, row.shownAs),
                    pace: shown(row.pace, row.shownAs),
                  }),
                )
                .join('; '),
            })}
          </p>
        ) : null}
        <NotJudged dashboard={dashboard} />
      </div>
    </details>
  );
}

/** Targets that are neither met nor missed as far as anybody can say: named, with the reason, so that no verdict reads as one of all. */
function NotJudged({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations('dashboard.verdict');
  const { name } = useIndicatorNumbers();
  const rows = unjudged(dashboard.standings);
  if (rows.length === 0) return null;
  return (
    <div className="text-sm text-muted">
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
