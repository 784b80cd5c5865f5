import { endpoint } from '@/lib/access/doors';
import { recordAtDoors } from '@/lib/task/sent';
import { visitBatch } from '@/lib/visit/schema';

/** What was done at doors: see docs/protocols/visit-operations.md. */
export const POST = endpoint({ may: 'visit.record', input: visitBatch, writes: true }, (tx, batch, caller) =>
  recordAtDoors(tx, batch, caller),
);
