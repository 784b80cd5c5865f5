import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';

/** Gives the client leaves below it the words of these namespaces (messages/<locale>/<name>.json), beside the kit's own. */
export async function ClientWords({ of, children }: { of: readonly string[]; children: ReactNode }) {
  const words = await getMessages();
  const chosen = Object.fromEntries(
    Object.entries(words).filter(([name]) => name === 'ui' || name === 'error' || of.includes(name)),
  );
  return <NextIntlClientProvider messages={chosen}>{children}</NextIntlClientProvider>;
}
