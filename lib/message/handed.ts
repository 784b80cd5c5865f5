import type { ScopedTx } from '@/lib/access/scoped';
import { mostTries } from './judging';

/** Of a message `m`: the channels it cannot go by any more (`spent`), and the one that may have given it on (`doubt`). */
export const spentAndDoubt = (tx: ScopedTx) => tx`
  array(select a.channel from message_attempt a where a.message_id = m.id group by a.channel
    having bool_or(a.outcome = 'refused') or count(*) filter (where a.outcome in ('later', 'unknown')) >= ${mostTries}) as spent,
  (select a.channel from message_attempt a where a.message_id = m.id and a.outcome = 'unknown' order by a.at limit 1) as doubt`;
