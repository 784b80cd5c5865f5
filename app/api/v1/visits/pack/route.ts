import { createHash } from 'node:crypto';
import { endpoint } from '@/lib/access/doors';
import { recordReading } from '@/lib/access/scoped';
import { householdsOf } from '@/lib/task/home';
import { peopleCarried, peopleTold, roundsToCarry, visitPack } from '@/lib/visit/packing';
import { visitPackInput } from '@/lib/visit/schema';

/**
 * What a phone takes along for rounds without a network: see docs/protocols/visit-operations.md. Asked for by POST, since taking somebody's
 * record along is written down; a phone that has exactly this is told so (304), and nothing is read.
 */
export const POST = endpoint(
  { may: 'visit.record', input: visitPackInput, writes: true },
  async (tx, { language }, caller, request) => {
    const rounds = await roundsToCarry(tx, language, new Date());
    const households = await householdsOf(tx, language, caller, peopleCarried(rounds), new Date());
    const people = peopleTold(rounds, households);
    const body = JSON.stringify(await visitPack(tx, caller, language, rounds, households));
    const mark = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    if (request.headers.get('if-none-match') !== mark && people.length > 0)
      await recordReading(tx, caller, people, 'visit');
    return new Response(body, {
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', etag: mark },
    });
  },
);
