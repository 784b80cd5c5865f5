import { endpoint } from '@/lib/access/doors';
import { recordBatch } from '@/lib/register/commands';
import { operationBatch } from '@/lib/register/schema';

/** The register's protocol: see docs/protocols/register-operations.md. */
export const POST = endpoint({ may: 'register.write', input: operationBatch, writes: true }, recordBatch);
