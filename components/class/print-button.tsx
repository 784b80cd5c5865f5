'use client';

import { Button } from '@/components/ui/button';

/** Opens the browser's print window. Without JavaScript it does nothing; printing from the browser's menu does the same. */
export function PrintButton({ label }: { label: string }) {
  return (
    <Button icon="print" onClick={() => window.print()}>
      {label}
    </Button>
  );
}
