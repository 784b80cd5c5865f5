import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool, openScoped, type ScopedTx } from '../../lib/access/scoped';
import { classList, todayBoard } from '../../lib/manage/queries';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let cast: Cast;
let token: string;
const now = new Date();

beforeAll(async () => {
  database = await testDatabase();
  process.env.DATABASE_URL = database.url;
  cast = await setTheScene(database.url);
  token = await cast.token('organiser', cast.here);
});
afterAll(async () => {
  await cast.owner.end();
  await closePool();
  await database.drop();
});

const look = <R>(work: (tx: ScopedTx) => Promise<R>) => openScoped('read only', 'camtay_app', token, work);

describe('what the lists show', () => {
  test("today and the list of classes hold one's own unit's, drafts included, and never another's", async () => {
    const board = await look((tx) => todayBoard(tx, 'vi', now));
    expect(board.notTaken.rows.map((one) => one.id)).toContain(cast.here.sessionIds[0]);
    expect(board.drafts.map((one) => one.id)).toContain(cast.here.draftId);
    const asked = { page: 1 };
    const list = await look((tx) =>
      classList(tx, 'vi', asked, { sort: { by: 'begins', descending: false }, now, perPage: 50 }),
    );
    const ids = [
      ...list.rows.map((one) => one.id),
      ...board.notTaken.rows.map((one) => one.classId),
      ...board.soon.rows.map((one) => one.classId),
    ];
    expect(ids).toContain(cast.here.classId);
    expect(ids).not.toContain(cast.there.classId);
    expect(ids).not.toContain(cast.there.draftId);
    const late = await look((tx) =>
      classList(tx, 'vi', { page: 1, need: 'register' }, { sort: { by: 'seats', descending: true }, now, perPage: 50 }),
    );
    expect(late.rows.map((one) => one.id)).toEqual([cast.here.classId]);
  });
});
