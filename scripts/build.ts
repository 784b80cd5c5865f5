import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const stampFile = '.next/portal-stamp';
const sources = [
  'app',
  'components',
  'lib',
  'db',
  'messages',
  'public',
  'next.config.ts',
  'tsconfig.json',
  'postcss.config.mjs',
  'package-lock.json',
];

function filesUnder(place: string): string[] {
  const found = fs.statSync(place, { throwIfNoEntry: false });
  if (!found) return [];
  if (found.isFile()) return [place];
  return fs
    .readdirSync(place)
    .toSorted()
    .flatMap((entry) => filesUnder(path.join(place, entry)));
}

/** What a build is made from, as one short word. */
function sourceStamp(): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesUnder)) hash.update(file).update('\0').update(fs.readFileSync(file));
  return hash.digest('hex');
}

/** Builds the pages unless the build at hand was made from these very sources. Throws with Next's words when it fails. */
export function buildIfNeeded(announce: () => void = () => undefined): void {
  const stamp = sourceStamp();
  const known = fs.existsSync('.next/BUILD_ID') && fs.existsSync(stampFile) ? fs.readFileSync(stampFile, 'utf8') : '';
  if (known === stamp) return;
  announce();
  fs.rmSync(stampFile, { force: true });
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  const done = spawnSync(process.execPath, ['node_modules/next/dist/bin/next', 'build'], { encoding: 'utf8', env });
  if (done.status !== 0) throw new Error(`next build:\n${done.stdout}\n${done.stderr}`);
  fs.writeFileSync(stampFile, stamp);
}
