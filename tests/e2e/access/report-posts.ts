import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import type { ActionRow } from './action-row';
import type { Named } from './matrix';

type State = 'draft' | 'submitted' | 'approved' | 'locked';
const steps: readonly (readonly [string | null, State])[] = [
  [null, 'draft'],
  ['draft', 'submitted'],
  ['submitted', 'approved'],
  ['approved', 'locked'],
];

/** A report of an area of some month long ago that has none, brought as far as a state by nobody. */
export async function plantReport(sql: Sql, areaId: number, state: State): Promise<string> {
  const id = randomUUID();
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(1901)`; // forms are tried several at a time, and each looks for a month of its own
    await tx`
      insert into report (id, area_id, period, closes_on)
      select ${id}, ${areaId}, period, closes_on from (
        select to_char(m, '"k"yyyy-mm') as period, (m + interval '14 days')::date as closes_on
        from generate_series('2001-01-01'::timestamp, '2019-12-01', '1 month') m) months
      where not exists (select from report r where r.area_id = ${areaId} and r.period = months.period) order by period limit 1`;
  });
  await sql`insert into report_remark (report_id, area_id, obstacles) values (${id}, ${areaId}, 'Mất sóng buổi tối')`;
  for (const [from, to] of steps.slice(0, steps.findIndex(([, one]) => one === state) + 1))
    await sql`insert into report_step (report_id, area_id, from_state, to_state, content)
      values (${id}, ${areaId}, ${from}, ${to}, ${to === 'submitted' ? sql.json({ number: '', obstacles: '', proposals: '', below: [] }) : null})`;
  return id;
}

const planted = (state: State, more: object = {}) => ({
  as: 'lanhdao.tinh',
  fields: async ({ unit }: Named, sql: Sql) => ({ report: await plantReport(sql, unit, state), ...more }),
});
const openPage = ({ openReportId }: Named) => `/dashboard/reports/${openReportId}`;

/** The forms of reports. Whose report it is decides who writes and signs it: whoever reads figures there may knock. */
export const reportRows: Record<string, ActionRow> = {
  '/dashboard/reports#begin': {
    may: 'figures.read',
    page: ({ unit }) => `/dashboard/reports?area=${unit}&period=k2020-01`,
    fields: ({ unit }) => ({ area: unit, period: 'k2020-01' }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/dashboard/reports#write': {
    may: 'figures.read',
    page: openPage,
    fields: ({ openReportId }) => ({
      report: openReportId,
      version: 2,
      number: '12',
      obstacles: 'Mất sóng buổi tối',
      proposals: 'Thêm người ngồi kèm',
    }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/dashboard/reports#sign': {
    may: 'figures.read',
    page: openPage,
    fields: ({ openReportId }) => ({ report: openReportId, version: 2 }),
    works: {
      as: 'lanhdao.minhhoa',
      fields: async ({ unit }, sql) => ({ report: await plantReport(sql, unit, 'draft'), version: 1 }),
    },
  },
  '/dashboard/reports#giveBack': {
    may: 'report.approve',
    page: openPage,
    fields: ({ openReportId }) => ({ report: openReportId, reason: 'Thiếu số của hai thôn' }),
    works: planted('submitted', { reason: 'Thiếu số của hai thôn' }),
  },
  '/dashboard/reports#approve': {
    may: 'report.approve',
    page: openPage,
    fields: ({ openReportId }) => ({ report: openReportId }),
    works: planted('submitted'),
  },
  '/dashboard/reports#lock': {
    may: 'report.approve',
    page: openPage,
    fields: ({ openReportId }) => ({ report: openReportId }),
    works: planted('approved'),
  },
  '/dashboard/reports#reopen': {
    may: 'report.approve',
    page: ({ reportId }) => `/dashboard/reports/${reportId}`,
    fields: ({ reportId }) => ({ report: reportId, reason: 'Sổ thôn 2 nộp muộn' }),
    works: planted('locked', { reason: 'Sổ thôn 2 nộp muộn' }),
  },
  '/dashboard/reports#setDue': {
    may: 'report.approve',
    page: ({ unit }) => `/dashboard/reports?area=${unit}`,
    fields: ({ unit }) => ({ area: unit, day: 22 }),
    works: { as: 'lanhdao.dongthuan' },
  },
};
