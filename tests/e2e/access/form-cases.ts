import { randomInt, randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import type { Named } from './matrix';
import type { Fields } from './portal';
import { actionRows } from './posts';
import type { Scene } from './scene';

/** One form as it stands on a page, filled in so that it would be accepted. */
export interface FormCase {
  /** The action's name, and where a form asks more than one set of questions, which. */
  name: string;
  action: string;
  /** A second set of questions: its hidden fields were tried with the first. */
  further?: true;
  may: (typeof actionRows)[string]['may'];
  page: string;
  /** Made anew for each sending: a form sent twice is refused or repeated, which would say nothing of its fields. */
  fields: () => Fields;
  /** What is sent to be accepted is about something fresh. */
  anew?: Scene['anew'];
  /** Who has in hand what shows the form; somebody who may, unless said. */
  as?: Scene['as'];
  /** The form is shown by sending this first. */
  shownBy?: Fields;
}

const under = (name: string) => {
  const row = actionRows[name];
  if (!row) throw new Error(`no row for ${name}`);
  return row;
};

/** Every form there is, in the scene that shows it, and each of the questions it asks only after a certain answer. */
export async function formCases(sql: Sql, own: Named, scenes: Record<string, Scene>): Promise<FormCase[]> {
  const [held] = await sql<{ id: string }[]>`
    select id from class_session where register_started_at is not null and status in ('held', 'published')
    and area_id in (select area_id from area_tree where ancestor_id = ${own.unit}) order by starts_at desc, id limit 1`;
  if (!held) throw new Error('the demo world must hold a register that was started');
  const walkIn = '/manage/sessions/[id]#addWalkIn';
  const plain = Object.entries(actionRows).flatMap(([action, row]): FormCase[] => {
    if (row.skip) return [];
    const { may } = row;
    const scene = scenes[action];
    // Somebody walks in where a register was started.
    const named = { ...own, ...scene?.named, ...(action === walkIn && { sessionId: held.id }) };
    const page = scene?.page ?? row.page(named);
    const { as, anew } = scene ?? {};
    return [{ name: action, action, may, page, as, anew, fields: () => row.fields(named, named) }];
  });
  const more = (action: string, which: string, fields: () => Fields, page = under(action).page(own)): FormCase => ({
    name: `${action} ${which}`,
    further: true,
    action,
    may: under(action).may,
    page,
    fields,
  });
  const usual = (action: string) => under(action).fields(own, own);
  const rule = new URLSearchParams(
    Object.entries({ step: 'preview', ...usual('/manage/classes/new#openClass'), venueId: 'new' }).map(
      ([name, value]): [string, string] => [name, String(value)],
    ),
  );
  const cases = [
    ...plain,
    more('/classes/[id]#enrolHere', 'for somebody else, from elsewhere', () => ({
      ...usual('/classes/[id]#enrolHere'),
      noPhone: '',
      phone: `09${randomInt(10_000_000, 99_999_999)}`,
      forWhom: 'other',
      signedUpBy: 'Lê Văn Hộ',
      phoneOf: 'relative',
      village: 'elsewhere',
      unit: 18901,
    })),
    {
      ...more('/classes/[id]#enrolHere', 'with one more', () => ({
        ...usual('/classes/[id]#enrolHere'),
        people: 2,
        together: 'yes',
        fullName2: 'Lê Văn Thử',
        noPhone2: 'on',
        phone2: '',
        birthYear2: 1950,
        village2: 'same',
      })),
      shownBy: { ...usual('/classes/[id]#enrolHere'), step: 'add' },
    },
    more(
      '/manage/classes/new#openClass',
      'at a new venue',
      () => ({
        ...usual('/manage/classes/new#openClass'),
        venueId: 'new',
        venueName: 'Nhà văn hóa thử',
        venueAddress: 'Đường Thử',
        venueAreaId: own.villageId,
      }),
      `/manage/classes/new?${rule}`,
    ),
    more(
      '/manage/sessions/[id]#saveRegister',
      'once started',
      () => ({ sessionId: held.id, act: 'save' }),
      `/manage/sessions/${held.id}`,
    ),
    more('/sign-in#signIn', 'as nobody', () => ({
      name: `nobody.${randomUUID().slice(0, 8)}`,
      password: 'x',
      next: '',
    })),
  ];
  // The class is cancelled last: most forms are about it.
  const isLast = ({ name }: FormCase) => name.endsWith('#cancelWhole');
  return [...cases.filter((one) => !isLast(one)), ...cases.filter(isLast)];
}
