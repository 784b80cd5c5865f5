import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ClassShorts } from '@/components/class/class-shorts';
import { LastPlace } from '@/components/class/last-place';
import { FindForm } from '@/components/class/find-form';
import { SkillTiles } from '@/components/class/skill-tiles';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Steps } from '@/components/ui/disclosure';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { unitChoices } from '@/lib/area/queries';
import { classSchedule, skillChoices } from '@/lib/class/queries';
import type { Locale } from '@/lib/i18n/routing';

export const dynamic = 'force-dynamic';

const classesShown = 3;

export default async function HomePage({ params }: { params: Promise<{ locale: Locale }> }) {
  const { locale } = await params;
  setRequestLocale(locale);
  const [[units, { classes }, skills], t, l] = await Promise.all([
    read('public', (tx) =>
      Promise.all([
        unitChoices(tx, locale),
        classSchedule(tx, locale, { page: 1, open: true }, { perPage: classesShown }),
        skillChoices(tx, locale),
      ]),
    ),
    getTranslations('home'),
    getTranslations('layout'),
  ]);
  return (
    <div className="grid gap-12 sm:gap-16">
      <div className="grid gap-8">
        <PageHeading above={<span className="sm:hidden">{l('motto')}</span>} lead={t('lead')}>
          {t('title')}
        </PageHeading>
        <section aria-labelledby="find" className="grid gap-3">
          <h2 id="find" className="text-2xl">
            {t('findHeading')}
          </h2>
          <FindForm locale={locale} units={units} />
          <LastPlace locale={locale} />
        </section>
      </div>
      <section aria-labelledby="learn" className="grid gap-5">
        <h2 id="learn" className="text-2xl">
          {t('learn')}
        </h2>
        <SkillTiles skills={skills} />
      </section>
      <section aria-labelledby="next" className="grid gap-5">
        <h2 id="next" className="text-2xl">
          {t('next')}
        </h2>
        {classes.length === 0 ? (
          <EmptyState icon="calendar" title={t('noClasses')}>
            <p>{t('noClassesBody')}</p>
          </EmptyState>
        ) : (
          <ClassShorts classes={classes} locale={locale} />
        )}
        <div>
          <ButtonLink href="/classes" variant="secondary" icon="list" wide>
            {t('allClasses')}
          </ButtonLink>
        </div>
      </section>
      <div className="grid gap-x-12 items-start gap-y-10 md:grid-cols-[3fr_2fr]">
        <section aria-labelledby="how">
          <h2 id="how" className="mb-5 text-2xl">
            {t('how')}
          </h2>
          <Steps items={[1, 2, 3].map((step) => ({ title: t(`step${step}`), body: t(`step${step}Body`) }))} />
        </section>
        <div className="grid gap-6">
          <Card as="section" tone="field" labelledBy="have-code">
            <h2 id="have-code" className="text-xl">
              {t('haveCodeHeading')}
            </h2>
            <p className="mt-1 mb-5">{t('haveCodeBody')}</p>
            <ButtonLink href="/my" variant="secondary" icon="calendar" wide>
              {t('haveCode')}
            </ButtonLink>
          </Card>
          <Card as="section" labelledBy="who-came">
            <h2 id="who-came" className="text-xl">
              {t('helpersHeading')}
            </h2>
            <p className="mt-1 mb-5">{t('helpersBody')}</p>
            <ButtonLink href="/helpers" variant="secondary" icon="shield" wide>
              {t('helpers')}
            </ButtonLink>
          </Card>
          <Card as="section" labelledBy="come">
            <h2 id="come" className="text-xl">
              {t('comeHeading')}
            </h2>
            <p className="mt-1 mb-5">{t('comeBody')}</p>
            <ButtonLink href="/help" variant="secondary" icon="home" wide>
              {t('come')}
            </ButtonLink>
          </Card>
        </div>
      </div>
      <section aria-labelledby="movement" className="max-w-prose">
        <h2 id="movement" className="mb-2 text-2xl">
          {t('movement')}
        </h2>
        <p>{t('movementBody')}</p>
      </section>
    </div>
  );
}
