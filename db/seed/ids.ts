import { createHash } from 'node:crypto';

const namespace = Buffer.from('6f0c5cfe5e7a4d6c9a3f43616d546179', 'hex');

/** The UUID of a name (version 5, RFC 9562): the same in every portal and after every load. */
export function idOf(name: string): string {
  const bytes = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
