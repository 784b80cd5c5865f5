import { sheetTypes } from './commands';
import type { SheetFormat } from './schema';

const formatOf = (name: string): SheetFormat => (name.endsWith('.csv') ? 'csv' : 'xlsx');

/** Hands a sheet over as a file to keep, under its own name; nobody in between keeps it. */
export function fileAnswer({ bytes, name }: { readonly bytes: Buffer; readonly name: string }): Response {
  const plain = name.normalize('NFD').replace(/[^\w.-]+/g, '-');
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': sheetTypes[formatOf(name)],
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'content-length': String(bytes.length),
      'cache-control': 'no-store, private',
    },
  });
}
