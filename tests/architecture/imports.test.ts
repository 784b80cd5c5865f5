import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// A small project that keeps the law, into which one breach at a time is planted.
const lawful = {
  'db/client.ts': 'export const connect = 1;',
  'db/schema/area.ts': 'export const area = 1;',
  'lib/kernel/clock.ts': 'export const now = 1;',
  'lib/access/doors.ts': "import { connect } from '../../db/client';\nexport const read = connect;",
  'lib/access/scoped.ts': 'export type Tx = number;',
  'lib/area/schema.ts': "import { now } from '@/lib/kernel/clock';\nexport const shape = now;",
  'lib/area/queries.ts':
    "import { area } from '@/db/schema/area';\nimport type { Tx } from '@/lib/access/scoped';\nexport const all = (tx: Tx) => [tx, area];",
  'lib/person/queries.ts': "import { all } from '@/lib/area/queries';\nexport const people = all;",
  'components/area/list.tsx': "import { shape } from '@/lib/area/schema';\nexport const List = () => shape;",
  'components/ui/button.tsx': 'export const Button = () => null;',
  'app/page.tsx':
    "import { read } from '@/lib/access/doors';\nimport { people } from '@/lib/person/queries';\nexport default [read, people];",
};

const breaches: [what: string, file: string, line: string, rule: string][] = [
  ['a page reads the database', 'app/page.tsx', "import '@/db/schema/area';", 'app-never-db'],
  [
    'a page takes a connection by a relative path',
    'app/page.tsx',
    "import '../db/client';",
    'one-holder-of-connections',
  ],
  ['a component fetches', 'components/area/list.tsx', "import '@/lib/area/queries';", 'components-only-show'],
  [
    'a component fetches by a relative path',
    'components/area/list.tsx',
    "import '../../lib/area/queries';",
    'components-only-show',
  ],
  [
    'a component holds types of the database',
    'components/area/list.tsx',
    "import type { area } from '../../db/schema/area';\nexport type A = typeof area;",
    'components-only-show',
  ],
  ['two nouns need each other', 'lib/area/rules.ts', "import '../person/queries';", 'no-circles-of-nouns'],
  ['two files need each other', 'lib/area/queries.ts', "import '../person/queries';", 'no-circles'],
  ['a noun holds a connection', 'lib/person/queries.ts', "import '../../db/client';", 'one-holder-of-connections'],
  [
    'a noun opens a door',
    'lib/person/queries.ts',
    "import { read } from '@/lib/access/doors';\nexport const r = read;",
    'nouns-never-open-a-door',
  ],
  ['the kernel knows a noun', 'lib/kernel/clock.ts', "import '../area/schema';", 'kernel-alone'],
  ['the database knows a noun', 'db/schema/area.ts', "import '../../lib/area/schema';", 'db-alone'],
  ['access knows a noun', 'lib/access/doors.ts', "import '../area/queries';", 'access-only-database-and-kernel'],
  ['sign-in happens elsewhere', 'app/page.tsx', "import 'next-auth';", 'sign-in-library-in-access-only'],
  ['a page talks to Postgres by itself', 'app/page.tsx', "import 'postgres';", 'no-driver-elsewhere'],
  [
    'a shape for the browser brings queries',
    'lib/area/schema.ts',
    "import '../person/queries';",
    'schema-is-for-everyone',
  ],
];

const home = path.resolve(import.meta.dirname, '../..');
const place = fs.mkdtempSync(path.join(os.tmpdir(), 'cam-tay-law-'));

function write(files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.join(place, path.dirname(file)), { recursive: true });
    fs.writeFileSync(path.join(place, file), text);
  }
}

function brokenRules(): string[] {
  const cruiser = path.join(home, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [
    cruiser,
    '--config',
    path.join(home, '.dependency-cruiser.cjs'),
    '-T',
    'json',
    'app',
    'components',
    'lib',
    'db',
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: place, encoding: 'utf8', maxBuffer: 50_000_000 });
  if (!stdout) throw new Error(stderr);
  const found: { summary: { violations: { rule: { name: string } }[] } } = JSON.parse(stdout);
  return [...new Set(found.summary.violations.map(({ rule }) => rule.name))];
}

beforeAll(() => {
  fs.symlinkSync(path.join(home, 'node_modules'), path.join(place, 'node_modules'));
  write({
    'tsconfig.json': JSON.stringify({
      compilerOptions: { paths: { '@/*': ['./*'] }, jsx: 'react-jsx', moduleResolution: 'bundler', module: 'esnext' },
    }),
  });
});
afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

describe('the import law', () => {
  it('lets lawful imports be', () => {
    write(lawful);
    expect(brokenRules()).toEqual([]);
  });

  it.each(breaches)('is seen to be broken when %s', (_what, file, line, rule) => {
    const before = Object.entries(lawful).find(([name]) => name === file)?.[1] ?? '';
    write({ ...lawful, 'lib/area/commands.ts': 'export const rename = 1;', [file]: `${line}\n${before}` });
    try {
      expect(brokenRules()).toContain(rule);
    } finally {
      fs.rmSync(path.join(place, file), { force: true });
    }
  });
});
