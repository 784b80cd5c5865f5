import { createHash } from 'node:crypto';
import { endpoint } from '@/lib/access/doors';
import { recordReading } from '@/lib/access/scoped';
import { deskPack, type CarriedPoint } from '@/lib/desk/packing';
import { deskPackInput } from '@/lib/desk/schema';
import { pointPeople } from '@/lib/task/home';
import { ownPoints } from '@/lib/visit/point';

/**
 * What a phone takes along to log at desks without a network: see docs/protocols/desk-operations.md. Asked for by POST, since taking along who
 * lives around a round's point is written down; a phone that has exactly this is told so (304), and nothing is read.
 */
export const POST = endpoint(
  { may: 'desk.log', input: deskPackInput, writes: true },
  async (tx, { language, desks }, caller, request) => {
    const now = new Date();
    const points: CarriedPoint[] = [];
    for (const { deskId, roundIds, endsAt } of await ownPoints(tx))
      points.push({ deskId, endsAt, people: await pointPeople(tx, language, caller, roundIds, now) });
    const pack = await deskPack(tx, caller, language, points, desks);
    const body = JSON.stringify(pack);
    const mark = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    const people = [...new Set(pack.desks.flatMap((desk) => desk.people.map(({ id }) => id)))];
    if (request.headers.get('if-none-match') !== mark && people.length > 0)
      await recordReading(tx, caller, people, 'desk');
    return new Response(body, {
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', etag: mark },
    });
  },
);
