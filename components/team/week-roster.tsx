import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { formatDate, formatNumber, formatTimeRange, formatWeekday } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { phoneForReading } from '@/lib/kernel/phone';
import { hoursOf } from '@/lib/team/rules';
import type { MemberLine, RosterAway, RosterTask } from '@/lib/team/schema';

const week = [0, 1, 2, 3, 4, 5, 6] as const;

/** Tasks at one time and place together: who is there. */
function together(tasks: readonly RosterTask[]): RosterTask[][] {
  const groups = new Map<string, RosterTask[]>();
  for (const task of tasks) {
    const key = `${task.kind}|${task.what}|${task.place}|${task.startsAt.getTime()}|${task.endsAt.getTime()}`;
    groups.set(key, [...(groups.get(key) ?? []), task]);
  }
  return [...groups.values()];
}

/** Somebody is expected at two things at one time. */
const clashes = (task: RosterTask, tasks: readonly RosterTask[]) =>
  tasks.some(
    (other) =>
      other.memberId === task.memberId &&
      other.id !== task.id &&
      other.startsAt < task.endsAt &&
      task.startsAt < other.endsAt,
  );

/** A team's week, day by day: what, when, where and who; and who is away. Seven columns on paper and wide screens. */
export function WeekRoster({
  monday,
  tasks,
  away,
  locale,
}: {
  monday: string;
  tasks: readonly RosterTask[];
  away: readonly RosterAway[];
  locale: Locale;
}) {
  const t = useTranslations('duty.roster');
  return (
    <ol className="week-roster">
      {week.map((at) => {
        const day = addDays(monday, at);
        const gone = away.filter(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay);
        const groups = together(tasks.filter(({ startsAt }) => dayOf(startsAt) === day));
        return (
          <li key={day} className="week-day">
            <h2 className="week-day-head">
              {formatWeekday(locale, at + 1)} <span className="tabular-nums">{formatDate(locale, day)}</span>
            </h2>
            {groups.length === 0 ? <p className="text-muted">{t('nothing')}</p> : null}
            {groups.map((group) => (
              <Group key={group[0]?.id} group={group} tasks={tasks} gone={gone} locale={locale} />
            ))}
            {gone.length > 0 ? (
              <p className="text-warn">
                {t('away', { names: [...new Set(gone.map(({ fullName }) => fullName))].join(', ') })}
              </p>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}

function Group({
  group,
  tasks,
  gone,
  locale,
}: {
  group: readonly RosterTask[];
  tasks: readonly RosterTask[];
  gone: readonly RosterAway[];
  locale: Locale;
}) {
  const t = useTranslations('duty.roster');
  const role = useTranslations('teams.helperRole');
  const [first] = group;
  if (!first) return null;
  return (
    <div className="week-task">
      <p className="font-bold">
        <span className="tabular-nums">{formatTimeRange(locale, first.startsAt, first.endsAt)}</span>{' '}
        {first.kind === 'shift' ? t('shift', { desk: first.what }) : first.kind === 'round' ? t('round') : first.what}
      </p>
      <p className="text-muted">{first.place}</p>
      <ul>
        {group.map((task) => (
          <li key={task.id}>
            {task.fullName}
            {task.role ? `, ${role(task.role).toLocaleLowerCase(locale)}` : ''}
            {task.state === 'asked' ? <span className="text-warn"> ({t('asked')})</span> : null}
            {gone.some(({ memberId }) => memberId === task.memberId) ? (
              <b className="text-bad"> · {t('absentThen')}</b>
            ) : null}
            {clashes(task, tasks) ? <b className="text-bad"> · {t('clash')}</b> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Who does how much in the week, and how they are reached. */
export function WeekSummary({
  members,
  tasks,
  locale,
}: {
  members: readonly MemberLine[];
  tasks: readonly RosterTask[];
  locale: Locale;
}) {
  const t = useTranslations('duty.roster');
  const own = (id: string) => tasks.filter(({ memberId }) => memberId === id);
  const number = (value: number) => <span className="tabular-nums">{value > 0 ? value : '—'}</span>;
  const minutes = (id: string) =>
    own(id)
      .filter(({ state }) => state === 'yes')
      .reduce((sum, { startsAt, endsAt }) => sum + (endsAt.getTime() - startsAt.getTime()) / 60_000, 0);
  return (
    <DataTable
      caption={t('summary')}
      rows={members.filter(({ id, leftOn }) => leftOn === null || own(id).length > 0)}
      rowKey={({ id }) => id}
      empty={<p>{t('none')}</p>}
      columns={[
        { key: 'name', header: t('name'), cell: (row) => row.fullName },
        {
          key: 'phone',
          header: t('phones'),
          cell: (row) => <span className="whitespace-nowrap">{row.phone ? phoneForReading(row.phone) : '—'}</span>,
        },
        {
          key: 'agreed',
          header: t('agreed'),
          align: 'end',
          cell: ({ id }) => number(own(id).filter((one) => one.kind === 'session' && one.state === 'yes').length),
        },
        {
          key: 'waiting',
          header: t('waiting'),
          align: 'end',
          cell: ({ id }) => number(own(id).filter(({ state }) => state === 'asked').length),
        },
        {
          key: 'shifts',
          header: t('shifts'),
          align: 'end',
          cell: ({ id }) => number(own(id).filter(({ kind }) => kind === 'shift').length),
        },
        {
          key: 'rounds',
          header: t('rounds'),
          align: 'end',
          cell: ({ id }) => number(own(id).filter(({ kind }) => kind === 'round').length),
        },
        {
          key: 'hours',
          header: t('hours'),
          align: 'end',
          cell: ({ id }) => (
            <span className="tabular-nums">
              {minutes(id) > 0 ? formatNumber(locale, hoursOf(minutes(id)), 1) : '—'}
            </span>
          ),
        },
      ]}
    />
  );
}
