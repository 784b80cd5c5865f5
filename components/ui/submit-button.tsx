'use client';

import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';
import { buttonClass, type ButtonVariant } from './button-class';
import { Icon, type IconName } from './icons';

/**
 * Sends its form. With JavaScript (React's on staff pages, /portal.js on residents') a second press while the first is
 * on its way does nothing and the words become `pendingLabel`; without it, it is an ordinary submit button (the server still refuses
 * doubles).
 */
export function SubmitButton({
  children,
  pendingLabel,
  variant,
  icon,
  wide,
  name,
  value,
}: {
  children: ReactNode;
  pendingLabel: string;
  variant?: ButtonVariant;
  icon?: IconName;
  wide?: boolean;
  name?: string;
  value?: string;
}) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      name={name}
      value={value}
      data-pending={pendingLabel}
      aria-disabled={pending || undefined}
      onClick={(event) => {
        if (pending) event.preventDefault();
      }}
      className={buttonClass(variant, wide)}
    >
      {icon ? <Icon name={icon} /> : null}
      <span aria-live="polite">{pending ? pendingLabel : children}</span>
    </button>
  );
}
