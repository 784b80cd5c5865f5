import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { mine } from '@/lib/class/queries';
import { dayOf } from '@/lib/kernel/clock';
import { countedAddress } from '@/lib/kernel/network';
import { initialsOf, sameInitials } from '@/lib/kernel/serial';
import type { Organisation } from '@/lib/team/schema';
import { cardState } from './rules';
import type { HelperCardLine, HelperCheck, PrintedHelperCard } from './schema';

type Language = 'vi' | 'en';

/** Wrong codes within ten minutes, from one address (of IPv6: one /64) and from everywhere, after which the initials are asked for too. */
const manyWrong = 30;
const manyWrongAnywhere = 600;

/** The commune, ward or special zone around an area. */
export const unitOf = (tx: ScopedTx, language: Language, area: ReturnType<ScopedTx>) => tx`
  (select u.id, ${tx(`u.full_name_${language}`)} as name from area_tree t join area u on u.id = t.ancestor_id
   where t.area_id = ${area} and u.kind in ${tx(unitKinds)} order by t.depth limit 1)`;

/** The cards of a member, the newest first, for those who give them out; nothing for anybody else. */
export async function cardsOfMember(tx: ScopedTx, memberId: string, now: Date): Promise<readonly HelperCardLine[]> {
  const rows = await tx<Omit<HelperCardLine, 'state'>[]>`
    select id, code, valid_from::text, valid_until::text, revoked_at, revoked_because, revoked_note from helper_card
    where member_id = ${memberId} and area_id = ${mine(tx, 'class.write')} order by issued_at desc, id limit 20`;
  return rows.map((row) => ({ ...row, state: cardState({ ...row, revoked: row.revokedAt !== null }, dayOf(now)) }));
}

/** The cards of a team (or of one of it) that hold today, to print, by given name; for those who give them out. */
export async function cardsToPrint(
  tx: ScopedTx,
  language: Language,
  which: { readonly teamId: string; readonly memberId?: string | undefined },
  now: Date,
): Promise<readonly PrintedHelperCard[]> {
  const one = which.memberId === undefined ? tx`true` : tx`m.id = ${which.memberId}`;
  return tx<PrintedHelperCard[]>`
    select c.code, m.full_name, k.name as team, k.organisation, coalesce(u.name, ${tx(`a.full_name_${language}`)}) as unit,
      c.valid_from::text, c.valid_until::text
    from helper_card c join team_member m on m.id = c.member_id join team k on k.id = m.team_id join area a on a.id = k.area_id
      left join lateral ${unitOf(tx, language, tx`k.area_id`)} u on true
    where m.team_id = ${which.teamId} and ${one} and c.area_id = ${mine(tx, 'class.write')} and c.revoked_at is null
      and ${dayOf(now)}::date between c.valid_from and c.valid_until
    order by split_part(m.full_name, ' ', -1) collate "vi-x-icu", m.full_name collate "vi-x-icu", m.id limit 300`;
}

/**
 * What anybody is told of a code: whose team, organisation and unit it is of and until when, never a name, and of a revoked one never
 * why. The same statement answers whatever the code is. After many wrong ones (from there, or from everywhere together) only whoever also
 * knows the initials on the card is answered, and an unknown code, wrong initials and a right one without them are told alike; nobody is
 * shut out.
 */
export async function checkedHelperCard(
  tx: ScopedTx,
  language: Language,
  asked: { readonly code: string; readonly initials?: string | undefined },
  address: string,
  now: Date,
): Promise<HelperCheck> {
  const [row] = await elevated(
    tx,
    'helper card: whether a code holds today',
    (system) => system<Found[]>`
      select n.near, n.anywhere, c.valid_from, c.valid_until, c.revoked, c.full_name, c.team, c.organisation, c.unit
      from (select
          (select count(*) from slip_attempt where address = ${countedAddress(address)} and at > now() - interval '10 minutes') as near,
          (select count(*) from slip_attempt where at > now() - interval '10 minutes') as anywhere) n
        left join (
          select c.valid_from::text, c.valid_until::text, c.revoked_at is not null or m.left_on is not null as revoked, m.full_name,
            k.name as team, k.organisation, coalesce(u.name, ${tx(`a.full_name_${language}`)}) as unit
          from helper_card c join team_member m on m.id = c.member_id join team k on k.id = m.team_id join area a on a.id = k.area_id
            left join lateral ${unitOf(system, language, system`k.area_id`)} u on true
          where c.code = ${asked.code}) c on true`,
  );
  if (!row) throw new Error('what was counted is gone');
  const strict = row.near >= manyWrong || row.anywhere >= manyWrongAnywhere;
  const right = row.team !== null && (!strict || sameInitials(asked.initials ?? '', initialsOf(row.fullName)));
  if (!right) return { verdict: strict ? 'more' : 'unknown' };
  const { team, organisation, unit, validUntil: until } = row;
  const verdict = cardState(row, dayOf(now));
  if (verdict === 'revoked') return { verdict };
  return verdict === 'expired' ? { verdict, until } : { verdict, team, organisation, unit, until };
}

interface OfCard {
  readonly validFrom: string;
  readonly validUntil: string;
  readonly revoked: boolean;
  readonly fullName: string;
  readonly team: string;
  readonly organisation: Organisation;
  readonly unit: string;
}
interface Counted {
  readonly near: number;
  readonly anywhere: number;
}
/** No card: nothing of it. */
type Found = Counted & (OfCard | { readonly team: null });
