import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { inDays, type ActionRow } from './action-row';
import { badNames } from './bad';
import { anyText, missing, type Leave } from './leave';
import type { Named } from './matrix';
import type { Fields } from './portal';
import type { Scene } from './scene';

const page = '/manage/teams/[id]/members/[member]';
const ofMember = ({ teamId, memberId }: Named) => `/manage/teams/${teamId}/members/${memberId}`;
const training = (memberId: string): Fields => ({
  memberId,
  title: 'Cách ngồi kèm',
  heldOn: inDays(-3),
  givenBy: 'Hội Khuyến học',
  hours: '1,5',
});

const howTold: Fields = { zalo: 'on', sms: '', email: '', agreed: 'on', noCalls: '' };

async function freshMember(sql: Sql, { teamId }: Named): Promise<string> {
  const id = randomUUID();
  await sql`insert into team_member (id, team_id, area_id, full_name) select ${id}, id, area_id, 'Hồ Văn Rảnh' from team where id = ${teamId}`;
  return id;
}

async function freshAway(sql: Sql, own: Named): Promise<{ id: string; at: string }> {
  const [id, memberId] = [randomUUID(), await freshMember(sql, own)];
  await sql`insert into team_member_away (id, member_id, area_id, first_day, last_day)
    select ${id}, id, area_id, current_date + 3, current_date + 9 from team_member where id = ${memberId}`;
  return { id, at: ofMember({ ...own, memberId }) };
}

async function freshTraining(sql: Sql, own: Named): Promise<{ id: string; at: string }> {
  const [id, memberId] = [randomUUID(), await freshMember(sql, own)];
  await sql`insert into team_member_training (id, member_id, area_id, title, held_on, given_by, minutes)
    select ${id}, id, area_id, 'Học thử', current_date - 9, 'Tỉnh đoàn', 90 from team_member where id = ${memberId}`;
  return { id, at: ofMember({ ...own, memberId }) };
}

/** The forms of when somebody can, and of what they learnt. Of times whose they are decides, not the verb. */
export const dutyRows: Record<string, ActionRow> = {
  [`${page}#free`]: {
    may: 'class.read',
    page: ofMember,
    fields: ({ memberId }) => ({ memberId, free: '2.evening' }),
    works: { as: 'tochuc.minhhoa' },
  },
  [`${page}#away`]: {
    may: 'class.read',
    page: ofMember,
    fields: ({ memberId }) => ({ memberId, firstDay: inDays(40), lastDay: inDays(43) }),
    works: { as: 'tochuc.minhhoa' },
  },
  [`${page}#notAway`]: {
    may: 'class.read',
    page: ({ awayPage }) => awayPage,
    fields: ({ awayLineId }) => ({ id: awayLineId }),
    works: { as: 'tochuc.minhhoa', fields: async (own, sql) => ({ id: (await freshAway(sql, own)).id }) },
  },
  [`${page}#training`]: {
    may: 'class.write',
    page: ofMember,
    fields: ({ memberId }) => training(memberId),
    works: { as: 'tochuc.minhhoa' },
  },
  [`${page}#told`]: {
    may: 'class.write',
    page: ofMember,
    fields: ({ memberId }) => ({ memberId, ...howTold }),
    works: {
      as: 'tochuc.minhhoa',
      fields: async (own, sql) => ({ memberId: await freshMember(sql, own), ...howTold }),
    },
  },
  [`${page}#trainingOff`]: {
    may: 'class.write',
    page: ({ trainingPage }) => trainingPage,
    fields: ({ trainingId }) => ({ id: trainingId }),
    works: { as: 'tochuc.minhhoa', fields: async (own, sql) => ({ id: (await freshTraining(sql, own)).id }) },
  },
};

/** Forms shown only at a moment: what is taken back asks for a line that is there. */
export async function dutyScenes(sql: Sql, own: Named): Promise<Record<string, Scene>> {
  const [away, learnt] = [await freshAway(sql, own), await freshTraining(sql, own)];
  const fresh = (fields: (memberId: string) => Fields) => async () => {
    const memberId = await freshMember(sql, own);
    return { page: ofMember({ ...own, memberId }), fields: fields(memberId) };
  };
  return {
    [`${page}#free`]: { anew: fresh((memberId) => ({ memberId, free: '2.evening' })) },
    [`${page}#training`]: { anew: fresh(training) },
    [`${page}#told`]: { anew: fresh((memberId) => ({ memberId, ...howTold })) },
    [`${page}#notAway`]: { named: { awayLineId: away.id }, page: away.at },
    [`${page}#trainingOff`]: { named: { trainingId: learnt.id }, page: learnt.at },
  };
}

/** What these forms accept though it looks bad. */
export const dutyAccepted: readonly Leave[] = [
  { form: /\[member\]#training$/, field: /^(title|givenBy)$/, values: anyText, why: 'free text, stored tidied' },
  {
    form: /\[member\]#told$/,
    field: /^(zalo|sms|noCalls)$/,
    values: badNames,
    why: 'a tick box: anything but “on” is no tick',
  },
  { form: /\[member\]#told$/, field: /^email$/, values: missing, why: 'may be left out' },
  {
    form: /\[member\]#free$/,
    field: /^free$/,
    values: missing.filter((name) => name === 'a file'),
    why: 'nothing ticked: nothing is said',
  },
];
