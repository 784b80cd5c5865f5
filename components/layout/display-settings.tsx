import { Icon, type IconName } from '../ui/icons';

type Choice = { value: string; label: string; icon: IconName };

function Choices({ setting, legend, choices }: { setting: 'theme' | 'text'; legend: string; choices: Choice[] }) {
  return (
    <fieldset>
      <legend className="mb-2 font-bold">{legend}</legend>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))] gap-2">
        {choices.map((choice) => (
          <button
            key={choice.value}
            type="button"
            data-display={setting}
            value={choice.value}
            suppressHydrationWarning // /portal.js may have pressed it before
            className="group/choice flex min-h-target cursor-pointer items-center gap-2.5 rounded-control border-2 border-edge bg-surface px-3.5 py-2 text-left text-ink aria-pressed:border-field aria-pressed:bg-field-tint aria-pressed:font-bold"
          >
            <Icon name={choice.icon} className="group-aria-pressed/choice:hidden" />
            <Icon name="check" className="hidden group-aria-pressed/choice:block" />
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
 * Colours and type size as the reader likes them, kept on the device only: /portal.js reads them before the first paint and minds the
 * buttons. Without JavaScript it is not shown and the device's own settings hold.
 */
export function DisplaySettings({ words, className }: { words: DisplayWords; className?: string }) {
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
