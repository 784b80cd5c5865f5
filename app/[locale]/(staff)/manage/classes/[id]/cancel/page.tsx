import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClassStepHead } from '@/components/class/class-step-head';
import { ReasonForm } from '@/components/class/act-form';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { idInAddress, read } from '@/lib/access/doors';
import { formatDateTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { classForStaff, sessionsOfClass } from '@/lib/manage/queries';
import { cancelOne, cancelWhole } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('manage', 'cancel.title');

/** The step before cancelling a session (`?session=`) or the whole class: says what will happen, asks for the reason. */
export default async function CancelPage({ params, searchParams }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const classId = idInAddress(id);
  const { session } = await searchParams;
  const which = session === undefined ? null : uuid.safeParse(session);
  if (which && !which.success) notFound();
  const { found, sessions } = await read('class.write', async (tx) => {
    const one = await classForStaff(tx, locale, classId, new Date());
    return { found: one, sessions: one ? await sessionsOfClass(tx, locale, one.id) : [] };
  });
  if (!found?.mayWrite) notFound();
  const one = which?.success ? sessions.find((line) => line.id === which.data) : null;
  if (which && !one) notFound();
  const t = await getTranslations('manage');
  const here = `/manage/classes/${id}`;
  const back = (
    <ButtonLink href={here} variant="quiet" wide>
      {t('cancel.keep')}
    </ButtonLink>
  );
  return (
    <div className="grid max-w-3xl gap-6">
      <ClassStepHead
        id={id}
        title={found.title}
        step={t('cancel.title')}
        heading={one ? t('cancel.session') : t('cancel.class')}
      />
      <ClientWords of={['errors']}>
        <ReasonForm
          action={one ? cancelOne : cancelWhole}
          fields={one ? { sessionId: one.id } : { classId: id }}
          label={one ? t('cancel.doSession') : t('cancel.doClass')}
          pendingLabel={t('working')}
          reasonLabel={t('cancel.reason')}
          reasonHint={t('cancel.reasonHint')}
          back={back}
        >
          {one ? (
            <p>
              <b>{formatDateTimeRange(locale, one.startsAt, one.endsAt)}</b>
              {one.lesson ? ` · ${one.lesson}` : null}
            </p>
          ) : null}
          <p>
            {one
              ? t('cancel.sessionMeans', { count: found.confirmed })
              : t('cancel.classMeans', { count: found.confirmed, waiting: found.waiting })}
          </p>
        </ReasonForm>
      </ClientWords>
    </div>
  );
}
