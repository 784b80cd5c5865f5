import { useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button-class';
import { Icon } from '@/components/ui/icons';
import type { ClassDetails } from '@/lib/class/schema';
import type { Locale } from '@/lib/i18n/routing';
import { eventData, jsonForPage } from '@/lib/sharing/rules';
import { ShareMessage } from './share-message';

/** What search engines read of a class. */
export function ClassData({ found, address }: { found: ClassDetails; address: string }) {
  return <script type="application/ld+json">{jsonForPage(eventData(found, address))}</script>;
}

/** The class in the phone's calendar. `path` is the class's own, with the language. */
export function CalendarLink({ path }: { path: string }) {
  const t = useTranslations('sharing');
  return (
    <a href={`${path}.ics`} className={buttonClass('secondary', true)}>
      <Icon name="calendar" />
      {t('toCalendar')}
    </a>
  );
}

/** The class in the phone's calendar, and on paper. `path` is the class's own, with the language. */
export function ShareLinks({ path }: { path: string }) {
  const t = useTranslations('sharing');
  return (
    <div className="flex flex-wrap gap-3">
      <CalendarLink path={path} />
      <a href={`${path}/poster`} className={buttonClass('secondary', true)}>
        <Icon name="print" />
        {t('toPoster')}
      </a>
    </div>
  );
}

/** Telling others of a class: a calendar, a poster, a message to copy. And, unseen, the same for search engines. */
export function ShareClass({
  found,
  locale,
  origin,
  open,
}: {
  found: ClassDetails;
  locale: Locale;
  origin: string;
  open: boolean;
}) {
  const t = useTranslations('sharing');
  const path = `${locale === 'en' ? '/en' : ''}/classes/${found.id}`;
  const address = `${origin}${path}`;
  return (
    <>
      <ClassData found={found} address={address} />
      {open ? (
        <section aria-labelledby="share" className="grid max-w-prose min-w-0 grid-cols-1 gap-5 print:hidden">
          <div>
            <h2 id="share" className="text-2xl">
              {t('title')}
            </h2>
            <p className="mt-2">{t('lead')}</p>
          </div>
          <ShareLinks path={path} />
          <ShareMessage found={found} locale={locale} address={address} hint={t('messageHint')} copied={t('copied')} />
        </section>
      ) : null}
    </>
  );
}
