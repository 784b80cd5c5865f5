import { addDays, momentOf } from '../../../lib/kernel/clock';
import type { Row } from '../connection';
import { idOf } from '../ids';
import { accountOf, allSkills, memberWithAccount } from './accounts';
import type { PlannedClass, Session } from './classes';
import { Dice } from './dice';
import type { Place } from './places';

export interface HelperRows {
  team_member: Row[];
  team_member_skill: Row[];
  session_helper: Row[];
}

interface Member {
  id: string;
  teamId: string;
  languages: readonly string[];
  skills: ReadonlySet<string>;
  /** Sessions they are at, as day and time. */
  busy: Set<string>;
  /** What somebody who signs in says to the first few things they are asked ahead: on every day there is something to answer. */
  says: ('asked' | 'yes')[];
}

/** What is noted of a member: one in eight has no skills noted yet; in the mountains every other speaks Bru–Vân Kiều. */
function aboutMember(
  key: string,
  at: number,
  mountain: boolean,
): { phone: string; languages: readonly string[]; skills: readonly string[] } {
  const dice = new Dice(`member/${key}`);
  const languages = mountain && dice.chance(0.5) ? ['vi', dice.chance(0.7) ? 'bru' : 'pako'] : ['vi'];
  const knows = dice.chance(0.35) ? 1 : dice.between(0.25, 0.8);
  const skills = dice.chance(0.125) ? [] : allSkills.filter(() => dice.chance(knows));
  return { phone: `+8490008${String(at % 10_000).padStart(4, '0')}`, languages, skills };
}

/** The array as Postgres reads it. */
const arrayOf = (items: readonly string[]): string => `{${items.join(',')}}`;

/** Says of every member of a unit what they speak and may teach; the first of each team leads it, one has left. */
function membersOf(place: Place, rows: HelperRows): Member[] {
  const ofUnit = rows.team_member.flatMap((row, at) => (row.area_id === place.unit.id ? [{ row, at }] : []));
  return ofUnit.flatMap(({ row, at }, index) => {
    const [id, teamId] = [String(row.id), String(row.team_id)];
    const about = aboutMember(id, at, place.mountain);
    const first = index === 0 || ofUnit[index - 1]?.row.team_id !== row.team_id;
    const left = place.rich && index === ofUnit.length - 1;
    Object.assign(row, {
      phone: about.phone,
      languages: arrayOf(about.languages),
      role: first ? 'lead' : 'member',
      left_on: left ? '2026-03-31' : null,
    });
    for (const skill of about.skills)
      rows.team_member_skill.push({ member_id: id, skill_code: skill, area_id: place.unit.id });
    return left
      ? []
      : [{ id, teamId, languages: about.languages, skills: new Set(about.skills), busy: new Set<string>(), says: [] }];
  });
}

function withAccount(place: Place): Member[] {
  const username = { 18859: 'daisu.dongthuan', 18901: 'daisu.minhhoa' }[place.unit.id];
  const [team] = place.teams;
  if (!username || !team) return [];
  const languages = place.mountain ? ['vi', 'bru'] : ['vi'];
  return [
    {
      id: memberWithAccount(place.unit.id, username),
      teamId: team.id,
      languages,
      skills: new Set(allSkills),
      busy: new Set(),
      says: ['asked', 'yes', 'asked', 'asked'],
    },
  ];
}

/**
 * Who taught and helped, and who is asked for what lies ahead: of what is past everybody had agreed and a few did not come; ahead
 * some agreed, some have not answered, some cannot come, and some sessions lack people. For one that was put off nobody is asked yet.
 */
export function makeHelpers(place: Place, classes: readonly PlannedClass[], today: string, rows: HelperRows): void {
  const dice = new Dice(`helpers/${place.unit.id}`);
  const members = [...withAccount(place), ...membersOf(place, rows)];
  const from = addDays(today, place.rich ? -120 : -45);
  const sessions = classes
    .filter(({ wish }) => wish.fate === 'runs')
    .flatMap((planned) => planned.sessions.map((session) => ({ planned, session })))
    .filter(({ session }) => !session.row.moved_from && session.day >= from && session.day <= addDays(today, 30))
    .sort((a, b) => a.session.startsAt.getTime() - b.session.startsAt.getTime());
  for (const { planned, session } of sessions) staff(planned, session, members, today, dice, rows);
}

function staff(
  planned: PlannedClass,
  session: Session,
  members: readonly Member[],
  today: string,
  dice: Dice,
  rows: HelperRows,
): void {
  const slot = `${session.day} ${planned.wish.startTime}`;
  const past = session.day < today;
  const own = (member: Member) => Number(member.teamId === planned.row.team_id);
  const free = members
    .filter(({ busy, languages }) => !busy.has(slot) && languages.includes(String(planned.row.language)))
    .map((member) => ({ member, rank: own(member) + dice.next() + (past ? 0 : member.says.length) }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ member }) => member);
  const teacher = free.find(({ skills }) => session.skills.every((skill) => skills.has(skill)));
  const needed = Math.ceil(Number(planned.row.seats_confirmed) / 4);
  const helping = free.filter((one) => one !== teacher).slice(0, Math.min(needed, past ? 2 : dice.int(0, 3)));
  if (teacher && (past || dice.chance(0.85))) ask(planned, session, teacher, 'teaches', past, dice, rows);
  for (const member of helping) ask(planned, session, member, 'helps', past, dice, rows);
  for (const { busy } of [...(teacher ? [teacher] : []), ...helping]) busy.add(slot);
}

const excuses = ['Hôm đó trực cơ quan.', 'Nhà có việc.', 'Đang đi tập huấn trên tỉnh.'] as const;

function ask(
  planned: PlannedClass,
  session: Session,
  member: Member,
  role: 'teaches' | 'helps',
  past: boolean,
  dice: Dice,
  rows: HelperRows,
): void {
  const askedAt = planned.publishedAt ?? momentOf(planned.firstDay, '08:00');
  const answeredAt = new Date(askedAt.getTime() + dice.int(10, 600) * 60_000);
  const thrown = dice.weighted([
    ['yes', 50],
    ['asked', 35],
    ['no', 15],
  ] as const);
  const answer = past ? 'yes' : (member.says.shift() ?? thrown);
  rows.session_helper.push({
    id: idOf(`${session.id}/helper/${member.id}`),
    session_id: session.id,
    member_id: member.id,
    role,
    state: answer,
    asked_at: askedAt,
    asked_by: accountOf('organiser', planned.place.unit.id),
    answered_at: answer === 'asked' ? null : answeredAt,
    no_because: answer === 'no' ? 'said' : null,
    reason: answer === 'no' ? dice.pick(excuses) : '',
    absent_at: past && session.row.status === 'held' && dice.chance(0.04) ? session.endsAt : null,
  });
}
