import { useTranslations } from 'next-intl';
import { formatDateTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { Sheet, SheetChange } from '@/lib/register/schema';
import { Disclosure } from '../ui/disclosure';

const kinds = ['start', 'finish', 'mark', 'walk_in'] as const;

/** Who recorded what and when, per person; what was overridden stays, and says so. */
export function RegisterHistory({ sheet, locale }: { sheet: Sheet; locale: Locale }) {
  const t = useTranslations('register');
  const ofWhole = sheet.history.filter((change) => change.personId === null);
  const people = sheet.people
    .map((person) => ({ person, changes: sheet.history.filter((change) => change.personId === person.id) }))
    .filter(({ changes }) => changes.length > 0);
  if (!sheet.startedAt) return null;
  return (
    <Disclosure summary={t('history')}>
      {sheet.history.length === 0 ? <p>{t('historyEmpty')}</p> : null}
      <div className="grid grid-cols-1 gap-4">
        <Changes changes={ofWhole} locale={locale} />
        {people.map(({ person, changes }) => (
          <section key={person.id}>
            <h3 className="font-bold">{person.fullName}</h3>
            <Changes changes={changes} locale={locale} />
          </section>
        ))}
      </div>
    </Disclosure>
  );
}

function Changes({ changes, locale }: { changes: readonly SheetChange[]; locale: Locale }) {
  const t = useTranslations('register');
  return (
    <ul className="grid grid-cols-1 gap-1.5">
      {changes.map((change, index) => {
        const kind = kinds.find((each) => each === change.kind) ?? 'mark';
        return (
          <li key={index}>
            {t(`change.${kind}`, { state: t(`state.${change.state ?? 'none'}`) })}
            {change.before && change.before !== change.state ? (
              <span> ({t('wasBefore', { state: t(`state.${change.before}`) })})</span>
            ) : null}
            {change.why ? <span> · {t('because', { why: change.why })}</span> : null}
            {change.won ? null : <span className="text-muted"> ({t('lost')})</span>}
            <span className="block text-sm text-muted">
              {t('by', { when: formatDateTime(locale, change.at), name: change.byName ?? t('themselves') })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
