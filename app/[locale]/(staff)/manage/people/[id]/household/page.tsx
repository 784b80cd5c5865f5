import { getTranslations, setRequestLocale } from 'next-intl/server';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { ActForm } from '@/components/class/act-form';
import { ClientWords } from '@/components/layout/client-words';
import { SearchForm } from '@/components/person/search-form';
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
  if (people.length === 0) return <EmptyState title={t('noneFound')}>{t('noneFoundBody')}</EmptyState>;
  return (
    <section aria-labelledby="found" className="grid gap-3">
      <h2 id="found" className="text-xl">
        {t('found', { count: people.length })}
      </h2>
      <ClientWords of={['errors']}>
        <ul className="divide-y-[1.5px] divide-line border-y-[1.5px] border-line">
          {people.map((person) => (
            <li key={person.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
              <p className="min-w-0">
                <b className="block">{person.fullName}</b>
                <span className="text-sm text-muted">
                  {[person.birthYear ?? t('noYear'), person.village, person.phoneHint].filter(Boolean).join(' · ')}
                </span>
              </p>
              {inIt.has(person.id) ? (
                <p className="text-muted">{t('household.inIt')}</p>
              ) : (
                <ActForm
                  action={link}
                  fields={{ personId, otherId: person.id }}
                  variant="secondary"
                  label={t('household.linkWith', { name: person.fullName })}
                  pendingLabel={t('saving')}
                />
              )}
            </li>
          ))}
        </ul>
      </ClientWords>
    </section>
  );
}
