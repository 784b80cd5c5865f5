import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClassStepHead } from '@/components/class/class-step-head';
import { EditDatesForm } from '@/components/class/edit-dates-form';
import { EditSessionForm } from '@/components/class/edit-session-form';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { idInAddress, read } from '@/lib/access/doors';
import { editPreview, sessionToEdit, type Scene, type SessionEdit } from '@/lib/class/editing';
import { editDraft } from '@/lib/class/forms';
import { planningChoices } from '@/lib/class/queries';
import { canPlan, type Span } from '@/lib/class/rules';
import { formatDateTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { dayOf, timeOf } from '@/lib/kernel/clock';
import { id as uuid, problemsOf } from '@/lib/kernel/input';
import { isRefusal } from '@/lib/kernel/result';
import { classForStaff } from '@/lib/manage/queries';
import { editSession } from './actions';

type Asked = Record<string, string | string[] | undefined>;
interface Props {
  params: Promise<{ locale: Locale; id: string; session: string }>;
  searchParams: Promise<Asked>;
}

export const generateMetadata = titled('edits', 'title');

const fields = ['scope', 'day', 'time', 'minutes', 'venueId', 'note'];

/** The form as the address says, and what it leaves out as the session stands. */
function shown(asked: Asked, { chosen }: Scene): Record<string, string> {
  const now = {
    scope: 'this',
    day: dayOf(chosen.startsAt),
    time: timeOf(chosen.startsAt),
    minutes: String((chosen.endsAt.getTime() - chosen.startsAt.getTime()) / 60_000),
    venueId: chosen.venueId,
    note: chosen.note,
  };
  const given = fields.flatMap((name): [string, string][] => {
    const value = asked[name];
    return value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : value]];
  });
  return { ...now, ...Object.fromEntries(given) };
}

/** A session is changed here, alone or with those after it: what it shall be, then what becomes of each, on one page. */
export default async function EditSessionPage({ params, searchParams }: Props) {
  const { locale, id, session } = await params;
  setRequestLocale(locale);
  const classId = idInAddress(id);
  const sessionId = uuid.safeParse(session);
  if (!sessionId.success) notFound();
  const asked = await searchParams;
  const now = new Date();
  const { found, scene, draft, venues, edits } = await read('class.write', async (tx) => {
    const standing = await sessionToEdit(tx, sessionId.data, now);
    const typed = standing && asked.step === 'preview' ? editDraft.safeParse(shown(asked, standing)) : null;
    return {
      found: await classForStaff(tx, locale, classId, now),
      scene: standing,
      draft: typed,
      venues: (await planningChoices(tx, locale)).venues,
      edits: typed?.success ? await editPreview(tx, locale, sessionId.data, typed.data, now) : null,
    };
  });
  if (!found?.mayWrite || scene?.classId !== classId) notFound();
  const t = await getTranslations('edits');
  const makeUp = scene.chosen.status === 'cancelled';
  const here = `/manage/classes/${id}`;
  const notThere = isRefusal(edits) ? { [edits.field ?? 'form']: edits.refused } : {};
  const errors = draft && !draft.success ? problemsOf(draft.error) : notThere;
  const values = shown(asked, scene);
  const nameOf = (venueId: string) => venues.find((one) => one.id === venueId)?.name ?? found.venue;
  const choices = venues.map((one) => ({ value: one.id, label: `${one.name}, ${one.area}` }));
  if (!venues.some((one) => one.id === scene.chosen.venueId))
    choices.push({ value: scene.chosen.venueId, label: found.venue });
  return (
    <div className="grid grid-cols-1 gap-6">
      <ClassStepHead
        id={id}
        title={found.title}
        step={t(makeUp ? 'makeUpTitle' : 'title')}
        heading={t(makeUp ? 'makeUpTitle' : 'title')}
        lead={t(makeUp ? 'makeUpLead' : 'lead')}
      />
      <ClientWords of={[]}>
        <EditSessionForm
          path={`${here}/sessions/${session}`}
          values={values}
          errors={errors}
          venues={choices}
          counts={
            makeUp
              ? null
              : {
                  following: scene.inScope.filter(({ startsAt }) => startsAt >= scene.chosen.startsAt).length,
                  all: scene.inScope.length,
                }
          }
          again={Array.isArray(edits)}
        />
      </ClientWords>
      {Array.isArray(edits) ? (
        <section id="preview" aria-labelledby="preview-heading" className="grid gap-6 border-t-2 border-edge pt-6">
          <div className="max-w-prose">
            <h2 id="preview-heading" tabIndex={-1} className="text-2xl">
              {t('previewTitle', { count: edits.length })}
            </h2>
            {edits.length > 0 ? <p className="mt-1 text-muted">{t('previewLead')}</p> : null}
          </div>
          {edits.length > 0 ? (
            <ClientWords of={['edits', 'planning', 'errors']}>
              <EditDatesForm
                key={JSON.stringify(values)}
                action={editSession}
                fields={{ sessionId: session, ...values }}
                edits={edits.map((one) => editView(locale, one, nameOf))}
                tell={t('tell', { count: found.confirmed })}
                back={
                  <ButtonLink href={here} variant="quiet">
                    {t('leave')}
                  </ButtonLink>
                }
              />
            </ClientWords>
          ) : (
            <EmptyState icon="calendar" title={t('nothing')}>
              {t('nothingBody')}
            </EmptyState>
          )}
        </section>
      ) : null}
    </div>
  );
}

/** A change in the reader's words; venue and note only where they differ. */
function editView(
  locale: Locale,
  { id, before, after, verdict, clash, dayOff, kept }: SessionEdit,
  nameOf: (venueId: string) => string,
) {
  const when = ({ startsAt, endsAt }: Span) => formatDateTimeRange(locale, startsAt, endsAt);
  const off = verdict === 'dayOff' && dayOff ? `${dayOff.name} · ${dayOff.area}` : '';
  return {
    id,
    before: when(before),
    after: when(after),
    venue: before.venueId === after.venueId ? null : nameOf(after.venueId),
    note: before.note === after.note ? null : after.note,
    verdict,
    because: verdict === 'venueTaken' && clash && 'title' in clash ? clash.title : off,
    kept,
    possible: canPlan(verdict),
  };
}
