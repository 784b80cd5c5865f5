import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ReviseSkillForm } from '@/components/skill/revise-skill-form';
import { ClientWords } from '@/components/layout/client-words';
import { DefinitionList } from '@/components/ui/facts';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { StatusPill } from '@/components/ui/pill';
import { read } from '@/lib/access/doors';
import { skillVersions } from '@/lib/skill/queries';
import { skillCode } from '@/lib/skill/schema';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { reviseSkill } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; code: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'admin' });
  return { title: t('skillsTitle') };
}

export default async function SkillPage({ params, searchParams }: Props) {
  const [{ locale, code }, { done }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const t = await getTranslations('admin');
  const wanted = skillCode.safeParse(code).data;
  const versions = await read('skill.manage', async (tx) => (wanted === undefined ? [] : skillVersions(tx, wanted)));
  const [now] = versions;
  if (!now || wanted === undefined) notFound();
  const title = locale === 'en' ? now.titleEn : now.titleVi;
  return (
    <div className="grid gap-6">
      <Breadcrumbs items={[{ label: t('skillsTitle'), href: '/admin/skills' }, { label: wanted }]} />
      {done === 'revised' ? <Notice tone="good" title={t('done.revised')} live /> : null}
      <PageHeading above={wanted}>{title}</PageHeading>
      {now.core ? (
        <p>
          <StatusPill tone="good">{t('core')}</StatusPill>
        </p>
      ) : null}
      <DefinitionList
        items={[
          { term: t('canDoVi'), value: now.canDoVi },
          { term: t('canDoEn'), value: <span lang="en">{now.canDoEn}</span> },
          { term: t('evidenceVi'), value: now.evidenceVi },
          { term: t('level'), value: now.level },
          { term: t('digcomp'), value: now.digcompArea || '—' },
          { term: t('national'), value: now.nationalRef || '—' },
        ]}
      />
      <ClientWords of={['admin', 'errors']}>
        <ReviseSkillForm key={now.version} action={reviseSkill} code={wanted} now={now} />
      </ClientWords>
      <section aria-labelledby="versions" className="grid gap-3">
        <h2 id="versions" className="text-xl">
          {t('versionsTitle')}
        </h2>
        <ol className="grid gap-3">
          {versions.map((version) => (
            <li key={version.version} className="max-w-prose border-l-4 border-line pl-4">
              <p className="font-bold">
                {t('versionName', { version: version.version })} ·{' '}
                {t('versionDates', {
                  from: formatDate(locale, version.validFrom),
                  until: version.validTo ? formatDate(locale, version.validTo) : t('now'),
                })}
              </p>
              <p>{locale === 'en' ? version.titleEn : version.titleVi}</p>
              <p className="text-muted">{locale === 'en' ? version.canDoEn : version.canDoVi}</p>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
