import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ActForm } from '@/components/class/act-form';
import { ClientWords } from '@/components/layout/client-words';
import { PersonClasses } from '@/components/person/person-classes';
import { SkillGrid } from '@/components/person/skill-grid';
import { ButtonLink } from '@/components/ui/button';
import { DefinitionList } from '@/components/ui/facts';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { readOutside } from '@/lib/access/doors';
import { formatTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { readingTold } from '@/lib/lookup/queries';
import { personRecord } from '@/lib/person/queries';
import { coreAttained } from '@/lib/person/rules';
import { close } from '../actions';

export const generateMetadata = titled('lookup', 'record');

/** The record of somebody of another unit, by the id of what allows it; the address never holds the record's own. */
export default async function OutsideRecordPage({ params }: { params: Promise<{ locale: Locale; id: string }> }) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const typed = uuid.safeParse(id);
  if (!typed.success) notFound();
  const { record, reading } = await readOutside('person.read', typed.data, async (tx, personId, kind) => ({
    record: (await personRecord(tx, locale, personId)) ?? notFound(),
    reading: kind === 'reading' ? ((await readingTold(tx, typed.data)) ?? notFound()) : null,
  }));
  const [t, p] = await Promise.all([getTranslations('lookup'), getTranslations('people')]);
  const { details } = record;
  const core = coreAttained(record.skills);
  return (
    <div className="grid gap-8">
      <Breadcrumbs
        items={[
          { label: p('title'), href: '/manage/people' },
          reading
            ? { label: t('title'), href: '/manage/people/elsewhere' }
            : { label: t('toReferral'), href: `/manage/referrals/${typed.data}` },
          { label: details.fullName },
        ]}
      />
      <PageHeading lead={p('coreLead', { attained: core.attained, of: core.of })}>{details.fullName}</PageHeading>
      <Notice
        tone="warn"
        title={reading ? t('openUntil', { time: formatTime(locale, reading.until) }) : t('openByReferral')}
        action={
          reading ? (
            <ClientWords of={['errors']}>
              <ActForm
                action={close}
                fields={{ readingId: reading.id }}
                variant="secondary"
                label={t('close')}
                pendingLabel={t('closing')}
              />
            </ClientWords>
          ) : (
            <ButtonLink href={`/manage/referrals/${typed.data}`} variant="secondary">
              {t('toReferral')}
            </ButtonLink>
          )
        }
      >
        {t('openTold')}
      </Notice>
      <DefinitionList
        items={[
          { term: p('birthYear'), value: details.birthYear ?? undefined },
          { term: p('gender'), value: details.gender ? p(`genders.${details.gender}`) : undefined },
          { term: p('village'), value: details.village },
          { term: p('phone'), value: details.phoneHint ?? p('noPhone') },
        ]}
      />
      <section className="grid min-w-0 gap-3">
        <h2 className="text-xl">{p('skills')}</h2>
        <SkillGrid skills={record.skills} />
      </section>
      <PersonClasses classes={record.classes} />
    </div>
  );
}
