import type { Page } from '@playwright/test';
import { extractText, getDocumentProxy } from 'unpdf';

/** The text of a page as it is printed and one would copy it, and on how many sheets it is. Waits for its styles: an address is there before they are. */
export async function printed(page: Page): Promise<{ sheets: number; text: string }> {
  await page.waitForLoadState('load');
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const { totalPages, text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
  return { sheets: totalPages, text: text.normalize('NFC').replace(/\s+/g, ' ') };
}
