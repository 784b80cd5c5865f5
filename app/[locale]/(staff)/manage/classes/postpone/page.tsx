import { getTranslations, setRequestLocale } from 'next-intl/server';
import { placeOf } from '@/components/class/session-lines';
import { StormForm } from '@/components/class/storm-form';
import { StormLately } from '@/components/class/storm-lately';
import { StormPress } from '@/components/class/storm-press';
import { StormTable } from '@/components/class/storm-table';
import { ClientWords } from '@/components/layout/client-words';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { stormDraft } from '@/lib/class/forms';
import { putOffLately, stormPreview, type StormPreview } from '@/lib/class/postponing';
import type { Span } from '@/lib/class/rules';
import { formatDateTimeRange, formatDay } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { problemsOf } from '@/lib/kernel/input';
import { isRefusal } from '@/lib/kernel/result';
import { putOff, undo } from './actions';

type Asked = Record<string, string | string[] | undefined>;
interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Asked>;
}

const path = '/manage/classes/postpone';
const mostOfAUnit = 40;
const fields = ['areas', 'firstDay', 'lastDay', 'instead', 'reason'];

export const generateMetadata = titled('edits', 'storm.title');

const given = (asked: Asked) =>
  fields.flatMap((name): [string, string][] => {
    const value = asked[name];
    return value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : value]];
  });

/** After a storm: which units, which days, what instead; what that makes of every class; one press, and the way back. */
export default async function PutOffPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = await searchParams;
  const now = new Date();
  const draft = asked.step === 'preview' ? stormDraft.safeParse(asked) : null;
  const { areas, preview, lately } = await read('class.postpone', async (tx, caller) => ({
    areas: await areaChoices(tx, locale, { grants: caller.grants, capability: 'class.postpone', depth: 1 }),
    preview: draft?.success ? await stormPreview(tx, locale, draft.data, now) : null,
    lately: await putOffLately(tx, locale),
  }));
  const t = await getTranslations('edits.storm');
  const m = await getTranslations('manage');
  const refused = isRefusal(preview) ? { [preview.field ?? 'form']: preview.refused } : {};
  const errors = draft && !draft.success ? problemsOf(draft.error) : refused;
  const found = preview && !isRefusal(preview) && draft?.success ? { preview, storm: draft.data } : null;
  const usual = {
    // Who looks after one unit and its villages mostly means all of it.
    areas: areas.length > mostOfAUnit ? '' : String(areas[0]?.id ?? ''),
    firstDay: addDays(dayOf(now), 1),
    instead: 'move',
  };
  const values = asked.step === 'preview' ? Object.fromEntries(given(asked)) : usual;
  const done = asked.done === 'putOff' ? 'done' : asked.done === 'undone' ? 'undone' : null;
  return (
    <div className="grid grid-cols-1 gap-6">
      <Breadcrumbs items={[{ label: m('classes.title'), href: '/manage/classes' }, { label: t('title') }]} />
      {done ? <Notice tone="good" live title={t(done)} /> : null}
      <PageHeading lead={t('lead')}>{t('title')}</PageHeading>
      <ClientWords of={[]}>
        <StormForm
          path={path}
          areas={areas.map(({ id, name }) => ({ value: String(id), label: name }))}
          values={values}
          errors={errors}
          again={found !== null}
        />
      </ClientWords>
      {found ? (
        <section
          id="preview"
          aria-labelledby="preview-heading"
          className="grid grid-cols-1 gap-5 border-t-2 border-edge pt-6"
        >
          <div className="max-w-prose">
            <h2 id="preview-heading" tabIndex={-1} className="text-2xl">
              {t('found', { sessions: found.preview.putOff, classes: found.preview.classes.length })}
            </h2>
            {found.preview.putOff > 0 ? (
              <p className="mt-1 text-muted">{t('foundLead', { people: found.preview.people })}</p>
            ) : null}
          </div>
          {found.preview.putOff > 0 ? (
            <>
              <StormTable
                caption={t('found', { sessions: found.preview.putOff, classes: found.preview.classes.length })}
                classes={found.preview.classes.map((one) => classView(locale, one))}
                cancelling={found.storm.instead === 'cancel'}
              />
              <ClientWords of={['errors']}>
                <StormPress
                  action={putOff}
                  areas={found.storm.areas.map(String)}
                  fields={{
                    firstDay: found.storm.firstDay,
                    lastDay: found.storm.lastDay,
                    instead: found.storm.instead,
                    reason: found.storm.reason,
                    seen: found.preview.seen,
                  }}
                  label={t('do', { count: found.preview.putOff })}
                  pendingLabel={t('doing')}
                />
              </ClientWords>
            </>
          ) : (
            <EmptyState icon="calendar" title={t('found', { sessions: 0, classes: 0 })}>
              {t('noneBody')}
            </EmptyState>
          )}
        </section>
      ) : null}
      <section className="grid gap-3">
        <h2 className="text-xl">{t('lately')}</h2>
        <ClientWords of={['errors']}>
          <StormLately presses={lately} undo={undo} />
        </ClientWords>
      </section>
    </div>
  );
}

/** More days passed over than this say nothing further. */
const passedShown = 4;

/** What the storm makes of a class in the reader's words. */
function classView(locale: Locale, { id, of, lines, passed }: StormPreview['classes'][number]) {
  const when = ({ startsAt, endsAt }: Span) => formatDateTimeRange(locale, startsAt, endsAt);
  return {
    id,
    title: of.title,
    place: placeOf({ venue: of.venue, area: of.area, inUnit: of.area === of.unit ? null : of.unit }),
    lines: lines.flatMap(({ put, session, after }) =>
      put ? [{ id: session.id, was: when(session.now), will: after.status === 'cancelled' ? null : when(after) }] : [],
    ),
    lessons: lines.filter(({ put }) => !put).length,
    passed: passed.slice(0, passedShown).map(({ day, verdict, clash, dayOff }) => ({
      day,
      words: formatDay(locale, day),
      verdict,
      because:
        verdict === 'venueTaken' && clash && 'title' in clash
          ? clash.title
          : dayOff
            ? `${dayOff.name} · ${dayOff.area}`
            : '',
    })),
  };
}
