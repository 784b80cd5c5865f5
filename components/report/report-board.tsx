import { useLocale, useTranslations } from 'next-intl';
import type { FormAction } from '@/components/account/use-form';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/inputs';
import { Notice } from '@/components/ui/notice';
import type { PlaceChoice } from '@/lib/area/schema';
import { formatDate } from '@/lib/i18n/format';
import { getPathname, Link } from '@/lib/i18n/navigation';
import type { Period } from '@/lib/period/schema';
import { periodDays, periodWords } from '@/lib/report/rules';
import type { ReportLine } from '@/lib/report/schema';
import { BeginForm, DueForm } from './report-forms';
import { ReportList } from './report-list';

export interface Board {
  areas: readonly PlaceChoice[];
  areaId: number;
  period: Period;
  periods: readonly Period[];
  lines: readonly ReportLine[];
  toBegin: readonly PlaceChoice[];
  late: readonly { period: Period; count: number }[];
  due: { day: number; maySet: boolean };
}

/** The reports of one period: which, how far, whose turn; and the forms of whoever may begin one or set the day they are due. */
export function ReportBoard({
  path,
  board,
  begin,
  setDue,
}: {
  path: string;
  board: Board;
  begin: FormAction;
  setDue?: FormAction;
}) {
  const t = useTranslations('reports');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const { areaId, period, lines, toBegin, due } = board;
  const words = periodWords(locale, period);
  const own = lines.find((line) => line.own);
  const at = (key: string) => `${path}?${new URLSearchParams({ area: String(areaId), period: key })}`;
  const count = (is: (line: ReportLine) => boolean) => lines.filter(is).length;
  return (
    <>
      <PeriodForm path={path} board={board} />
      <section className="grid grid-cols-1 gap-3">
        <h2 className="text-xl">{t('list', { period: words })}</h2>
        <p className="max-w-prose text-muted">
          {t('days', { days: periodDays(locale, period), due: formatDate(locale, own?.dueOn ?? period.to) })}{' '}
          {lines.length > 1
            ? t('summary', {
                overdue: count(({ overdue }) => overdue),
                waiting: count(({ state }) => state === 'submitted'),
                done: count(({ state }) => state === 'approved' || state === 'locked'),
                total: lines.length,
              })
            : null}
        </p>
        {toBegin.length > 0 ? (
          <BeginForm
            fold={{ summary: t('begin.title', { period: words }), open: own?.reportId === null }}
            action={begin}
            period={period.key}
            areas={toBegin.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
        ) : null}
        <ReportList lines={lines} caption={t('list', { period: words })} />
      </section>
      {board.late.length > 0 ? (
        <Notice
          tone="warn"
          title={t('late', { count: board.late.reduce((sum, one) => sum + one.count, 0), months: board.late.length })}
        >
          <ul className="flex flex-wrap gap-x-5">
            {board.late.map((one) => (
              <li key={one.period.key}>
                <Link href={at(one.period.key)} prefetch={false} className="link inline-flex min-h-target items-center">
                  {t('lateIn', { count: one.count, period: periodWords(locale, one.period) })}
                </Link>
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {setDue && due.maySet ? (
        <DueForm fold={{ summary: t('due.title', { day: due.day }) }} action={setDue} area={areaId} day={due.day} />
      ) : null}
    </>
  );
}

/** Chooses period and place by the address, so that it works without JavaScript and can be passed on. */
function PeriodForm({ path, board: { areas, areaId, period, periods } }: { path: string; board: Board }) {
  const t = useTranslations('reports');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const choices = (grain: Period['grain']) =>
    periods.filter((one) => one.grain === grain).map((one) => ({ value: one.key, label: periodWords(locale, one) }));
  return (
    <form
      method="get"
      aria-label={t('filters')}
      action={getPathname({ href: path, locale })}
      className="flex flex-wrap items-end gap-3"
    >
      <div className="min-w-0 grow sm:max-w-64">
        <Select
          name="period"
          label={t('choosePeriod')}
          defaultValue={period.key}
          choices={[
            { label: t('months'), choices: choices('month') },
            { label: t('quarters'), choices: choices('quarter') },
            { label: t('years'), choices: choices('year') },
          ]}
        />
      </div>
      {areas.length > 1 ? (
        <div className="min-w-0 grow sm:max-w-72">
          <Select
            name="area"
            label={t('chooseArea')}
            defaultValue={String(areaId)}
            choices={areas.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
        </div>
      ) : (
        <input type="hidden" name="area" value={areaId} />
      )}
      <Button type="submit" variant="secondary">
        {t('show')}
      </Button>
    </form>
  );
}
