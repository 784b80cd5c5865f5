import { asSystem } from '@/lib/access/scoped';

/** Whether the portal can serve: its database answers. For monitors; says nothing else. */
export async function GET(): Promise<Response> {
  const headers = { 'cache-control': 'no-store' };
  try {
    await asSystem('health: does the database answer', (tx) => tx`select 1`);
    return Response.json({ status: 'ok' }, { headers });
  } catch {
    return Response.json({ status: 'down' }, { status: 503, headers });
  }
}
