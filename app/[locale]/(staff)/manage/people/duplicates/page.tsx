import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ActForm } from '@/components/class/act-form';
import { ClientWords } from '@/components/layout/client-words';
import { MergeForm } from '@/components/person/merge-form';
import { PairLines } from '@/components/person/pair-lines';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read, readRecord } from '@/lib/access/doors';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { openPairs, pairBeside, type SideOfPair } from '@/lib/pair/queries';
import { details, pairAsked, type Detail } from '@/lib/pair/schema';
import { decide, merge } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('people', 'pairs.title');

/** Records that look like one person: the list, or with `?one=&other=` two of them beside each other. */
export default async function DuplicatesPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const given = await searchParams;
  if (given.one !== undefined) return <Beside locale={locale} given={given} />;
  const { pairs, more } = await read('person.write', (tx) => openPairs(tx, locale));
  const t = await getTranslations('people');
  const said = given.done === 'not_same' || given.done === 'later' ? given.done : null;
  return (
    <div className="grid grid-cols-1 gap-6">
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/people' }, { label: t('pairs.title') }]} />
      {said ? <Notice tone="good" live title={t(`pairs.done.${said}`)} /> : null}
      <PageHeading lead={t('pairs.lead')}>{t('pairs.title')}</PageHeading>
      {pairs.length > 0 ? (
        <PairLines pairs={pairs} />
      ) : (
        <EmptyState icon="check" title={t('pairs.none')}>
          {t('pairs.noneBody')}
        </EmptyState>
      )}
      {more ? <p className="text-muted">{t('pairs.more')}</p> : null}
    </div>
  );
}

async function Beside({ locale, given }: { locale: Locale; given: Record<string, string | string[] | undefined> }) {
  const asked = pairAsked.safeParse(given);
  if (!asked.success) notFound();
  const { one, other } = asked.data;
  const pair = await readRecord(
    'person.write',
    [one, other],
    'compare',
    async (tx) => (await pairBeside(tx, locale, { one, other })) ?? notFound(),
  );
  const t = await getTranslations('people');
  const sides = [pair.kept, pair.merged] as const;
  const line = (key: string, say: (side: SideOfPair) => string | number) => ({
    key,
    label: t(`pairs.lines.${key}`),
    kept: String(say(pair.kept)),
    merged: String(say(pair.merged)),
  });
  const unknown = t('notSaid');
  const words: Record<Detail, (side: SideOfPair) => string> = {
    name: (side) => side.fullName,
    birthYear: (side) => String(side.birthYear ?? unknown),
    gender: (side) => (side.gender ? t(`genders.${side.gender}`) : unknown),
    area: (side) => side.village,
    phone: (side) => side.phoneHint ?? t('noPhone'),
  };
  return (
    <div className="grid max-w-4xl grid-cols-1 gap-6">
      <Breadcrumbs
        items={[
          { label: t('title'), href: '/manage/people' },
          { label: t('pairs.title'), href: '/manage/people/duplicates' },
          { label: t('pairs.beside') },
        ]}
      />
      <PageHeading lead={t('pairs.besideLead')}>{t('pairs.beside')}</PageHeading>
      <ClientWords of={['people', 'errors']}>
        <MergeForm
          action={merge}
          keptId={pair.kept.id}
          mergedId={pair.merged.id}
          heads={sides.map((side, at) =>
            t(at === 0 ? 'pairs.first' : 'pairs.second', { day: formatDate(locale, side.createdAt) }),
          )}
          choices={details.map((detail) => ({
            detail,
            kept: words[detail](pair.kept),
            merged: words[detail](pair.merged),
            suggested:
              words[detail](pair.kept) === unknown || (detail === 'phone' && !pair.kept.phoneHint) ? 'merged' : 'kept',
          }))}
          lines={[
            line('classes', (side) => side.classes),
            line('sessions', (side) => side.sessions),
            line('observations', (side) => side.observations),
            line('consents', (side) => side.consents),
          ]}
          both={{ classes: pair.bothClasses, sessions: pair.bothSessions }}
        />
        <section className="grid gap-3">
          <h2 className="text-xl">{t('pairs.otherwise')}</h2>
          <div className="flex flex-wrap gap-3">
            {(['not_same', 'later'] as const).map((decision) => (
              <ActForm
                key={decision}
                action={decide}
                fields={{ oneId: one, otherId: other, decision }}
                variant="secondary"
                label={t(`pairs.decide.${decision}`)}
                pendingLabel={t('saving')}
              />
            ))}
            <ButtonLink href="/manage/people/duplicates" variant="quiet">
              {t('pairs.back')}
            </ButtonLink>
          </div>
        </section>
      </ClientWords>
    </div>
  );
}
