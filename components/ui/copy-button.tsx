import type { ReactNode } from 'react';
import { Button } from './button';

/** Copies what stands in the text box with that id and says so (/portal.js). Without JavaScript it is not there: one selects by hand. */
export function CopyButton({ of, copied, children }: { of: string; copied: string; children: ReactNode }) {
  return (
    <Button className="needs-js" variant="secondary" icon="list" wide data-copy={of} data-copied={copied}>
      <span aria-live="polite">{children}</span>
    </Button>
  );
}
