import { useTranslations } from 'next-intl';
import { addressWith } from '@/components/ui/address';
import { cx } from '@/components/ui/cx';
import { Icon, type IconName } from '@/components/ui/icons';
import { Pagination } from '@/components/ui/pagination';
import { Written } from '@/components/ui/written';
import { formatDate, formatTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { factKinds, type Fact, type FactKind } from '@/lib/person/schema';

const icons: Readonly<Record<FactKind, IconName>> = {
  classes: 'calendar',
  sessions: 'seat',
  skills: 'check',
  rechecks: 'search',
  assists: 'hand',
  steps: 'list',
  tasks: 'home',
  visits: 'home',
  certificates: 'sign',
  messages: 'phone',
  consents: 'hand',
  record: 'pencil',
  merges: 'people',
  readings: 'person',
};

/**
 * All that happened to somebody as one list, the newest first, by day. Which kind is shown stands in the address; kinds of which there is
 * nothing are not offered.
 */
export function History({
  facts,
  counts,
  show,
  page,
  pageCount,
  path,
  locale,
  mayOpenRegisters,
}: {
  facts: readonly Fact[];
  counts: Readonly<Record<string, number>>;
  show: FactKind | undefined;
  page: number;
  pageCount: number;
  path: string;
  locale: Locale;
  mayOpenRegisters: boolean;
}) {
  const t = useTranslations('people.story');
  const offered = factKinds.filter((kind) => (counts[kind] ?? 0) > 0 || kind === show);
  const all = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const days = [...new Set(facts.map(({ at }) => formatDate(locale, at)))];
  return (
    <section aria-labelledby="history" className="grid min-w-0 gap-4">
      <div>
        <h2 id="history" className="text-xl">
          {t('title')}
        </h2>
        <p className="text-muted">{t('lead')}</p>
      </div>
      <nav aria-label={t('show')} className="print:hidden">
        <ul className="flex flex-wrap gap-2">
          <Choice path={path} kind={undefined} here={show === undefined} count={all} />
          {offered.map((kind) => (
            <Choice key={kind} path={path} kind={kind} here={show === kind} count={counts[kind] ?? 0} />
          ))}
        </ul>
      </nav>
      {facts.length === 0 ? <p className="text-muted">{t('none')}</p> : null}
      <ol className="grid gap-5">
        {days.map((day) => (
          <li key={day} className="grid gap-x-6 gap-y-1 sm:grid-cols-[7rem_1fr]">
            <h3 className="pt-2.5 text-base font-bold">{day}</h3>
            <ul className="min-w-0 divide-y-[1.5px] divide-line border-y-[1.5px] border-line">
              {facts
                .filter(({ at }) => formatDate(locale, at) === day)
                .map((fact) => (
                  <li key={`${fact.kind} ${fact.key}`} className="flex gap-3 py-2.5">
                    <Icon name={icons[fact.kind]} className="mt-0.5 size-5 text-field" />
                    <Told fact={fact} locale={locale} mayOpenRegisters={mayOpenRegisters} />
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ol>
      <Pagination address={{ path, params: { show } }} page={page} pageCount={pageCount} landing="history" />
    </section>
  );
}

function Choice({
  path,
  kind,
  here,
  count,
}: {
  path: string;
  kind: FactKind | undefined;
  here: boolean;
  count: number;
}) {
  const t = useTranslations('people.story');
  return (
    <li>
      <Link
        href={`${addressWith({ path, params: {} }, { show: kind })}#history`}
        prefetch={false}
        aria-current={here ? 'true' : undefined}
        className={cx(
          'inline-flex min-h-target items-center gap-1.5 rounded-control border-[1.5px] px-3.5',
          here ? 'border-field bg-field font-bold text-field-ink' : 'border-edge hover:bg-sunk',
        )}
      >
        {t(kind ? `kinds.${kind}` : 'all')} <span className={here ? undefined : 'text-muted'}>{count}</span>
      </Link>
    </li>
  );
}

/** One fact in words: what happened, what belongs to it, at what time and by whom. */
function Told({ fact, locale, mayOpenRegisters }: { fact: Fact; locale: Locale; mayOpenRegisters: boolean }) {
  const t = useTranslations('people.story');
  const more = useMore(fact);
  const href = whereOf(fact, mayOpenRegisters);
  const words = useFactWords(fact);
  return (
    <div className="min-w-0">
      <p>
        {href ? (
          <Link href={href} prefetch={false} className="link">
            {words}
          </Link>
        ) : (
          words
        )}
      </p>
      {fact.kind === 'consents' && fact.note ? (
        <details>
          <summary className="link inline-flex min-h-target items-center text-sm">{t('words')}</summary>
          <p className="max-w-prose text-sm" lang={locale}>
            {fact.note}
          </p>
        </details>
      ) : null}
      {fact.note && (fact.kind === 'skills' || fact.kind === 'rechecks' || fact.kind === 'tasks') ? (
        <p className="text-sm">
          <Written>{fact.kind === 'tasks' ? fact.note : t('help', { help: fact.note })}</Written>
        </p>
      ) : null}
      <p className="text-sm text-muted">
        {[
          formatTime(locale, fact.at),
          ...more,
          fact.by ? t(fact.kind === 'readings' ? 'readBy' : 'by', { name: fact.by }) : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </div>
  );
}

/** What happened, in words. */
export function useFactWords({
  kind,
  what,
  title,
  ref,
  value,
}: Pick<Fact, 'kind' | 'what' | 'title' | 'ref' | 'value'>): string {
  const t = useTranslations('people.story');
  const p = useTranslations('people');
  const purpose = kind === 'consents' && t.has(`purposes.${title}`) ? t(`purposes.${title}`) : (title ?? '');
  const m = useTranslations('messages');
  const about = kind === 'messages' && m.has(`purpose.${value}`) ? m(`purpose.${value}`) : '';
  const level = kind === 'skills' || kind === 'rechecks' || kind === 'assists' ? p(`level.${value}`) : '';
  return t(`${kind}.${what}`, { title: title ?? '', purpose, version: ref ?? '', level, about });
}

/** What stands beside the time. */
function useMore({ kind, value, note, ref }: Fact): (string | null)[] {
  const t = useTranslations('people.story');
  const p = useTranslations('people');
  const a = useTranslations('admin');
  const m = useTranslations('messages');
  const s = useTranslations('steps');
  switch (kind) {
    case 'sessions':
      return [value === null ? null : t('minutes', { minutes: value }), note === 'walkIn' ? t('walkIn') : null];
    case 'assists':
      return [t('atDesk', { desk: note ?? '' }), t('tookMinutes', { minutes: ref ?? '' })];
    case 'steps':
      return [value === null ? null : s(`sources.${value}`)];
    case 'tasks':
      return [t.has(`pausedFor.${value}`) ? t(`pausedFor.${value}`) : null];
    case 'visits':
      return [value === null ? null : t('tookMinutes', { minutes: value }), note];
    case 'certificates':
      return [t('serial', { serial: ref ?? '' }), value === null ? null : t(`revokedFor.${value}`)];
    case 'messages': {
      const how = ['why', 'channel'].find((part) => m.has(`${part}.${note}`));
      return [how ? `${m(`${how}.${note}`)}.` : null];
    }
    case 'consents':
      return [value === null ? null : p(`hows.${value}`)];
    case 'record': {
      const fields = value?.split(' ').filter((field) => t.has(`fields.${field}`)) ?? [];
      return [fields.length > 0 ? t('changed', { fields: fields.map((one) => t(`fields.${one}`)).join(', ') }) : null];
    }
    case 'readings':
      return [value !== null && a.has(`purposes.${value}`) ? t('readFor', { purpose: a(`purposes.${value}`) }) : null];
    default:
      return [];
  }
}

/** Where the fact can be looked at. */
function whereOf({ kind, ref }: Fact, mayOpenRegisters: boolean): string | null {
  if (ref === null) return null;
  if (kind === 'messages' && ref.startsWith('round:')) return `/manage/visits/rounds/${ref.slice(6)}`;
  if (kind === 'classes' || kind === 'messages') return `/manage/classes/${ref}`;
  if (kind === 'certificates') return `/manage/certificates/${ref}`;
  if (kind === 'visits') return `/manage/visits/${ref}`;
  return kind === 'sessions' && mayOpenRegisters ? `/manage/sessions/${ref}` : null;
}
