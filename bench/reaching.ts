// `npm run bench reaching`: the long forms of the tests of reaching people, with what they say and how long they took. Each makes a database of its own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

/** As many as the bars name; the seeds are new ones, said by each, or given by the variables that follow each line it prints. */
const runs = [
  {
    title: '10 000 messages through a failing, slow and repeating gateway, senders killed, visits among them',
    file: 'tests/message/outbox.test.ts',
    env: { MESSAGES_LONG: '10000' },
    says: /^outbox: .*$/gm,
  },
  { title: 'Derived tasks over 2 000 random histories', file: 'tests/task/property.test.ts', env: {}, says: /a^/g },
  { title: 'Bands over 1 000 random villages', file: 'tests/unreached/bands.test.ts', env: {}, says: /a^/g },
] as const;

const told = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string(), duration: z.number().nullish() })),
    }),
  ),
});

const folder = mkdtempSync(path.join(os.tmpdir(), 'reaching-'));
const said = (command: string, args: readonly string[]) => spawnSync(command, args, { encoding: 'utf8' }).stdout.trim();
const parts = [
  '# reaching',
  `Taken ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC with \`npm run bench reaching\`.`,
  [
    `- ${os.cpus().length} cores (${os.cpus()[0]?.model ?? 'unknown'}), ${Math.round(os.totalmem() / 2 ** 30)} GB, Node ${process.version}, commit ${said('git', ['rev-parse', '--short', 'HEAD'])}`,
    `- load average when it began ${os
      .loadavg()
      .map((one) => one.toFixed(1))
      .join(', ')}: others' work on the machine is in the seconds, and nowhere else`,
  ].join('\n'),
];
let failed = false;
for (const [nth, { title, file, env, says }] of runs.entries()) {
  const outputFile = path.join(folder, `${nth}.json`);
  const done = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      file,
      '--disable-console-intercept',
      '--reporter=json',
      `--outputFile=${outputFile}`,
    ],
    { encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 1 << 28 },
  );
  const tests = told
    .parse(JSON.parse(readFileSync(outputFile, 'utf8')))
    .testResults.flatMap(({ assertionResults }) => assertionResults);
  failed ||= done.status !== 0;
  const rows = tests.map(
    ({ fullName, status, duration }) =>
      `| ${fullName.trim().replaceAll('|', '/')} | ${status} | ${((duration ?? 0) / 1000).toFixed(1)} |`,
  );
  const lines = (done.stdout.match(says) ?? []).map((line) => `- ${line}`);
  parts.push(
    `## ${title}`,
    `\`${file}\``,
    ['| what | | s |', '| --- | --- | --- |', ...rows].join('\n'),
    lines.join('\n'),
  );
}
writeFileSync('bench/results/reaching.md', `${parts.filter(Boolean).join('\n\n')}\n`);
console.log(`→ bench/results/reaching.md${failed ? ', with failures' : ''}`);
process.exitCode = failed ? 1 : 0;
