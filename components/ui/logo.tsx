import { cx } from './cx';

/** The mark: two hands, open like lotus petals, holding a phone. Ornament beside the name, so hidden from readers. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 48 48" className={cx('shrink-0', className ?? 'size-11')} aria-hidden focusable="false">
      <path d="M24 45C10.500 44.500 2.500 35 3 20.500 11 21.500 17 26.500 19 34Z" fill="var(--bloom)" />
      <path d="M24 45C37.500 44.500 45.500 35 45 20.500 37 21.500 31 26.500 29 34Z" fill="var(--bloom)" />
      <rect x="15.500" y="3" width="17" height="31" rx="4" fill="var(--field)" />
      <rect x="18" y="7.500" width="12" height="20" rx="1.500" fill="var(--sun)" />
      <path
        d="m20.800 17.300 2.500 2.600 4-4.700"
        fill="none"
        stroke="var(--sun-ink)"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="M24 45C14 43 10 35.500 11.500 27 18.500 29 23 34.500 24 45Z" fill="var(--lotus)" />
      <path d="M24 45C34 43 38 35.500 36.500 27 29.500 29 25 34.500 24 45Z" fill="var(--lotus)" />
    </svg>
  );
}
