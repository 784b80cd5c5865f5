import type { Sql } from 'postgres';
import type { Named } from './matrix';
import { contextFor, type Fields } from './portal';
import { plantReport } from './report-posts';
import type { Scene } from './scene';

/** Forms of reports that their page shows only in a state and to whoever's turn it is. */
export async function reportScenes(sql: Sql, own: Named, baseURL: string): Promise<Record<string, Scene>> {
  const [organiser, leader, province] = [
    await contextFor(baseURL, 'tochuc.dongthuan'),
    await contextFor(baseURL, 'lanhdao.dongthuan'),
    await contextFor(baseURL, 'lanhdao.tinh'),
  ];
  const pageOf = (id: string) => `/dashboard/reports/${id}`;
  const of = async (state: Parameters<typeof plantReport>[2]) => plantReport(sql, own.unit, state);
  const fresh = (state: Parameters<typeof plantReport>[2], fields: Fields) => async () => {
    const id = await of(state);
    return { page: pageOf(id), fields: { report: id, ...fields } };
  };
  const [draft, toSign, submitted, approved, locked] = [
    await of('draft'),
    await of('draft'),
    await of('submitted'),
    await of('approved'),
    await of('locked'),
  ];
  const reports = '/dashboard/reports';
  return {
    [`${reports}#begin`]: { as: organiser, page: `${reports}?area=${own.unit}&period=k2020-02` },
    [`${reports}#write`]: {
      as: organiser,
      named: { openReportId: draft },
      page: pageOf(draft),
      anew: fresh('draft', { version: 1, number: '', obstacles: 'Mất sóng', proposals: '' }),
    },
    [`${reports}#sign`]: { as: leader, named: { openReportId: toSign }, page: pageOf(toSign) },
    [`${reports}#giveBack`]: {
      as: province,
      named: { openReportId: submitted },
      page: pageOf(submitted),
      anew: fresh('submitted', { reason: 'Thiếu số' }),
    },
    [`${reports}#approve`]: { as: province, named: { openReportId: submitted }, page: pageOf(submitted) },
    [`${reports}#lock`]: { as: province, named: { openReportId: approved }, page: pageOf(approved) },
    [`${reports}#reopen`]: {
      as: province,
      named: { reportId: locked },
      page: pageOf(locked),
      anew: fresh('locked', { reason: 'Nhập sót' }),
    },
    [`${reports}#setDue`]: { as: leader },
  };
}
