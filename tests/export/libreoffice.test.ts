import { execFile, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool } from '../../lib/access/scoped';
import { askExport } from '../../lib/export/commands';
import { exportHandlers } from '../../lib/export/jobs';
import { exportKinds, type ExportKind } from '../../lib/export/schema';
import { jobOutput } from '../../lib/job/queries';
import { runNextJob } from '../../lib/job/worker';
import { newId, newSlipCode } from '../../lib/kernel/id';
import { isRefusal } from '../../lib/kernel/result';
import { as } from '../import/scene';
import { payloads } from '../sheet/payloads';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

const run = promisify(execFile);
/** LibreOffice is no part of the project: where it is not installed this says so and is left out. */
const installed = spawnSync('soffice', ['--version'], { timeout: 60_000 }).status === 0;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cam-tay-office-'));
/** What XML cannot hold is gone, and the ends of lines are one kind: what a program shows of a payload. */
// oxlint-disable-next-line no-control-regex -- it is control characters that are looked for
const shown = (text: string) => text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');

let cast: Cast;
beforeAll(async () => {
  if (!installed) return;
  cast = await setTheScene((await testDatabase()).url);
  for (const [at, name] of payloads.entries()) {
    const id = newId();
    await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
      values (${id}, ${cast.here.villageId}, ${name}, ${String(at).padStart(3, '0')}, 'x', 1950)`;
    await cast.owner`insert into enrolment (id, class_id, area_id, person_id, status, code, channel, idempotency_key, signed_up_by)
      values (${newId()}, ${cast.here.classId}, ${cast.here.villageId}, ${id}, 'confirmed', ${newSlipCode()}, 'staff', ${newId()}, ${name})`;
    const operation = newId();
    await cast.owner`insert into register_operation (id, session_id, area_id, person_id, kind, content, content_hash, device_time, outcome)
      values (${operation}, ${cast.here.sessionIds[0]}, ${cast.here.villageId}, ${id}, 'mark', '{}', 'none', now(), 'applied')`;
    await cast.owner`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
      values (${cast.here.sessionIds[0]}, ${id}, ${cast.here.villageId}, 'present', false, now(), ${operation})`;
  }
});
afterAll(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  await closePool();
  await cast?.owner.end();
});

async function exported(what: ExportKind): Promise<string> {
  const asked = {
    what,
    classId: what === 'people' ? undefined : cast.here.classId,
    format: 'xlsx',
    reason: 'Thử',
    language: 'vi',
  } as const;
  const left = await as(cast, (tx, caller) => askExport(tx, caller, asked));
  if (isRefusal(left)) throw new Error(left.refused);
  await runNextJob(exportHandlers);
  const output = await as(cast, (tx) => jobOutput(tx, left.id));
  const file = path.join(folder, `${what}.xlsx`);
  fs.writeFileSync(file, output?.output ?? '');
  return file;
}

/** Opened and saved by LibreOffice without a window, with a profile of its own; what it said on the way. */
async function saved(file: string, format: string): Promise<{ text: Buffer; said: string }> {
  const out = fs.mkdtempSync(path.join(folder, 'out-'));
  const { stdout, stderr } = await run(
    'soffice',
    [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', format, '--outdir', out, file],
    { timeout: 120_000 },
  );
  const [name = ''] = fs.readdirSync(out);
  return { text: fs.readFileSync(path.join(out, name)), said: `${stdout}${stderr}` };
}

describe.skipIf(!installed)('an export opened in LibreOffice (left out where it is not installed)', () => {
  test.each(exportKinds)(
    'of %s holds every name as text, and no live formula, after it was saved again',
    async (what) => {
      const file = await exported(what);
      const again = await saved(file, 'xlsx');
      expect(again.said).not.toMatch(/repair|corrupt|error/i);
      const parts = unzipSync(again.text);
      const worksheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
      expect(worksheet).not.toMatch(/<f[\s>/]/);
      expect(Object.keys(parts).filter((name) => /external|connections|vba|macro/i.test(name))).toEqual([]);
      // Everything in quotes, every cell as it is shown: what is in them is what was put in.
      const csv = (
        await saved(file, 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1')
      ).text.toString('utf8');
      const cells = [...csv.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell.replaceAll('""', '"'));
      const there = new Set(cells.map(shown));
      expect(payloads.map(shown).filter((text) => !there.has(text))).toEqual([]);
    },
    240_000,
  );
});
