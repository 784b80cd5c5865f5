import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { hasLocale, type AbstractIntlMessages } from 'next-intl';
import { getRequestConfig } from 'next-intl/server';
import { routing, type Locale } from './routing';

const kept = new Map<Locale, AbstractIntlMessages>();

/** All words of a language: the file name under messages/<locale>/ is the namespace. Read once per process. */
export function messagesOf(locale: Locale): AbstractIntlMessages {
  const known = kept.get(locale);
  if (known && process.env.NODE_ENV === 'production') return known;
  const folder = path.join(process.cwd(), 'messages', locale);
  const words: AbstractIntlMessages = {};
  for (const file of readdirSync(folder)) {
    words[path.basename(file, '.json')] = JSON.parse(
      readFileSync(path.join(folder, file), 'utf8'),
    ) as AbstractIntlMessages;
  }
  kept.set(locale, words);
  return words;
}

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  return { locale, messages: messagesOf(locale), timeZone: 'Asia/Ho_Chi_Minh' };
});
