import { z } from 'zod';
import type { ScopedTx } from '@/lib/access/scoped';
import { dayOf } from '@/lib/kernel/clock';
import { day, emptyAsMissing, optionalText, text } from '@/lib/kernel/input';
import { newId } from '@/lib/kernel/id';
import { phoneNumber } from '@/lib/kernel/phone';
import { fold } from '@/lib/kernel/text';
import { correctInput } from '@/lib/person/schema';
import { memberInput, trainingInput, type MemberRole, type Organisation } from '@/lib/team/schema';
import { oneOf, someOf, spoken } from './cells';
import { kindOf, type Blame, type Parsed } from './kinds';
import { typedDay, weekPartsTyped } from './rules';

const roles: Readonly<Record<MemberRole, readonly string[]>> = {
  lead: ['đội trưởng', 'tổ trưởng', 'trưởng', 'lead', 'leader'],
  member: ['thành viên', 'đội viên', 'tổ viên', 'member'],
};
/** As forms call them, and as people write them. */
const organisations: Readonly<Record<Organisation, readonly string[]>> = {
  front: ['Mặt trận Tổ quốc', 'Mặt trận', 'MTTQ', 'Fatherland Front'],
  youth: ['Đoàn Thanh niên', 'Thanh niên', 'Đoàn', 'Youth Union'],
  women: ['Hội Phụ nữ', 'Phụ nữ', 'Hội LHPN', "Women's Union"],
  farmers: ['Hội Nông dân', 'Nông dân', "Farmers' Union"],
  veterans: ['Hội Cựu chiến binh', 'Cựu chiến binh', 'CCB', "Veterans' Association"],
  trade_union: ['Công đoàn', 'Trade Union'],
  elderly: ['Hội Người cao tuổi', 'Người cao tuổi', 'Association of the Elderly'],
  study_promotion: ['Hội Khuyến học', 'Khuyến học', 'Study Promotion Association'],
  police: ['Công an', 'Police'],
  border_guard: ['Bộ đội Biên phòng', 'Biên phòng', 'Border Guard'],
  telecom: ['Doanh nghiệp viễn thông', 'Viễn thông', 'Nhà mạng', 'Telecom company', 'Telecom'],
  school: ['Trường học', 'Trường', 'School'],
  government: [
    'Ủy ban nhân dân, thôn',
    'Ủy ban nhân dân',
    'UBND',
    'Thôn',
    "People's Committee, village",
    "People's Committee",
  ],
  other: ['Doanh nghiệp, nơi khác', 'Nơi khác', 'Khác', 'Business, others', 'Other'],
};

const notAhead = (wrong: string) =>
  emptyAsMissing(
    z
      .string()
      .transform(typedDay)
      .pipe(day)
      .refine((typed) => typed <= dayOf(new Date()), wrong),
  );

const helper = z.object({
  fullName: correctInput.shape.fullName,
  team: text(200, 'chooseTeam'),
  joinedOn: notAhead('joinedAhead'),
  organisation: oneOf(organisations, 'organisationWord'),
  role: oneOf(roles, 'memberRoleWord'),
  phone: memberInput.shape.phone,
  languages: someOf(spoken, 'languagesWord'),
  skills: z
    .string()
    .default('')
    .transform((typed) => [
      ...new Set(
        typed
          .toUpperCase()
          .split(/[\s;,]+/)
          .filter(Boolean),
      ),
    ])
    .refine((codes) => codes.length <= 200, 'tooMany'),
  free: z
    .string()
    .default('')
    .transform((typed) => (typed === '' ? [] : weekPartsTyped(typed)))
    .refine((parts) => parts !== null, 'freeWord'),
  training: optionalText(160),
  trainedOn: notAhead('trainingAhead'),
  trainedBy: optionalText(120),
  trainedHours: emptyAsMissing(trainingInput.shape.hours),
});
type Helper = z.output<typeof helper>;

/** What is to be said of a training as soon as one thing of it is, and how that is asked for. */
const ofTraining = {
  training: 'trainingWhat',
  trainedOn: 'trainingDay',
  trainedBy: 'trainingBy',
  trainedHours: 'trainingHours',
} as const;

interface TeamThere {
  readonly id: string;
  readonly areaId: number;
  readonly organisation: string;
}

/** Teams where the caller may add members, by folded name; null where two bear one. */
async function teamsOfMine(tx: ScopedTx): Promise<ReadonlyMap<string, TeamThere | null>> {
  const rows = await tx<(TeamThere & { name: string })[]>`
    select id, area_id, organisation, name from team
    where closed_on is null and area_id = any (coalesce((select may_areas('class.write')), '{}')) limit 2000`;
  const teams = new Map<string, TeamThere | null>();
  for (const { name, ...team } of rows) teams.set(fold(name), teams.has(fold(name)) ? null : team);
  return teams;
}

const memberKey = (teamId: string, fullName: string) => `${teamId} ${fold(fullName)}`;

async function membersOfMine(tx: ScopedTx): Promise<Set<string>> {
  const rows = await tx<{ teamId: string; fullName: string }[]>`
    select team_id, full_name from team_member where area_id = any (coalesce((select may_areas('class.write')), '{}')) limit 50000`;
  return new Set(rows.map(({ teamId, fullName }) => memberKey(teamId, fullName)));
}

async function skillCodes(tx: ScopedTx): Promise<ReadonlySet<string>> {
  return new Set((await tx<{ code: string }[]>`select code from skill`).map(({ code }) => code));
}

/** What is wrong with a row besides its team and who is there: a skill that is not known, half a training. */
function blameRest({ line, row }: Parsed<Helper>, known: ReadonlySet<string>, blame: Blame): void {
  if (row.skills?.some((code) => !known.has(code))) blame(line, 'skills', 'skillsWord');
  const said = (key: string) => (line.values[key] ?? '').trim() !== '';
  if (Object.keys(ofTraining).some(said))
    for (const [key, reason] of Object.entries(ofTraining)) if (!said(key)) blame(line, key, reason);
}

const inTeams = (teams: Awaited<ReturnType<typeof teamsOfMine>>, rows: readonly Helper[]) =>
  rows.flatMap((row) => {
    const team = teams.get(fold(row.team));
    return team ? [{ id: newId(), teamId: team.id, areaId: team.areaId, row }] : [];
  });

/** Members of the teams of one's own areas, with what is known of each: what they speak and may teach, when they can, what they were trained in. */
export const helpers = kindOf<Helper>({
  kind: 'helpers',
  may: 'class.write',
  mostRows: 2000,
  columns: {
    fullName: { required: true, also: ['Họ tên', 'Tên', 'Name'] },
    team: { required: true, also: ['Tổ', 'Đội'] },
    organisation: { also: ['Tổ chức', 'Đơn vị lập'] },
    role: { also: ['Chức vụ'] },
    phone: { also: ['SĐT', 'Số điện thoại', 'Phone number'] },
    languages: { also: ['Tiếng'] },
    skills: { also: ['Kỹ năng'] },
    free: { also: ['Lúc rảnh'] },
    joinedOn: { also: ['Ngày tham gia'] },
    training: { also: ['Tập huấn'] },
    trainedOn: {},
    trainedBy: {},
    trainedHours: {},
  },
  schema: helper,
  cells: helper.partial(),
  async check(tx, _caller, rows, blame) {
    const teams = await teamsOfMine(tx);
    const there = await membersOfMine(tx);
    const known = await skillCodes(tx);
    const above = new Set<string>();
    for (const parsed of rows) {
      const { line, row } = parsed;
      blameRest(parsed, known, blame);
      if (row.team === undefined) continue;
      const team = teams.get(fold(row.team));
      if (!team) {
        blame(line, 'team', team === null ? 'nameAmbiguous' : 'teamUnknown');
        continue;
      }
      if (row.organisation && row.organisation !== team.organisation) blame(line, 'organisation', 'organisationOther');
      if (row.fullName === undefined) continue;
      const key = memberKey(team.id, row.fullName);
      if (there.has(key)) blame(line, 'fullName', 'memberThere', true);
      else if (above.has(key)) blame(line, 'fullName', 'likelyTwice', true);
      above.add(key);
    }
  },
  async write(tx, caller, rows) {
    const members = inTeams(await teamsOfMine(tx), rows);
    for (let at = 0; at < members.length; at += 500) await writeSome(tx, caller.accountId, members.slice(at, at + 500));
    await tx`
      insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
      values (${caller.accountId}, 'team.import', 'area', ${String(caller.areaId)}, ${caller.areaId}, ${tx.json({ members: members.length })})`;
  },
});

/** Writes some members and what is known of each. */
async function writeSome(tx: ScopedTx, notedBy: string, members: ReturnType<typeof inTeams>): Promise<void> {
  await tx`insert into team_member ${tx(
    members.map(({ id, teamId, areaId, row }) => ({
      id,
      teamId,
      areaId,
      fullName: row.fullName,
      phone: phoneNumber(row.phone),
      role: row.role ?? 'member',
      languages: row.languages.length > 0 ? row.languages : ['vi'],
      joinedOn: row.joinedOn ?? null,
    })),
  )}`;
  const skills = members.flatMap(({ id: memberId, areaId, row }) =>
    row.skills.map((skillCode) => ({ memberId, skillCode, areaId })),
  );
  const free = members.flatMap(({ id: memberId, areaId, row }) =>
    (row.free ?? []).map(({ weekday, part }) => ({ memberId, areaId, weekday, part })),
  );
  const trainings = members.flatMap(({ id: memberId, areaId, row }) =>
    row.training !== '' && row.trainedOn !== undefined && row.trainedHours !== undefined
      ? [
          {
            id: newId(),
            memberId,
            areaId,
            title: row.training,
            heldOn: row.trainedOn,
            givenBy: row.trainedBy,
            minutes: row.trainedHours,
            notedBy,
          },
        ]
      : [],
  );
  for (let at = 0; at < skills.length; at += 2000)
    await tx`insert into team_member_skill ${tx(skills.slice(at, at + 2000))}`;
  for (let at = 0; at < free.length; at += 2000)
    await tx`insert into team_member_free ${tx(free.slice(at, at + 2000))}`;
  if (trainings.length > 0) await tx`insert into team_member_training ${tx(trainings)}`;
}
