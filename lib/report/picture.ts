import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ImageResponse } from 'next/og';
import type { ReactElement } from 'react';

/** One screen of a phone, as Zalo shows it without cutting. */
export const pictureSize = { width: 1080, height: 1350 } as const;

const fontFile = (weight: 400 | 700) =>
  readFile(path.join(process.cwd(), 'app', 'fonts', `be-vietnam-pro-${weight}.ttf`));
let fonts: Promise<[Buffer, Buffer]> | undefined;

/** Draws one screen as PNG, with the portal's own fonts; what is drawn must be `drawable`, so that nothing is fetched. */
export async function drawPicture(screen: ReactElement): Promise<Buffer> {
  fonts ??= Promise.all([fontFile(400), fontFile(700)]);
  const [regular, bold] = await fonts;
  const picture = new ImageResponse(screen, {
    ...pictureSize,
    fonts: [
      { name: 'Be Vietnam Pro', data: regular, weight: 400, style: 'normal' },
      { name: 'Be Vietnam Pro', data: bold, weight: 700, style: 'normal' },
    ],
  });
  return Buffer.from(await picture.arrayBuffer());
}
