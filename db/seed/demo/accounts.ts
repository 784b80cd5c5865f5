import { hash } from '@node-rs/argon2';
import type { Role } from '../../capabilities';
import { provinceId } from '../areas';
import { provinceCourses } from '../course-list';
import type { Row } from '../connection';
import { idOf } from '../ids';

const password = 'cam-tay-demo-2026';
const [dongThuan, minhHoa] = [18859, 18901];

const accounts: readonly { username: string; fullName: string; role: Role; areaId: number }[] = [
  { username: 'admin', fullName: 'Lê Quang Vinh (demo)', role: 'province_admin', areaId: provinceId },
  { username: 'lanhdao.tinh', fullName: 'Trần Thị Minh Hòa (demo)', role: 'province_leader', areaId: provinceId },
  { username: 'lanhdao.dongthuan', fullName: 'Nguyễn Văn Thuận (demo)', role: 'unit_leader', areaId: dongThuan },
  { username: 'lanhdao.minhhoa', fullName: 'Đinh Xuân Tiến (demo)', role: 'unit_leader', areaId: minhHoa },
  { username: 'tochuc.dongthuan', fullName: 'Hoàng Thị Hiền (demo)', role: 'organiser', areaId: dongThuan },
  { username: 'tochuc.minhhoa', fullName: 'Cao Thị Liên (demo)', role: 'organiser', areaId: minhHoa },
  { username: 'daisu.dongthuan', fullName: 'Phan Minh Tuấn (demo)', role: 'helper', areaId: dongThuan },
  { username: 'daisu.minhhoa', fullName: 'Đinh Thị Thảo (demo)', role: 'helper', areaId: minhHoa },
  { username: 'motcua.minhhoa', fullName: 'Trương Đức Hiếu (demo)', role: 'desk_officer', areaId: minhHoa },
];

/** The helper of a unit who signs in. */
export const memberWithAccount = (areaId: number, username: string): string =>
  idOf(`demo/team/${areaId}/digital_ambassadors/${username}`);

/** Everything the province's courses teach. */
export const allSkills = [
  ...new Set(provinceCourses.flatMap(({ lessons }) => lessons.flatMap(({ skills }) => [...skills]))),
].sort();

/** The account with this role in the unit, if it is one of those shown in full. */
export function accountOf(role: Role, areaId: number): string | null {
  const found = accounts.find((account) => account.role === role && account.areaId === areaId);
  return found ? idOf(`demo/account/${found.username}`) : null;
}

export interface AccountRows {
  account: Row[];
  account_grant: Row[];
  team_member: Row[];
  team_member_skill: Row[];
}

/** The accounts everybody may try, each with one grant. All share one password, so it is hashed once. */
export async function makeAccounts(): Promise<AccountRows> {
  // Argon2id as in sign-in: 19 MiB, 2 passes, 1 lane.
  const passwordHash = await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const account = accounts.map(({ username, fullName, areaId }, at) => ({
    id: idOf(`demo/account/${username}`),
    username,
    phone: `+8490009990${at}`,
    full_name: fullName,
    password_hash: passwordHash,
    area_id: areaId,
  }));
  const grants = accounts.map(({ username, role, areaId }) => ({
    id: idOf(`demo/grant/${username}`),
    account_id: idOf(`demo/account/${username}`),
    role,
    area_id: areaId,
    valid_from: '2025-07-01',
  }));
  const members = accounts
    .filter(({ role }) => role === 'helper')
    .map(({ username, fullName, areaId }, at) => ({
      id: memberWithAccount(areaId, username),
      team_id: idOf(`demo/team/${areaId}/digital_ambassadors`),
      area_id: areaId,
      account_id: idOf(`demo/account/${username}`),
      full_name: fullName,
      phone: `+8490009998${at}`,
      role: 'member',
      languages: areaId === minhHoa ? '{vi,bru}' : '{vi}',
      left_on: null,
      joined_on: '2025-07-20',
    }));
  const skills = members.flatMap(({ id, area_id }) =>
    allSkills.map((skill_code) => ({ member_id: id, skill_code, area_id })),
  );
  return { account, account_grant: grants, team_member: members, team_member_skill: skills };
}
