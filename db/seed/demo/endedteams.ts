import { addDays, momentOf } from '../../../lib/kernel/clock';
import { checkSign } from '../../../lib/kernel/serial';
import type { Row, SeedTx } from '../connection';
import { idOf } from '../ids';
import { accountOf, allSkills } from './accounts';
import { Dice, lettersOf } from './dice';
import { inventName } from './names';
import type { Place } from './places';

interface EndedRows {
  team: Row[];
  team_member: Row[];
  team_member_skill: Row[];
  helper_card: Row[];
  class: Row[];
  class_session: Row[];
  session_helper: Row[];
  audit_event: Row[];
}

const letters = '2346789ACDEFGHJKMNPQRTWXY';
/** So many days ago a team of last summer was closed, and another one by mistake, for half an hour. */
const [closedBefore, reopenedBefore] = [30, 3];
const summerTeam = (unitId: number) => idOf(`demo/team/${unitId}/summer`);

/**
 * Teams that ended, in units shown in full: one of students that taught a class and is closed, its people gone with it; and one that was closed by
 * mistake and opened again, whose people were asked anew and have new cards. `closeTeams` closes the first once its class stands.
 */
export function makeEndedTeams(places: readonly Place[], today: string, rows: EndedRows): void {
  for (const place of places.filter(({ rich }) => rich)) {
    endedInSummer(place, today, rows);
    closedByMistake(place, today, rows);
  }
}

function endedInSummer(place: Place, today: string, rows: EndedRows): void {
  const { unit, mountain } = place;
  const dice = new Dice(`ended/${unit.id}`);
  const id = summerTeam(unit.id);
  const closedOn = addDays(today, -closedBefore);
  const name = `Đội sinh viên tình nguyện ${unit.fullNameVi} (demo)`;
  rows.team.push({ id, area_id: unit.id, kind: 'shock_team', organisation: 'youth', name });
  const members = [1, 2, 3].map((at) => {
    const member = {
      id: idOf(`demo/team/${unit.id}/summer/${at}`),
      team_id: id,
      area_id: unit.id,
      account_id: null,
      full_name: inventName(dice, dice.chance(0.5) ? 'female' : 'male', mountain),
      phone: `+8490006${String(unit.id % 1000).padStart(3, '0')}${at}`,
      role: at === 1 ? 'lead' : 'member',
      languages: '{vi}',
      joined_on: addDays(today, -220),
      left_on: closedOn,
    };
    rows.team_member.push(member);
    for (const skill of allSkills)
      rows.team_member_skill.push({ member_id: member.id, skill_code: skill, area_id: unit.id });
    return member.id;
  });
  const taught = lastEnded(place, momentOf(addDays(closedOn, -4), '00:00'), rows);
  if (taught) giveClass(taught, id, members, rows);
  note(place, 'team.close', id, momentOf(closedOn, '16:00'), members.length, rows);
}

/** The class of the unit that was closed last before a moment. */
function lastEnded({ teams }: Place, before: Date, rows: EndedRows): Row | undefined {
  const own = new Set<unknown>(teams.map(({ id }) => id));
  const ended = ({ last_ends_at: at }: Row) => (at instanceof Date ? at.getTime() : 0);
  return rows.class
    .filter((row) => own.has(row.team_id) && row.status === 'closed' && ended(row) > 0 && ended(row) < before.getTime())
    .toSorted((one, other) => ended(other) - ended(one))[0];
}

/** It was theirs: one of them taught it, another helped. */
function giveClass(taught: Row, teamId: string, [teacher = '', helper = '']: readonly string[], rows: EndedRows): void {
  taught.team_id = teamId;
  const sessions = new Set(rows.class_session.filter((row) => row.class_id === taught.id).map((row) => row.id));
  const helped = new Set<unknown>();
  for (const row of rows.session_helper.filter((one) => sessions.has(one.session_id ?? null))) {
    if (row.role === 'teaches') row.member_id = teacher;
    else if (!helped.has(row.session_id)) {
      row.member_id = helper;
      helped.add(row.session_id);
    }
  }
}

function closedByMistake(place: Place, today: string, rows: EndedRows): void {
  const [, , team] = place.teams;
  if (!team) return;
  const day = addDays(today, -reopenedBefore);
  const [closed, reopened] = [momentOf(day, '09:00'), momentOf(day, '09:30')];
  const members = rows.team_member
    .filter((row) => row.team_id === team.id && !row.left_on)
    .map((row) => row.id ?? null);
  const starts = new Map(rows.class_session.map((row) => [row.id, row.starts_at]));
  for (const row of rows.session_helper) {
    const at = starts.get(row.session_id ?? null);
    if (!members.includes(row.member_id ?? null) || !(at instanceof Date) || at <= closed) continue;
    // What they were asked for was free while the team was closed, and they were asked anew.
    if (row.asked_at instanceof Date && row.asked_at > reopened) continue;
    row.asked_at = new Date(reopened.getTime() + 30 * 60_000);
    if (row.answered_at) row.answered_at = new Date(reopened.getTime() + 95 * 60_000);
  }
  for (const card of rows.helper_card.filter((row) => members.includes(row.member_id ?? null) && !row.revoked_at)) {
    Object.assign(card, { revoked_at: closed, revoked_because: 'left' });
    const name = `demo/helper-card/${String(card.member_id)}/anew`;
    const body = lettersOf(name, letters, 9);
    rows.helper_card.push({
      ...card,
      id: idOf(name),
      code: body + checkSign(body),
      valid_from: day,
      valid_until: addDays(day, 364),
      issued_at: momentOf(day, '10:30'),
      revoked_at: null,
      revoked_because: null,
      revoked_note: '',
    });
  }
  note(place, 'team.close', team.id, closed, members.length, rows);
  note(place, 'team.reopen', team.id, reopened, members.length, rows);
}

function note(place: Place, action: string, teamId: string, at: Date, members: number, rows: EndedRows): void {
  rows.audit_event.push({
    id: idOf(`demo/audit/${action}/${teamId}`),
    at,
    account_id: accountOf('organiser', place.unit.id),
    action,
    subject_kind: 'team',
    subject_id: teamId,
    area_id: place.unit.id,
    details: JSON.stringify({ members }),
  });
}

/** Closes the teams of last summer: a closed one is given no class, so theirs had to stand first. */
export async function closeTeams(tx: SeedTx, today: string): Promise<void> {
  const ids = [18859, 18901].map(summerTeam);
  await tx`update team_member set left_with_team = true where team_id = any(${ids}::uuid[])`;
  await tx`update team set closed_on = ${addDays(today, -closedBefore)} where id = any(${ids}::uuid[])`;
}
