import { asSystem, openScoped, type Caller, type ScopedTx } from '../../lib/access/scoped';
import type { Role } from '../../db/capabilities';
import { checkList, writeList } from '../../lib/import/commands';
import { importHandlers } from '../../lib/import/jobs';
import { cellProblem, checkResult, writeResult, type ImportKind } from '../../lib/import/schema';
import { jobResultPart, jobShown } from '../../lib/job/queries';
import { runNextJob } from '../../lib/job/worker';
import { isRefusal } from '../../lib/kernel/result';
import type { Cast, Place } from '../support/cast';

/** Acts as somebody of the cast who signed in. */
export async function as<R>(
  cast: Cast,
  work: (tx: ScopedTx, caller: Caller) => Promise<R>,
  { role = 'organiser', place = cast.here }: { role?: Role; place?: Place } = {},
): Promise<R> {
  return openScoped('read write', 'camtay_app', await cast.token(role, place), async (tx) => {
    const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
    if (!row?.caller) throw new Error('nobody signed in');
    return work(tx, row.caller);
  });
}

const done = async (cast: Cast, id: string) => {
  while (await runNextJob(importHandlers));
  const shown = await as(cast, (tx) => jobShown(tx, id));
  if (!shown) throw new Error('the job is its owner’s to see');
  return shown;
};

/** Sends a list to be checked and waits for what comes of it. */
export async function checked(cast: Cast, kind: ImportKind, sheet: string | Buffer, name = 'danh sách.csv') {
  const left = await as(cast, (tx, caller) => checkList(tx, caller, 'vi', { kind, bytes: Buffer.from(sheet), name }));
  if (isRefusal(left)) throw new Error(left.refused);
  const { state, reason, result } = await done(cast, left.id);
  const parts = await as(cast, (tx) => jobResultPart(tx, left.id, { list: 'cells', from: 0, most: 20_000 }));
  const cells = parts.map((part) => cellProblem.parse(part));
  return { id: left.id, state, reason, cells, found: state === 'done' ? checkResult.parse(result) : null };
}

/** Sends a checked list to be written and waits for what comes of it. */
export async function written(cast: Cast, checkId: string, which: 'all' | 'good', warned = false) {
  const left = await as(cast, (tx, caller) => writeList(tx, caller, 'vi', { checkId, which, warned }));
  if (isRefusal(left)) return { state: 'refused', reason: left.refused, wrote: null };
  const { state, reason, result } = await done(cast, left.id);
  return { state, reason, wrote: state === 'done' ? writeResult.parse(result) : null };
}

export const peopleNamed = (pattern: string) =>
  asSystem('test: who was written', async (tx) => (await tx`select from person where full_name like ${pattern}`).count);

export const headings =
  'Họ và tên;Năm sinh;Giới tính;Điện thoại;Điện thoại của ai;Thôn, bản, tổ dân phố;Ngày ký đồng ý;Bản lời đồng ý';
