import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import type { Named } from './matrix';
import type { APIRequestContext } from '@playwright/test';
import type { Fields } from './portal';
import type { Scene } from './scene';
import { idleTeam } from './team-posts';
import { newAddressId } from '../../../lib/kernel/id';

/** Forms of teams that their page shows only at a moment: of who left, of who is asked, of a session that is over. */
export async function teamScenes(sql: Sql, own: Named, helper: APIRequestContext): Promise<Record<string, Scene>> {
  const member = async (left = false) => {
    const id = randomUUID();
    await sql`insert into team_member (id, team_id, area_id, full_name, left_on)
      select ${id}, id, area_id, 'Hồ Văn Cảnh', ${left ? '2026-01-01' : null}::date from team where id = ${own.teamId}`;
    return id;
  };
  const [helperMember] = await sql<{ id: string }[]>`
    select m.id from team_member m join account a on a.id = m.account_id where a.username = 'daisu.dongthuan'`;
  let ahead = 100;
  /** A class with one session at a venue of its own, and somebody asked for it (or, once over, who came to it). */
  const asked = async (who: string, over = false) => {
    ahead += 1;
    const [classId, venueId, sessionId] = [`z${newAddressId().slice(1)}`, randomUUID(), randomUUID()];
    const from = over ? `-${ahead} hours` : `${ahead} days`;
    await sql`insert into venue (id, area_id, name, address) values (${venueId}, ${own.villageId}, 'Nhà văn hóa Đội (demo)', 'Thôn Đội')`;
    await sql`insert into class (id, area_id, course_id, venue_id, team_id, status, capacity, seats_confirmed, first_starts_at, last_ends_at)
      values (${classId}, ${own.villageId}, ${own.courseId}, ${venueId}, ${own.teamId}, 'published', 20, 0, now(), now() + interval '900 days')`;
    await sql`insert into class_session (id, class_id, area_id, venue_id, position, starts_at, ends_at, status, register_started_at)
      values (${sessionId}, ${classId}, ${own.villageId}, ${venueId}, 1, now() + ${from}::interval, now() + ${from}::interval + interval '30 minutes',
        'published', case when ${over} then now() + ${from}::interval end)`;
    const id = randomUUID();
    await sql`insert into session_helper (id, session_id, member_id, role, state, answered_at)
      values (${id}, ${sessionId}, ${who}, 'helps', ${over ? 'yes' : 'asked'}, ${over ? new Date() : null})`;
    return { id, sessionId, page: `/manage/classes/${classId}/helpers` };
  };
  const pageOf = (id: string) => `/manage/teams/${own.teamId}/members/${id}`;
  const fresh = (over: boolean, fields: (id: string) => Fields) => async () => {
    const { id, page } = await asked(await member(), over);
    return { page, fields: fields(id) };
  };
  const [gone, person, question, seen] = [
    await member(true),
    await member(),
    await asked(await member()),
    await asked(await member(), true),
  ];
  const ofOwn = await asked(helperMember?.id ?? '');
  const past = await member();
  const { id: cameId } = await asked(past, true);
  const free = await member();
  const forHelper = async () => {
    const { id } = await asked(helperMember?.id ?? '');
    return { page: '/manage', fields: { ids: id, answer: 'no', reason: 'Bận' } };
  };
  const staffing = '/manage/classes/[id]/helpers';
  const [open, shut] = [await idleTeam(sql, own), await idleTeam(sql, own, true)];
  return {
    '/manage/teams#addPerson': {
      anew: async () => ({
        page: `/manage/teams/${own.teamId}`,
        fields: {
          teamId: own.teamId,
          fullName: 'Lê Văn Thử',
          phone: '',
          role: 'member',
          languages: 'vi',
          accountId: '',
        },
      }),
    },
    '/manage/teams#close': { named: { teamId: open }, page: `/manage/teams/${open}` },
    '/manage/teams#reopen': { named: { teamId: shut }, page: `/manage/teams/${shut}` },
    '/manage/teams#leave': { named: { memberId: person }, page: pageOf(person) },
    '/manage/teams#comeBack': { named: { memberId: gone }, page: pageOf(gone) },
    '/manage/teams#answer': { as: helper, named: { ownAskId: ofOwn.id }, anew: forHelper },
    '/manage/teams#presence': { named: { cameId }, page: pageOf(past) },
    [`${staffing}#ask`]: {
      named: { askedSessionId: question.sessionId, freeMemberId: free },
      page: `${question.page}?session=${question.sessionId}`,
    },
    [`${staffing}#noteAnswer`]: {
      named: { askedId: question.id },
      page: question.page,
      anew: fresh(false, (ids) => ({ ids, answer: 'no', reason: 'Bận' })),
    },
    [`${staffing}#withdraw`]: { named: { askedId: question.id }, page: question.page },
    [`${staffing}#notePresence`]: { named: { cameId: seen.id }, page: seen.page },
  };
}
