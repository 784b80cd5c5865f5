import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/ui/copy-button';
import { TextArea } from '@/components/ui/inputs';
import type { ClassDetails } from '@/lib/class/schema';
import { formatDateTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { phoneForReading } from '@/lib/kernel/phone';
import { placeAfter } from './class-facts';

/** Where a class is, in one line, nothing said twice. */
export function placeInWords(found: ClassDetails): string {
  const rest = placeAfter(found.venue, [...found.address.split(', '), found.placeName, found.unitName ?? '']);
  return [found.venue, rest].filter(Boolean).join(', ');
}

/** A number as it is written, if the class has one. */
export const hotlineInWords = (hotline: string) => (hotline ? phoneForReading(hotline) : '');

/** The message one sends on: what, when, where, what to bring, whom to ask, where to sign up. Plain text for any messenger. */
function useMessage(found: ClassDetails, locale: Locale, address: string): string {
  const t = useTranslations('sharing.text');
  const [next, ...later] = found.sessions.filter(({ state }) => state === 'toCome');
  const when = next ? formatDateTimeRange(locale, next.startsAt, next.endsAt).replaceAll('\u00a0', ' ') : '';
  return [
    t('invite', { title: found.title }),
    t('free'),
    '',
    when && t('when', { when: later.length > 0 ? `${when} (${t('more', { count: later.length })})` : when }),
    t('where', { where: placeInWords(found) }),
    found.bring && t('bring', { bring: found.bring }),
    found.hotline && t('hotline', { hotline: hotlineInWords(found.hotline) }),
    '',
    t('address', { address }),
  ]
    .filter((line, index) => line !== '' || index === 2 || index === 7)
    .join('\n');
}

/** The message, ready to copy: by a button where scripts run, by hand where not. */
export function ShareMessage({
  found,
  locale,
  address,
  hint,
  copied,
}: {
  found: ClassDetails;
  locale: Locale;
  address: string;
  hint: string;
  copied: string;
}) {
  const t = useTranslations('sharing');
  const message = useMessage(found, locale, address);
  return (
    <div className="grid grid-cols-1 gap-3">
      <TextArea
        name="message"
        id="share-message"
        label={t('message')}
        hint={hint}
        rows={11}
        readOnly
        // As high as its words, where the browser can.
        style={{ fieldSizing: 'content' }}
        defaultValue={message}
      />
      <div>
        <CopyButton of="share-message" copied={copied}>
          {t('copy')}
        </CopyButton>
      </div>
    </div>
  );
}
