import { getTranslations, setRequestLocale } from 'next-intl/server';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { SearchForm } from '@/components/person/search-form';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { deskForStaff } from '@/lib/desk/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { phoneForReading } from '@/lib/kernel/phone';
import { findPeople } from '@/lib/person/queries';
import { keptSearch, searchCookie } from '@/lib/person/schema';
import { search } from '../../people/actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('desk', 'findPerson');

/** Looks up who is being helped at a desk; nobody is written down who is not known already. */
export default async function DeskPersonPage({ params, searchParams }: Props) {
  const [{ locale }, { desk: asked }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const deskId = uuid.safeParse(asked);
  if (!deskId.success) notFound();
  const wanted = keptSearch((await cookies()).get(searchCookie)?.value);
  const { desk, areas, found } = await read('person.read', async (tx, caller) => ({
    desk: await deskForStaff(tx, locale, deskId.data),
    areas: await areaChoices(tx, locale, { grants: caller.grants, capability: 'person.read', depth: 12 }),
    found: wanted ? await findPeople(tx, locale, wanted) : null,
  }));
  if (!desk || desk.retired) notFound();
  const [t, people] = await Promise.all([getTranslations('desk'), getTranslations('people')]);
  const back = `/manage/desk?desk=${desk.id}`;
  return (
    <div className="grid gap-6">
      <Breadcrumbs items={[{ label: desk.name, href: back }, { label: t('findPerson') }]} />
      <PageHeading lead={t('findLead')}>{t('findPerson')}</PageHeading>
      <ClientWords of={['people', 'errors']}>
        <SearchForm
          key={JSON.stringify(wanted)}
          action={search}
          fields={{ deskId: desk.id }}
          last={{
            name: wanted?.name ?? '',
            birthYear: String(wanted?.birthYear ?? ''),
            area: String(wanted?.area ?? ''),
            phone: wanted?.phone ? phoneForReading(wanted.phone) : '',
          }}
          areas={areas.map((one) => ({ value: String(one.id), label: one.name }))}
        />
      </ClientWords>
      {found && found.people.length === 0 ? (
        <EmptyState title={people('noneFound')} action={<ButtonLink href={back}>{t('goOnWithoutName')}</ButtonLink>}>
          {t('notFoundBody')}
        </EmptyState>
      ) : null}
      {found && found.people.length > 0 ? (
        <section aria-labelledby="found" className="grid gap-3">
          <h2 id="found" className="text-xl">
            {people('found', { count: found.people.length })}
          </h2>
          <ul className="divide-y-[1.5px] divide-line border-y-[1.5px] border-line">
            {found.people.map((person) => (
              <li key={person.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
                <p className="min-w-0">
                  <b className="block">{person.fullName}</b>
                  <span className="text-sm text-muted">
                    {[person.birthYear ?? people('noYear'), person.village, person.phoneHint]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </p>
                <ButtonLink href={`${back}&person=${person.id}`} variant="secondary">
                  {t('isThis')}
                  <span className="sr-only">: {person.fullName}</span>
                </ButtonLink>
              </li>
            ))}
          </ul>
          {found.more ? <p className="text-muted">{people('more')}</p> : null}
        </section>
      ) : null}
    </div>
  );
}
