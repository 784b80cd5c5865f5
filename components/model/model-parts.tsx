import { useLocale, useTranslations } from 'next-intl';
import { ActForm } from '@/components/class/act-form';
import { ClassState } from '@/components/class/class-lines';
import type { FormAction } from '@/components/class/use-sent';
import { DataTable } from '@/components/ui/data-table';
import { DefinitionList } from '@/components/ui/facts';
import type { ClassStatus } from '@/lib/class/schema';
import { formatDate, formatNumber, formatWeekday } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { helpersNeeded, heldOf, plannedMinutes } from '@/lib/model/rules';
import type { Came, ModelShown } from '@/lib/model/schema';
import { useHours } from './told';

/** What a model is, for whom, with what and at what cost; the cost counted from what was held, or as planned while nothing was. */
export function ModelFacts({ model, total }: { model: ModelShown; total: Came }) {
  const t = useTranslations('model');
  const locale = useLocale() as Locale;
  const hours = useHours();
  const { source, materials } = model;
  const begun = total.helperMinutes > 0;
  const helpers = helpersNeeded(model.capacity, model.learnersPerHelper);
  return (
    <DefinitionList
      items={[
        { term: t('what'), value: <span className="whitespace-pre-line">{model.what}</span> },
        {
          term: t('audience'),
          value: (
            <>
              {model.audience.map((one) => t(`audiences.${one}`)).join('; ')}
              {model.forWhom ? <span className="block text-muted">{model.forWhom}</span> : null}
            </>
          ),
        },
        {
          term: t('materials'),
          value:
            materials.length > 0 ? (
              <ul className="list-disc pl-5">
                {materials.map((one, at) => (
                  <li key={at}>{one}</li>
                ))}
              </ul>
            ) : (
              t('noMaterials')
            ),
        },
        {
          term: t('course'),
          value: (
            <Link href={`/manage/courses/${model.courseId}`} prefetch={false} className="link">
              {t('courseWith', { title: model.course, count: model.lessons })}
            </Link>
          ),
        },
        {
          term: t('plan'),
          value: t('planWords', {
            sessions: model.sessions,
            perWeek: model.weekdays.length,
            days: model.weekdays.map((day) => formatWeekday(locale, day)).join(', '),
            time: model.startTime,
            minutes: model.minutes,
          }),
        },
        { term: t('size'), value: t('sizeWords', { capacity: model.capacity, minimum: model.minimumToRun }) },
        { term: t('venueKind'), value: t(`venueKinds.${model.venueKind}`) },
        {
          term: t('cost'),
          value: !begun
            ? t('costPlanned', { hours: hours(plannedMinutes(model, model.learnersPerHelper)), helpers })
            : total.rounds === null
              ? t('costInAll', { hours: hours(total.helperMinutes) })
              : t('costCounted', {
                  hours: hours(total.helperMinutes),
                  each: formatNumber(locale, total.helperMinutes / 60 / total.noted, 1),
                  noted: total.noted,
                  held: heldOf(total),
                }),
        },
        ...(source
          ? [
              {
                term: t('source'),
                value: (
                  <Link href={`/manage/models/${source.id}`} prefetch={false} className="link">
                    {t('sourceOf', { name: source.name, owner: source.owner, version: source.version })}
                  </Link>
                ),
              },
            ]
          : []),
        ...(model.adapted
          ? [{ term: t('adapted'), value: <span className="whitespace-pre-line">{model.adapted}</span> }]
          : []),
      ]}
    />
  );
}

interface ClassLine {
  id: string;
  title: string;
  area: string;
  status: ClassStatus;
  version: number;
  firstStartsAt: Date | null;
  held: number;
  sessions: number;
  mayOpen: boolean;
}

/** The classes held by a model; `drop` where one may take them out of the results. */
export function HeldClasses({
  modelId,
  classes,
  drop,
}: {
  modelId: string;
  classes: readonly ClassLine[];
  drop: FormAction | null;
}) {
  const t = useTranslations('model');
  const locale = useLocale() as Locale;
  if (classes.length === 0) return <p>{t('held.none')}</p>;
  return (
    <DataTable
      caption={t('held.title')}
      captionHidden
      rows={classes}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'class',
          header: t('held.class'),
          cell: (row) => (
            <Link
              href={row.mayOpen ? `/manage/classes/${row.id}` : `/classes/${row.id}`}
              prefetch={false}
              className="link"
            >
              {row.title}
            </Link>
          ),
        },
        { key: 'place', header: t('held.place'), cell: (row) => row.area },
        {
          key: 'since',
          header: t('held.since'),
          cell: (row) => (row.firstStartsAt ? formatDate(locale, row.firstStartsAt) : '—'),
        },
        { key: 'state', header: t('held.state'), cell: (row) => <ClassState status={row.status} /> },
        {
          key: 'sessions',
          header: t('held.sessions'),
          align: 'end',
          cell: (row) => t('held.of', { held: row.held, all: row.sessions }),
        },
        { key: 'version', header: t('held.version'), align: 'end', cell: (row) => row.version },
        ...(drop
          ? [
              {
                key: 'drop',
                header: <span className="sr-only">{t('held.drop')}</span>,
                cell: (row: ClassLine) =>
                  row.mayOpen ? (
                    <ActForm
                      action={drop}
                      fields={{ modelId, held: `c:${row.id}` }}
                      label={t('held.drop')}
                      pendingLabel={t('working')}
                      variant="quiet"
                    />
                  ) : null,
              },
            ]
          : []),
      ]}
    />
  );
}
