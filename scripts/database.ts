import path from 'node:path';
import { startEmbedded } from '../db/embedded';
import { readSettings } from '../lib/kernel/env';
import { loadEnvFile } from './env-file.mjs';

/** Runs work with the database's address: DATABASE_URL, or else the embedded one, which is stopped again afterwards. */
export async function withDatabaseUrl(work: (url: string, embedded: boolean) => Promise<void>): Promise<void> {
  loadEnvFile(path.resolve('.env'));
  const url = process.env.DATABASE_URL;
  if (url) return work(url, false);
  const { DATA_DIR } = readSettings(process.env);
  const embedded = await startEmbedded({ dataDir: DATA_DIR, purpose: 'portal' });
  try {
    await work(embedded.url, true);
  } finally {
    await embedded.stop();
  }
}
