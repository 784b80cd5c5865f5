// `npm run db:migrate`
import { migrate } from '../db/migrate';
import { withDatabaseUrl } from './database';

await withDatabaseUrl(migrate);
