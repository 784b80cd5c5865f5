import { createHash } from 'node:crypto';
import { endpoint } from '@/lib/access/doors';
import { recordReading } from '@/lib/access/scoped';
import { doorsToCarry } from '@/lib/task/door';
import { householdsOf } from '@/lib/task/home';
import { peopleCarried, peopleTold, roundsToCarry, visitPack } from '@/lib/visit/packing';
import { visitPackInput } from '@/lib/visit/schema';

/**
 * What a phone takes along for doors without a network, of rounds and of tasks given to its holder: see docs/protocols/visit-operations.md. Asked for by POST, since taking
 * somebody's record along is written down; a phone that has exactly this is told so (304), and nothing is read.
 */
export const POST = endpoint(
  { may: 'visit.record', input: visitPackInput, writes: true },
  async (tx, { language }, caller, request) => {
    const now = new Date();
    const rounds = await roundsToCarry(tx, language, now);
    const households = await householdsOf(tx, language, caller, peopleCarried(rounds), now);
    const people = peopleTold(rounds, households);
    // Of whom it tells is known once it is made: their reading is written down below, in this transaction, before it is handed out.
    const { doors, told } = await doorsToCarry(await recordReading(tx, caller, [], 'door'), language, caller, now);
    const pack = { ...(await visitPack(tx, caller, language, rounds, households)), doors };
    const body = JSON.stringify(pack);
    const mark = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    if (request.headers.get('if-none-match') !== mark) {
      if (people.length > 0) await recordReading(tx, caller, people, 'visit');
      if (told.length > 0) await recordReading(tx, caller, told, 'door');
    }
    return new Response(body, {
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', etag: mark },
    });
  },
);
