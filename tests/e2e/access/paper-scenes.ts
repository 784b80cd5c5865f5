import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { newAddressId, newSheetCode } from '../../../lib/kernel/id';
import type { Named } from './matrix';
import type { Scene } from './scene';

/** A printed register of a session an hour ago, whose class nobody else's form touches. */
async function aSheet(sql: Sql, own: Named): Promise<{ sheetSessionId: string; sheetCode: string }> {
  const [classId, venueId, sheetSessionId] = [`z${newAddressId().slice(1)}`, randomUUID(), randomUUID()];
  const sheetCode = newSheetCode();
  await sql`insert into venue (id, area_id, name, address) values (${venueId}, ${own.villageId}, 'Nhà văn hóa Cảnh (demo)', 'Thôn Cảnh')`;
  await sql`insert into class (id, area_id, course_id, venue_id, team_id, status, capacity, first_starts_at, last_ends_at)
    values (${classId}, ${own.villageId}, ${own.courseId}, ${venueId}, ${own.teamId}, 'published', 20, now() - interval '1 hour', now() + interval '1 hour')`;
  await sql`insert into class_session (id, class_id, area_id, venue_id, position, starts_at, ends_at, status)
    values (${sheetSessionId}, ${classId}, ${own.villageId}, ${venueId}, 1, now() - interval '1 hour', now() + interval '1 hour', 'published')`;
  await sql`insert into register_sheet (id, session_id, area_id, code, people, skills)
    values (${randomUUID()}, ${sheetSessionId}, ${own.villageId}, ${sheetCode}, '{}', '{}')`;
  return { sheetSessionId, sheetCode };
}

/** The scene of typing in what a printed register says. */
export async function paperScenes(sql: Sql, own: Named): Promise<Record<string, Scene>> {
  return {
    '/manage/sessions/[id]#savePaper': {
      named: await aSheet(sql, own),
      anew: async () => {
        const { sheetSessionId, sheetCode } = await aSheet(sql, own);
        return {
          page: `/manage/sessions/${sheetSessionId}/entry?sheet=${sheetCode}&said=`,
          fields: { sessionId: sheetSessionId, sheet: sheetCode, said: '', seen: '' },
        };
      },
    },
  };
}
