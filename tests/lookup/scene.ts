import { createHash } from 'node:crypto';
import type { Role } from '../../db/capabilities';
import {
  openScoped,
  recordOutsideReading,
  recordReading,
  type Caller,
  type RecordTx,
  type ScopedTx,
} from '../../lib/access/scoped';
import { newId, newSlipCode, newToken } from '../../lib/kernel/id';
import { isRefusal, type Refusal } from '../../lib/kernel/result';
import { fold, givenName } from '../../lib/kernel/text';
import { lookUp, openReading } from '../../lib/lookup/commands';
import type { Cast, Place } from '../support/cast';

/** The tables an outsider reads of one person, those they never do, and the person's rows in each. */
export const readable = ['enrolment', 'attendance', 'skill_observation'] as const;
export const neverReadable = [
  'person_phone',
  'consent',
  'person_need',
  'equality_answer',
  'household_member',
  'card',
  'desk_assist',
  'message',
  'message_choice',
  'certificate',
  'register_operation',
  'person_residence',
] as const;

export class Scene {
  constructor(readonly cast: Cast) {}

  async with<R>(
    token: string,
    work: (tx: ScopedTx, caller: Caller) => Promise<R>,
    mode: 'read only' | 'read write' = 'read write',
  ): Promise<R> {
    return openScoped(mode, 'camtay_app', token, async (tx) => {
      const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
      if (!row?.caller) throw new Error('nobody signed in');
      return work(tx, row.caller);
    });
  }

  async as<R>(
    work: (tx: ScopedTx, caller: Caller) => Promise<R>,
    place: Place = this.cast.here,
    role: Role = 'organiser',
  ): Promise<R> {
    return this.with(await this.cast.token(role, place), work);
  }

  /** A fresh account with a grant and a session of its own: whose limits nobody else used up. */
  async somebody(place: Place, role: Role = 'organiser'): Promise<{ accountId: string; token: string }> {
    const [accountId, token] = [newId(), newToken()];
    await this.cast.owner`insert into account (id, username, full_name, password_hash, area_id)
      values (${accountId}, ${`ai.${accountId.slice(-12)}`}, 'Người đọc', 'none', ${place.unitId})`;
    await this.cast
      .owner`insert into account_grant (account_id, role, area_id) values (${accountId}, ${role}, ${place.unitId})`;
    await this.cast.owner`insert into auth_session (token_hash, account_id, expires_at, device)
      values (${createHash('sha256').update(token).digest()}, ${accountId}, now() + interval '1 day', 'test')`;
    return { accountId, token };
  }

  /** Somebody of a place with a row in each table an outsider reads, and in those they do not. */
  async person(
    place: Place,
    name: string,
    birthYear: number | null = 1950,
    phone: string | null = null,
  ): Promise<string> {
    const [id, enrolmentId, operationId, needConsent] = [newId(), newId(), newId(), newId()];
    const { owner } = this.cast;
    await owner`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
      values (${id}, ${place.villageId}, ${name}, ${givenName(name)}, ${fold(name)}, ${birthYear})`;
    if (phone) await owner`insert into person_phone (person_id, phone) values (${id}, ${phone})`;
    await owner`insert into consent (person_id, purpose, text_version, given, how) values (${id}, 'class', 1, true, 'oral')`;
    await owner`insert into consent (id, person_id, purpose, text_version, given, how) values (${needConsent}, ${id}, 'need', 1, true, 'oral')`;
    await owner`insert into person_need (person_id, kind, consent_id) values (${id}, 'disability', ${needConsent})`;
    await owner`insert into enrolment (id, class_id, area_id, person_id, status, code, channel, idempotency_key)
      values (${enrolmentId}, ${place.classId}, ${place.villageId}, ${id}, 'completed', ${newSlipCode()}, 'web', ${newId()})`;
    await owner`insert into enrolment_event (enrolment_id, area_id, to_status, channel) values (${enrolmentId}, ${place.villageId}, 'confirmed', 'web')`;
    await owner`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
      values (${place.sessionIds[0]}, ${id}, ${place.villageId}, 'present', false, now(), ${operationId})`;
    await owner`insert into skill_observation (id, person_id, skill_code, level, source, session_id, area_id, observed_at)
      values (${newId()}, ${id}, ${this.cast.skillCode}, 3, 'session', ${place.sessionIds[0]}, ${place.villageId}, now())`;
    return id;
  }

  /** A reading by the whole way: search, then purpose. */
  async open(token: string, name: string, birthYear = 1950): Promise<string> {
    const done = await this.tryOpen(token, name, birthYear);
    if (isRefusal(done)) throw new Error(done.refused);
    return done.id;
  }
  async tryOpen(token: string, name: string, birthYear = 1950): Promise<Refusal | { id: string }> {
    const searched = await this.with(token, (tx, caller) => lookUp(tx, { name, birthYear }, caller));
    if (isRefusal(searched)) return searched;
    const [hit] = await this.cast.owner<
      { id: string }[]
    >`select id from outside_hit where search_id = ${searched.searchId} order by id limit 1`;
    if (!hit) throw new Error('nobody found');
    return this.with(token, (tx, caller) =>
      openReading(tx, { hitId: hit.id, why: 'asks_class', words: 'Bác xin vào lớp tối ở phường' }, caller),
    );
  }

  /** A reading as if opened so long ago: the database's clock is the portal's, so it is the row that is older. */
  async openedBefore(accountId: string, personId: string, reader: Place, owner: Place, ago: string): Promise<string> {
    const id = newId();
    await this.cast
      .owner`insert into outside_reading (id, person_id, account_id, reader_area_id, owner_area_id, why, words, opened_at, until)
      values (${id}, ${personId}, ${accountId}, ${reader.unitId}, ${owner.villageId}, 'asks_class', 'Bác xin vào lớp tối', now() - ${ago}::interval,
        now() - ${ago}::interval + interval '3 hours')`;
    return id;
  }

  /** How many rows of each table of that person (and anybody's) a look by a right sees; null when the right is none. */
  async look(token: string, rightId: string, personId: string) {
    return this.with(token, async (tx, caller) => {
      const right = await recordOutsideReading(tx, caller, rightId);
      return right ? rowsOf(right.tx, personId) : null;
    });
  }

  /** The same without the door: in a transaction that wrote nothing, one that wrote something else, and through the ordinary record's door. */
  async lookWithoutLog(token: string, personId: string) {
    const only = await this.with(token, (tx) => rowsOf(tx, personId), 'read only');
    const written = await this.with(token, async (tx, caller) => {
      await tx`insert into audit_event (account_id, action, subject_kind, subject_id) values (${caller.accountId}, 'scene.act', 'person', ${personId})`;
      return rowsOf(tx, personId);
    });
    const ordinary = await this.with(token, async (tx, caller) =>
      rowsOf(await recordReading(tx, caller, personId, 'record'), personId),
    );
    return [only, written, ordinary];
  }

  async logged(accountId: string, personId: string): Promise<{ purpose: string; outside: string | null }[]> {
    return [
      ...(await this.cast.owner<{ purpose: string; outside: string | null }[]>`
        select details->>'purpose' as purpose, details->>'outside' as outside from audit_event
        where account_id = ${accountId} and action = 'person.read' and subject_id = ${personId} order by at`),
    ];
  }
}

export const nothing = { person: 0, ...Object.fromEntries([...readable, ...neverReadable].map((table) => [table, 0])) };
export const theWhole = { ...nothing, person: 1, ...Object.fromEntries(readable.map((table) => [table, 1])) };

/** How many rows of that person are seen, table by table. */
export async function rowsOf(tx: ScopedTx | RecordTx, personId: string): Promise<Record<string, number>> {
  const [self] = await tx<{ count: number }[]>`select count(*)::integer as count from person where id = ${personId}`;
  const counts: Record<string, number> = { person: self?.count ?? 0 };
  for (const table of [...readable, ...neverReadable]) {
    const [row] = await tx<
      { count: number }[]
    >`select count(*)::integer as count from ${tx(table)} where person_id = ${personId}`;
    counts[table] = row?.count ?? 0;
  }
  return counts;
}
