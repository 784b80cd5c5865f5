import { useTranslations } from 'next-intl';
import { SerialLink } from '@/components/certificate/serial';
import { DataTable } from '@/components/ui/data-table';
import { StatusPill } from '@/components/ui/pill';
import type { OwnCertificate } from '@/lib/certificate/schema';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { Lacks, pathTones, type PathView } from './path-table';

/** Where one person stands in each of their classes, and the certificates they hold. */
export function PersonPaths({
  paths,
  certificates,
  locale,
}: {
  paths: readonly (PathView & { classId: string; title: string })[];
  certificates: readonly OwnCertificate[];
  locale: Locale;
}) {
  const t = useTranslations('completion');
  return (
    <section className="grid min-w-0 gap-3">
      <h2 className="text-xl">{t('paths')}</h2>
      <DataTable
        caption={t('paths')}
        captionHidden
        rows={paths}
        rowKey={(path) => path.enrolmentId}
        empty={<p className="text-muted">{t('noPaths')}</p>}
        columns={[
          {
            key: 'class',
            header: t('pathClass'),
            cell: (path) => (
              <Link href={`/manage/classes/${path.classId}`} prefetch={false} className="link">
                {path.title}
              </Link>
            ),
          },
          {
            key: 'state',
            header: t('stands'),
            cell: (path) => <StatusPill tone={pathTones[path.state]}>{t(`state.${path.state}`)}</StatusPill>,
          },
          {
            key: 'taken',
            header: t('taken'),
            cell: (path) => (
              <span className="whitespace-nowrap tabular-nums">
                {t('takenOf', { taken: path.taken, needed: path.needed })}
              </span>
            ),
          },
          { key: 'lacks', header: t('lacks'), cell: (path) => (path.state === 'done' ? '—' : <Lacks path={path} />) },
        ]}
      />
      {certificates.length > 0 ? (
        <>
          <h3 className="text-lg">{t('certificates')}</h3>
          <ul className="grid gap-2">
            {certificates.map(({ serial, course, issuedAt, revokedAt }) => (
              <li key={serial} className="flex flex-wrap gap-x-3">
                <SerialLink serial={serial} href={`/manage/certificates/${serial}`} />
                <span>{t('certificateOf', { course, day: formatDate(locale, issuedAt) })}</span>
                {revokedAt ? <StatusPill tone="bad">{t('revoked')}</StatusPill> : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}
