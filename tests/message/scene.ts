import { fork } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sql } from 'postgres';
import { openScoped, type Caller, type ScopedTx } from '@/lib/access/scoped';
import type { Channels, Handed } from '@/lib/message/channels';
import type { MessageChannel } from '@/lib/message/schema';
import { isRefusal, type Refusal } from '@/lib/kernel/result';
import { newAddressId, newId, newSlipCode } from '@/lib/kernel/id';
import type { Role } from '../../db/capabilities';
import type { Cast, Place } from '../support/cast';

/** A clock that stands where it is put, and goes on from there when told to. */
export function clockAt(day: string, time: string) {
  let moment = new Date(`${day}T${time}:00+07:00`);
  return {
    now: () => moment,
    put: (to: string, on = day) => (moment = new Date(`${on}T${to}:00+07:00`)),
    pass: (minutes: number) => (moment = new Date(moment.getTime() + minutes * 60_000)),
  };
}

/** The day after tomorrow, in the portal's zone: sessions of tests lie there, so that what the database dates itself is before. */
export const dayAhead = (days: number) =>
  new Date(Date.now() + 7 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

export interface Group {
  readonly classId: string;
  readonly sessionIds: readonly string[];
  readonly enrolmentIds: readonly string[];
  readonly personIds: readonly string[];
}

/** A published class of `size` confirmed people, with sessions at these moments; each agreed to Zalo, text messages and e-mail as said. */
export async function group(
  cast: Cast,
  place: Place,
  size: number,
  at: readonly string[],
  by: { zalo?: boolean; sms?: boolean; email?: boolean; phone?: boolean; state?: string } = {},
): Promise<Group> {
  const { zalo = false, sms = true, email = false, phone = true, state = 'confirmed' } = by;
  const sql = cast.owner;
  const classId = newAddressId();
  const venueId = newId();
  const people = Array.from({ length: size }, (_one, nth) => ({
    personId: newId(),
    enrolmentId: newId(),
    consentId: newId(),
    code: newSlipCode(),
    nth,
  }));
  const sessionIds = at.map(() => newId());
  const seated = state === 'confirmed' ? size : 0;
  await sql.begin(async (tx) => {
    await tx`insert into venue (id, area_id, name, address) values (${venueId}, ${place.villageId}, 'Nhà văn hóa Báo Tin', 'Thôn Báo Tin')`;
    await tx`
      insert into class (id, area_id, course_id, venue_id, team_id, status, capacity, seats_confirmed, waiting, hotline, published_at, first_starts_at, last_ends_at)
      values (${classId}, ${place.villageId}, ${cast.courseId}, ${venueId}, ${place.teamId}, 'published', 500, ${seated}, ${size - seated}, '+84912000111', now(),
        ${at[0] ?? ''}::text::timestamptz, ${at.at(-1) ?? ''}::text::timestamptz + interval '90 minutes')`;
    for (const [nth, id] of sessionIds.entries())
      await tx`
        insert into class_session (id, class_id, area_id, venue_id, position, starts_at, ends_at, status)
        values (${id}, ${classId}, ${place.villageId}, ${venueId}, ${nth + 1}, ${at[nth] ?? ''}::text::timestamptz,
          ${at[nth] ?? ''}::text::timestamptz + interval '90 minutes', 'published')`;
    const rows = tx.json(people);
    const given = tx`jsonb_to_recordset(${rows}) as r ("personId" uuid, "enrolmentId" uuid, "consentId" uuid, code text, nth integer)`;
    await tx`insert into person (id, area_id, full_name, given_name, name_folded, birth_year, phone_hint)
      select "personId", ${place.villageId}, 'Lê Thị Báo ' || nth, nth::text, 'le thi bao ' || nth, 1950, ${phone ? '••• 000' : null} from ${given}`;
    if (phone)
      await tx`insert into person_phone (person_id, phone) select "personId", '+849' || lpad((floor(random() * 1e8))::bigint::text, 8, '0') from ${given}`;
    await tx`insert into consent (person_id, purpose, text_version, given, how) select "personId", 'class', 1, true, 'self' from ${given}`;
    await tx`insert into consent (id, person_id, purpose, text_version, given, how) select "consentId", "personId", 'message', 1, true, 'oral' from ${given}`;
    await tx`insert into message_choice (person_id, consent_id, zalo, sms, email)
      select "personId", "consentId", ${zalo}, ${sms}, case when ${email} then 'p' || nth || '@thu.example' end from ${given}`;
    await tx`
      with signed as (
        insert into enrolment (id, class_id, area_id, person_id, status, status_at, code, channel, idempotency_key)
        select "enrolmentId", ${classId}, ${place.villageId}, "personId", ${state}, now() - interval '1 day',
          code, 'staff', gen_random_uuid() from ${given} returning id, area_id, status)
      insert into enrolment_event (enrolment_id, area_id, to_status, channel) select id, area_id, status, 'staff' from signed`;
  });
  return {
    classId,
    sessionIds,
    enrolmentIds: people.map(({ enrolmentId }) => enrolmentId),
    personIds: people.map(({ personId }) => personId),
  };
}

/** Moves all sessions of classes by so many hours, as one change. */
export const move = (sql: Sql, classIds: readonly string[], hours: number) => sql`
  update class_session set starts_at = starts_at + make_interval(hours => ${hours}), ends_at = ends_at + make_interval(hours => ${hours})
  where class_id = any (${[...classIds]})`;

/** Does work as a role of a place, as the actions do: a refusal undoes it. */
export async function as<R extends object>(
  cast: Cast,
  role: Role,
  work: (tx: ScopedTx, caller: Caller) => Promise<Refusal | R>,
  place = cast.here,
): Promise<Refusal | R> {
  class Undo extends Error {}
  let answer: Refusal | R | undefined;
  try {
    return await openScoped('read write', 'camtay_app', await cast.token(role, place), async (tx) => {
      const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
      if (!row?.caller) throw new Error('nobody signed in');
      answer = await work(tx, row.caller);
      if (isRefusal(answer)) throw new Undo();
      return answer;
    });
  } catch (error) {
    if (!(error instanceof Undo) || !answer) throw error;
    return answer;
  }
}

export interface Got {
  readonly key: string;
  readonly to: string;
  readonly text: string;
  readonly at: number;
}
type Behave = (
  nth: number,
  got: Got,
) => 'ok' | 'refuse' | 'busy' | 'broken' | 'brokenAfter' | 'slow' | 'dropBefore' | 'dropAfter' | 'delivered';

/**
 * A gateway on this machine. What it gave on to a phone is in `given`; `dedupes` makes it give each key on once. How it answers each request is
 * up to the test: takes it and answers, refuses, is busy, breaks before or after taking it, answers too late, hangs up before or after taking it.
 */
export async function gateway({
  dedupes,
  behave,
  slowness = 400,
}: {
  dedupes: boolean;
  behave: Behave;
  slowness?: number;
}) {
  const given: Got[] = [];
  const seen: Got[] = [];
  const known = new Set<string>();
  const states = new Map<string, string>();
  const server = http.createServer((request, response) => {
    const body: Buffer[] = [];
    request.on('data', (chunk: Buffer) => body.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      if (request.method === 'GET') {
        const state = states.get(request.url?.split('/').at(-1) ?? '');
        response.writeHead(state ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify({ state }));
        return;
      }
      const got: Got = { ...(JSON.parse(Buffer.concat(body).toString()) as Got), at: Date.now() };
      seen.push(got);
      const how = behave(seen.length, got);
      const take = () => {
        if (dedupes && known.has(got.key)) return;
        known.add(got.key);
        given.push(got);
      };
      const answer = (status: number, state = '') =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ state }));
      if (how === 'dropBefore') return void request.socket.destroy();
      if (how === 'refuse') return void answer(422);
      if (how === 'busy') return void answer(503);
      if (how === 'broken') return void answer(500);
      take();
      if (how === 'dropAfter') return void request.socket.destroy();
      if (how === 'brokenAfter') return void answer(502);
      if (how === 'slow') return void setTimeout(() => answer(200), slowness);
      answer(200, how === 'delivered' ? 'delivered' : 'accepted');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`;
  return {
    url,
    given,
    seen,
    states,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Starts a sender in a process of its own, to be killed. */
export function senderProcess(env: Record<string, string>) {
  return fork(new URL('./sender.ts', import.meta.url), {
    env: { ...process.env, ...env },
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** Channels that answer as told, and say in `went` that something went by them. */
export const channelsAnswering = (
  answers: Partial<Record<MessageChannel, Handed['outcome']>>,
  went: MessageChannel[],
): Channels =>
  Object.fromEntries(
    Object.entries(answers).map(([name, outcome]) => [
      name,
      {
        dedupes: false,
        hand: async () => {
          went.push(name as MessageChannel);
          return { outcome, answer: '' };
        },
      },
    ]),
  );
