// Results as Markdown, with the machine they were taken on.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Section } from './measure';
import type { Stage } from './stage';

function said(command: string, args: readonly string[]): string {
  const done = spawnSync(command, args, { encoding: 'utf8', timeout: 20_000 });
  return (done.stdout || done.stderr || '').trim();
}

function versionOf(name: string): string {
  const { version }: { version: string } = JSON.parse(fs.readFileSync(`node_modules/${name}/package.json`, 'utf8'));
  return version;
}

async function machine(stage: Stage): Promise<string[]> {
  const [row] = await stage.sql<{ version: string }[]>`select current_setting('server_version') as version`;
  const load = os.loadavg().map((one) => one.toFixed(1));
  return [
    `- ${os.cpus().length} cores (${os.cpus()[0]?.model ?? 'unknown'}), ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.type()} ${os.release()}`,
    `- serving with Node ${said(stage.node, ['--version'])}; bench with ${process.version}; Postgres ${row?.version ?? '?'} (durable: fsync, full_page_writes, synchronous_commit on)`,
    `- next ${versionOf('next')}, react ${versionOf('react')}, postgres.js ${versionOf('postgres')}, autocannon ${versionOf('autocannon')}`,
    `- commit ${said('git', ['rev-parse', '--short', 'HEAD'])}; load average when it began ${load.join(', ')}: above the benches' own, others' work on the machine is noise in the figures`,
  ];
}

function table({ head, rows }: Section): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Writes bench/results/NAME.md and gives its path. */
export async function report(
  stage: Stage,
  name: string,
  began: readonly string[],
  sections: readonly Section[],
): Promise<string> {
  const parts = sections.map((section) =>
    [`## ${section.title}`, section.how, table(section), ...(section.said ?? []).map((line) => `- ${line}`)].join(
      '\n\n',
    ),
  );
  const file = path.join('bench/results', `${name}.md`);
  fs.mkdirSync('bench/results', { recursive: true });
  fs.writeFileSync(file, `# ${name}\n\n${began.join('\n')}\n\n${parts.join('\n\n')}\n`);
  return file;
}

export async function beginning(stage: Stage): Promise<string[]> {
  return [
    `Taken ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC with \`npm run bench\`.`,
    '',
    ...(await machine(stage)),
  ];
}
