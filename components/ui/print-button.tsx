import type { ReactNode } from 'react';
import { Button } from './button';
import type { ButtonVariant } from './button-class';

/** Prints the page (/portal.js). Without JavaScript it is not there; the browser's own menu does the same. */
export function PrintButton({ children, variant }: { children: ReactNode; variant?: ButtonVariant }) {
  return (
    <Button className="needs-js" variant={variant} icon="print" wide data-print>
      {children}
    </Button>
  );
}
