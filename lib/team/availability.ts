import type { ScopedTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { dayOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { audit, type Staff } from './record';
import { awayMostDays } from './rules';
import type { AwayInput, AwayLine, FreeInput, FreePart } from './schema';

type Piece = ReturnType<ScopedTx>;

/** Where most of a time lies: a class from half past five to seven is one of the evening. */
const middle = (tx: ScopedTx, from: Piece, until: Piece) =>
  tx`((${from} + (${until} - ${from}) / 2) at time zone 'Asia/Ho_Chi_Minh')`;

/** The member said that they can usually help in that part of the week. */
export const saidFree = (tx: ScopedTx, member: Piece, from: Piece, until: Piece) => tx`
  exists (select from team_member_free f where f.member_id = ${member}
    and f.weekday = extract(isodow from ${middle(tx, from, until)})
    and f.part = case when extract(hour from ${middle(tx, from, until)}) < 12 then 'morning'
      when extract(hour from ${middle(tx, from, until)}) < 18 then 'afternoon' else 'evening' end)`;

/** The member said that they are not there on a day this time touches. */
export const isAway = (tx: ScopedTx, member: Piece, from: Piece, until: Piece) => tx`
  exists (select from team_member_away w where w.member_id = ${member}
    and w.first_day <= (${until} at time zone 'Asia/Ho_Chi_Minh')::date and w.last_day >= (${from} at time zone 'Asia/Ho_Chi_Minh')::date)`;

/** The member is on duty at a desk then, by themselves or by their account. For the system role. */
export const onDutyThen = (tx: ScopedTx, member: Piece, from: Piece, until: Piece) => tx`
  exists (select from team_member d join desk_shift o on o.who_id in (d.id, d.account_id)
    where d.id = ${member} and o.called_off_at is null and tstzrange(o.starts_at, o.ends_at) && tstzrange(${from}, ${until}))`;

/** The member is there then, and said either nothing of when they can or that they usually can then. */
export const canThen = (tx: ScopedTx, member: Piece, from: Piece, until: Piece) => tx`
  (not ${isAway(tx, member, from, until)} and (${saidFree(tx, member, from, until)}
    or not exists (select from team_member_free f where f.member_id = ${member})))`;

/** When a member said they can, and the days from today on when they are not there; of those whose team the caller may look at. */
export async function timesOf(
  tx: ScopedTx,
  memberId: string,
  now: Date,
): Promise<{ free: readonly FreePart[]; away: readonly AwayLine[] }> {
  const free = await tx<FreePart[]>`
    select weekday, part from team_member_free where member_id = ${memberId} and area_id = ${mine(tx, 'class.read')}
    order by weekday, part = 'evening', part = 'afternoon'`;
  const away = await tx<AwayLine[]>`
    select w.id, w.first_day::text, w.last_day::text,
      (select count(*)::int from session_helper h where h.member_id = w.member_id and h.state = 'yes' and not h.called_off and h.starts_at > ${now}
         and (h.starts_at at time zone 'Asia/Ho_Chi_Minh')::date between w.first_day and w.last_day) as agreed
    from team_member_away w
    where w.member_id = ${memberId} and w.area_id = ${mine(tx, 'class.read')} and w.last_day >= ${dayOf(now)}
    order by w.first_day, w.id limit 50`;
  return { free: [...free], away: [...away] };
}

interface Whose {
  readonly id: string;
  readonly teamId: string;
  readonly areaId: number;
}

/** The member, where the caller may say when they can: it is they themselves, or somebody of a team the caller plans with. Held. */
async function speaksFor(tx: ScopedTx, memberId: string, caller: Staff): Promise<Whose | null> {
  const [member] = await tx<(Whose & { left: boolean })[]>`
    select id, team_id, area_id, left_on is not null as left from team_member
    where id = ${memberId} and (area_id = ${mine(tx, 'class.write')} or account_id = ${caller.accountId})`;
  return member && !member.left ? member : null;
}

/** Says in which parts of the week a member can usually help, anew; none: nothing is said. Refused: not the caller's to say (`notFound`). */
export async function sayFree(
  tx: ScopedTx,
  { memberId, free }: FreeInput,
  caller: Staff,
): Promise<Refusal | { id: string; teamId: string }> {
  const member = await speaksFor(tx, memberId, caller);
  if (!member) return refuse('notFound');
  const said = free.map(({ weekday, part }) => `${weekday}.${part}`);
  await tx`delete from team_member_free where member_id = ${memberId} and weekday || '.' || part <> all(${said})`;
  await tx`
    insert into team_member_free (member_id, area_id, weekday, part)
    select ${memberId}, ${member.areaId}, x.weekday, x.part
    from unnest(${free.map(({ weekday }) => weekday)}::integer[], ${free.map(({ part }) => part)}::text[]) x (weekday, part)
    on conflict do nothing`;
  await audit(tx, caller, 'team_member.free', { kind: 'team_member', ...member }, { free: said });
  return member;
}

/**
 * Says that a member is not there from one day to another; said twice it is said once. What they agreed to stays theirs to answer
 * otherwise. Refused: not the caller's to say (`notFound`), ends before it begins (`awayEnds`), over (`awayPast`), longer than a year
 * (`awayLong`).
 */
export async function sayAway(
  tx: ScopedTx,
  { memberId, firstDay, lastDay }: AwayInput,
  caller: Staff,
  now: Date,
): Promise<Refusal | { id: string; teamId: string }> {
  const member = await speaksFor(tx, memberId, caller);
  if (!member) return refuse('notFound');
  if (lastDay < firstDay) return refuse('awayEnds', 'lastDay');
  if (lastDay < dayOf(now)) return refuse('awayPast', 'lastDay');
  if (awayMostDays(firstDay) < lastDay) return refuse('awayLong', 'lastDay');
  await tx`
    insert into team_member_away (id, member_id, area_id, first_day, last_day, said_by)
    select ${newId()}, ${memberId}, ${member.areaId}, ${firstDay}::date, ${lastDay}::date, ${caller.accountId}
    where not exists (select from team_member_away w where w.member_id = ${memberId} and w.first_day = ${firstDay}::date and w.last_day = ${lastDay}::date)`;
  await audit(tx, caller, 'team_member.away', { kind: 'team_member', ...member }, { firstDay, lastDay });
  return member;
}

/** Takes back days somebody was not to be there. Refused: not the caller's to say, or taken back already (`notFound`). */
export async function takeBackAway(
  tx: ScopedTx,
  { id }: { readonly id: string },
  caller: Staff,
): Promise<Refusal | { id: string; teamId: string }> {
  const [row] = await tx<{ memberId: string }[]>`select member_id from team_member_away where id = ${id}`;
  const member = row ? await speaksFor(tx, row.memberId, caller) : null;
  if (!member) return refuse('notFound');
  const gone = await tx<{ firstDay: string; lastDay: string }[]>`
    delete from team_member_away where id = ${id} returning first_day::text, last_day::text`;
  if (gone.count === 0) return refuse('notFound');
  await audit(tx, caller, 'team_member.back', { kind: 'team_member', ...member }, { ...gone[0] });
  return member;
}
