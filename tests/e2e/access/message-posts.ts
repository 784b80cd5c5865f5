import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { inDays, type ActionRow } from './action-row';
import { badNames } from './bad';
import { missing, type Leave } from './leave';
import type { Named } from './matrix';
import type { Scene } from './scene';

const month = inDays(0).slice(0, 7);
const choice = { zalo: 'on', sms: '', email: '', agreed: 'on', how: 'oral' };

/** The forms of what residents are told. */
export const messageRows: Record<string, ActionRow> = {
  '/manage/messages#tell': {
    may: 'contact.read',
    page: () => '/manage/messages',
    fields: ({ toCallId }) => ({ messageId: toCallId, outcome: 'reached' }),
    works: { as: 'daisu.dongthuan' },
  },
  '/manage/people/[id]/messages#choose': {
    may: 'person.write',
    page: ({ personId }) => `/manage/people/${personId}/messages`,
    fields: ({ personId }) => ({ personId, ...choice }),
    works: { as: 'tochuc.minhhoa' },
  },
  '/admin/messages#set': {
    may: 'area.manage',
    page: () => '/admin/messages',
    fields: ({ unit }) => ({ areaId: unit, month, allowed: '500' }),
    acrossUnits: true,
    works: { as: 'admin' },
  },
};

/** Somebody to be called about a change of their class, on the list of that class; made anew for one call that reaches nobody. */
export async function messageScenes(sql: Sql, own: Named): Promise<Record<string, Scene>> {
  const [found] = await sql<{ classId: string }[]>`select class_id from message where id = ${own.toCallId}`;
  const page = `/manage/messages?class=${found?.classId ?? ''}`;
  const copy = async () => {
    const id = randomUUID();
    await sql`
      insert into message (id, key, purpose, person_id, enrolment_id, class_id, area_id, unit_id, not_before, due_at, expires_at, state, why)
      select ${id}, ${`scene:${id}`}, purpose, person_id, enrolment_id, class_id, area_id, unit_id, not_before, due_at, expires_at, 'to_call', why
      from message where id = ${own.toCallId}`;
    return { page, fields: { messageId: id, outcome: 'no_answer' } };
  };
  return { '/manage/messages#tell': { page, anew: copy } };
}

export const messageAccepted: readonly Leave[] = [
  {
    form: /messages#choose$|#chooseHow$|#chooseLessByCard$/,
    field: /^(zalo|sms|noCalls)$/,
    values: badNames,
    why: 'a tick box: anything but “on” is no tick',
  },
  { form: /messages#choose$|#chooseHow$/, field: /^email$/, values: missing, why: 'may be left out' },
  { form: /#chooseLessByCard$/, field: /^email$/, values: badNames, why: 'a tick box, as the others' },
  { form: /messages#choose$/, field: /^how$/, values: ['a file'], why: 'left out it is by word of mouth' },
  {
    form: /messages#tell$/,
    field: /^class$/,
    values: ['empty', 'an id of another kind'],
    why: 'only where one comes back to',
  },
  {
    form: /messages#tell$/,
    field: /^turn$/,
    values: ['empty'],
    why: 'only where one comes back to',
  },
  { form: /admin\/messages#set$/, field: /^allowed$/, values: ['a year to come'], why: 'a number like any' },
];
