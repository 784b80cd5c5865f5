import { cx } from './cx';
import sprite from './icons.svg';

// One family, drawn for this portal in icons.svg: 24 units square, one line of 1.8, round ends. A small gap or dot rather than detail. The
// file is fetched once and kept by the browser; a page only names the drawing, wherever and however often it stands.
const names = [
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

export type IconName = (typeof names)[number];

const { src: drawings }: { src: string } = sprite;

/** A line icon. It is ornament beside a word (hidden from readers) unless it carries `label`. Sized by the text around it. */
export function Icon({ name, label, className }: { name: IconName; label?: string; className?: string }) {
  return (
    <svg
      className={cx('icon', className)}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      <use href={`${drawings}#${name}`} />
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
