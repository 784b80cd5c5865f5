import type { ComponentProps, ReactNode } from 'react';
import { Link } from '@/lib/i18n/navigation';
import { buttonClass, type ButtonVariant } from './button-class';
import { cx } from './cx';
import { Icon, type IconName } from './icons';

type Look = { variant?: ButtonVariant; icon?: IconName; wide?: boolean; children: ReactNode };

/** A button; its words say what will happen. One `primary` a screen. `wide` fills the row on phones. */
export function Button({ variant, icon, wide, children, ...rest }: Look & ComponentProps<'button'>) {
  return (
    <button type="button" {...rest} className={cx(buttonClass(variant, wide), rest.className)}>
      {icon ? <Icon name={icon} /> : null}
      {children}
    </button>
  );
}

/** A link that looks like a button: it goes somewhere, it changes nothing. `href` without language prefix. */
export function ButtonLink({
  variant,
  icon,
  wide,
  children,
  ...rest
}: Look & Omit<ComponentProps<typeof Link>, 'children'>) {
  return (
    <Link prefetch={false} {...rest} className={cx(buttonClass(variant, wide), rest.className)}>
      {icon ? <Icon name={icon} /> : null}
      {children}
    </Link>
  );
}
