import { randomUUID } from 'node:crypto';
import net from 'node:net';
import type { APIRequestContext } from '@playwright/test';
import type { Sql } from 'postgres';
import { expect, test } from '../support/browser';
import { openLink } from '../support/link';
import { serverDatabase } from '../support/server';
import { contextFor } from './access/portal';
import { newClass, type Scene } from './scene';

/** The register's protocol on a wire that breaks, against the running portal. */
test.describe.configure({ timeout: 240_000 });

const cuts = 200;
let sql: Sql;
let scene: Scene;
let port: number;
let helper: APIRequestContext;
let account: string;

test.beforeAll(async ({ baseURL }) => {
  port = Number(new URL(baseURL ?? '').port);
  sql = serverDatabase(baseURL);
  scene = await newClass(sql, 18859, ['Lê Thị Một', 'Lê Văn Hai']);
  helper = await contextFor(baseURL ?? '', 'daisu.dongthuan');
  const [row] = await sql<{ id: string }[]>`select id from account where username = 'daisu.dongthuan'`;
  account = row?.id ?? '';
});
test.afterAll(async () => {
  await helper.dispose();
  await sql.end();
});

const body = (operations: readonly object[]) => JSON.stringify({ protocol: 2, account, operations });
const said = (kind: string, more: object) => ({
  id: randomUUID(),
  sessionId: scene.sessionId,
  kind,
  at: new Date().toISOString(),
  ...more,
});
const state = async () => {
  const [row] = await sql`
    select (select count(*)::int from register_operation where session_id = ${scene.sessionId}) as operations,
           (select guests from class_session where id = ${scene.sessionId}) as guests,
           (select jsonb_agg(to_jsonb(a) order by person_id) from attendance a where session_id = ${scene.sessionId}) as marks`;
  return row;
};

/** Writes the request raw, and says what came back; '' when the portal closed without a word. */
async function raw(to: number, sent: string | Buffer, length: number, cutThere: boolean): Promise<string> {
  const { cookies } = await helper.storageState();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const head = [
    'POST /api/v1/register/operations HTTP/1.1',
    `Host: localhost:${to}`,
    `Cookie: ${cookie}`,
    'Content-Type: application/json',
    `Content-Length: ${length}`,
    'Connection: close',
    '',
    '',
  ].join('\r\n');
  return new Promise((resolve) => {
    const socket = net.connect(to, 'localhost');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
    socket.write(Buffer.concat([Buffer.from(head), Buffer.from(sent)]), () => {
      if (cutThere) socket.destroy();
    });
  });
}

test('the answer is lost after the portal has done it, 200 times: sent again, the state is that of once', async () => {
  const link = await openLink(port);
  const [people] = await sql<
    { id: string }[]
  >`select person_id as id from enrolment where class_id = ${scene.classId} order by person_id limit 1`;
  await helper.post('/api/v1/register/operations', { data: body([said('start', {})]) });
  for (let cut = 0; cut < cuts; cut += 1) {
    const mark = { personId: people?.id, state: cut % 2 ? 'absent' : 'late', after: [] };
    const sent = body([said('mark', mark), said('guests', { count: cut % 9 })]);
    link.loseAnswers(1);
    expect(await raw(link.port, sent, Buffer.byteLength(sent), false), 'nothing was heard').toBe('');
    const done = await state();
    expect(done?.operations).toBe(1 + 2 * (cut + 1));
    const again = await raw(link.port, sent, Buffer.byteLength(sent), false);
    expect(again.match(/"outcome":"duplicate"/g)).toHaveLength(2);
    expect(await state()).toEqual(done);
  }
  expect(link.lost).toBe(cuts);
  await link.close();
});

test('a batch cut at any byte writes nothing: neither when the line breaks there nor when it is passed off as whole', async () => {
  const whole = Buffer.from(
    body([said('guests', { count: 3 }), said('mark', { personId: randomUUID(), state: 'absent', after: [] })]),
  );
  const before = await state();
  for (let at = 0; at < whole.length; at += 1) {
    const part = whole.subarray(0, at);
    const passedOff = await raw(port, part, at, false);
    expect(passedOff.slice(0, 12), `cut at ${at}`).toBe('HTTP/1.1 400');
    await raw(port, part, whole.length, true);
  }
  // The portal reads a batch whole before it looks at it: by the time a later request is answered those cut off are given up.
  expect((await helper.get('/api/v1/register/pack')).status()).toBe(200);
  expect(await state()).toEqual(before);
});

test('the pack is not sent again to whoever has it, and says nothing to those who may not record', async ({
  baseURL,
}) => {
  const address = `/api/v1/register/pack?session=${scene.sessionId}`;
  const first = await helper.get(address);
  const mark = first.headers().etag ?? '';
  expect(first.headers()['cache-control']).toBe('no-store');
  expect((await helper.get(address, { headers: { 'if-none-match': mark } })).status()).toBe(304);
  expect((await helper.get(`/api/v1/register/pack?session=${randomUUID()}`)).status()).toBe(404);
  expect((await helper.get('/api/v1/register/pack?session=x')).status()).toBe(400);
  const desk = await contextFor(baseURL ?? '', 'motcua.minhhoa');
  expect((await desk.get('/api/v1/register/pack')).status()).toBe(403);
  await desk.dispose();
});
