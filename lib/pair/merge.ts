import { asSystem, elevated, type Caller, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { mergeEnrolments, unmergeEnrolments, type MergedEnrolments } from '@/lib/enrolment/commands';
import { newId } from '@/lib/kernel/id';
import { log } from '@/lib/kernel/log';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { mergeRules, undoDays } from './rules';
import type { MergeChoice } from './schema';

interface Pair {
  readonly mergeId: string;
  /** The record that is merged away, and the one that is kept. */
  readonly goes: string;
  readonly stays: string;
}

/**
 * Joins one record to another, in one transaction: all that is known of `mergedId` goes to `keptId`, by the rule of each table
 * (`mergeRules`), and the details chosen are taken. Where both were marked at one session the mark that beats the other stands;
 * where both are in one class, the better place. What moved is kept for the undoing. Refused: records out of the caller's reach,
 * or already merged.
 */
export async function mergePeople(
  tx: ScopedTx,
  choice: MergeChoice,
  caller: Pick<Caller, 'accountId'>,
): Promise<Refusal | { id: string }> {
  const { keptId: stays, mergedId: goes } = choice;
  const areas = await theirsToCorrect(tx, [stays, goes]);
  const areaId = areas.get(stays);
  if (goes === stays || areaId === undefined || !areas.has(goes)) return refuse('notFound');
  const mergeId = newId();
  await elevated(tx, 'person: merge two records', async (system) => {
    const pair = { mergeId, goes, stays };
    await system`insert into person_merge (id, kept_id, merged_id, moved, by) values (${mergeId}, ${stays}, ${goes}, '{}', ${caller.accountId})`;
    const enrolments = await mergeEnrolments(system, { goes, stays });
    await keep(system, mergeId, 'enrolments', system`${system.json(asJson(enrolments))}::jsonb`);
    await lockSessionsOf(system, pair);
    await mergeMarks(system, pair);
    await moveRows(system, pair);
    await takeDetails(system, pair, choice);
    await system`update person set merged_into = ${stays} where id = ${goes} or merged_into = ${goes}`;
  });
  await audit(tx, caller, 'person.merge', stays, areaId, { mergedId: goes });
  return { id: stays };
}

/**
 * Takes two records apart again within 90 days: what moved goes back, as it was; what was written since stays with the record it was
 * written for. Refused: out of reach, `undoTooLate` (or somebody withdrew meanwhile), `undoLaterFirst` (the record took part in a later merge that still stands).
 */
export async function undoMerge(
  tx: ScopedTx,
  { mergeId }: { readonly mergeId: string },
  caller: Pick<Caller, 'accountId'>,
): Promise<Refusal | { id: string; mergedId: string }> {
  const merge = await elevated(tx, 'person: the merge to undo', async (system) => {
    // Both are held before it is asked what came after: a merge under way is waited for.
    await system`
      select from person where id in (
        select unnest(array[kept_id, merged_id]) from person_merge where id = ${mergeId}) order by id for no key update`;
    const [row] = await system<{ stays: string; goes: string; late: boolean; followedUp: boolean }[]>`
      select m.kept_id as stays, m.merged_id as goes, m.at < now() - make_interval(days => ${undoDays}) or m.moved = '{}' as late,
        exists (select from person_merge l where l.id <> m.id and l.undone_at is null and (l.at, l.id) > (m.at, m.id)
          and m.kept_id in (l.kept_id, l.merged_id)) as followed_up
      from person_merge m where m.id = ${mergeId} and m.undone_at is null for update of m`;
    return row ?? null;
  });
  const areaId = merge ? (await theirsToCorrect(tx, [merge.stays], true)).get(merge.stays) : undefined;
  if (!merge || areaId === undefined) return refuse('notFound');
  if (merge.followedUp) return refuse('undoLaterFirst');
  if (merge.late) return refuse('undoTooLate');
  const { goes, stays } = merge;
  await elevated(tx, 'person: take two records apart', async (system) => {
    const pair = { mergeId, goes, stays };
    await system`
      update person set merged_into = case when id = ${goes} then null else ${goes}::uuid end
      where id = ${goes} or merged_into = ${stays} and id in (
        select jsonb_array_elements_text(moved->'chain')::uuid from person_merge where id = ${mergeId})`;
    const [row] = await system<{ enrolments: MergedEnrolments }[]>`
      select moved->'enrolments' as enrolments from person_merge where id = ${mergeId}`;
    if (row) await unmergeEnrolments(system, { goes, stays, ...row.enrolments });
    await lockSessionsOf(system, pair);
    await unmergeMarks(system, pair);
    await moveRowsBack(system, pair);
    await giveDetailsBack(system, pair);
    await system`update person_merge set moved = '{}', undone_at = now(), undone_by = ${caller.accountId} where id = ${mergeId}`;
  });
  await audit(tx, caller, 'person.unmerge', stays, areaId, { mergedId: goes });
  return { id: stays, mergedId: goes };
}

/** Empties what merges remember of people once it can be of no use: 90 days after, and of those undone. Says how many there were. */
export async function forgetOldMerges(): Promise<number> {
  const forgotten = await asSystem(
    'person: merges that cannot be undone any more',
    (tx) => tx`
      update person_merge set moved = '{}'
      where moved <> '{}' and (undone_at is not null or at < now() - make_interval(days => ${undoDays}))`,
  );
  return forgotten.count;
}

type Loop = typeof globalThis & { camtayMerges?: true };

/** Forgets once an hour, for the life of the process, whether or not anybody merges; trouble is logged and it tries again the next hour. */
export function keepMergesForgotten(): void {
  const held: Loop = globalThis;
  if (held.camtayMerges) return;
  held.camtayMerges = true;
  const turn = async () => {
    await forgetOldMerges().catch((error: unknown) =>
      log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'merges not forgotten'),
    );
    setTimeout(() => void turn(), 3_600_000).unref();
  };
  setTimeout(() => void turn(), 60_000).unref();
}

const asJson = ({ followed, ended }: MergedEnrolments) => ({
  followed: [...followed],
  ended: ended.map((one) => ({ ...one })),
});

/**
 * Where those live whom the caller may correct and who are records of their own (`gone`: or were once). They are held from here on, in one
 * order for everybody, so that of two merges at the same moment the second sees what the first made of them.
 */
async function theirsToCorrect(tx: ScopedTx, ids: readonly string[], gone = false): Promise<Map<string, number>> {
  const rows = await tx<{ id: string; areaId: number }[]>`
    select id, area_id from person where id = any(${[...ids]}::uuid[]) and (merged_into is null or ${gone})
      and area_id = any (coalesce((select may_areas('person.write')), '{}'))
    order by id for no key update`;
  return new Map(rows.map((row) => [row.id, row.areaId]));
}

async function audit(
  tx: ScopedTx,
  { accountId }: Pick<Caller, 'accountId'>,
  action: string,
  personId: string,
  areaId: number,
  details: { mergedId: string },
): Promise<void> {
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${accountId}, ${action}, 'person', ${personId}, ${areaId}, ${tx.json(details)})`;
}

type Piece = ReturnType<typeof nothing>;
const nothing = (tx: SystemTx) => tx`null::jsonb`;

/** Adds to what the merge remembers. */
const keep = (tx: SystemTx, mergeId: string, name: string, value: Piece) =>
  tx`update person_merge set moved = moved || jsonb_build_object(${name}::text, ${value}) where id = ${mergeId}`;

/** Nobody marks them meanwhile; in the order of ids, as registers do. */
const lockSessionsOf = (tx: SystemTx, { goes, stays }: Pair) => tx`
  select from class_session where id in (
    select session_id from attendance where person_id in (${goes}, ${stays})
    union select session_id from register_operation where person_id in (${goes}, ${stays})) order by id for no key update`;

/**
 * Marks go over with both pictures of before. Where both were marked the rule of registers decides: by hand beats the default, then
 * the newest. Whoever is on the roll by now walked in nowhere.
 */
async function mergeMarks(tx: SystemTx, { mergeId, goes, stays }: Pair): Promise<void> {
  await keep(
    tx,
    mergeId,
    'marks',
    tx`(select coalesce(jsonb_agg(jsonb_build_object('theirs', to_jsonb(t), 'before', to_jsonb(k))), '[]')
      from attendance t left join attendance k on k.session_id = t.session_id and k.person_id = ${stays} where t.person_id = ${goes})`,
  );
  await tx`delete from attendance where person_id = ${goes}`;
  await tx`
    insert into attendance
    select t.* from person_merge m, jsonb_array_elements(m.moved->'marks') one,
      jsonb_populate_record(null::attendance, one->'theirs' || jsonb_build_object('person_id', ${stays}::text)) t
    where m.id = ${mergeId}
    on conflict (session_id, person_id) do update set state = excluded.state, minutes_late = excluded.minutes_late,
      walk_in = excluded.walk_in, by_default = excluded.by_default, marked_at = excluded.marked_at,
      operation_id = excluded.operation_id, marked_by = excluded.marked_by
    where (not excluded.by_default, excluded.marked_at, excluded.operation_id) > (not attendance.by_default, attendance.marked_at, attendance.operation_id)`;
  await tx`
    update attendance a set walk_in = false
    from person_merge m, jsonb_array_elements(m.moved->'marks') one
    where m.id = ${mergeId} and a.person_id = ${stays} and a.session_id = (one->'theirs'->>'session_id')::uuid and a.walk_in
      and exists (select from class_session s join enrolment e on e.class_id = s.class_id and e.person_id = ${stays}
        where s.id = a.session_id and e.status in ('confirmed', 'completed', 'partial', 'no_show'))`;
  await keep(
    tx,
    mergeId,
    'marksAfter',
    tx`(select coalesce(jsonb_agg(to_jsonb(a)), '[]') from attendance a, jsonb_array_elements(moved->'marks') one
      where a.person_id = ${stays} and a.session_id = (one->'theirs'->>'session_id')::uuid)`,
  );
}

/** Marks that stand as the merge left them become what they were; one made since stays. Theirs come back. */
async function unmergeMarks(tx: SystemTx, { mergeId, stays }: Pair): Promise<void> {
  await tx`
    with untouched as (
      delete from attendance a using person_merge m, jsonb_array_elements(m.moved->'marksAfter') one, jsonb_populate_record(null::attendance, one) after
      where m.id = ${mergeId} and a.person_id = ${stays} and a.session_id = after.session_id and a is not distinct from after
      returning a.session_id)
    select from untouched`;
  await tx`
    insert into attendance select b.* from person_merge m, jsonb_array_elements(m.moved->'marks') one,
      jsonb_populate_record(null::attendance, one->'before') b
    where m.id = ${mergeId} and jsonb_typeof(one->'before') = 'object' on conflict do nothing`;
  await tx`
    insert into attendance select t.* from person_merge m, jsonb_array_elements(m.moved->'marks') one,
      jsonb_populate_record(null::attendance, one->'theirs') t
    where m.id = ${mergeId} on conflict do nothing`;
}

/** The tables whose rows go over one by one, with what keeps one where it is. */
const movingTables = Object.entries(mergeRules).flatMap(([column, rule]) =>
  rule === 'moves' || rule === 'movesUnlessBoth' ? [{ table: column.split('.')[0] ?? '', rule }] : [],
);

/** What both have stays with the one merged away: one need of a kind, one answer to a question, one household, one way to be told, one referral to a unit. */
const bothHave: Readonly<Record<string, (tx: SystemTx, stays: string) => Piece>> = {
  person_need: (tx, stays) =>
    tx`r.withdrawn_at is null and exists (select from person_need k where k.person_id = ${stays} and k.kind = r.kind and k.withdrawn_at is null)`,
  equality_answer: (tx, stays) =>
    tx`exists (select from equality_answer k where k.person_id = ${stays} and k.question = r.question)`,
  message_choice: (tx, stays) => tx`exists (select from message_choice k where k.person_id = ${stays})`,
  household_member: (tx, stays) =>
    tx`r.left_at is null and exists (select from household_member k where k.person_id = ${stays} and k.left_at is null)`,
  referral: (tx, stays) =>
    tx`r.state in ('open', 'accepted') and exists (select from referral k
      where k.person_id = ${stays} and k.to_area_id = r.to_area_id and k.state in ('open', 'accepted'))`,
  visit: (tx, stays) => tx`r.taken_off_at is null and exists (select from visit k
    where k.person_id = ${stays} and k.round_id = r.round_id and k.taken_off_at is null)`,
};

async function moveRows(tx: SystemTx, { mergeId, goes, stays }: Pair): Promise<void> {
  for (const { table, rule } of movingTables) {
    const stay = rule === 'moves' ? tx`false` : (bothHave[table]?.(tx, stays) ?? tx`true`);
    const rows = await tx<{ id: string }[]>`
      update ${tx(table)} r set person_id = ${stays} where r.person_id = ${goes} and not (${stay}) returning r.id`;
    const ids = rows.map(({ id }) => id);
    await keep(tx, mergeId, `rows.${table}`, tx`to_jsonb(${ids}::uuid[])`);
  }
  await keep(tx, mergeId, 'chain', tx`(select coalesce(jsonb_agg(id), '[]') from person where merged_into = ${goes})`);
}

async function moveRowsBack(tx: SystemTx, { mergeId, goes, stays }: Pair): Promise<void> {
  for (const { table } of movingTables)
    await tx`
      update ${tx(table)} r set person_id = ${goes} where r.person_id = ${stays} and r.id in (
        select jsonb_array_elements_text(moved->${`rows.${table}`})::uuid from person_merge where id = ${mergeId})`;
}

/** Takes the chosen details of the one merged away, and remembers both pictures of the kept one and of its phone. */
async function takeDetails(tx: SystemTx, { mergeId, goes, stays }: Pair, { take }: MergeChoice): Promise<void> {
  const takes = (detail: MergeChoice['take'][number]) => take.includes(detail);
  const picture = tx`(select jsonb_build_object('person', to_jsonb(k), 'phone', to_jsonb(f))
    from person k left join person_phone f on f.person_id = k.id where k.id = ${stays})`;
  await keep(tx, mergeId, 'before', picture);
  await tx`
    update person k set
      full_name = case when ${takes('name')} then m.full_name else k.full_name end,
      given_name = case when ${takes('name')} then m.given_name else k.given_name end,
      name_folded = case when ${takes('name')} then m.name_folded else k.name_folded end,
      birth_year = case when ${takes('birthYear')} then m.birth_year else k.birth_year end,
      gender = case when ${takes('gender')} then m.gender else k.gender end,
      area_id = case when ${takes('area')} then m.area_id else k.area_id end,
      phone_hint = case when ${takes('phone')} then m.phone_hint else k.phone_hint end
    from person m where k.id = ${stays} and m.id = ${goes}`;
  if (takes('phone'))
    await tx`
      insert into person_phone (person_id, phone, belongs_to) select ${stays}, phone, belongs_to from person_phone where person_id = ${goes}
      on conflict (person_id) do update set phone = excluded.phone, belongs_to = excluded.belongs_to`;
  await keep(tx, mergeId, 'after', picture);
}

/** Each detail that stands as the merge left it becomes what it was; one corrected since stays. */
async function giveDetailsBack(tx: SystemTx, { mergeId, stays }: Pair): Promise<void> {
  await tx`
    update person k set
      full_name = case when k.full_name = a.full_name then b.full_name else k.full_name end,
      given_name = case when k.full_name = a.full_name then b.given_name else k.given_name end,
      name_folded = case when k.full_name = a.full_name then b.name_folded else k.name_folded end,
      birth_year = case when k.birth_year is not distinct from a.birth_year then b.birth_year else k.birth_year end,
      gender = case when k.gender is not distinct from a.gender then b.gender else k.gender end,
      area_id = case when k.area_id = a.area_id then b.area_id else k.area_id end,
      phone_hint = case when k.phone_hint is not distinct from a.phone_hint then b.phone_hint else k.phone_hint end
    from person_merge m, jsonb_populate_record(null::person, m.moved->'before'->'person') b,
      jsonb_populate_record(null::person, m.moved->'after'->'person') a
    where m.id = ${mergeId} and k.id = ${stays}`;
  await tx`
    delete from person_phone f using person_merge m, jsonb_populate_record(null::person_phone, m.moved->'after'->'phone') a
    where m.id = ${mergeId} and f.person_id = ${stays} and f is not distinct from a`;
  await tx`
    insert into person_phone select b.* from person_merge m, jsonb_populate_record(null::person_phone, m.moved->'before'->'phone') b
    where m.id = ${mergeId} and jsonb_typeof(m.moved->'before'->'phone') = 'object' on conflict do nothing`;
}
