// `npm run dev`: the embedded Postgres with the demo world, and Next in development.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { migrate } from '../db/migrate';
import { seed } from '../db/seed';
import { withDatabaseUrl } from './database';

const next = path.join('node_modules', 'next', 'dist', 'bin', 'next');

await withDatabaseUrl(async (url, embedded) => {
  await migrate(url);
  const demo = process.env.DEMO ? process.env.DEMO === '1' : embedded;
  await seed(url, { demo });
  const port = process.env.PORT || '3000';
  const server = spawn(process.execPath, [next, 'dev', '-p', port, '-H', 'localhost'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_ENV: 'development',
      NEXT_TELEMETRY_DISABLED: '1',
      DATABASE_URL: url,
      DEMO: demo ? '1' : '0',
      PORTAL_URL: process.env.PORTAL_URL || `http://localhost:${port}`,
      AUTH_SECRET: process.env.AUTH_SECRET || 'only-for-development-only-for-development',
    },
  });
  process.on('SIGINT', () => undefined); // the terminal tells Next too; Postgres is stopped after it
  process.on('SIGTERM', () => server.kill('SIGTERM'));
  await new Promise((resolve) => server.on('exit', resolve));
});
process.exit(0);
