// `npm run db:seed`: the real units and skills; the demo world too when DEMO says so and the database is empty.
import { migrate } from '../db/migrate';
import { seed } from '../db/seed';
import { withDatabaseUrl } from './database';

await withDatabaseUrl(async (url, embedded) => {
  await migrate(url);
  await seed(url, { demo: process.env.DEMO ? process.env.DEMO === '1' : embedded });
});
