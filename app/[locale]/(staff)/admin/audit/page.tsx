import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { areaChoices } from '@/components/account/area-choices';
import { addressWith } from '@/components/ui/address';
import { ButtonLink } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar } from '@/components/ui/filter-bar';
import { PageHeading } from '@/components/ui/headings';
import { Select, TextInput } from '@/components/ui/inputs';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { auditActions, auditAreas, auditEvents, eventsPerPage, type AuditRow } from '@/lib/audit/queries';
import { auditAddress } from '@/lib/audit/schema';
import { formatDate, formatTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const path = '/admin/audit';

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'admin' });
  return { title: t('auditTitle') };
}

/** Where one can look at what an event was about; null where there is no page, or where looking is itself written down. */
function subjectHref({ subjectKind, subjectId }: AuditRow): string | null {
  const pages: Record<string, string> = {
    account: '/admin/accounts',
    area: '/admin/areas',
    skill: '/admin/skills',
    class: '/manage/classes',
  };
  const page = pages[subjectKind];
  return page ? `${page}/${subjectId}` : null;
}

/** Short plain values only; names and phones are never written into them. Shown are those there are words for. */
function plainDetails(details: AuditRow['details']): [string, string][] {
  return Object.entries(details)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([key, value]) => [key, String(value).slice(0, 80)]);
}

export default async function AuditPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const [t, roles, states] = await Promise.all([
    getTranslations('admin'),
    getTranslations('account.roles'),
    getTranslations('people.enrolment'),
  ]);
  const filter = auditAddress.parse(await searchParams);
  const { events, actions, areas } = await read('audit.read', async (tx) => ({
    events: await auditEvents(tx, filter),
    actions: await auditActions(tx),
    areas: await auditAreas(tx),
  }));
  const rows = events.slice(0, eventsPerPage);
  const last = events.length > eventsPerPage ? rows.at(-1) : undefined;
  const area = filter.area === undefined ? undefined : String(filter.area);
  const narrowed = { action: filter.action, account: filter.account, area, from: filter.from, until: filter.until };
  const nameOf = (action: string) => (t.has(`actions.${action}`) ? t(`actions.${action}`) : action);
  const kindOf = (kind: string) => (t.has(`subjects.${kind}`) ? t(`subjects.${kind}`) : kind);
  const wordOf = (key: string, value: string) => {
    if (key === 'role' && roles.has(value)) return roles(value);
    if (states.has(value)) return states(value);
    if (key === 'purpose' && t.has(`purposes.${value}`)) return t(`purposes.${value}`);
    if (key === 'kind' && t.has(`kinds.${value}`)) return t(`kinds.${value}`);
    return /^\d{4}-\d\d-\d\d$/.test(value) ? formatDate(locale, value) : value;
  };
  const detailsOf = (details: AuditRow['details']) =>
    plainDetails(details)
      .filter(([key]) => t.has(`details.${key}`))
      .map(([key, value]) => `${t(`details.${key}`)}: ${wordOf(key, value)}`)
      .join('; ') || '—';
  const who = rows.find((row) => row.accountId === filter.account)?.accountName;
  return (
    <div className="grid gap-6">
      <PageHeading lead={t('auditLead')}>{t('auditTitle')}</PageHeading>
      <FilterBar path={path} label={t('filterAudit')} active={Object.values(narrowed).some(Boolean)}>
        {filter.account ? <input type="hidden" name="account" value={filter.account} /> : null}
        <Select
          name="action"
          label={t('auditAction')}
          empty={t('all')}
          defaultValue={filter.action}
          choices={actions.map((value) => ({ value, label: nameOf(value) }))}
        />
        <Select
          name="area"
          label={t('where')}
          empty={t('all')}
          defaultValue={area}
          choices={areaChoices(areas, locale)}
        />
        <TextInput name="from" type="date" label={t('fromDay')} defaultValue={filter.from} />
        <TextInput name="until" type="date" label={t('untilDay')} defaultValue={filter.until} />
      </FilterBar>
      {filter.account && who ? <Notice title={t('onlyAccount', { name: who })} /> : null}
      <DataTable
        caption={t('auditTitle')}
        captionHidden
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('noEvents')}>{t('noEventsHint')}</EmptyState>}
        columns={[
          {
            key: 'at',
            header: t('at'),
            cell: (row) => (
              <span className="font-normal whitespace-nowrap">
                {formatDate(locale, row.at)} {formatTime(locale, row.at)}
              </span>
            ),
          },
          {
            key: 'who',
            header: t('auditWho'),
            cell: (row) =>
              row.accountId ? (
                <Link
                  href={addressWith({ path, params: narrowed }, { account: row.accountId })}
                  prefetch={false}
                  className="link"
                >
                  {row.accountName ?? '—'}
                </Link>
              ) : (
                t('residents')
              ),
          },
          { key: 'action', header: t('auditAction'), cell: (row) => nameOf(row.action) },
          {
            key: 'subject',
            header: t('auditSubject'),
            cell: (row) => {
              const name = (locale === 'en' ? row.subjectEn : row.subjectVi) ?? kindOf(row.subjectKind);
              const href = subjectHref(row);
              return href ? (
                <Link href={href} prefetch={false} className="link">
                  {name}
                </Link>
              ) : (
                name
              );
            },
          },
          { key: 'area', header: t('where'), cell: (row) => (locale === 'en' ? row.areaEn : row.areaVi) ?? '—' },
          { key: 'details', header: t('auditDetails'), cell: (row) => detailsOf(row.details) },
        ]}
      />
      {last || filter.before ? (
        <nav aria-label={t('auditTitle')} className="flex flex-wrap gap-4">
          {filter.before ? (
            <ButtonLink href={addressWith({ path, params: narrowed }, {})} variant="secondary" icon="back">
              {t('newest')}
            </ButtonLink>
          ) : null}
          {last ? (
            <ButtonLink
              href={addressWith({ path, params: narrowed }, { before: last.id })}
              variant="secondary"
              icon="arrow"
            >
              {t('older')}
            </ButtonLink>
          ) : null}
        </nav>
      ) : null}
    </div>
  );
}
