import type { ReactNode } from 'react';
import { cx } from './cx';

// One family, drawn for this portal: 24 units square, one line of 1.8, round ends. A small gap or dot rather than detail.
const drawings = {
  clock: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7.2V12l3.2 2" />
    </>
  ),
  calendar: (
    <>
      <rect x="4" y="5.5" width="16" height="14.5" rx="3" />
      <path d="M4 10h16M8.5 3.5v4M15.5 3.5v4" />
      <path d="M8.5 14h.01M12 14h.01M15.5 14h.01M8.5 17h.01M12 17h.01" strokeWidth="2.2" />
    </>
  ),
  place: (
    <>
      <path d="M12 21c4.2-4.3 6.5-7.7 6.5-11A6.5 6.5 0 0 0 5.5 10c0 3.300 2.300 6.700 6.500 11Z" />
      <circle cx="12" cy="10" r="2.300" />
    </>
  ),
  people: (
    <>
      <circle cx="9" cy="8.500" r="3.200" />
      <path d="M3.200 19.500c.4-3.600 2.600-5.500 5.800-5.500s5.400 1.900 5.800 5.500" />
      <path d="M15.500 5.600a3.200 3.200 0 0 1 0 5.800M17.600 14.500c1.900.8 3 2.500 3.200 5" />
    </>
  ),
  person: (
    <>
      <circle cx="12" cy="8" r="3.700" />
      <path d="M4.800 20c.6-4.300 3.300-6.500 7.200-6.500s6.600 2.200 7.200 6.500" />
    </>
  ),
  seat: (
    <>
      <path d="M7.500 13.500 6.300 4.800M7.500 13.500h8.700a1.800 1.800 0 0 1 1.800 1.800v1H8" />
      <path d="M7.500 13.500 8 16.300M9 16.300 8 20.500M17 16.300l1 4.200" />
    </>
  ),
  bag: (
    <>
      <path d="M5.800 9h12.400l1 9.300a2 2 0 0 1-2 2.200H6.800a2 2 0 0 1-2-2.200Z" />
      <path d="M8.800 11.500V7.200a3.200 3.200 0 0 1 6.400 0v4.300" />
    </>
  ),
  check: <path d="m5 12.800 4.600 4.700L19.200 7" />,
  cross: <path d="m6.500 6.500 11 11M17.500 6.500l-11 11" />,
  plus: <path d="M12 5v14M5 12h14" />,
  minus: <path d="M5.500 12h13" />,
  dot: <circle cx="12" cy="12" r="4" fill="currentColor" stroke="none" />,
  warning: (
    <>
      <path d="M10.500 4.900 3.400 17.300a1.700 1.700 0 0 0 1.500 2.600h14.200a1.700 1.700 0 0 0 1.500-2.600L13.500 4.900a1.700 1.700 0 0 0-3 0Z" />
      <path d="M12 9.500v4.200" />
      <path d="M12 16.700h.01" strokeWidth="2.400" />
    </>
  ),
  stop: (
    <>
      <path d="M8.400 3.800h7.200l4.600 4.600v7.200l-4.600 4.600H8.400l-4.600-4.600V8.400Z" />
      <path d="M12 8v4.800" />
      <path d="M12 16h.01" strokeWidth="2.400" />
    </>
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="8.500" />
      <path d="M12 11.300v4.900" />
      <path d="M12 8h.01" strokeWidth="2.400" />
    </>
  ),
  phone: (
    <path d="M8.200 4H5.900C4.800 4 4 4.900 4.100 6c.5 7.500 6.400 13.400 13.900 13.900 1.100.1 2-.7 2-1.800v-2.300c0-.8-.5-1.500-1.300-1.700l-2.300-.6c-.6-.2-1.300 0-1.800.5l-.9.9a12 12 0 0 1-4.600-4.600l.9-.9c.5-.5.7-1.200.5-1.800l-.6-2.300C9.700 4.500 9 4 8.200 4Z" />
  ),
  home: (
    <>
      <path d="m3.500 11.300 8.500-7.300 8.500 7.300" />
      <path d="M5.800 9.500V19a1 1 0 0 0 1 1h10.400a1 1 0 0 0 1-1V9.500" />
      <path d="M10 20v-5.500h4V20" />
    </>
  ),
  chart: <path d="M4 20.200h16M6.500 16.500v-4M12 16.500V5M17.500 16.500V9" />,
  list: (
    <>
      <path d="M9 6.500h11M9 12h11M9 17.500h11" />
      <path d="M4.800 6.500h.01M4.800 12h.01M4.800 17.500h.01" strokeWidth="2.600" />
    </>
  ),
  search: (
    <>
      <circle cx="10.800" cy="10.800" r="6.300" />
      <path d="m15.500 15.500 4.700 4.700" />
    </>
  ),
  language: (
    <>
      <circle cx="12" cy="12" r="8.500" />
      <path d="M3.700 12h16.600M12 3.500c2.600 2.600 3.700 5.400 3.700 8.500s-1.100 5.900-3.700 8.500c-2.600-2.600-3.700-5.400-3.700-8.500s1.100-5.900 3.700-8.500Z" />
    </>
  ),
  sun: (
    <>
      <circle cx="12" cy="12" r="3.900" />
      <path d="M12 3v1.800M12 19.200V21M3 12h1.800M19.200 12H21M5.600 5.600l1.300 1.300M17.100 17.100l1.300 1.300M18.400 5.600l-1.300 1.300M6.900 17.100l-1.300 1.300" />
    </>
  ),
  moon: <path d="M19.800 14.300A8.200 8.200 0 0 1 9.700 4.200a8.200 8.200 0 1 0 10.100 10.100Z" />,
  contrast: (
    <>
      <circle cx="12" cy="12" r="8.500" />
      <path d="M12 3.500a8.500 8.500 0 0 1 0 17Z" fill="currentColor" />
    </>
  ),
  text: <path d="m3.500 18.500 5-13h.6l5 13M5.300 14h7M15.500 18.500l2.700-7.200h.6l2.700 7.200M16.500 16h4" />,
  speaker: (
    <>
      <path d="M4 9.800v4.400a1 1 0 0 0 1 1h2.800l4.300 3.500a.6.6 0 0 0 1-.5V5.800a.6.6 0 0 0-1-.5L7.800 8.800H5a1 1 0 0 0-1 1Z" />
      <path d="M16.300 9.200a4 4 0 0 1 0 5.600M18.800 6.800a7.400 7.400 0 0 1 0 10.400" />
    </>
  ),
  pause: <path d="M8.500 6v12M15.500 6v12" />,
  arrow: <path d="M4.500 12h15M13.500 6l6 6-6 6" />,
  back: <path d="M19.500 12h-15M10.500 6l-6 6 6 6" />,
  up: <path d="M12 19.500v-15M6 10.500l6-6 6 6" />,
  down: <path d="M12 4.500v15M6 13.500l6 6 6-6" />,
  chevron: <path d="m6.500 9.500 5.500 5.500 5.500-5.500" />,
  print: (
    <>
      <path d="M7.500 8.500V4.200h9v4.300M7.500 16.500H5.800a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2h12.400a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2h-1.700" />
      <path d="M7.500 13.500h9v6.300h-9Z" />
    </>
  ),
  download: <path d="M12 4v11M7.500 10.800 12 15.300l4.500-4.500M4.500 19.800h15" />,
  lock: (
    <>
      <rect x="5" y="10.500" width="14" height="10" rx="2.500" />
      <path d="M8.300 10.500V8a3.700 3.700 0 0 1 7.400 0v2.500M12 14.500v2" />
    </>
  ),
  exit: <path d="M14 4.500H7a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2h7M10.500 12h10M17 8.500l3.500 3.500-3.500 3.500" />,
  pencil: <path d="m4.500 19.500.8-4L15.800 5a2 2 0 0 1 2.800 0l.4.400a2 2 0 0 1 0 2.800L8.500 18.700ZM14 7l3 3" />,
  sign: (
    <>
      <path d="M12 3.500v17M12 5h6.300l2 2.500-2 2.500H12M12 11.500H5.700l-2 2.500 2 2.500H12" />
    </>
  ),
  gift: (
    <>
      <path d="M5.500 12v7a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-7M4 8.500h16V12H4ZM12 8.500V20" />
      <path d="M12 8.500C9 8.500 7.300 7.200 7.700 5.500 8.200 3.500 11.300 4 12 8.500c.7-4.500 3.800-5 4.300-3 .4 1.700-1.300 3-4.300 3Z" />
    </>
  ),
  more: <path d="M6 12h.01M12 12h.01M18 12h.01" strokeWidth="3" />,
  // The nine skill domains.
  basics: (
    <>
      <rect x="7" y="3" width="10" height="18" rx="2.500" />
      <path d="M10.500 5.800h3" />
      <circle cx="12" cy="12" r="2.200" />
      <path d="M12 17.800h.01" strokeWidth="2.400" />
    </>
  ),
  talk: (
    <>
      <path d="M4 6.500a2 2 0 0 1 2-2h8.500a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H9l-3.600 2.800a.4.400 0 0 1-.6-.3V13.400A2 2 0 0 1 4 11.500Z" />
      <path d="M19.200 9.200a2 2 0 0 1 1.300 1.900v4.400a2 2 0 0 1-1 1.700v2.500a.4.400 0 0 1-.6.300l-3.200-2.500h-3.200" />
    </>
  ),
  idcard: (
    <>
      <rect x="3" y="5.500" width="18" height="13" rx="2.500" />
      <circle cx="8.500" cy="10.800" r="1.900" />
      <path d="M5.500 15.800c.4-1.700 1.500-2.500 3-2.500s2.600.8 3 2.500M14.500 10h3.500M14.500 13.500h3.500" />
    </>
  ),
  service: (
    <>
      <path d="M6 3.500h8.500L18.500 7.500V19a1.500 1.500 0 0 1-1.500 1.500H7A1.500 1.500 0 0 1 5.500 19V4" />
      <path d="M14.300 3.700v4h4M9 12.300h6M9 16h3" />
    </>
  ),
  payment: (
    <>
      <path d="M4 4h5.500v5.500H4ZM14.500 4H20v5.500h-5.500ZM4 14.500h5.500V20H4Z" />
      <path d="M13.500 13.500h2v2M19.500 13.500V16M13.500 19.500h2.500M19.500 19.500v-1" />
    </>
  ),
  shield: (
    <>
      <path d="M12 3.200 5 5.800v5.400c0 4.300 2.700 7.700 7 9.600 4.300-1.900 7-5.300 7-9.600V5.800Z" />
      <path d="m8.800 11.900 2.300 2.400 4.200-4.600" />
    </>
  ),
  news: (
    <>
      <path d="M7 14.500a4 4 0 0 1-.3-8 5.300 5.300 0 0 1 10.200 1.200 3.500 3.500 0 0 1 .1 6.800Z" />
      <path d="M8.500 17.500 7.500 20M12.500 17.500l-1 2.500M16.500 17.500l-1 2.500" />
    </>
  ),
  photo: (
    <>
      <path d="M4 9a2 2 0 0 1 2-2h2l1.500-2.300h5L16 7h2a2 2 0 0 1 2 2v8.500a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2Z" />
      <path d="M12 9.500c.4 2.200 1.200 3 3.500 3.500-2.300.5-3.100 1.300-3.500 3.500-.4-2.200-1.200-3-3.500-3.500 2.300-.5 3.100-1.300 3.500-3.500Z" />
    </>
  ),
  hand: (
    <>
      <path d="M3.500 13.500h2.800l3-1.800c.7-.4 1.500-.5 2.200-.2l2.900 1.100c1.100.4 1.500 1.400 1.100 2.200-.3.600-1 .9-1.700.7l-2.600-.7" />
      <path d="m15.500 14.300 3.300-1.500a1.500 1.500 0 0 1 1.500 2.600l-5.500 3.500c-.8.5-1.800.6-2.700.3l-4.100-1.300H3.500" />
      <path d="M12.500 8.700C10.300 7.200 9.200 6 9.800 4.600c.6-1.300 2.200-1.200 2.700.1.500-1.300 2.100-1.400 2.700-.1.600 1.400-.5 2.600-2.700 4.100Z" />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof drawings;

/** A line icon. It is ornament beside a word (hidden from readers) unless it carries `label`. Sized by the text around it. */
export function Icon({ name, label, className }: { name: IconName; label?: string; className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={cx('inline-block shrink-0', className ?? 'size-[1.35em]')}
      focusable="false"
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      {drawings[name]}
    </svg>
  );
}

const domains: Record<string, IconName> = {
  A: 'basics',
  B: 'talk',
  C: 'idcard',
  D: 'service',
  E: 'payment',
  F: 'shield',
  G: 'news',
  H: 'photo',
  Z: 'hand',
};

/** The picture of a skill domain by the first letter of its code; a domain added later gets the helping hand. */
export function skillIcon(code: string): IconName {
  return domains[code.slice(0, 1).toUpperCase()] ?? 'hand';
}
