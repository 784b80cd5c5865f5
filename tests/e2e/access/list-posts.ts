import { randomBytes, randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import type { ActionRow } from './action-row';
import type { Named } from './matrix';
import type { Fields, SentFile } from './portal';
import type { Scene } from './scene';

const sheet = (): SentFile => ({
  name: 'danh sách.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from('Họ và tên;Ngày ký đồng ý;Bản lời đồng ý\nTrần Thị Thử;02/03/2026;1\n'),
});

/** The forms of importing, exporting and stopping one's own work. */
export const listRows: Record<string, ActionRow> = {
  '/manage/import#upload': {
    may: 'declared.write',
    page: () => '/manage/import',
    fields: () => ({ kind: 'residents', language: 'vi', sheet: sheet() }),
    acrossUnits: true, // names nothing of a unit
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/import#write': {
    may: 'declared.write',
    page: ({ jobId }) => `/manage/jobs/${jobId}`,
    fields: ({ jobId }) => ({ checkId: jobId, which: 'good', language: 'vi' }),
    works: { as: 'tochuc.minhhoa', fields: async (own, sql) => (await aCheck(sql, own)).fields },
  },
  '/manage/jobs#stop': {
    may: 'signedIn',
    page: ({ jobId }) => `/manage/jobs/${jobId}`,
    fields: ({ jobId }) => ({ jobId }),
    works: { as: 'tochuc.dongthuan', fields: async (own, sql) => (await aRunningJob(sql, own)).fields },
  },
  '/dashboard/export#takePlaces': {
    may: 'figures.read',
    page: ({ unit }) => `/dashboard/export?area=${unit}&period=k2026`,
    fields: ({ unit }) => ({ area: unit, period: 'k2026', format: 'xlsx', language: 'vi' }),
    works: { as: 'lanhdao.dongthuan' },
  },
  '/manage/exports#take': {
    may: 'roster.read',
    page: () => '/manage/exports',
    fields: ({ classId }) => ({ what: 'roster', classId, format: 'xlsx', reason: 'In giấy mời', language: 'vi' }),
    works: { as: 'daisu.minhhoa' },
  },
  '/admin/figures#check': {
    may: 'area.manage',
    page: () => '/admin/figures',
    fields: () => ({ language: 'vi' }),
    acrossUnits: true,
    works: { as: 'admin' },
  },
};

/** A check that ended well, like the one the demo world holds. */
async function aCheck(sql: Sql, { jobId }: Named): Promise<{ page: string; fields: Fields }> {
  const id = randomUUID();
  await sql`
    insert into job (id, kind, account_id, area_id, language, input, file, file_name, state, progress, total, result, kept_until, finished_at)
    select ${id}, kind, account_id, area_id, language, input, file, file_name, state, progress, total, result, now() + interval '1 day', now()
    from job where id = ${jobId}`;
  return { page: `/manage/jobs/${id}`, fields: { checkId: id, which: 'good', language: 'vi' } };
}

/**
 * Work under way that ends only when it is stopped: somebody's lease that runs for an hour. The one that is there already serves
 * again, since an account may have five open.
 */
export async function aRunningJob(sql: Sql, { jobId }: Named): Promise<{ page: string; fields: Fields }> {
  const [there] = await sql<{ id: string }[]>`
    select j.id from job j where j.kind = 'export' and j.state = 'running' and j.total = 1000
    and j.account_id = (select account_id from job where id = ${jobId}) limit 1`;
  if (there) return { page: `/manage/jobs/${there.id}`, fields: { jobId: there.id } };
  const id = randomUUID();
  await sql`
    insert into job (id, kind, account_id, area_id, language, state, progress, total, token_hash, lease_until, attempts)
    select ${id}, 'export', account_id, area_id, language, 'running', 300, 1000, ${randomBytes(32)}, now() + interval '1 hour', 1
    from job where id = ${jobId}`;
  return { page: `/manage/jobs/${id}`, fields: { jobId: id } };
}

/** The scenes of those forms that are shown only at a moment. */
export async function listScenes(sql: Sql, own: Named): Promise<Record<string, Scene>> {
  const running = await aRunningJob(sql, own);
  return {
    '/manage/import#write': { anew: () => aCheck(sql, own) },
    '/manage/jobs#stop': {
      named: { jobId: String(running.fields.jobId) },
      page: running.page,
      anew: () => aRunningJob(sql, own),
    },
  };
}
