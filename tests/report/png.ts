import { inflateSync } from 'node:zlib';

/** The lowest 100 lines of a picture, as its points. */
export function footOf(picture: Buffer): string {
  const width = picture.readUInt32BE(16);
  const channels = picture[25] === 6 ? 4 : 3;
  const data: Buffer[] = [];
  for (let at = 8; at < picture.length; at += 12 + picture.readUInt32BE(at))
    if (picture.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(picture.subarray(at + 8, at + 8 + picture.readUInt32BE(at)));
  const raw = inflateSync(Buffer.concat(data));
  const size = width * channels;
  let before = Buffer.alloc(size);
  const lines: Buffer[] = [];
  for (let at = 0; at < raw.length; at += size + 1) {
    const line = Buffer.from(raw.subarray(at + 1, at + 1 + size));
    for (let x = 0; x < size; x += 1) {
      const [left, up, corner] = [
        line[x - channels] ?? 0,
        before[x] ?? 0,
        x < channels ? 0 : (before[x - channels] ?? 0),
      ];
      line[x] = (line[x] ?? 0) + predicted(raw[at] ?? 0, x < channels ? 0 : left, up, corner);
    }
    lines.push(line);
    before = line;
  }
  return Buffer.concat(lines.slice(-100)).toString('base64');
}

/** What a line of a PNG leaves out (its filters 0 to 4). */
function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const away = [left, up, corner].map((one) => Math.abs(left + up - corner - one));
  return away[0] === Math.min(...away) ? left : away[1] === Math.min(...away) ? up : corner;
}
