import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { recordingTypeOf } from './rules';
import type { removeRecordingInput, saveRecordingInput } from './schema';

type Staff = Pick<Caller, 'accountId'>;

/** The area of a class that is the caller's to change; null otherwise, as if there were no such class. */
async function areaInHand(tx: ScopedTx, classId: string): Promise<number | null> {
  const [row] = await tx<{ areaId: number }[]>`
    select area_id from class where id = ${classId} and area_id = ${mine(tx, 'class.write')} for update`;
  return row?.areaId ?? null;
}

async function audit(tx: ScopedTx, caller: Staff, action: string, classId: string, areaId: number, details: object) {
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, ${action}, 'class', ${classId}, ${areaId}, ${tx.json({ ...details })})`;
}

/**
 * Keeps a recording of a class in a language, in place of the one before. Refused: not one's own class (`notFound`), bytes that
 * are no sound we know (`recordingNotAudio`).
 */
export async function saveRecording(
  tx: ScopedTx,
  { classId, language, recording }: z.output<typeof saveRecordingInput>,
  caller: Staff,
): Promise<Refusal | { classId: string }> {
  const areaId = await areaInHand(tx, classId);
  if (areaId === null) return refuse('notFound');
  const content = Buffer.from(await recording.arrayBuffer());
  const mediaType = recordingTypeOf(content);
  if (!mediaType) return refuse('recordingNotAudio', 'recording');
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 32);
  await tx`
    insert into class_recording (class_id, area_id, language, media_type, content, content_hash, recorded_by)
    values (${classId}, ${areaId}, ${language}, ${mediaType}, ${content}, ${hash}, ${caller.accountId})
    on conflict (class_id, language) do update set media_type = excluded.media_type, content = excluded.content,
      content_hash = excluded.content_hash, recorded_at = now(), recorded_by = excluded.recorded_by`;
  await audit(tx, caller, 'recording.save', classId, areaId, { language, mediaType, bytes: content.length });
  return { classId };
}

/** Takes a recording away for good. Refused: not one's own class, or none in that language (`notFound`). */
export async function removeRecording(
  tx: ScopedTx,
  { classId, language }: z.output<typeof removeRecordingInput>,
  caller: Staff,
): Promise<Refusal | { classId: string }> {
  const areaId = await areaInHand(tx, classId);
  if (areaId === null) return refuse('notFound');
  const gone = await tx`delete from class_recording where class_id = ${classId} and language = ${language}`;
  if (gone.count === 0) return refuse('notFound');
  await audit(tx, caller, 'recording.remove', classId, areaId, { language });
  return { classId };
}
