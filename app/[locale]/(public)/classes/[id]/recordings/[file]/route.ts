import { endpoint } from '@/lib/access/doors';
import { refuse } from '@/lib/kernel/result';
import { recordingSound } from '@/lib/recording/queries';
import { partAsked } from '@/lib/recording/rules';
import { playRecordingInput, recordingTypes } from '@/lib/recording/schema';

export const dynamic = 'force-dynamic';

/**
 * A recording's sound, whole or in parts, as players ask for it. Its address holds the hash of its content, so it may be kept for
 * ever. Its type was found by its bytes; scripts/serve.mjs adds its length and sees to it that it is never a page.
 */
export const GET = endpoint(
  { may: 'public', input: playRecordingInput, writes: false },
  async (tx, input, _caller, request) => {
    const [hash = '', ending] = input.file.split('.');
    const found = await recordingSound(tx, input.id, hash);
    if (!found || recordingTypes[found.mediaType] !== ending) return refuse('noSuchRecording');
    const { content, mediaType } = found;
    const headers = {
      'content-type': mediaType,
      'cache-control': 'public, max-age=31536000, immutable, no-transform',
      'accept-ranges': 'bytes',
      etag: `"${found.contentHash}"`,
    };
    const part = partAsked(request.headers.get('range'), content.length);
    if (part === 'none')
      return new Response(null, {
        status: 416,
        headers: { ...headers, 'cache-control': 'no-store', 'content-range': `bytes */${content.length}` },
      });
    const sent = part ? content.subarray(part.from, part.to + 1) : content;
    return new Response(new Uint8Array(sent), {
      status: part ? 206 : 200,
      headers: {
        ...headers,
        ...(part ? { 'content-range': `bytes ${part.from}-${part.to}/${content.length}` } : {}),
      },
    });
  },
);
