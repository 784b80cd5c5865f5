import type { RecordingType } from './schema';

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** A frame of MPEG audio, layer III, with rates that exist. */
function isMpegFrame([first = 0, second = 0, third = 0]: Uint8Array): boolean {
  const version = (second >> 3) & 3;
  const layer = (second >> 1) & 3;
  const rate = third >> 4;
  return (
    first === 0xff &&
    second >= 0xe0 &&
    version !== 1 &&
    layer === 1 &&
    rate !== 0 &&
    rate !== 15 &&
    ((third >> 2) & 3) !== 3
  );
}

/** The kinds of track an MP4 file says it holds ("soun", "vide"). */
function tracksOf(bytes: Uint8Array): Set<string> {
  const kinds = new Set<string>();
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = file.indexOf('hdlr'); at >= 0; at = file.indexOf('hdlr', at + 4))
    kinds.add(ascii(bytes, at + 12, at + 16));
  return kinds;
}

/**
 * What a file is by its own bytes, whatever its name and sender say: MP3, Ogg with Opus or Vorbis, M4A (sound alone, no
 * picture), WAV. Null for everything else.
 */
export function recordingTypeOf(bytes: Uint8Array): RecordingType | null {
  const head = ascii(bytes, 0, 12);
  if (head.startsWith('RIFF') && head.endsWith('WAVE')) return 'audio/wav';
  if (head.startsWith('OggS')) return /OpusHead|vorbis/.test(ascii(bytes, 27, 80)) ? 'audio/ogg' : null;
  if (head.slice(4, 8) === 'ftyp') {
    const tracks = tracksOf(bytes);
    return tracks.has('soun') && !tracks.has('vide') ? 'audio/mp4' : null;
  }
  return head.startsWith('ID3') || isMpegFrame(bytes) ? 'audio/mpeg' : null;
}

/** The part of a file that is asked for: from and to, both included; null for all of it, 'none' where there is nothing. */
export function partAsked(range: string | null, bytes: number): { from: number; to: number } | null | 'none' {
  const [, first, last] = /^bytes=(\d{0,12})-(\d{0,12})$/.exec(range ?? '') ?? [];
  // Several parts at once, other units, no sense: all of it, as RFC 9110 allows.
  if (first === undefined || last === undefined || (first === '' && last === '')) return null;
  if (first === '') return Number(last) === 0 ? 'none' : { from: Math.max(0, bytes - Number(last)), to: bytes - 1 };
  const from = Number(first);
  if (last !== '' && Number(last) < from) return null;
  return from >= bytes ? 'none' : { from, to: last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1) };
}
