// What the portal is measured against: a bare node:http server that asks postgres.js the same and writes plain HTML. `/bare/…`
// asks as the database's owner, without a transaction; `/walls/…` goes through the same doors as the portal.
import http from 'node:http';
import postgres from 'postgres';
import { connectionOptions } from '../db/connection';
import { openScoped, type ScopedTx } from '../lib/access/scoped';
import { homesAround, unitChoices } from '../lib/area/queries';
import { classForResident, classSchedule, skillChoices } from '../lib/class/queries';
import { enrolAll } from '../lib/enrolment/commands';
import { currentConsentText } from '../lib/enrolment/queries';
import { enrolForm } from '../lib/enrolment/forms';
import { isRefusal } from '../lib/kernel/result';

const sql = postgres({
  ...connectionOptions(process.env.DATABASE_URL ?? ''),
  max: 10,
  onnotice: () => {},
  transform: { ...postgres.camel, undefined: null },
  types: {
    bigint: { to: 20, from: [20], parse: Number, serialize: String },
    date: { to: 1082, from: [1082], parse: (text: string) => text, serialize: (text: string) => text },
  },
  connection: { TimeZone: 'Asia/Ho_Chi_Minh' },
});

/** The one helper that casts: here, and only here, queries run on a bare connection. */
const unguarded = (connection: unknown) => connection as ScopedTx;

const escaped = (value: unknown) => String(value ?? '').replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
const plain = (value: unknown): string => {
  if (Array.isArray(value)) return `<ul>${value.map((item) => `<li>${plain(item)}</li>`).join('')}</ul>`;
  if (value instanceof Date) return value.toISOString();
  if (value === null || typeof value !== 'object') return escaped(value);
  return `<dl>${Object.entries(value)
    .map(([key, item]) => `<dt>${key}</dt><dd>${plain(item)}</dd>`)
    .join('')}</dl>`;
};
const page = (content: unknown) => `<!doctype html><html lang="vi"><body>${plain(content)}</body></html>`;

async function schedule(tx: ScopedTx) {
  return Promise.all([unitChoices(tx, 'vi'), skillChoices(tx, 'vi'), classSchedule(tx, 'vi', { page: 1 })]);
}

async function oneClass(tx: ScopedTx, id: string) {
  const [found, units, consent] = await Promise.all([
    classForResident(tx, 'vi', id),
    unitChoices(tx, 'vi'),
    currentConsentText(tx, 'vi'),
  ]);
  return found && { found, units, consent, homes: await homesAround(tx, 'vi', found.areaId) };
}

const readOnly = <R>(walls: boolean, work: (tx: ScopedTx) => Promise<R>): Promise<R> =>
  walls ? openScoped('read only', 'camtay_public', '', work) : work(unguarded(sql));

async function posted(request: http.IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const form = await new Response(Buffer.concat(chunks), {
    headers: { 'content-type': request.headers['content-type'] ?? '' },
  }).formData();
  return Object.fromEntries([...form].map(([name, value]) => [name, String(value)]));
}

async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const [, guard, , id] = (request.url ?? '/').split('/');
  if (request.method === 'POST') {
    const form = enrolForm.parse(await posted(request));
    const done = await openScoped('read write', 'camtay_public', '', (tx) =>
      enrolAll(tx, { caller: null, channel: 'web' }, 'enrolments' in form ? form.enrolments : []),
    );
    const status = isRefusal(done) ? 200 : 303;
    response.writeHead(status, { location: '/my' }).end(isRefusal(done) ? page(done) : '');
    return;
  }
  const found = await readOnly<unknown>(guard === 'walls', (tx) => (id ? oneClass(tx, id) : schedule(tx)));
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(found));
}

http
  .createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    });
  })
  .listen(Number(process.env.PORT), '127.0.0.1');
