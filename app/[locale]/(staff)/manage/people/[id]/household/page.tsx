import { getTranslations, setRequestLocale } from 'next-intl/server';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { ActForm } from '@/components/class/act-form';
import { ClientWords } from '@/components/layout/client-words';
import { SearchForm } from '@/components/person/search-form';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { readRecord } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { householdOf } from '@/lib/household/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { phoneForReading } from '@/lib/kernel/phone';
import { findPeople, personRecord } from '@/lib/person/queries';
import { keptSearch, searchCookie, type PersonFound } from '@/lib/person/schema';
import { search } from '../../actions';
import { link } from './actions';

export const generateMetadata = titled('people', 'household.add');

/** Looks somebody up who lives with the person whose record this is, and links the two. */
export default async function HouseholdPage({ params }: { params: Promise<{ locale: Locale; id: string }> }) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const typed = uuid.safeParse(id);
  if (!typed.success) notFound();
  const wanted = keptSearch((await cookies()).get(searchCookie)?.value);
  const { name, members, areas, found } = await readRecord(
    'person.write',
    typed.data,
    'household',
    async (tx, caller) => {
      const record = await personRecord(tx, locale, typed.data);
      if (!record?.details.mayCorrect) notFound();
      return {
        name: record.details.fullName,
        members: await householdOf(tx, locale, typed.data),
        areas: await areaChoices(tx, locale, { grants: caller.grants, capability: 'person.write', depth: 12 }),
        found: wanted ? await findPeople(tx, locale, wanted) : null,
      };
    },
  );
  const t = await getTranslations('people');
  return (
    <div className="grid gap-6">
      <Breadcrumbs
        items={[
          { label: t('title'), href: '/manage/people' },
          { label: name, href: `/manage/people/${id}` },
          { label: t('household.add') },
        ]}
      />
      <PageHeading lead={t('household.addLead')}>{t('household.addTitle', { name })}</PageHeading>
      <ClientWords of={['people', 'errors']}>
        <SearchForm
          key={JSON.stringify(wanted)}
          action={search}
          fields={{ householdOf: typed.data }}
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
        <Found
          people={found.people.filter((one) => one.id !== typed.data)}
          personId={typed.data}
          inIt={new Set(members.map((one) => one.id))}
        />
      ) : null}
      {found?.more ? <p className="text-muted">{t('more')}</p> : null}
    </div>
  );
}

async function Found({
  people,
  personId,
  inIt,
}: {
  people: readonly PersonFound[];
  personId: string;
  inIt: ReadonlySet<string>;
}) {
  const t = await getTranslations('people');
  return (
    <ClientWords of={['errors']}>
      <DataTable
        caption={t('found', { count: people.length })}
        rows={people}
        rowKey={(person) => person.id}
        empty={<EmptyState title={t('noneFound')}>{t('noneFoundBody')}</EmptyState>}
        columns={[
          {
            key: 'name',
            header: t('fullName'),
            cell: (person) => <span className="inline-block min-w-36">{person.fullName}</span>,
          },
          { key: 'born', header: t('birthYear'), cell: (person) => person.birthYear ?? '—' },
          { key: 'village', header: t('village'), cell: (person) => person.village },
          {
            key: 'link',
            header: t('household.title'),
            cell: (person) =>
              inIt.has(person.id) ? (
                t('household.inIt')
              ) : (
                <ActForm
                  action={link}
                  fields={{ personId, otherId: person.id }}
                  variant="secondary"
                  label={t('household.linkWith', { name: person.fullName })}
                  pendingLabel={t('saving')}
                />
              ),
          },
        ]}
      />
    </ClientWords>
  );
}
