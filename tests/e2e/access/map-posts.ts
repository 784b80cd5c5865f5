import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import type { ActionRow } from './action-row';
import type { Fields, SentFile } from './portal';
import type { Scene } from './scene';

const page = '/admin/areas/boundaries';

const file = (): SentFile => ({
  name: 'ranh giới.geojson',
  mimeType: 'application/geo+json',
  buffer: Buffer.from(
    JSON.stringify({
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          properties: { ma: '18859' },
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [106.5, 17.4],
                [106.6, 17.4],
                [106.6, 17.5],
                [106.5, 17.4],
              ],
            ],
          },
        },
      ],
    }),
  ),
});

const shape = { areaId: 18859, path: 'M0 0L900 0L900 900Z', box: [0, 0, 900, 900], spot: [600, 300, 200] };

/** What the administrator has sent and not yet decided. */
async function aDraft(sql: Sql): Promise<{ page: string; fields: Fields }> {
  const id = randomUUID();
  await sql`
    insert into boundary_draft (account_id, id, source, file_name, shapes, unmatched, points_before, points_after)
    select id, ${id}, 'Bản thử', 'thử.geojson', ${sql.json([shape])}, '{Nơi lạ}', 4, 3 from account where username = 'admin'
    on conflict (account_id) do update set id = excluded.id`;
  return { page, fields: { draft: id, act: 'save' } };
}

/** Boundaries in use. */
async function drawn(sql: Sql): Promise<{ page: string; fields: Fields }> {
  await sql`
    insert into area_boundary (area_id, path, box, spot, source, imported_by)
    select ${shape.areaId}, ${shape.path}, ${shape.box}, ${shape.spot}, 'Bản thử', id from account where username = 'admin'
    on conflict do nothing`;
  return { page, fields: { act: 'remove' } };
}

/** Puts the page of boundaries into the state that shows everything: something sent, something in use. */
export async function mapDrawn(sql: Sql): Promise<void> {
  await aDraft(sql);
  await drawn(sql);
}

/** The forms of the page of boundaries. */
export const mapRows: Record<string, ActionRow> = {
  [`${page}#send`]: {
    may: 'area.manage',
    page: () => page,
    fields: () => ({ source: 'Bản thử, dùng tự do', shapes: file() }),
    acrossUnits: true, // names nothing of a unit
    works: { as: 'admin' },
  },
  [`${page}#decide`]: {
    may: 'area.manage',
    page: () => page,
    fields: () => ({ draft: randomUUID(), act: 'save' }),
    works: { as: 'admin', fields: async (_own, sql) => (await aDraft(sql)).fields },
  },
  [`${page}#remove`]: {
    may: 'area.manage',
    page: () => page,
    fields: () => ({ act: 'remove' }),
    works: { as: 'admin', fields: async (_own, sql) => (await drawn(sql)).fields },
  },
};

/** The scenes of those forms that are shown only at a moment. */
export async function mapScenes(sql: Sql): Promise<Record<string, Scene>> {
  await mapDrawn(sql);
  return {
    [`${page}#decide`]: { page, anew: () => aDraft(sql) },
    [`${page}#remove`]: { page, anew: () => drawn(sql) },
  };
}
