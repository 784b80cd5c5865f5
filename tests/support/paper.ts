import { extractText, getDocumentProxy } from 'unpdf';

/** The text of a printed page as one would copy it, and on how many sheets it is. */
export async function printed(pdf: Buffer): Promise<{ sheets: number; text: string }> {
  const { totalPages, text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
  return { sheets: totalPages, text: text.normalize('NFC').replace(/\s+/g, ' ') };
}
