'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Looks again every two seconds while work is under way; without JavaScript the browser itself does. */
export function Refresher() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), 2000);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content="3" />
    </noscript>
  );
}
