import { cx } from '../ui/cx';

/** The province as one sees it from the road: sun, the western mountains, a village house, rice fields. Ornament only. */
export function Landscape({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 1440 240"
      preserveAspectRatio="xMidYMax slice"
      className={cx('block w-full print:hidden', className ?? 'h-36 sm:h-48')}
      aria-hidden
      focusable="false"
    >
      <circle cx="905" cy="104" r="46" fill="var(--sun)" />
      <path
        d="M0 132 110 96l84 30 104-62 92 54 78-34 120 66 96-42 132 48 102-40 118 46 104-74 96 58 84-30 120 52V240H0Z"
        fill="var(--hill-far)"
        stroke="var(--hill-edge, none)"
        strokeWidth="2"
      />
      <path
        d="M0 170c120-34 214-38 330-10s206 34 330 6 232-32 352-2 262 30 428-14v90H0Z"
        fill="var(--hill-mid)"
        stroke="var(--hill-edge, none)"
        strokeWidth="2"
      />
      <g fill="var(--lotus)">
        <path d="M664 140h92v34h-92Z" fill="var(--surface)" stroke="var(--hill-edge, none)" strokeWidth="2" />
        <path d="m652 144 24-26h68l24 26Z" fill="var(--bloom)" />
        <path d="M702 152h16v22h-16Z" />
        <path d="M676 152h12v11h-12ZM732 152h12v11h-12Z" fill="var(--sun)" />
        <path d="M784 174v-74h3v74Z" />
        <path d="M787 101h26v17h-26Z" />
      </g>
      <g fill="var(--hill-near)" stroke="var(--hill-edge, none)" strokeWidth="2">
        <path d="M600 176c-3-22 4-34 4-48 0 14 8 26 5 48ZM618 176c-2-14 3-24 3-36 0 12 6 22 4 36Z" />
        <circle cx="842" cy="152" r="15" />
        <path d="M840 152h4v26h-4Z" />
        <circle cx="868" cy="160" r="10" />
        <path d="M866.500 160h3v18h-3Z" />
      </g>
      <path
        d="M0 196c170-34 300-26 470-8s310 10 470-8 310-16 500 12v48H0Z"
        fill="var(--hill-near)"
        stroke="var(--hill-edge, none)"
        strokeWidth="2"
      />
      <g fill="none" stroke="var(--hill-mid)" strokeWidth="2" opacity="0.8">
        <path d="M0 208c170-30 300-22 470-6s310 10 470-8 310-14 500 12" />
        <path d="M0 219c170-26 300-20 470-4s310 8 470-8 310-12 500 10" />
      </g>
      <path d="M0 226c200-18 420-14 640-2s520 8 800-10v26H0Z" fill="var(--deep)" />
    </svg>
  );
}
