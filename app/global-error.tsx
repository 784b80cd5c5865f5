'use client';

import en from '@/messages/en/error.json';
import vi from '@/messages/vi/error.json';
import './globals.css';

/** The last net, when even the layout failed: both languages, no frame, no provider, nothing that can fail again. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const button = 'pressable min-h-target rounded-control bg-action px-5 py-2.5 font-bold text-action-ink';
  return (
    <html lang="vi">
      <body>
        <title>{vi.failed.title}</title>
        <main className="mx-auto grid max-w-prose gap-5 px-4 py-10">
          <h1 className="text-3xl">{vi.failed.title}</h1>
          <p className="text-lg">{vi.failed.body}</p>
          <p lang="en" className="text-muted">
            {en.failed.title} {en.failed.body}
          </p>
          {error.digest ? <p className="text-sm text-muted">{error.digest}</p> : null}
          <p className="flex flex-wrap items-center gap-4">
            <button type="button" onClick={reset} className={button}>
              {vi.failed.retry}
            </button>
            {/* A plain link: it loads everything anew. */}
            <a href="/" className="link inline-flex min-h-target items-center">
              {vi.failed.toHome}
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
