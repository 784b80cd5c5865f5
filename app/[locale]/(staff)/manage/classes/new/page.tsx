import { getTranslations, setRequestLocale } from 'next-intl/server';
import { PlanDatesForm } from '@/components/class/plan-dates-form';
import { PlanRuleForm } from '@/components/class/plan-rule-form';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { planPreview, type PreviewDay } from '@/lib/class/preview';
import { classToCopy, lastTeamOf, planningChoices } from '@/lib/class/queries';
import { canPlan, nextDayOf, sessionsOf } from '@/lib/class/rules';
import { newVenue, planDraft, taughtIn, type PlanDraft } from '@/lib/class/schema';
import { formatDay, formatTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { addDays, dayOf, timeOf, weekdayOf } from '@/lib/kernel/clock';
import { addressId, id as uuid, problemsOf } from '@/lib/kernel/input';
import { modelToPlan } from '@/lib/model/queries';
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
  'wanted',
  'modelId',
];

export const generateMetadata = titled('planning', 'title');

/** A class like another one, from the first day of its rule after today and after its own last one. */
function likeAnother(copied: NonNullable<Awaited<ReturnType<typeof classToCopy>>>, now: Date): Record<string, string> {
  const { weeklyRule, firstStartsAt, lastEndsAt } = copied;
  const weekdays = weeklyRule?.weekdays ?? (firstStartsAt ? [weekdayOf(dayOf(firstStartsAt))] : []);
  const [, last = dayOf(now)] = [dayOf(now), dayOf(lastEndsAt ?? now)].sort();
  return {
    courseId: copied.courseId,
    venueId: copied.venueId ?? '',
    teamId: copied.teamId,
    capacity: String(copied.capacity),
    minimumToRun: String(copied.minimumToRun),
    reservedPlaces: copied.reservedPlaces > 0 ? String(copied.reservedPlaces) : '',
    reservedFor: copied.reservedFor ?? '',
    offerHours: String(copied.offerHours),
    language: copied.language,
    weekdays: weekdays.join(','),
    firstDay: nextDayOf(weekdays, last),
    startTime: weeklyRule?.startTime ?? (firstStartsAt ? timeOf(firstStartsAt) : '19:30'),
    minutes: String(weeklyRule?.minutes ?? 90),
    count: String(Math.max(1, copied.sessions)),
  };
}

/** A class by a model: its course and plan, from the first of its weekdays after today on. */
function byModel(model: NonNullable<Awaited<ReturnType<typeof modelToPlan>>>, now: Date): Record<string, string> {
  return {
    modelId: model.id,
    courseId: model.courseId,
    weekdays: model.weekdays.join(','),
    firstDay: nextDayOf(model.weekdays, dayOf(now)),
    startTime: model.startTime,
    minutes: String(model.minutes),
    count: String(model.sessions),
    capacity: String(model.capacity),
    minimumToRun: String(model.minimumToRun),
  };
}

/** What the form shows: what the address says, else what most classes are like. */
function shown(asked: Asked, usual: Record<string, string>): Record<string, string> {
  if (asked.step === undefined) return usual;
  const given = Object.entries(asked).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(',') : (value ?? ''),
  ]);
  return Object.fromEntries(given);
}

/** The same plan with as many days more as are left out, so that there are as many sessions in the end as were wanted; null when there are. */
function moreDays(
  plan: PlanDraft,
  values: Record<string, string>,
  kept: number,
): { href: string; count: number } | null {
  const wanted = plan.wanted ?? plan.count ?? 0;
  const missing = wanted - kept;
  if (plan.count === undefined || missing <= 0 || plan.count + missing > 60) return null;
  const rule = Object.entries(values).filter(([name, value]) => ruleFields.includes(name) && value);
  const query = new URLSearchParams([
    ['step', 'preview'],
    ...rule.filter(([name]) => name !== 'count' && name !== 'wanted'),
    ...plan.weekdays.map((weekday) => ['weekdays', String(weekday)]),
    ['count', String(plan.count + missing)],
    ['wanted', String(wanted)],
  ]);
  return { href: `${path}?${query}#preview`, count: missing };
}

export default async function NewClassPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = await searchParams;
  const wanted = asked.step === 'preview' ? planDraft.safeParse(asked) : null;
  const now = new Date();
  const from = addressId.safeParse(asked.from);
  // From a model's page, or gone on with from there.
  const ofModel = uuid.safeParse(asked.step === undefined ? asked.model : asked.modelId);
  const { choices, lastTeam, areas, preview, copied, model } = await read('class.write', async (tx, caller) => ({
    model: ofModel.success ? await modelToPlan(tx, ofModel.data) : null,
    copied: from.success ? await classToCopy(tx, locale, from.data) : null,
    choices: await planningChoices(tx, locale),
    lastTeam: await lastTeamOf(tx, caller.accountId),
    areas: await areaChoices(tx, locale, { grants: caller.grants, capability: 'class.write', depth: 12 }),
    preview: wanted?.success ? await planPreview(tx, locale, wanted.data, now) : null,
  }));
  const t = await getTranslations('planning');
  const e = await getTranslations('edits');
  const m = await getTranslations('model');
  const usualTeam = choices.teams.length === 1 ? choices.teams[0] : choices.teams.find((one) => one.id === lastTeam);
  const values = shown(asked, {
    language: 'vi',
    capacity: '20',
    minimumToRun: '5',
    offerHours: '24',
    firstDay: addDays(dayOf(now), 1),
    startTime: '19:30',
    minutes: '90',
    count: '12',
    teamId: usualTeam?.id ?? '',
    ...(choices.courses.some(({ id }) => id === asked.course) ? { courseId: String(asked.course) } : {}),
    ...(copied ? likeAnother(copied, now) : {}),
    ...(model ? byModel(model, now) : {}),
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
  const notThere: Record<string, string> = plan
    ? {
        ...(choices.courses.some((one) => one.id === plan.courseId) ? {} : { courseId: 'chooseCourse' }),
        ...(preview ? {} : { venueId: 'notFound' }),
        ...(choices.teams.some((one) => one.id === plan.teamId) ? {} : { teamId: 'chooseTeam' }),
      }
    : {};
  const errors = wanted && !wanted.success ? problemsOf(wanted.error) : notThere;
  const found = plan && preview && Object.keys(notThere).length === 0 ? { plan, preview } : null;
  const sessions = found ? sessionsOf(found.preview.days) : [];
  const more = found ? moreDays(found.plan, values, sessions.length) : null;
  return (
    <div className="grid grid-cols-1 gap-6">
      {trail}
      <PageHeading lead={t('lead')}>{t('title')}</PageHeading>
      {copied && asked.step === undefined ? (
        <Notice tone="info" title={e('copied', { title: copied.title })}>
          {e('copiedBody')}
        </Notice>
      ) : null}
      {model ? (
        <Notice tone="info" title={m('planned', { name: model.name })}>
          {m('plannedBody', { venue: m(`venueKinds.${model.venueKind}`) })}
        </Notice>
      ) : null}
      <ClientWords of={[]}>
        <PlanRuleForm
          path={path}
          values={values}
          errors={errors}
          again={found !== null}
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
      {found ? (
        <section
          id="preview"
          aria-labelledby="preview-heading"
          className="grid grid-cols-1 gap-6 border-t-2 border-edge pt-6"
        >
          <div className="max-w-prose">
            <h2 id="preview-heading" tabIndex={-1} className="text-2xl">
              {t('previewTitle', { count: sessions.length })}
            </h2>
            <p className="mt-1 text-muted">{t('previewLead')}</p>
          </div>
          {more ? (
            <Notice
              tone="warn"
              title={t('leftOutCount', { count: more.count })}
              action={
                <ButtonLink href={more.href} variant="secondary" icon="plus">
                  {t('addAtEnd', { count: more.count })}
                </ButtonLink>
              }
            />
          ) : null}
          {found.preview.venueSeats !== null && found.preview.venueSeats < found.plan.capacity ? (
            <Notice tone="warn" title={t('fewSeatsTitle')}>
              {t('fewSeatsBody', { seats: found.preview.venueSeats, capacity: found.plan.capacity })}
            </Notice>
          ) : null}
          <ClientWords of={['planning', 'errors']}>
            <PlanDatesForm
              key={new URLSearchParams(Object.entries(values)).toString()}
              action={openClass}
              rule={Object.fromEntries(Object.entries(values).filter(([name]) => ruleFields.includes(name)))}
              given={values}
              weekdays={found.plan.weekdays.map(String)}
              lessons={found.preview.lessons}
              areas={
                found.plan.venueId === newVenue
                  ? areas.map((one) => ({ value: String(one.id), label: one.name }))
                  : null
              }
              dates={found.preview.days.map((day) => dateView(locale, day))}
            />
          </ClientWords>
        </section>
      ) : null}
    </div>
  );
}

/** A day of the preview in the reader's words. */
function dateView(locale: Locale, { day, kept, moved, startsAt, endsAt, ...told }: PreviewDay) {
  const words = (judged: Pick<PreviewDay, 'verdict' | 'clash' | 'dayOff'>) => ({
    verdict: judged.verdict,
    because:
      judged.verdict === 'dayOff' && judged.dayOff
        ? `${judged.dayOff.name} · ${judged.dayOff.area}`
        : judged.verdict === 'venueTaken' && judged.clash && 'title' in judged.clash
          ? judged.clash.title
          : '',
  });
  return {
    day,
    kept,
    words: formatDay(locale, startsAt),
    time: formatTimeRange(locale, startsAt, endsAt),
    possible: canPlan(told.verdict),
    ...words(told),
    moved: moved
      ? {
          words: `${formatDay(locale, moved.startsAt)}, ${formatTimeRange(locale, moved.startsAt, moved.endsAt)}`,
          startsAt: moved.startsAt.getTime(),
          ...words(moved),
        }
      : null,
    startsAt: startsAt.getTime(),
  };
}
