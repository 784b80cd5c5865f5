import { elevated, type RecordTx, type ScopedTx } from '@/lib/access/scoped';
import { maskedName } from '@/lib/lookup/rules';
import {
  returnedDays,
  type OwnReferral,
  type ReferralLine,
  type ReferralRecord,
  type ReferralStep,
  type ReferredPerson,
} from './schema';

type Language = 'vi' | 'en';
type Side = 'in' | 'out';

/** Most shown of each side: what is under way comes first. */
const mostShown = 100;

const writes = (tx: ScopedTx, column: string) =>
  tx`${tx(column)} = any (coalesce((select may_areas('person.write')), '{}'))`;

/** When a referral (`f`) came back to whoever sent it: refused, or run out without an answer; null where it did not. */
export const backAt = (tx: ScopedTx, now: Date) => tx`
  case when f.state = 'rejected' then f.state_at when f.state = 'open' and f.expires_at <= ${now} then f.expires_at end`;

type Row = Omit<ReferralLine, 'name'> & { personId: string; name: string | null };

const columns = (tx: ScopedTx, language: Language) => tx`
  f.id, f.person_id, p.full_name as name, f.asks, ${tx(`c.title_${language}`)} as course, f.why, f.state, f.state_at, f.sent_at,
  f.state in ('open', 'accepted') and f.expires_at <= now() as expired`;

/** Names of those the caller's own rows do not show, masked. */
async function masked(
  tx: ScopedTx,
  rows: readonly { personId: string; name: string | null }[],
): Promise<Map<string, string>> {
  const hidden = rows.filter(({ name }) => name === null).map(({ personId }) => personId);
  if (hidden.length === 0) return new Map();
  const names = await elevated(
    tx,
    'referral: masked names of those referred',
    (system) => system<{ id: string; fullName: string }[]>`
      select o.id, k.full_name from person o join person k on k.id = coalesce(o.merged_into, o.id) where o.id = any(${hidden}::uuid[])`,
  );
  return new Map(names.map(({ id, fullName }) => [id, maskedName(fullName)]));
}

/** The referrals sent to the caller's units, or by them: what waits first. Whoever lives elsewhere stands there masked. */
export async function referralsOf(tx: ScopedTx, language: Language, side: Side): Promise<ReferralLine[]> {
  const [mine, other] =
    side === 'in' ? (['f.to_area_id', 'f.from_area_id'] as const) : (['f.from_area_id', 'f.to_area_id'] as const);
  const rows = await tx<Row[]>`
    select ${columns(tx, language)}, ${tx(`u.full_name_${language}`)} as unit
    from referral f join area u on u.id = ${tx(other)} left join course c on c.id = f.course_id left join person p on p.id = f.person_id
    where ${writes(tx, mine)}
    order by f.state not in ('open', 'accepted') or f.expires_at <= now(), f.state_at desc, f.id limit ${mostShown}`;
  const names = await masked(tx, rows);
  return rows.map(({ personId, name, ...row }) => ({ ...row, name: name ?? names.get(personId) ?? '—' }));
}

/** One referral of the caller's units with its steps; null when it is none of theirs. Nothing of the record besides the name. */
export async function referralRecord(tx: ScopedTx, language: Language, id: string): Promise<ReferralRecord | null> {
  const [row] = await tx<(Row & Omit<ReferralRecord, 'name' | 'unit' | 'steps'>)[]>`
    select ${columns(tx, language)}, ${tx(`a.full_name_${language}`)} as from, ${tx(`b.full_name_${language}`)} as to, f.to_area_id, f.note,
      f.share_phone, f.expires_at, f.taken_by, f.state in ('open', 'accepted') and f.expires_at > now() as live,
      ${writes(tx, 'f.from_area_id')} as mine_to_send, ${writes(tx, 'f.to_area_id')} as mine_to_receive
    from referral f join area a on a.id = f.from_area_id join area b on b.id = f.to_area_id
      left join course c on c.id = f.course_id left join person p on p.id = f.person_id
    where f.id = ${id}`;
  if (!row) return null;
  const names = await masked(tx, [row]);
  const steps = await elevated(
    tx,
    'referral: who took each step of one of the caller’s',
    (system) => system<ReferralStep[]>`
      select s.to_state, s.at, a.full_name as by, s.note from referral_step s left join account a on a.id = s.by
      where s.referral_id = ${id} order by s.at, s.to_state = 'done', s.id`,
  );
  return {
    ...row,
    name: row.name ?? names.get(row.personId) ?? '—',
    unit: row.mineToReceive ? row.from : row.to,
    steps: [...steps],
  };
}

/**
 * What the receiving unit needs to take somebody on. Takes the transaction in which the look was written down (`readOutside`): the name by
 * the wall itself, the phone only where they agreed to it. Null when the right has ended.
 */
export async function referredPerson(tx: RecordTx, id: string, personId: string): Promise<ReferredPerson | null> {
  const [row] = await tx<Omit<ReferredPerson, 'phone'>[]>`
    select full_name, birth_year from person where id = ${personId} and id = any (coalesce((select outside_people()), '{}'))`;
  if (!row) return null;
  const [phone] = await elevated(
    tx,
    'referral: the phone, where the person agreed',
    (system) => system<{ phone: string }[]>`
      select n.phone from referral f join person o on o.id = f.person_id join person_phone n on n.person_id = coalesce(o.merged_into, o.id)
      where f.id = ${id} and f.share_phone and f.state in ('open', 'accepted') and f.expires_at > now()`,
  );
  return { ...row, phone: phone?.phone ?? null };
}

/** What of referrals waits for the caller: to be answered, and sent back or run out unanswered of late. */
export async function referralsWaiting(tx: ScopedTx, now = new Date()): Promise<{ open: number; returned: number }> {
  const [row] = await tx<{ open: number; returned: number }[]>`
    select count(*) filter (where f.state = 'open' and f.expires_at > ${now} and ${writes(tx, 'f.to_area_id')})::integer as open,
      count(*) filter (where ${backAt(tx, now)} > ${now}::timestamptz - make_interval(days => ${returnedDays})
        and ${writes(tx, 'f.from_area_id')})::integer as returned
    from referral f`;
  return row ?? { open: 0, returned: 0 };
}

/** The words somebody agrees to who is handed to another unit. */
export async function referConsentText(tx: ScopedTx, language: Language): Promise<string | null> {
  const [row] = await tx<{ body: string }[]>`
    select ${tx(`body_${language}`)} as body from consent_text
    where purpose = 'refer' and used_from <= now() order by version desc limit 1`;
  return row?.body ?? null;
}

/** The courses one may ask a class of: those of the province. */
export async function coursesToAsk(tx: ScopedTx, language: Language): Promise<{ id: string; title: string }[]> {
  const rows = await tx<{ id: string; title: string }[]>`
    select c.id, ${tx(`c.title_${language}`)} as title from course c join area a on a.id = c.area_id and a.kind = 'province'
    where c.retired_at is null and c.replaced_at is null order by ${tx(`c.title_${language}`)} collate "vi-x-icu" limit 100`;
  return [...rows];
}

/** The referrals of the card's holder that stand: they may take each back. */
export async function ownReferrals(tx: RecordTx, language: Language, personId: string): Promise<OwnReferral[]> {
  const rows = await tx<OwnReferral[]>`
    select f.id, ${tx(`b.full_name_${language}`)} as to, f.asks, f.sent_at, f.expires_at
    from referral f join area b on b.id = f.to_area_id
    where f.person_id = ${personId} and f.state in ('open', 'accepted') and f.expires_at > now() order by f.sent_at limit 20`;
  return [...rows];
}
