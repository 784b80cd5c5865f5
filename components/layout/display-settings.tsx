'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { Icon, type IconName } from '../ui/icons';

type Setting = 'theme' | 'text';
type Choice = { value: string; label: string; icon: IconName };

const changed = 'display-changed';

function choose(setting: Setting, value: string) {
  try {
    if (value) localStorage.setItem(setting, value);
    else localStorage.removeItem(setting);
  } catch {
    // Storage is closed to us: the choice holds for this page.
  }
  show(setting, value);
}

function show(setting: Setting, value: string) {
  if (value) document.documentElement.setAttribute(`data-${setting}`, value);
  else document.documentElement.removeAttribute(`data-${setting}`);
  window.dispatchEvent(new Event(changed));
}

/** /theme.js over again: it does not run where Next paints the whole page in the browser (not found, failed). */
function restore() {
  document.documentElement.setAttribute('data-js', '');
  try {
    show('theme', localStorage.getItem('theme') ?? '');
    show('text', localStorage.getItem('text') ?? '');
  } catch {
    // Storage is closed to us: the device's own settings hold.
  }
}

function watch(again: () => void) {
  window.addEventListener(changed, again);
  return () => window.removeEventListener(changed, again);
}

function Choices({ setting, legend, choices }: { setting: Setting; legend: string; choices: Choice[] }) {
  const now = useSyncExternalStore(
    watch,
    () => document.documentElement.getAttribute(`data-${setting}`) ?? '',
    () => '',
  );
  return (
    <fieldset>
      <legend className="mb-2 font-bold">{legend}</legend>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))] gap-2">
        {choices.map((choice) => (
          <button
            key={choice.value}
            type="button"
            aria-pressed={now === choice.value}
            onClick={() => choose(setting, choice.value)}
            className="flex min-h-target cursor-pointer items-center gap-2.5 rounded-control border-2 border-edge bg-surface px-3.5 py-2 text-left text-ink aria-pressed:border-field aria-pressed:bg-field-tint aria-pressed:font-bold"
          >
            <Icon name={now === choice.value ? 'check' : choice.icon} />
            {choice.label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

export type DisplayWords = {
  open: string;
  theme: string;
  auto: string;
  light: string;
  dark: string;
  contrast: string;
  text: string;
  normal: string;
  large: string;
};

/**
 * Colours and type size as the reader likes them, kept on the device only (localStorage, read by /theme.js before the first paint).
 * Without JavaScript it is not shown and the device's own settings hold.
 */
export function DisplaySettings({ words, className }: { words: DisplayWords; className?: string }) {
  useEffect(restore, []);
  return (
    <details className="needs-js sm:relative print:hidden">
      <summary className={className}>
        <Icon name="contrast" className="size-6" />
        <span className="max-sm:sr-only">{words.open}</span>
      </summary>
      <div className="absolute inset-x-0 z-20 mx-3 mt-1 grid gap-5 rounded-card border-2 border-edge bg-surface p-5 text-ink sm:right-0 sm:left-auto sm:mx-0 sm:w-88">
        <Choices
          setting="theme"
          legend={words.theme}
          choices={[
            { value: '', label: words.auto, icon: 'phone' },
            { value: 'light', label: words.light, icon: 'sun' },
            { value: 'dark', label: words.dark, icon: 'moon' },
            { value: 'contrast', label: words.contrast, icon: 'contrast' },
          ]}
        />
        <Choices
          setting="text"
          legend={words.text}
          choices={[
            { value: '', label: words.normal, icon: 'text' },
            { value: 'large', label: words.large, icon: 'plus' },
          ]}
        />
      </div>
    </details>
  );
}
