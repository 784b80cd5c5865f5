'use client';

import { isNoNetwork } from '@/components/class/no-network';
import { FailedPage } from '@/components/layout/failed-page';

export default function Failed({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <FailedPage digest={error.digest} retry={reset} lost={isNoNetwork(error)} />;
}
