import { z } from 'zod';
import type { ScopedTx } from '@/lib/access/scoped';
import { dayOf } from '@/lib/kernel/clock';
import { day, emptyAsMissing, text } from '@/lib/kernel/input';
import { newId } from '@/lib/kernel/id';
import { fold } from '@/lib/kernel/text';
import { correctInput } from '@/lib/person/schema';
import { kindOf } from './kinds';
import { typedDay } from './rules';

const helper = z.object({
  fullName: correctInput.shape.fullName,
  team: text(200, 'chooseTeam'),
  joinedOn: emptyAsMissing(
    z
      .string()
      .transform(typedDay)
      .pipe(day)
      .refine((typed) => typed <= dayOf(new Date()), 'joinedAhead'),
  ),
});
type Helper = z.output<typeof helper>;

/** Teams where the caller may add members, by folded name; null where two bear one. */
async function teamsOfMine(tx: ScopedTx): Promise<ReadonlyMap<string, { id: string; areaId: number } | null>> {
  const rows = await tx<{ id: string; areaId: number; name: string }[]>`
    select id, area_id, name from team where area_id = any (coalesce((select may_areas('class.write')), '{}')) limit 2000`;
  const teams = new Map<string, { id: string; areaId: number } | null>();
  for (const { name, ...team } of rows) teams.set(fold(name), teams.has(fold(name)) ? null : team);
  return teams;
}

const memberKey = (teamId: string, fullName: string) => `${teamId} ${fold(fullName)}`;

async function membersOfMine(tx: ScopedTx): Promise<Set<string>> {
  const rows = await tx<{ teamId: string; fullName: string }[]>`
    select team_id, full_name from team_member where area_id = any (coalesce((select may_areas('class.write')), '{}')) limit 50000`;
  return new Set(rows.map(({ teamId, fullName }) => memberKey(teamId, fullName)));
}

const inTeams = (teams: Awaited<ReturnType<typeof teamsOfMine>>, rows: readonly Helper[]) =>
  rows.flatMap((row) => {
    const team = teams.get(fold(row.team));
    return team
      ? [{ id: newId(), teamId: team.id, areaId: team.areaId, fullName: row.fullName, joinedOn: row.joinedOn ?? null }]
      : [];
  });

/** Members of the teams of one's own areas. */
export const helpers = kindOf<Helper>({
  kind: 'helpers',
  may: 'class.write',
  mostRows: 2000,
  columns: {
    fullName: { required: true, also: ['Họ tên', 'Tên', 'Name'] },
    team: { required: true, also: ['Tổ', 'Đội'] },
    joinedOn: { also: ['Ngày tham gia'] },
  },
  schema: helper,
  cells: helper.partial(),
  async check(tx, _caller, rows, blame) {
    const teams = await teamsOfMine(tx);
    const there = await membersOfMine(tx);
    const above = new Set<string>();
    for (const { line, row } of rows) {
      if (row.team === undefined) continue;
      const team = teams.get(fold(row.team));
      if (!team) {
        blame(line, 'team', team === null ? 'nameAmbiguous' : 'teamUnknown');
        continue;
      }
      if (row.fullName === undefined) continue;
      const key = memberKey(team.id, row.fullName);
      if (there.has(key)) blame(line, 'fullName', 'memberThere', true);
      else if (above.has(key)) blame(line, 'fullName', 'likelyTwice', true);
      above.add(key);
    }
  },
  async write(tx, caller, rows) {
    const members = inTeams(await teamsOfMine(tx), rows);
    for (let at = 0; at < members.length; at += 500)
      await tx`insert into team_member ${tx(members.slice(at, at + 500))}`;
    await tx`
      insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
      values (${caller.accountId}, 'team.import', 'area', ${String(caller.areaId)}, ${caller.areaId}, ${tx.json({ members: members.length })})`;
  },
});
