import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { eligibleGroups, type Counts, type EligibleInput } from './schema';

type Staff = Pick<Caller, 'accountId'>;

/** What a place says, as rows: one a group that was counted. */
const rowsOf = (areaId: number, said: Counts & { source: string; asOf: string }) =>
  eligibleGroups.flatMap((grp) => {
    const people = said[grp];
    return people === undefined ? [] : [{ areaId, asOf: said.asOf, grp, people, source: said.source }];
  });

/**
 * Writes down how many live in a place, of the groups that were counted; what was said before stays as history. Refuses `notFound`: a place
 * that is not the caller's to speak of.
 */
export async function declareEligible(
  tx: ScopedTx,
  input: EligibleInput,
  caller: Staff,
): Promise<Refusal | { areaId: number }> {
  const [may] = await tx`
    select from area where id = ${input.areaId} and id = any (coalesce((select may_areas('declared.write')), '{}'))`;
  if (!may) return refuse('notFound');
  await writeEligible(tx, [{ ...input }], caller);
  return { areaId: input.areaId };
}

/** Writes down what several places say, with one row of the audit for each place: of which groups, since few people of some are not for everybody's eyes. The places are the caller's to speak of: the wall sees to it. */
export async function writeEligible(
  tx: ScopedTx,
  places: readonly (Counts & { areaId: number; source: string; asOf: string })[],
  caller: Staff,
): Promise<void> {
  const rows = places.flatMap(({ areaId, ...said }) => rowsOf(areaId, said));
  for (let at = 0; at < rows.length; at += 2000) await tx`insert into eligible ${tx(rows.slice(at, at + 2000))}`;
  const acts = places.map(({ areaId, source, asOf, ...said }) => ({
    accountId: caller.accountId,
    action: 'eligible.declare',
    subjectKind: 'area',
    subjectId: String(areaId),
    areaId,
    details: tx.json({ source, asOf, groups: eligibleGroups.filter((group) => said[group] !== undefined) }),
  }));
  for (let at = 0; at < acts.length; at += 500) await tx`insert into audit_event ${tx(acts.slice(at, at + 500))}`;
}
