import type { ScopedTx } from '@/lib/access/scoped';
import type { Recording } from './schema';

/** The recordings of a class, in the order of its languages: Vietnamese last, since who reads it needs it least. */
export function recordingsOf(tx: ScopedTx, classId: string): PromiseLike<readonly Recording[]> {
  return tx<Recording[]>`
    select language, media_type, octet_length(content) as bytes, content_hash, recorded_at
    from class_recording where class_id = ${classId} order by language = 'vi', language`;
}

/** One recording with its sound, by class and content; null when there is none in sight. */
export async function recordingSound(
  tx: ScopedTx,
  classId: string,
  contentHash: string,
): Promise<(Pick<Recording, 'mediaType' | 'contentHash'> & { content: Buffer }) | null> {
  const [found] = await tx<(Pick<Recording, 'mediaType' | 'contentHash'> & { content: Buffer })[]>`
    select media_type, content_hash, content from class_recording
    where class_id = ${classId} and content_hash = ${contentHash} limit 1`;
  return found ?? null;
}
