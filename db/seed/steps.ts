import fs from 'node:fs';
import path from 'node:path';
import { insertMany, type SeedTx } from './connection';
import { cell, parseCsv } from './csv';

const words = ['name_vi', 'name_en', 'ask_vi', 'ask_en', 'next_vi', 'next_en', 'how_vi', 'how_en'] as const;

/** The project's own list of steps before skills. */
function readSteps(): string {
  return fs.readFileSync(path.join(process.cwd(), 'db/seed/steps.csv'), 'utf8');
}

/**
 * Brings the list in as it stands in the project: words and order as they are there, what is on it no more retired. Answers name a step by
 * its code, so they stay what they were.
 */
export async function loadSteps(tx: SeedTx, list = readSteps()): Promise<void> {
  const given = parseCsv(list).map((row) => ({
    ...Object.fromEntries(words.map((name) => [name, cell(row, name)])),
    code: cell(row, 'code'),
    position: Number(cell(row, 'position')),
  }));
  const columns = { code: 'text', position: 'integer', ...Object.fromEntries(words.map((name) => [name, 'text'])) };
  const anew = ['position', ...words].map((name) => `${name} = excluded.${name}`).join(', ');
  await insertMany(tx, 'step', columns, given, `on conflict (code) do update set retired_at = null, ${anew}`);
  await tx`
    update step set retired_at = now() where retired_at is null and code <> all (${given.map(({ code }) => code)}::text[])`;
}
