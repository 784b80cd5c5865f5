import { newId } from '../../lib/kernel/id';
import { dayOf, momentOf } from '../../lib/kernel/clock';
import type { Cast, Place } from '../support/cast';
import { outcomeForm, type OutcomeSaid } from '../../lib/visit/schema';

/** A member of the unit's team whom the helper's account stands for, and one without an account. */
export async function pair(cast: Cast, place: Place): Promise<{ own: string; mate: string }> {
  const account = await cast.accountOf('helper', place);
  const [known] = await cast.owner<
    { id: string }[]
  >`select id from team_member where account_id = ${account} and left_on is null`;
  const own = known?.id ?? newId();
  if (!known)
    await cast.owner`insert into team_member (id, team_id, area_id, full_name, account_id)
      values (${own}, ${place.teamId}, ${place.unitId}, 'Phan Thị Đi', ${account})`;
  return { own, mate: place.memberId };
}

/** A round as it lies in the database, of nobody unless told. */
export async function roundAt(
  cast: Cast,
  place: Place,
  { day = dayOf(new Date()), from = '00:10', until = '00:20', members = [] as string[] } = {},
): Promise<string> {
  const id = newId();
  await cast.owner`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
    values (${id}, ${place.villageId}, ${place.teamId}, ${day}, ${momentOf(day, from)}, ${momentOf(day, until)})`;
  for (const member of members)
    await cast.owner`insert into visit_round_helper (id, round_id, area_id, member_id, who_id, starts_at, ends_at)
      values (${newId()}, ${id}, ${place.villageId}, ${member}, ${member}, now(), now())`;
  return id;
}

/** A home on a round: of a person, or of a request; its number is one that no other home of the village has that day. */
export async function homeOn(
  cast: Cast,
  place: Place,
  roundId: string,
  who: { personId?: string; requestId?: string },
  pin: string | null = null,
): Promise<string> {
  const id = newId();
  await cast.owner`insert into visit (id, round_id, area_id, day, request_id, person_id, pin)
    select ${id}, id, area_id, day, ${who.requestId ?? null}, ${who.personId ?? null}, coalesce(${pin}, (
      select min(free)::text from generate_series(1000, 9999) free
      where not exists (select from visit v where v.area_id = r.area_id and v.day = r.day and v.pin = free::text)))
    from visit_round r where id = ${roundId}`;
  return id;
}

let people = 0;
/** Somebody of the village whom nobody has met. */
export async function neighbour(cast: Cast, place: Place): Promise<string> {
  const id = newId();
  people += 1;
  await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
    values (${id}, ${place.villageId}, ${`Lê Văn Xóm ${people}`}, 'Xóm', ${`le van xom ${people}`}, 1950)`;
  return id;
}

/** The form at the door as it is sent, read as the door reads it. */
export const said = (visitId: string, more: Record<string, string> = {}): OutcomeSaid =>
  outcomeForm.parse({ formKey: newId(), visitId, outcome: 'done', minutes: '20', ...more });
