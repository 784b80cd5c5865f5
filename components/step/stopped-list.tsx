import { useLocale, useTranslations } from 'next-intl';
import { CopyButton } from '@/components/ui/copy-button';
import { DataTable } from '@/components/ui/data-table';
import { Disclosure } from '@/components/ui/disclosure';
import { EmptyState } from '@/components/ui/empty-state';
import { TextArea } from '@/components/ui/inputs';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Step, Stopped } from '@/lib/step/schema';

/** Who stops at a step, to be printed, or copied for whoever comes to do it: names, years and places alone are in the copy. */
export function StoppedList({ step, people, total }: { step: Step; people: readonly Stopped[]; total: number }) {
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
              <Link href={`/manage/people/${id}`} prefetch={false} className="link inline-block min-w-36">
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
            cell: ({ phoneHint }) => <span className="whitespace-nowrap">{phoneHint ?? t('noPhone')}</span>,
          },
          { key: 'since', header: t('since'), cell: ({ at }) => formatDate(locale, at) },
        ]}
      />
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
