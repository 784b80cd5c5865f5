import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { isEquality, type FairnessLine, type FairnessTable } from '@/lib/enrolment/schema';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

type Tables = { tables: readonly FairnessTable[]; locale: Locale };

/** Who asked and who got a place, one table a way of grouping. Hidden numbers say so. */
export function FairnessTables({ tables, locale }: Tables) {
  const t = useTranslations('manage.fairness');
  const plain = tables.filter(({ by }) => !isEquality(by));
  const total = plain.find(({ by }) => by === 'total')?.lines[0];
  if (total?.asked === 0)
    return (
      <EmptyState icon="people" title={t('none')}>
        {t('noneBody')}
      </EmptyState>
    );
  const hides = plain.some(({ lines }) => lines.some(({ asked }) => asked === null));
  return (
    <div className="grid gap-6">
      <Shown tables={plain} locale={locale} />
      {hides ? <p className="max-w-prose text-muted">{t('hiddenNote')}</p> : null}
    </div>
  );
}

/**
 * The same by what people answered to the equality questions: nothing where the reader may not see it, and in words where nobody has
 * answered yet.
 */
export function EqualityTables({ tables, locale }: Tables) {
  const t = useTranslations('manage.fairness');
  const asked = tables.filter(({ by }) => isEquality(by));
  if (asked.length === 0) return null;
  const answered = asked.filter(({ lines }) =>
    lines.some(({ group, asked: count }) => group !== 'unanswered' && count !== 0),
  );
  return (
    <section aria-labelledby="equality" className="grid gap-6">
      <div className="grid gap-2">
        <h2 id="equality" className="text-2xl">
          {t('equality.title')}
        </h2>
        <p className="max-w-prose text-muted">{t('equality.lead')}</p>
      </div>
      {answered.length === 0 ? (
        <EmptyState icon="people" title={t('equality.none')}>
          {t('equality.noneBody')}
        </EmptyState>
      ) : (
        <>
          <Shown tables={answered} locale={locale} />
          <p className="max-w-prose text-muted">{t('equality.hidden')}</p>
        </>
      )}
    </section>
  );
}

/** The tables that say something; those that would be a wall of hidden numbers are named in a sentence. */
function Shown({ tables, locale }: Tables) {
  const t = useTranslations('manage.fairness');
  const title = (by: FairnessTable['by']) => (by === 'total' ? t('total') : t(`${by}.title`));
  const silent = tables.filter(({ lines }) => lines.every(({ asked }) => asked === null || asked === 0));
  return (
    <>
      {tables.map((table) =>
        silent.includes(table) ? null : <Counts key={table.by} table={table} title={title(table.by)} locale={locale} />,
      )}
      {silent.length > 0 ? (
        <p className="max-w-prose">{t('allHidden', { tables: silent.map(({ by }) => title(by)).join('; ') })}</p>
      ) : null}
    </>
  );
}

function Counts({ table: { by, lines }, title, locale }: { table: FairnessTable; title: string; locale: Locale }) {
  const t = useTranslations('manage.fairness');
  const cell = (count: number | null) => (count === null ? t('hidden') : formatNumber(locale, count));
  const got = (line: FairnessLine) => (
    <>
      {cell(line.got)}
      {line.asked === null || line.got === null || line.asked === 0 ? null : (
        <span className="block text-sm whitespace-nowrap text-muted">
          {formatNumber(locale, (100 * line.got) / line.asked)} %
        </span>
      )}
    </>
  );
  return (
    <DataTable
      caption={title}
      rows={lines.filter(({ asked }) => asked !== 0)}
      rowKey={(line) => line.group}
      columns={[
        {
          key: 'group',
          header: t('group'),
          cell: (line) => (by === 'total' ? t('total') : t(`${by}.${line.group}`)),
        },
        { key: 'asked', header: t('asked'), align: 'end', cell: (line) => cell(line.asked) },
        { key: 'got', header: t('got'), align: 'end', cell: got },
        { key: 'waited', header: t('waited'), align: 'end', cell: (line) => cell(line.waited) },
      ]}
    />
  );
}
