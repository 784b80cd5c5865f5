import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClassStepHead } from '@/components/class/class-step-head';
import { UnconfirmedBatch } from '@/components/class/unconfirmed-batch';
import { ClientWords } from '@/components/layout/client-words';
import { FilterBar } from '@/components/ui/filter-bar';
import { TextInput } from '@/components/ui/inputs';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { idInAddress, read } from '@/lib/access/doors';
import { unconfirmedPlaces } from '@/lib/enrolment/queries';
import { formatDateTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { tidy } from '@/lib/kernel/text';
import { classForStaff } from '@/lib/manage/queries';
import { confirmForThem, undoSignUps } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('manage', 'unconfirmed.title');

/** Sign-ups that looked unnatural: to vouch for one with one press, or to end a whole batch after a look at it. */
export default async function UnconfirmedPage({ params, searchParams }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const classId = idInAddress(id);
  const now = new Date();
  const { done, q } = await searchParams;
  const sought = typeof q === 'string' ? tidy(q).slice(0, 100) : '';
  const { found, seen } = await read('enrolment.write', async (tx) => ({
    found: await classForStaff(tx, locale, classId, now),
    seen: await unconfirmedPlaces(tx, locale, classId, sought),
  }));
  if (!found?.mayEnrol) notFound();
  const t = await getTranslations('manage');
  const here = `/manage/classes/${id}`;
  const batches = sought
    ? seen.batches.filter(({ batch }) => seen.places.some((place) => place.batch === batch))
    : seen.batches;
  return (
    <div className="grid gap-6">
      <ClassStepHead
        id={id}
        title={found.title}
        step={t('unconfirmed.title')}
        lead={t('unconfirmed.lead')}
        said={
          done === 'confirmed' || done === 'undone' ? (
            <Notice tone="good" live title={t(`unconfirmed.${done}`)} />
          ) : null
        }
      />
      {seen.batches.length === 0 ? (
        <EmptyState icon="check" title={t('unconfirmed.none')}>
          {t('unconfirmed.noneBody')}
        </EmptyState>
      ) : (
        <FilterBar
          path={`${here}/unconfirmed`}
          label={t('unconfirmed.seek')}
          submitLabel={t('unconfirmed.doSeek')}
          active={sought !== ''}
        >
          <TextInput name="q" type="search" label={t('unconfirmed.sought')} defaultValue={sought} maxLength={100} />
        </FilterBar>
      )}
      {sought && seen.places.length === 0 && seen.batches.length > 0 ? (
        <EmptyState title={t('unconfirmed.noneSuch')}>{t('unconfirmed.noneSuchBody')}</EmptyState>
      ) : null}
      <ClientWords of={['manage', 'errors']}>
        {batches.map((one) => (
          <UnconfirmedBatch
            key={one.batch}
            classId={id}
            batch={one.batch}
            before={now.toISOString()}
            title={t('unconfirmed.batch', {
              count: one.size,
              from: formatDateTime(locale, one.from),
              to: formatDateTime(locale, one.to),
            })}
            size={sought ? 0 : one.size}
            places={seen.places
              .filter(({ batch }) => batch === one.batch)
              .map((place) => ({
                ...place,
                at: formatDateTime(locale, place.at),
                until: formatDateTime(locale, place.until),
              }))}
            confirm={confirmForThem}
            undo={found.mayWrite && !sought ? undoSignUps : null}
          />
        ))}
      </ClientWords>
    </div>
  );
}
