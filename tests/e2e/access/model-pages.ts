import type { Sql } from 'postgres';

/** What of a unit's models an address or a form may name. */
export interface ModelNamed {
  /** Published, with a class counted. */
  modelId: string;
  modelDraftId: string;
  /** That class. */
  modelHeld: string;
  /** A class that no model counts. */
  modelFree: string;
  /** Published by another unit. */
  modelElsewhereId: string;
}

/** What the demo world holds of them in a unit, as columns. */
export const modelsNamed = (sql: Sql, unit: number) => sql`
  (select m.id from model m where m.area_id = ${unit} and m.status = 'published' and exists (select from model_class l where l.model_id = m.id)
     order by m.created_at, m.id limit 1) as model_id,
  (select id from model where area_id = ${unit} and status = 'draft' order by created_at, id limit 1) as model_draft_id,
  (select 'c:' || l.class_id from model_class l where l.model_id = (select m.id from model m where m.area_id = ${unit} and m.status = 'published'
     and exists (select from model_class l where l.model_id = m.id) order by m.created_at, m.id limit 1) order by l.class_id limit 1) as model_held,
  (select 'c:' || c.id from class c where c.status in ('published', 'closed') and c.area_id in (select area_id from under)
     and not exists (select from model_class l where l.class_id = c.id) order by c.first_starts_at, c.id limit 1) as model_free,
  (select id from model where area_id <> ${unit} and status = 'published' order by created_at, id limit 1) as model_elsewhere_id`;

/** The pages of models, and who gets what there. What is published is read by organisers and leaders of all units. */
export const modelPages = {
  '/manage/models': { may: 'figures.read' },
  '/manage/models/new': { may: 'class.write' },
  '/manage/models/[id]': {
    may: 'figures.read',
    at: ({ modelId }: ModelNamed) => `/manage/models/${modelId}`,
    elsewhere: 'shown',
  },
  '/manage/models/[id]/compare': {
    may: 'figures.read',
    at: ({ modelId }: ModelNamed) => `/manage/models/${modelId}/compare`,
    elsewhere: 'shown',
  },
  '/manage/models/[id]/edit': {
    may: 'class.write',
    at: ({ modelId }: ModelNamed) => `/manage/models/${modelId}/edit`,
    elsewhere: 'notFound',
  },
} as const;
