import { elevated, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { helperFacts, type HelperFacts } from './helpers';
import { homeFacts, type HomeFacts } from './homes';
import type { Change, Facts, Meeting } from './judging';
import { spentAndDoubt } from './handed';

type Stored<T> = { [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K] };
type Row = Omit<Facts, 'session' | 'next' | 'changes' | 'about' | 'writeTo' | keyof Agreed> & {
  session: Stored<Meeting> | null;
  next: Stored<Meeting> | null;
  changes: { id: number; was: Stored<Change['was']>; now: Stored<Meeting> }[];
};

/** Whether somebody agreed to be on a list, and to be written to; that stands now. */
type Agreed = Pick<Facts, 'agreed' | 'agreedToMessages'>;

/** A session `s` at its venue `v`, as JSON. */
const meeting = (tx: ScopedTx) => tx`
  jsonb_build_object('id', s.id, 'startsAt', s.starts_at, 'venueId', s.venue_id, 'off', s.status <> 'published',
    'where', case when v.address = '' or position(v.address in v.name) > 0 then v.name else v.name || ', ' || v.address end)`;

export type AllFacts = Facts | HomeFacts | HelperFacts;

/** What decides about these messages, as it stands at this moment: read anew each time, never remembered. */
export async function factsOf(system: SystemTx, ids: readonly string[], now: Date): Promise<Map<string, AllFacts>> {
  const classes = await gather(system, ids, now, (seen) => agreedOf(system, seen));
  return new Map<string, AllFacts>([...classes, ...(await others(system, ids, classes, now))]);
}

/**
 * The same for a caller, of messages they see. Of classes under the caller's walls; what they
 * do not let through (a phone, say) is as if it were not there. Of consents nothing is told but whether those that are needed stand:
 * whoever has somebody on a roster may tell them of a class, and reads no consents. Whoever plans a visit or asks a helper may ring whom it is about.
 */
export async function factsFor(tx: ScopedTx, ids: readonly string[], now: Date): Promise<Map<string, AllFacts>> {
  const classes = await gather(tx, ids, now, (seen) =>
    elevated(tx, 'messages: whether those to be told agreed', (system) => agreedOf(system, seen)),
  );
  const more = await elevated(tx, 'messages: whom the caller is to tell of a visit, or asks', (system) =>
    others(system, ids, classes, now),
  );
  return new Map<string, AllFacts>([...classes, ...more]);
}

async function others(
  system: SystemTx,
  ids: readonly string[],
  known: ReadonlyMap<string, unknown>,
  now: Date,
): Promise<(readonly [string, AllFacts])[]> {
  const rest = ids.filter((id) => !known.has(id));
  if (rest.length === 0) return [];
  return [...(await homeFacts(system, rest, now)), ...(await helperFacts(system, rest, now))].map(
    (one) => [one.id, one] as const,
  );
}

async function gather(
  tx: ScopedTx,
  ids: readonly string[],
  now: Date,
  agree: (seen: readonly string[]) => Promise<Map<string, Agreed>>,
): Promise<Map<string, Facts>> {
  if (ids.length === 0) return new Map();
  const rows = await tx<Row[]>`
    select m.id, m.purpose, m.day::text, m.expires_at, m.unit_id, m.tries, e.status as place,
      e.unconfirmed_until is not null as unconfirmed, e.offer_expires_at as answer_by, e.offer_by,
      c.status as class_status, c.status_reason as class_reason, co.title_vi as title, c.hotline, co.bring_vi as bring,
      p.full_name, n.phone, coalesce(n.belongs_to = 'relative', false) as phone_of_relative,
      coalesce(h.zalo, false) as zalo, coalesce(h.sms, false) as sms, h.email, h.no_calls_at is not null as no_calls,
      coalesce(h.wrong_phone = n.phone, false) as wrong_phone,
      (select ${meeting(tx)} from class_session s join venue v on v.id = s.venue_id where s.id = m.session_id) as session,
      exists (select from attendance t where t.session_id = m.session_id and t.person_id = m.person_id and t.state = 'excused') as excused,
      (select ${meeting(tx)} from class_session s join venue v on v.id = s.venue_id
        where s.class_id = m.class_id and s.status = 'published' and s.starts_at > ${now} order by s.starts_at limit 1) as next,
      case when m.purpose = 'change' then coalesce((
        select jsonb_agg(jsonb_build_object('id', g.id, 'now', ${meeting(tx)},
          'was', jsonb_build_object('startsAt', g.was_starts_at, 'venueId', g.was_venue_id, 'off', g.was_off)) order by g.id)
        from class_change g join class_session s on s.id = g.session_id join venue v on v.id = s.venue_id
        where g.class_id = m.class_id and g.at >= e.status_at and g.id > coalesce((
          select max(o.told_to) from message o where o.enrolment_id = m.enrolment_id and o.id <> m.id and o.state in ('sent', 'delivered', 'told')), 0)), '[]')
        else '[]' end as changes,
      m.purpose = 'change' and exists (select from message o
        where o.enrolment_id = m.enrolment_id and o.id <> m.id and o.purpose = 'change' and o.state = 'sending') as pending,
      ${spentAndDoubt(tx)}
    from message m join enrolment e on e.id = m.enrolment_id join class c on c.id = m.class_id join course co on co.id = c.course_id
      join person p on p.id = m.person_id left join person_phone n on n.person_id = p.id left join message_choice h on h.person_id = p.id
    where m.id in ${tx(ids)}`;
  const agreed = await agree(rows.map(({ id }) => id));
  return new Map(
    rows.map((row) => [
      row.id,
      {
        ...row,
        about: 'class',
        writeTo: row.wrongPhone ? null : row.phone,
        ...(agreed.get(row.id) ?? { agreed: false, agreedToMessages: false }),
        session: row.session && asMeeting(row.session),
        next: row.next && asMeeting(row.next),
        changes: row.changes.map((one) => ({
          id: one.id,
          was: { ...one.was, startsAt: new Date(one.was.startsAt) },
          now: asMeeting(one.now),
        })),
      },
    ]),
  );
}

async function agreedOf(system: SystemTx, ids: readonly string[]): Promise<Map<string, Agreed>> {
  if (ids.length === 0) return new Map();
  const rows = await system<(Agreed & { id: string })[]>`
    select m.id, exists (select from consent k where k.person_id = m.person_id and k.purpose = 'class' and k.given and k.withdrawn_at is null) as agreed,
      exists (select from message_choice h join consent k on k.id = h.consent_id
        where h.person_id = m.person_id and k.given and k.withdrawn_at is null) as agreed_to_messages
    from message m where m.id = any(${[...ids]}::uuid[])`;
  return new Map(rows.map(({ id, ...one }) => [id, one]));
}

const asMeeting = (stored: Stored<Meeting>): Meeting => ({ ...stored, startsAt: new Date(stored.startsAt) });
