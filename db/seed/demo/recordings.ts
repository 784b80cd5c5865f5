import { createHash } from 'node:crypto';
import type { Row } from '../connection';
import { idOf } from '../ids';
import { accountOf } from './accounts';
import type { PlannedClass } from './classes';

const perSecond = 8000;
const notes = [392, 440, 523, 587, 523, 440] as const;
const seconds = 0.3;

/** Stands for a voice: a few notes of a bell, as a WAV file of 8 bits. Nobody's voice is in the demo. */
function bell(from: number): Buffer {
  const samples = notes.flatMap((_, at) => {
    const pitch = notes[(at + from) % notes.length] ?? 440;
    return Array.from({ length: perSecond * seconds }, (_silence, i) => {
      const fading = 1 - i / (perSecond * seconds);
      return Math.round(128 + 60 * fading * Math.sin((2 * Math.PI * pitch * i) / perSecond));
    });
  });
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(perSecond, 24);
  head.writeUInt32LE(perSecond, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, Buffer.from(samples)]);
}

const speaking: Record<number, readonly ('vi' | 'bru' | 'pako')[]> = { 18859: ['vi'], 18901: ['vi', 'bru'] };

/** Recordings of a class to come, where people of the demo's two units would have made one. */
export function recordingsOf(
  { id, key, place, areaId, wish, lastDay, publishedAt }: PlannedClass,
  today: string,
): Row[] {
  if (wish.fate !== 'runs' || lastDay <= today) return [];
  return (speaking[place.unit.id] ?? []).map((language, at) => {
    const content = bell(at);
    return {
      id: idOf(`${key}/recording/${language}`),
      class_id: id,
      area_id: areaId,
      language,
      media_type: 'audio/wav',
      content: `\\x${content.toString('hex')}`,
      content_hash: createHash('sha256').update(content).digest('hex').slice(0, 32),
      recorded_at: publishedAt,
      recorded_by: accountOf('organiser', place.unit.id),
    };
  });
}
