import { cx } from './cx';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

const looks: Record<ButtonVariant, string> = {
  primary: 'pressable bg-action text-action-ink hover:bg-action-press active:bg-action-press',
  secondary: 'edged border-2 border-field bg-surface text-field hover:bg-field-tint active:bg-field-tint',
  quiet: 'text-lotus underline underline-offset-4 decoration-1 hover:decoration-2 hover:bg-lotus-tint',
  danger: 'edged border-2 border-bad bg-surface text-bad hover:bg-bad-tint active:bg-bad-tint',
};

/** The classes of a button, for the rare element that must look like one (a summary, a download). */
export function buttonClass(variant: ButtonVariant = 'primary', wide = false): string {
  return cx(
    'inline-flex min-h-target max-w-full items-center justify-center gap-2.5 rounded-control px-5 py-2.5 text-center leading-snug font-bold print:hidden',
    'cursor-pointer disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:cursor-progress aria-disabled:opacity-75',
    looks[variant],
    wide && 'w-full sm:w-auto',
  );
}
