import { buttonClass } from './button-class';
import { cx } from './cx';
import { Icon } from './icons';

/**
 * Reads `text` aloud (/portal.js). It appears only where the device has a voice for `lang`; elsewhere nothing is missing, since the text
 * is on the page.
 */
export function ReadAloudButton({
  text,
  label,
  stopLabel,
  lang,
}: {
  text: string;
  label: string;
  stopLabel: string;
  lang: string;
}) {
  return (
    <button
      type="button"
      hidden
      data-aloud={text}
      data-voice={lang}
      suppressHydrationWarning
      className={cx(buttonClass('secondary'), 'group/aloud [&[hidden]]:hidden')}
    >
      <span className="flex items-center gap-2.5 group-data-speaking/aloud:hidden">
        <Icon name="speaker" />
        {label}
      </span>
      <span className="hidden items-center gap-2.5 group-data-speaking/aloud:flex">
        <Icon name="pause" />
        {stopLabel}
      </span>
    </button>
  );
}
