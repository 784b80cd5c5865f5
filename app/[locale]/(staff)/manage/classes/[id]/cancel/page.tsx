import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ReasonForm } from '@/components/class/act-form';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { formatDateTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { addressId, id as uuid } from '@/lib/kernel/input';
import { classForStaff, sessionsOfClass } from '@/lib/manage/queries';
import { cancelOne, cancelWhole } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'manage' });
  return { title: t('cancel.title') };
}

/** The step before cancelling a session (`?session=`) or the whole class: says what will happen, asks for the reason. */
export default async function CancelPage({ params, searchParams }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const typed = addressId.safeParse(id);
  const { session } = await searchParams;
  const which = session === undefined ? null : uuid.safeParse(session);
  if (!typed.success || (which && !which.success)) notFound();
  const { found, sessions } = await read('class.write', async (tx) => {
    const one = await classForStaff(tx, locale, typed.data, new Date());
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
      <Breadcrumbs
        items={[
          { label: t('classes.title'), href: '/manage/classes' },
          { label: found.title, href: here },
          { label: t('cancel.title') },
        ]}
      />
      <PageHeading above={found.title}>{one ? t('cancel.session') : t('cancel.class')}</PageHeading>
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
