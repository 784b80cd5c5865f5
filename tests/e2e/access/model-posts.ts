import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { newAddressId } from '../../../lib/kernel/id';
import type { ActionRow } from './action-row';
import { anyText, missing, type Leave } from './leave';
import type { Named } from './matrix';
import type { Fields } from './portal';
import type { Scene } from './scene';

const modelPage = ({ modelId }: Pick<Named, 'modelId'>) => `/manage/models/${modelId}`;

/** A model nobody has touched yet. */
async function freshModel(sql: Sql, unit: number, courseId: string, status: 'draft' | 'published'): Promise<string> {
  const id = randomUUID();
  await sql`insert into model (id, area_id, status, published_at, name, what, audience, course_id, weekdays, start_time, minutes, sessions, capacity,
      minimum_to_run, venue_kind)
    values (${id}, ${unit}, ${status}, ${status === 'draft' ? null : new Date()}, 'Mô hình cảnh (demo)', 'Làm thử.', '{everyone}', ${courseId}, '{6}',
      '08:00', 90, 4, 20, 5, 'market')`;
  return id;
}

/** A class nobody counts yet, or counted with a model. */
async function freshClass(sql: Sql, own: Named, modelId: string | null = null): Promise<string> {
  const id = `z${newAddressId().slice(1)}`;
  await sql`insert into class (id, area_id, course_id, venue_id, team_id, status, capacity, published_at)
    values (${id}, ${own.villageId}, ${own.courseId}, ${own.venueId}, ${own.teamId}, 'published', 20, now())`;
  if (modelId)
    await sql`insert into model_class (class_id, model_id, area_id, version) values (${id}, ${modelId}, ${own.villageId}, 1)`;
  return `c:${id}`;
}

/** The unit that is not this one. */
const other = ({ unit }: Named) => (unit === 18859 ? 18901 : 18859);

const described = ({ unit, courseId }: Named): Fields => ({
  areaId: unit,
  name: 'Mô hình thử',
  what: 'Làm thử.',
  audience: 'older',
  forWhom: '',
  materials: 'Điện thoại',
  courseId,
  weekdays: '6',
  startTime: '08:00',
  minutes: 90,
  sessions: 4,
  capacity: 20,
  minimumToRun: 5,
  venueKind: 'market',
});

/** The forms of models. */
export const modelRows: Record<string, ActionRow> = {
  '/manage/models#save': {
    may: 'class.write',
    page: () => '/manage/models/new',
    fields: described,
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/models#move': {
    may: 'class.write',
    page: ({ modelDraftId }) => modelPage({ modelId: modelDraftId }),
    fields: ({ modelDraftId }) => ({ modelId: modelDraftId, to: 'published' }),
    works: {
      as: 'tochuc.minhhoa',
      fields: async (own, sql) => ({
        modelId: await freshModel(sql, own.unit, own.courseId, 'draft'),
        to: 'published',
      }),
    },
  },
  '/manage/models#copyToMine': {
    may: 'class.write',
    page: ({ modelElsewhereId }) => modelPage({ modelId: modelElsewhereId }),
    fields: ({ modelElsewhereId, unit }) => ({ modelId: modelElsewhereId, areaId: unit }),
    works: {
      as: 'tochuc.dongthuan',
      fields: async (own, sql) => ({
        modelId: await freshModel(sql, other(own), own.courseId, 'published'),
        areaId: own.unit,
      }),
    },
  },
  '/manage/models#count': {
    may: 'class.write',
    page: modelPage,
    fields: ({ modelId, modelFree }) => ({ modelId, held: modelFree }),
    works: {
      as: 'tochuc.dongthuan',
      fields: async (own, sql) => ({ modelId: own.modelId, held: await freshClass(sql, own) }),
    },
  },
  '/manage/models#countNoMore': {
    may: 'class.write',
    page: modelPage,
    fields: ({ modelId, modelHeld }) => ({ modelId, held: modelHeld }),
    works: {
      as: 'tochuc.minhhoa',
      fields: async (own, sql) => ({ modelId: own.modelId, held: await freshClass(sql, own, own.modelId) }),
    },
  },
};

/** Forms that do something once: each sending is about something fresh. */
export async function modelScenes(sql: Sql, own: Named): Promise<Record<string, Scene>> {
  const draft = () => freshModel(sql, own.unit, own.courseId, 'draft');
  const elsewhere = () => freshModel(sql, other(own), own.courseId, 'published');
  const sent = (modelId: string, more: Fields) => ({ page: modelPage({ modelId }), fields: { modelId, ...more } });
  const [still, theirs, mine] = [
    await draft(),
    await elsewhere(),
    await freshModel(sql, own.unit, own.courseId, 'published'),
  ];
  const [free, held] = [await freshClass(sql, own), await freshClass(sql, own, mine)];
  return {
    '/manage/models#move': {
      named: { modelDraftId: still },
      anew: async () => sent(await draft(), { to: 'published' }),
    },
    '/manage/models#copyToMine': {
      named: { modelElsewhereId: theirs },
      anew: async () => sent(await elsewhere(), { areaId: own.unit }),
    },
    '/manage/models#count': {
      named: { modelId: mine, modelFree: free },
      anew: async () => sent(mine, { held: await freshClass(sql, own) }),
    },
    '/manage/models#countNoMore': {
      named: { modelId: mine, modelHeld: held },
      anew: async () => sent(mine, { held: await freshClass(sql, own, mine) }),
    },
  };
}

/** What these forms accept though it looks bad. */
export const modelAccepted: readonly Leave[] = [
  { form: /models#save$/, field: /^(name|what)$/, values: anyText, why: 'free text, stored tidied' },
  {
    form: /models#save$/,
    field: /^(forWhom|materials)$/,
    values: [...anyText, ...missing],
    why: 'free text that may be left out',
  },
  { form: /models#save$/, field: /^weekdays$/, values: ['twice'], why: 'two days of the week' },
];
