import { endpoint } from '@/lib/access/doors';
import { recordAssists } from '@/lib/desk/commands';
import { deskBatch } from '@/lib/desk/schema';

/** What was done at desks: see docs/protocols/desk-operations.md. */
export const POST = endpoint({ may: 'desk.log', input: deskBatch, writes: true }, (tx, batch, caller) =>
  recordAssists(tx, batch, caller),
);
