import { recordAssists } from '../../lib/desk/commands';
import { deskBatch, type SentDeskOperation } from '../../lib/desk/schema';
import { newId } from '../../lib/kernel/id';
import { atDoors } from '../visit/doors';

/** Desks, and what phones send of them: the two who go on rounds together, and one who goes on none. */
export async function atDesks() {
  const doors = await atDoors();
  const { cast, by, home } = doors;
  const at = (minutes = 0) => new Date(Date.now() + minutes * 60_000).toISOString();

  const send = async (accountId: string, operations: readonly unknown[], now = new Date()) => {
    const batch = deskBatch.parse({ protocol: 1, account: accountId, operations });
    const done = await by(accountId, (tx, caller) => recordAssists(tx, batch, caller, now));
    if (!('results' in done)) throw new Error(done.refused);
    return done.results;
  };
  const assist = (more: object = {}): Extract<SentDeskOperation, { kind: 'assist' }> => ({
    id: newId(),
    deskId: cast.here.deskId,
    kind: 'assist',
    at: at(),
    need: 'vneid.1',
    level: 2,
    minutes: 10,
    ...more,
  });
  const undo = (assistId: string, more: object = {}) =>
    ({ id: newId(), deskId: cast.here.deskId, kind: 'undo', at: at(), assistId, ...more }) as const;

  /** A round of both that has a mobile point of the village, with one home. */
  async function point({ day }: { day?: string } = {}) {
    const round = await home(day ? { day } : {});
    const deskId = newId();
    await cast.owner`insert into desk (id, area_id, kind, name, address) values (${deskId}, ${cast.here.villageId}, 'mobile_point', ${`Điểm ${deskId.slice(-4)}`}, 'Bản Thử')`;
    await cast.owner`update visit_round set desk_id = ${deskId} where id = ${round.roundId}`;
    return { ...round, deskId, personId: round.personId ?? '' };
  }
  /** As they lie in the database. */
  const stored = async (ids: readonly string[]) => {
    const rows = await cast.owner<
      { id: string; minutes: number; personId: string | null; invite: boolean; undone: boolean }[]
    >`
      select id, minutes, person_id, invite, undone_at is not null as undone from desk_assist where id = any(${[...ids]}::uuid[])`;
    const of = new Map(rows.map(({ id, ...row }) => [id, row]));
    return ids.map((id) => of.get(id) ?? null);
  };
  return { ...doors, at, send, assist, undo, point, stored };
}
export type Desks = Awaited<ReturnType<typeof atDesks>>;
