import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { EligibleForm } from '@/components/eligible/eligible-form';
import { EligibleTable } from '@/components/eligible/eligible-table';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { FilterBar } from '@/components/ui/filter-bar';
import { PageHeading } from '@/components/ui/headings';
import { Select } from '@/components/ui/inputs';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { eligibleAround, eligiblePlace } from '@/lib/eligible/queries';
import { eligibleAddress } from '@/lib/eligible/schema';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { dayOf } from '@/lib/kernel/clock';
import { declare } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const path = '/manage/eligible';

export const generateMetadata = titled('eligible', 'title');

export default async function EligiblePage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = eligibleAddress.parse(await searchParams);
  const today = dayOf(new Date());
  const { places, place, around, edited, rows } = await read('declared.write', async (tx, caller) => {
    const mine = { grants: caller.grants, capability: 'declared.write', depth: 1 } as const;
    const choices = await areaChoices(tx, locale, mine);
    const found = await eligiblePlace(tx, locale, asked.area ?? choices[0]?.id ?? 0);
    const above = found && !found.hasPlaces && found.parentId ? await eligiblePlace(tx, locale, found.parentId) : null;
    const table = above ?? found;
    return {
      places: choices,
      place: found,
      around: table,
      edited: asked.edit === undefined ? found : await eligiblePlace(tx, locale, asked.edit),
      rows: table ? await eligibleAround(tx, locale, table.id, today) : [],
    };
  });
  if (!place || !around || !edited) notFound();
  const t = await getTranslations('eligible');
  const someFew = rows.some(({ groups }) => Object.values(groups).some(({ hidden, leftOut }) => hidden || leftOut > 0));
  const all = places.some(({ id }) => id === place.id) ? places : [place, ...places];
  return (
    <div className="grid grid-cols-1 gap-7">
      <PageHeading
        above={around.name}
        lead={t('lead')}
        actions={
          <ButtonLink href="/manage/import" variant="secondary" icon="up">
            {t('import')}
          </ButtonLink>
        }
      >
        {t('title')}
      </PageHeading>
      {asked.done ? <Notice tone="good" live title={t('saved')} /> : null}
      {all.length > 1 ? (
        <FilterBar path={path} label={t('place')} submitLabel={t('show')}>
          <Select
            name="area"
            label={t('place')}
            defaultValue={String(place.id)}
            choices={all.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
        </FilterBar>
      ) : null}
      <div className="grid grid-cols-1 gap-2">
        <EligibleTable
          caption={t('table', { day: formatDate(locale, today) })}
          rows={rows}
          around={around.id}
          locale={locale}
        />
        <p className="text-sm text-muted">{t('sumNote')}</p>
        {someFew ? <p className="max-w-prose text-sm text-muted">{t('few')}</p> : null}
      </div>
      {edited.mayWrite ? (
        <ClientWords of={['eligible', 'errors']}>
          <EligibleForm
            key={edited.id}
            action={declare}
            areaId={edited.id}
            place={edited.name}
            back={`${path}?area=${around.id}`}
          />
        </ClientWords>
      ) : null}
    </div>
  );
}
