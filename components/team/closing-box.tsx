import { useTranslations } from 'next-intl';
import { ActForm } from '@/components/class/act-form';
import type { FormAction } from '@/components/class/use-sent';
import { Disclosure } from '@/components/ui/disclosure';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import type { InTheWay } from '@/lib/team/schema';

const ways = {
  class: (id: string) => `/manage/classes/${id}`,
  round: (id: string) => `/manage/visits/rounds/${id}`,
  shift: (id: string) => `/manage/desks/${id}`,
} as const;

/** Closes a team; while something lies before it, says what, and leads to where it is given to another or called off. */
export function ClosingBox({
  teamId,
  people,
  before,
  close,
  locale,
}: {
  teamId: string;
  /** How many are still in it. */
  people: number;
  before: readonly InTheWay[];
  close: FormAction;
  locale: Locale;
}) {
  const t = useTranslations('teams.closing');
  const body = <p className="mb-4 max-w-prose">{t('body', { count: people })}</p>;
  if (before.length === 0)
    return (
      <ActForm
        fold={{ summary: t('title') }}
        action={close}
        fields={{ id: teamId }}
        variant="danger"
        label={t('act')}
        pendingLabel={t('working')}
      >
        {body}
      </ActForm>
    );
  return (
    <Disclosure summary={t('title')}>
      {body}
      <div className="grid gap-4">
        <p className="font-bold">{t('before')}</p>
        <ul className="divide-y-[1.5px] divide-line border-y-[1.5px] border-line">
          {before.map((one) => (
            <li key={`${one.kind} ${one.id} ${one.at?.getTime() ?? ''}`}>
              <Link
                href={ways[one.kind](one.id)}
                prefetch={false}
                className="link inline-flex min-h-target items-center"
              >
                {t(`ways.${one.kind}`, {
                  what: one.what ?? '',
                  place: one.place,
                  day: one.at ? formatDate(locale, one.at) : '—',
                })}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </Disclosure>
  );
}
