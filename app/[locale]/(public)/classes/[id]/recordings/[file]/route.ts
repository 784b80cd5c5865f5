import { endpoint } from '@/lib/access/doors';
import { refuse } from '@/lib/kernel/result';
import { recordingSound } from '@/lib/recording/queries';
import { partAsked } from '@/lib/recording/rules';
import { playRecordingInput, recordingTypes } from '@/lib/recording/schema';

export const dynamic = 'force-dynamic';

/**
 * A recording's sound, whole or in parts, as players ask for it. Its address holds the hash of its content, so it may be kept for
 * ever; what it is was found by its bytes, and should it be opened as a page it may do nothing.
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
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable, no-transform',
      'accept-ranges': 'bytes',
      etag: `"${found.contentHash}"`,
    };
    const part = partAsked(request.headers.get('range'), content.length);
    if (part === 'none')
      return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${content.length}` } });
    const sent = part ? content.subarray(part.from, part.to + 1) : content;
    return new Response(new Uint8Array(sent), {
      status: part ? 206 : 200,
      headers: {
        ...headers,
        'content-length': String(sent.length),
        ...(part ? { 'content-range': `bytes ${part.from}-${part.to}/${content.length}` } : {}),
      },
    });
  },
);
