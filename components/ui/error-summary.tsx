'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, type ReactNode } from 'react';
import { Icon } from './icons';

export type FormErrors = { field?: string; message: ReactNode }[];

/**
 * On top of a form that was not accepted: what is wrong, each a link to its field (`field` is the control's id). Takes the focus, with
 * JavaScript and without; the title of a resident's page begins with "Lỗi:" then (scripts/plain-document.mjs). Renders nothing when
 * there is nothing wrong.
 */
export function ErrorSummary({ errors, title }: { errors: FormErrors; title?: ReactNode }) {
  const t = useTranslations('ui');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) box.current?.focus();
  }, [errors]);
  if (errors.length === 0) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      autoFocus
      id="error-summary"
      data-in-title={t('error')}
      className="max-w-prose rounded-card border-[3px] border-bad bg-bad-tint p-5"
    >
      <h2 className="flex items-start gap-2.5 text-lg text-bad">
        <Icon name="stop" className="mt-[0.1em] size-[1.3em]" />
        {title ?? (errors.some(({ field }) => field) ? t('errorTitle', { count: errors.length }) : t('errorWhole'))}
      </h2>
      <ul className="mt-2 grid gap-1">
        {errors.map((item, index) => (
          <li key={item.field ?? index}>
            {item.field ? (
              <a
                href={`#${item.field}`}
                className="flex min-h-target items-center font-bold text-bad underline underline-offset-4"
              >
                {item.message}
              </a>
            ) : (
              <p className="py-1 font-bold text-bad">{item.message}</p>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
