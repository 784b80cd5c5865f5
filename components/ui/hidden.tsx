import type { ReactNode } from 'react';

/** Read out, not seen. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className="sr-only">{children}</span>;
}

/** First thing on the page for those who move by keyboard: jumps over the header to `#main`. */
export function SkipLink({ children }: { children: ReactNode }) {
  return (
    <a
      href="#main"
      className="sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50 focus:inline-flex focus:min-h-target focus:items-center focus:rounded-control focus:bg-sun focus:px-5 focus:font-bold focus:text-sun-ink"
    >
      {children}
    </a>
  );
}
