import { cx } from './cx';
import sprite from './icons.svg';

// Drawn in icons.svg: one family, 24 units square, one line of 1.8, round ends; a small gap or dot rather than detail. They stand in a
// file of their own, fetched once and kept, because a list of classes shows some 160 of them: drawn in the page, they were
// half of its bytes.
const drawn = [
  'clock',
  'calendar',
  'place',
  'people',
  'person',
  'seat',
  'bag',
  'check',
  'cross',
  'plus',
  'minus',
  'dot',
  'warning',
  'stop',
  'info',
  'phone',
  'home',
  'chart',
  'list',
  'search',
  'language',
  'sun',
  'moon',
  'contrast',
  'text',
  'speaker',
  'pause',
  'arrow',
  'back',
  'up',
  'down',
  'chevron',
  'print',
  'download',
  'lock',
  'exit',
  'pencil',
  'sign',
  'gift',
  'more',
  // The nine skill domains.
  'basics',
  'talk',
  'idcard',
  'service',
  'payment',
  'shield',
  'news',
  'photo',
  'hand',
] as const;

export type IconName = (typeof drawn)[number];

const file: string = sprite.src;

/** A line icon. It is ornament beside a word (hidden from readers) unless it carries `label`. Sized by the text around it. */
export function Icon({ name, label, className }: { name: IconName; label?: string; className?: string }) {
  return (
    <svg
      className={cx('icon', className ?? 'size-[1.35em]')}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      <use href={`${file}#${name}`} />
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
