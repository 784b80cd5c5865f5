import { useLocale, useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { DataTable } from '@/components/ui/data-table';
import { Disclosure } from '@/components/ui/disclosure';
import { EmptyState } from '@/components/ui/empty-state';
import { TextArea } from '@/components/ui/inputs';
import { visitColumn } from '@/components/person/visit-column';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { phoneForReading } from '@/lib/kernel/phone';
import type { Step, Stopped } from '@/lib/step/schema';

/** Who stops at a step, to be printed, or copied for whoever comes to do it: names, years and places alone are in the copy. */
export function StoppedList({
  step,
  people,
  total,
  mayVisit,
}: {
  step: Step;
  people: readonly Stopped[];
  total: number;
  /** The reader plans visits: each name leads on to one, each village to a round. */
  mayVisit: boolean;
}) {
  const t = useTranslations('steps.list');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const lines = people.map(
    ({ fullName, birthYear, village }, at) => `${at + 1}. ${fullName}, ${birthYear ?? '—'}, ${village}`,
  );
  const text = [t('head', { next: step.next, count: total, step: step.name }), ...lines].join('\n');
  return (
    <>
      <DataTable
        caption={t('caption', { step: step.name })}
        captionHidden
        rows={people}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('none')}>{t('noneBody')}</EmptyState>}
        columns={[
          {
            key: 'name',
            header: t('name'),
            cell: ({ id, fullName }) => (
              <Link href={`/manage/people/${id}`} prefetch={false} className="link block w-fit min-w-36">
                {fullName}
              </Link>
            ),
          },
          { key: 'born', header: t('born'), cell: ({ birthYear }) => birthYear ?? '—' },
          {
            key: 'village',
            header: t('village'),
            cell: ({ village }) => <span className="block min-w-36">{village}</span>,
          },
          {
            key: 'phone',
            header: t('phone'),
            cell: ({ phone, phoneHint }) =>
              phone ? (
                <a href={`tel:${phone}`} className="link inline-flex min-h-target items-center whitespace-nowrap">
                  {phoneForReading(phone)}
                </a>
              ) : (
                <span className="whitespace-nowrap">{phoneHint ?? t('noPhone')}</span>
              ),
          },
          { key: 'since', header: t('since'), cell: ({ at }) => formatDate(locale, at) },
          ...(mayVisit ? [visitColumn<Stopped>(t('next'), t('visit'))] : []),
        ]}
      />
      {mayVisit && people.length > 0 ? <Rounds people={people} step={step.code} /> : null}
      {people.length > 0 ? (
        <div className="max-w-2xl print:hidden">
          <Disclosure summary={t('copy')}>
            <div className="grid gap-3">
              <TextArea
                name="list"
                id="stopped-list"
                label={t('copyText')}
                hint={t('copyHint')}
                rows={8}
                readOnly
                defaultValue={text}
              />
              <div>
                <CopyButton of="stopped-list" copied={t('copied')}>
                  {t('copy')}
                </CopyButton>
              </div>
            </div>
          </Disclosure>
        </div>
      ) : null}
    </>
  );
}

/** Going there together: the villages of this page, those with most people first, each leading to a round, which may take a mobile point along. */
function Rounds({ people, step }: { people: readonly Stopped[]; step: string }) {
  const t = useTranslations('steps.list');
  const villages = new Map<number, { id: number; name: string; count: number }>();
  for (const { areaId: id, village: name } of people)
    villages.set(id, { id, name, count: (villages.get(id)?.count ?? 0) + 1 });
  return (
    <section aria-labelledby="go-there" className="grid gap-2 print:hidden">
      <h2 id="go-there" className="text-xl">
        {t('rounds')}
      </h2>
      <p className="max-w-prose text-muted">{t('roundsLead')}</p>
      <ul className="flex flex-wrap gap-3">
        {[...villages.values()]
          .toSorted((one, other) => other.count - one.count)
          .map((one) => (
            <li key={one.id}>
              <ButtonLink
                href={`/manage/visits/rounds/new?area=${one.id}&step=${step}`}
                variant="secondary"
                icon="people"
              >
                {t('roundTo', { village: one.name, count: one.count })}
              </ButtonLink>
            </li>
          ))}
      </ul>
    </section>
  );
}
