import { useTranslations } from 'next-intl';
import { ActForm } from '@/components/class/act-form';
import type { FormAction } from '@/components/class/use-sent';
import { ClientWords } from '@/components/layout/client-words';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { JobShown } from '@/lib/job/schema';
import { Refresher } from './refresher';

/** Work that is not over: how far it is, that it may be left, and how to stop it. */
export function JobProgress({ job, locale, stop }: { job: JobShown; locale: Locale; stop: FormAction }) {
  const t = useTranslations('job');
  const known = job.total !== null && job.total > 0;
  const said =
    job.state === 'queued'
      ? t('waiting')
      : known
        ? t(job.kind === 'figures_check' ? 'partOf' : 'rowOf', {
            done: formatNumber(locale, job.progress),
            total: formatNumber(locale, job.total ?? 0),
          })
        : t('begun');
  return (
    <section className="grid max-w-prose gap-4 rounded-card border-[1.5px] border-line bg-surface p-5">
      <Refresher />
      <p role="status">
        <label htmlFor="progress" className="font-bold">
          {said}
        </label>
      </p>
      {known ? (
        <progress id="progress" max={job.total ?? 1} value={job.progress} className="h-4 w-full accent-field" />
      ) : (
        <progress id="progress" className="h-4 w-full accent-field" />
      )}
      <p className="text-muted">{t('mayLeave')}</p>
      <ClientWords of={['errors']}>
        <ActForm
          action={stop}
          fields={{ jobId: job.id }}
          variant="secondary"
          label={t('stop')}
          pendingLabel={t('stopping')}
        />
      </ClientWords>
    </section>
  );
}
