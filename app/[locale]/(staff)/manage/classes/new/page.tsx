import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { PlanDatesForm } from '@/components/class/plan-dates-form';
import { PlanRuleForm } from '@/components/class/plan-rule-form';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { DefinitionList } from '@/components/ui/facts';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { planningChoices, planPreview } from '@/lib/class/queries';
import { newVenue, planDraft, taughtIn } from '@/lib/class/schema';
import { formatDay, formatTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { problemsOf } from '@/lib/kernel/input';
import { openClass } from './actions';

type Asked = Record<string, string | string[] | undefined>;
interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Asked>;
}

const path = '/manage/classes/new';
const ruleFields = [
  'courseId',
  'venueId',
  'teamId',
  'capacity',
  'minimumToRun',
  'reservedPlaces',
  'reservedFor',
  'offerHours',
  'language',
  'firstDay',
  'startTime',
  'minutes',
  'count',
  'until',
];

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'planning' });
  return { title: t('title') };
}

/** What the form shows: what the address says, else what most classes are like. */
function shown(asked: Asked, usual: Record<string, string>): Record<string, string> {
  if (Object.keys(asked).length === 0) return usual;
  const given = Object.entries(asked).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(',') : (value ?? ''),
  ]);
  return Object.fromEntries(given);
}

export default async function NewClassPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = await searchParams;
  const wanted = asked.step === 'preview' ? planDraft.safeParse(asked) : null;
  const now = new Date();
  const { choices, areas, preview } = await read('class.write', async (tx, caller) => ({
    choices: await planningChoices(tx, locale),
    areas: await areaChoices(tx, locale, { grants: caller.grants, capability: 'class.write', depth: 12 }),
    preview: wanted?.success ? await planPreview(tx, locale, wanted.data, now) : null,
  }));
  const t = await getTranslations('planning');
  const [onlyTeam, anotherTeam] = choices.teams;
  const values = shown(asked, {
    language: 'vi',
    capacity: '20',
    minimumToRun: '5',
    offerHours: '24',
    firstDay: addDays(dayOf(now), 1),
    startTime: '19:30',
    minutes: '90',
    count: '12',
    teamId: onlyTeam && !anotherTeam ? onlyTeam.id : '',
  });
  const trail = <Breadcrumbs items={[{ label: t('classes'), href: '/manage/classes' }, { label: t('title') }]} />;
  if (choices.courses.length === 0 || choices.teams.length === 0)
    return (
      <div className="grid gap-6">
        {trail}
        <PageHeading>{t('title')}</PageHeading>
        <EmptyState title={t('nothingToChoose')}>{t('nothingToChooseBody')}</EmptyState>
      </div>
    );
  const plan = wanted?.success ? wanted.data : null;
  const course = choices.courses.find((one) => one.id === plan?.courseId);
  const team = choices.teams.find((one) => one.id === plan?.teamId);
  if (!plan || !preview || !course || !team) {
    const notThere: Record<string, string> = plan
      ? {
          ...(course ? {} : { courseId: 'chooseCourse' }),
          ...(preview ? {} : { venueId: 'notFound' }),
          ...(team ? {} : { teamId: 'chooseTeam' }),
        }
      : {};
    const errors = wanted && !wanted.success ? problemsOf(wanted.error) : notThere;
    return (
      <div className="grid gap-6">
        {trail}
        <PageHeading lead={t('lead')}>{t('title')}</PageHeading>
        <ClientWords of={[]}>
          <PlanRuleForm
            path={path}
            values={values}
            errors={errors}
            choices={{
              courses: choices.courses.map((one) => ({
                value: one.id,
                label: t('courseWith', { title: one.title, count: one.lessons }),
              })),
              venues: [
                ...choices.venues.map((one) => ({
                  value: one.id,
                  label:
                    one.seats === null
                      ? `${one.name}, ${one.area}`
                      : t('venueWith', { name: `${one.name}, ${one.area}`, seats: one.seats }),
                })),
                { value: newVenue, label: t('elsewhere') },
              ],
              teams: choices.teams.map((one) => ({ value: one.id, label: one.name })),
              languages: taughtIn.map((value) => ({ value, label: t(`languages.${value}`) })),
            }}
          />
        </ClientWords>
      </div>
    );
  }
  const venue = choices.venues.find((one) => one.id === plan.venueId);
  const back = new URLSearchParams([
    ...Object.entries(values).filter(([name, value]) => ruleFields.includes(name) && value),
    ...plan.weekdays.map((weekday) => ['weekdays', String(weekday)]),
  ]);
  return (
    <div className="grid gap-6">
      {trail}
      <PageHeading lead={t('previewLead')}>{t('previewTitle', { count: preview.dates.length })}</PageHeading>
      <DefinitionList
        items={[
          { term: t('course'), value: course.title },
          { term: t('venue'), value: venue ? `${venue.name}, ${venue.area}` : t('elsewhere') },
          { term: t('team'), value: team.name },
          { term: t('places'), value: t('placesWith', { capacity: plan.capacity, minimum: plan.minimumToRun }) },
        ]}
      />
      {preview.venueSeats !== null && preview.venueSeats < plan.capacity ? (
        <Notice tone="warn" title={t('fewSeatsTitle')}>
          {t('fewSeatsBody', { seats: preview.venueSeats, capacity: plan.capacity })}
        </Notice>
      ) : null}
      <ClientWords of={['planning', 'errors']}>
        <PlanDatesForm
          key={back.toString()}
          action={openClass}
          rule={Object.fromEntries(Object.entries(values).filter(([name]) => ruleFields.includes(name)))}
          weekdays={plan.weekdays.map(String)}
          lessons={preview.lessons}
          areas={plan.venueId === newVenue ? areas.map((one) => ({ value: String(one.id), label: one.name })) : null}
          dates={preview.dates.map((date) => ({
            day: date.day,
            words: formatDay(locale, date.startsAt),
            time: formatTimeRange(locale, date.startsAt, date.endsAt),
            verdict: date.verdict,
          }))}
          back={
            <ButtonLink href={`${path}?${back.toString()}`} variant="quiet" icon="back">
              {t('changeRule')}
            </ButtonLink>
          }
        />
      </ClientWords>
    </div>
  );
}
