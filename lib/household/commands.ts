import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { mostMembers, type Link } from './schema';

type Who = Pick<Caller, 'accountId'>;

interface Standing {
  readonly id: string;
  readonly areaId: number;
  readonly agreed: boolean;
  readonly householdId: string | null;
  /** The household lies where the caller corrects people. */
  readonly mine: boolean;
}

/**
 * Links two people who live together, both within the caller's reach: into the household one of them is in, or into a new one where the
 * first lives. Whoever was in a household out of the caller's reach has moved here and leaves that one. Refused: `householdSelf`,
 * `notFound`, `consentGone` (somebody withdrew), `householdAlready` (together by now), `householdOther` (in another one), `householdFull`.
 */
export async function linkHousehold(
  tx: ScopedTx,
  { personId, otherId }: Link,
  caller: Who,
): Promise<Refusal | { householdId: string }> {
  if (personId === otherId) return refuse('householdSelf');
  if (!(await hold(tx, [personId, otherId]))) return refuse('notFound');
  const standing = await standingOf(tx, [personId, otherId]);
  const [one, other] = [standing.get(personId), standing.get(otherId)];
  if (!one || !other) return refuse('notFound');
  if (!one.agreed || !other.agreed) return refuse('consentGone');
  const [here, there] = [one.mine ? one.householdId : null, other.mine ? other.householdId : null];
  if (here !== null && here === there) return refuse('householdAlready');
  if (here !== null && there !== null) return refuse('householdOther');
  await movedHere(tx, [one, other], caller);
  const householdId = here ?? there ?? (await newHousehold(tx, one.areaId, caller));
  const [home] = await tx<{ areaId: number }[]>`select area_id from household where id = ${householdId} for update`;
  if (!home) return refuse('notFound');
  const joining = [one, other].filter((person) => person.householdId !== householdId);
  const [{ members = 0 } = {}] = await tx<{ members: number }[]>`
    select count(*)::integer as members from household_member where household_id = ${householdId} and left_at is null`;
  if (members + joining.length > mostMembers) return refuse('householdFull');
  for (const person of joining) {
    await tx`insert into household_member (household_id, person_id, area_id, added_by)
      values (${householdId}, ${person.id}, ${home.areaId}, ${caller.accountId})`;
    await audit(tx, caller, 'household.link', person);
  }
  return { householdId };
}

/**
 * Takes somebody out of the household of the person whose record is open, which may be that person. Refused: `notFound` (out of reach),
 * `householdNotIn` (they are not in one household by now).
 */
export async function leaveHousehold(
  tx: ScopedTx,
  { personId, otherId }: Link,
  caller: Who,
): Promise<Refusal | { personId: string }> {
  const ids = [...new Set([personId, otherId])];
  if (!(await hold(tx, ids))) return refuse('notFound');
  const standing = await standingOf(tx, ids);
  const [one, other] = [standing.get(personId), standing.get(otherId)];
  if (!one || !other) return refuse('notFound');
  if (!other.mine || other.householdId === null || other.householdId !== one.householdId)
    return refuse('householdNotIn');
  await tx`
    update household_member set left_at = now(), removed_by = ${caller.accountId} where person_id = ${otherId} and left_at is null`;
  await audit(tx, caller, 'household.leave', other);
  return { personId };
}

/** Nobody links, takes out, merges or erases these people meanwhile; false when one is not the caller's to correct. */
async function hold(tx: ScopedTx, ids: readonly string[]): Promise<boolean> {
  const held = await tx`
    select from person where id = any(${[...ids]}::uuid[]) and merged_into is null
      and area_id = any (coalesce((select may_areas('person.write')), '{}')) order by id for no key update`;
  return held.count === ids.length;
}

/** Read after they are held. Elevated: a household may lie where the caller sees nothing, and still be the one somebody is in. */
async function standingOf(tx: ScopedTx, ids: readonly string[]): Promise<Map<string, Standing>> {
  const [{ areas = [] } = {}] = await tx<{ areas: number[] }[]>`
    select coalesce((select may_areas('person.write')), '{}') as areas`;
  return elevated(tx, 'household: who is in which', async (system) => {
    const rows = await system<Standing[]>`
      select p.id, p.area_id, m.household_id, coalesce(m.area_id = any(${areas}::integer[]), false) as mine,
        exists (select from consent c where c.person_id = p.id and c.purpose = 'class' and c.given and c.withdrawn_at is null) as agreed
      from person p left join household_member m on m.person_id = p.id and m.left_at is null where p.id = any(${[...ids]}::uuid[])`;
    return new Map(rows.map((row) => [row.id, row]));
  });
}

/** Ends what is left of a household in a place they no longer live in. */
async function movedHere(tx: ScopedTx, people: readonly Standing[], { accountId }: Who): Promise<void> {
  const moved = people.filter(({ householdId, mine }) => householdId !== null && !mine).map(({ id }) => id);
  if (moved.length === 0) return;
  await elevated(
    tx,
    'household: left behind by moving here',
    (system) => system`
      update household_member set left_at = now(), removed_by = ${accountId} where person_id = any(${moved}::uuid[]) and left_at is null`,
  );
}

async function newHousehold(tx: ScopedTx, areaId: number, { accountId }: Who): Promise<string> {
  const id = newId();
  await tx`insert into household (id, area_id, created_by) values (${id}, ${areaId}, ${accountId})`;
  return id;
}

const audit = (tx: ScopedTx, { accountId }: Who, action: string, { id, areaId }: Standing) => tx`
  insert into audit_event (account_id, action, subject_kind, subject_id, area_id)
  values (${accountId}, ${action}, 'person', ${id}, ${areaId})`;
