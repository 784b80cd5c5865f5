import { createHash } from 'node:crypto';
import { closePool, openScoped, type Caller, type ScopedTx } from '../../lib/access/scoped';
import { dayOf } from '../../lib/kernel/clock';
import { newId, newToken } from '../../lib/kernel/id';
import { recordVisits } from '../../lib/visit/commands';
import { visitBatch, type SentVisitOperation, type VisitOutcome } from '../../lib/visit/schema';
import { setTheScene } from '../support/cast';
import { testDatabase } from '../support/database';
import { homeOn, neighbour, pair, roundAt } from './scene';

/** Doors, and what phones send of them: two who go together, each with an account, and one who goes on no round. */
export async function atDoors() {
  const cast = await setTheScene((await testDatabase()).url);
  const { own, mate } = await pair(cast, cast.here);
  const one = await cast.accountOf('helper', cast.here);
  const [two, idle] = [await account('hai'), await account('ba')];
  await cast.owner`update team_member set account_id = ${two} where id = ${mate}`;
  const members = [own, mate];
  const close = async () => {
    await closePool();
    await cast.owner.end();
  };

  async function account(name: string): Promise<string> {
    const id = newId();
    await cast.owner`insert into account (id, username, full_name, password_hash, area_id) values (${id}, ${`door.${name}`}, ${name}, 'none', ${cast.here.unitId})`;
    await cast.owner`insert into account_grant (account_id, role, area_id) values (${id}, 'helper', ${cast.here.unitId})`;
    return id;
  }
  async function by<R>(accountId: string, work: (tx: ScopedTx, caller: Caller) => Promise<R>): Promise<R> {
    const fresh = newToken();
    await cast.owner`insert into auth_session (token_hash, account_id, expires_at, device)
      values (${createHash('sha256').update(fresh).digest()}, ${accountId}, now() + interval '1 day', 'test')`;
    return openScoped('read write', 'camtay_app', fresh, async (tx) => {
      const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
      if (!row?.caller) throw new Error('nobody signed in');
      return work(tx, row.caller);
    });
  }
  const send = async (accountId: string, operations: readonly unknown[], now = new Date()) => {
    const batch = visitBatch.parse({ protocol: 1, account: accountId, operations });
    const done = await by(accountId, (tx, caller) => recordVisits(tx, batch, caller, now));
    if (!('results' in done)) throw new Error(done.refused);
    return done.results;
  };

  let hour = 0;
  /** A round of both today, with one home; of somebody who agreed to be on a list, and asked for the visit. */
  async function home({ day = dayOf(new Date()), asked = true, known = true } = {}) {
    hour += 1;
    const clock = (minutes: number) =>
      `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    const roundId = await roundAt(cast, cast.here, { members, day, from: clock(hour * 2), until: clock(hour * 2 + 1) });
    const personId = known ? await neighbour(cast, cast.here) : null;
    if (personId)
      await cast.owner`insert into consent (person_id, purpose, text_version, given, how) values (${personId}, 'class', 1, true, 'oral')`;
    const requestId = asked ? newId() : null;
    if (requestId)
      await cast.owner`insert into visit_request (id, code, area_id, asked_by, full_name, needs, consent_version, idempotency_key, person_id)
        values (${requestId}, ${requestId.slice(-8)}, ${cast.here.villageId}, 'self', 'Ai Đó', '{phone}', 1, ${newId()}, ${personId})`;
    const visitId = await homeOn(cast, cast.here, roundId, {
      ...(personId ? { personId } : {}),
      ...(requestId ? { requestId } : {}),
    });
    return { roundId, personId, requestId, visitId };
  }
  const at = (seconds = 0) => new Date(Date.now() + seconds * 1000).toISOString();
  const outcome = (
    visitId: string,
    what: VisitOutcome = 'done',
    more: object = {},
  ): Extract<SentVisitOperation, { kind: 'outcome' }> => ({
    id: newId(),
    visitId,
    kind: 'outcome',
    at: at(),
    outcome: what,
    words: '',
    after: [],
    ...(what === 'done' ? { minutes: 20 } : {}),
    ...more,
  });
  const skill = (visitId: string, level: number, more: object = {}) =>
    ({ id: newId(), visitId, kind: 'skill', at: at(), skillCode: cast.skillCode, level, ...more }) as const;
  const steps = (visitId: string, answer: 'yes' | 'no', more: object = {}) =>
    ({
      id: newId(),
      visitId,
      kind: 'steps',
      at: at(),
      source: 'self',
      answers: [{ step: 'phone', answer }],
      ...more,
    }) as const;
  const told = (results: readonly { outcome: string; reason?: string; first?: string }[]) =>
    results.map(({ outcome: what, reason, first }) => [what, reason ?? first].filter(Boolean).join(' '));

  /** What the portal has of a home, without ids. */
  async function stateOf(visitId: string, ids: readonly string[] = []) {
    const outcomes =
      await cast.owner`select outcome, at from visit_outcome where visit_id = ${visitId} order by at, outcome`;
    const seen =
      await cast.owner`select level, observed_at from skill_observation where visit_id = ${visitId} order by observed_at, level`;
    const answers = await cast.owner`
      select answer, r.at from step_record r join visit v on v.person_id = r.person_id where v.id = ${visitId} order by r.at, answer`;
    const [rest] = await cast.owner`
      select q.closed_because, (select no_calls_at from message_choice m where m.person_id = v.person_id) as no_calls
      from visit v left join visit_request q on q.id = v.request_id where v.id = ${visitId}`;
    const became = await cast.owner<{ id: string; outcome: string; reason: string | null }[]>`
      select id, outcome, reason from visit_operation where visit_id = ${visitId}`;
    const of = new Map(became.map((row) => [row.id, `${row.outcome} ${row.reason ?? ''}`]));
    return {
      outcomes: [...outcomes],
      seen: [...seen],
      answers: [...answers],
      rest,
      became: ids.map((id) => of.get(id)),
    };
  }

  return { cast, one, two, idle, members, close, by, send, home, at, outcome, skill, steps, told, stateOf };
}
export type Doors = Awaited<ReturnType<typeof atDoors>>;
