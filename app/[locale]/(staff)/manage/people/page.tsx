import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { cookies } from 'next/headers';
import { ActForm } from '@/components/class/act-form';
import { ClientWords } from '@/components/layout/client-words';
import { SearchForm } from '@/components/person/search-form';
import { ButtonLink } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/headings';
import { Badge } from '@/components/ui/pill';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { phoneForReading } from '@/lib/kernel/phone';
import { findPeople } from '@/lib/person/queries';
import { keptSearch, searchCookie, type PersonFound } from '@/lib/person/schema';
import { forgetSearch, search } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'people' });
  return { title: t('title') };
}

export default async function PeoplePage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const wanted = keptSearch((await cookies()).get(searchCookie)?.value);
  const { areas, found, mayEnrol, mayCorrect } = await read('person.read', async (tx, caller) => ({
    areas: await areaChoices(tx, locale, { grants: caller.grants, capability: 'person.read', depth: 12 }),
    found: wanted ? await findPeople(tx, locale, wanted) : null,
    mayEnrol: caller.capabilities.includes('enrolment.write'),
    mayCorrect: caller.capabilities.includes('person.write'),
  }));
  const t = await getTranslations('people');
  return (
    <div className="grid gap-6">
      <PageHeading
        lead={t('lead')}
        actions={
          <>
            <ButtonLink href="/manage/unreached" variant="secondary">
              {t('unreached.toBands')}
            </ButtonLink>
            {mayCorrect ? (
              <ButtonLink href="/manage/people/duplicates" variant="secondary" icon="people">
                {t('pairs.title')}
              </ButtonLink>
            ) : null}
          </>
        }
      >
        {t('title')}
      </PageHeading>
      <ClientWords of={['people', 'errors']}>
        <SearchForm
          key={JSON.stringify(wanted)}
          action={search}
          last={{
            name: wanted?.name ?? '',
            birthYear: String(wanted?.birthYear ?? ''),
            area: String(wanted?.area ?? ''),
            phone: wanted?.phone ? phoneForReading(wanted.phone) : '',
          }}
          areas={areas.map((one) => ({ value: String(one.id), label: one.name }))}
        />
      </ClientWords>
      {found ? (
        <div className="grid gap-4">
          <Found people={found.people} />
          {found.more ? <p className="text-muted">{t('more')}</p> : null}
          <div className="flex flex-wrap gap-3">
            {mayEnrol ? (
              <ButtonLink href="/manage/people/new" variant="secondary" icon="plus">
                {t(found.people.length > 0 ? 'noneOfThese' : 'writeNew')}
              </ButtonLink>
            ) : null}
            <ButtonLink href="/manage/people/elsewhere" variant="quiet" icon="search">
              {t('livesElsewhere')}
            </ButtonLink>
          </div>
          <ClientWords of={['errors']}>
            <ActForm
              action={forgetSearch}
              fields={{}}
              variant="quiet"
              label={t('forget')}
              pendingLabel={t('searching')}
            />
          </ClientWords>
        </div>
      ) : (
        <EmptyState icon="people" title={t('searchFirst')}>
          {t('searchFirstBody')}
        </EmptyState>
      )}
    </div>
  );
}

async function Found({ people }: { people: readonly PersonFound[] }) {
  const t = await getTranslations('people');
  return (
    <DataTable
      caption={t('found', { count: people.length })}
      rows={people}
      rowKey={(person) => person.id}
      empty={<EmptyState title={t('noneFound')}>{t('noneFoundBody')}</EmptyState>}
      columns={[
        {
          key: 'name',
          header: t('fullName'),
          cell: (person) => (
            <Link href={`/manage/people/${person.id}`} prefetch={false} className="link block w-fit min-w-36">
              {person.fullName}
            </Link>
          ),
        },
        { key: 'born', header: t('birthYear'), cell: (person) => person.birthYear ?? '—' },
        { key: 'village', header: t('village'), cell: (person) => person.village },
        {
          key: 'phone',
          header: t('phone'),
          cell: (person) => <span className="whitespace-nowrap">{person.phoneHint ?? t('noPhone')}</span>,
        },
        {
          key: 'why',
          header: t('why'),
          cell: (person) => (
            <span className="flex min-w-40 flex-wrap gap-1.5">
              {person.reasons.map((reason) => (
                <Badge key={reason}>{t(`reasons.${reason}`)}</Badge>
              ))}
            </span>
          ),
        },
        { key: 'classes', header: t('classesTaken'), align: 'end', cell: (person) => person.classes },
      ]}
    />
  );
}
