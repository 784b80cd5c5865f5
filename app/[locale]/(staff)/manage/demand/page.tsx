import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { DemandGroups, DemandLines, SettledList } from '@/components/demand/demand-tables';
import { SettleForm } from '@/components/demand/settle-form';
import { ClientWords } from '@/components/layout/client-words';
import { BackLink, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import type { ScopedTx } from '@/lib/access/scoped';
import { classesForDemand, demandLines, openDemand, settledDemand } from '@/lib/demand/queries';
import { groupInput } from '@/lib/demand/schema';
import { formatDate, formatDay } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { sortAsked } from '@/lib/kernel/input';
import { settle } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'demand' });
  return { title: t('title') };
}

/** One group opened, with its asks; null when there is none open for the caller to see. */
async function group(tx: ScopedTx, locale: Locale, area: number, skill: string | null) {
  const [open] = await openDemand(tx, locale, { area, skill });
  if (!open) return null;
  const lines = await demandLines(tx, area, skill);
  const classes = open.mayWrite ? await classesForDemand(tx, locale, area) : [];
  return { open, lines, classes };
}

export default async function DemandPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const given = await searchParams;
  const asked = given.area === undefined ? null : groupInput.safeParse(given);
  if (asked && !asked.success) notFound();
  const t = await getTranslations('demand');
  if (asked?.success) {
    const { area, skill } = asked.data;
    const found = await read('class.read', (tx) => group(tx, locale, area, skill === 'other' ? null : skill));
    if (!found) notFound();
    const { open, lines, classes } = found;
    return (
      <div className="grid grid-cols-1 gap-7">
        <BackLink href="/manage/demand">{t('back')}</BackLink>
        <PageHeading
          above={open.unit ? `${open.place}, ${open.unit}` : open.place}
          lead={t('groupLead', { asked: open.asked, people: open.people, latest: formatDay(locale, open.latest) })}
        >
          {open.skill ?? t('otherWishes')}
        </PageHeading>
        <DemandLines lines={lines} locale={locale} mayWrite={open.mayWrite} />
        {open.mayWrite ? (
          <ClientWords of={['demand', 'errors']}>
            <SettleForm
              action={settle}
              ids={lines.map(({ id }) => id)}
              classes={classes.map(({ id, title, place, startsAt }) => ({
                value: id,
                label: `${title} · ${place} · ${formatDate(locale, startsAt)}`,
              }))}
            />
          </ClientWords>
        ) : null}
      </div>
    );
  }
  const { groups, settled } = await read('class.read', async (tx) => ({
    groups: await openDemand(tx, locale),
    settled: await settledDemand(tx, locale),
  }));
  const done = Number(given.done);
  return (
    <div className="grid grid-cols-1 gap-7">
      <PageHeading
        lead={t('lead', {
          asked: groups.reduce((sum, { asked: count }) => sum + count, 0),
          places: new Set(groups.map(({ areaId }) => areaId)).size,
        })}
      >
        {t('title')}
      </PageHeading>
      {done > 0 ? <Notice tone="good" live title={t('done', { count: done })} /> : null}
      <DemandGroups groups={groups} locale={locale} asked={sortAsked.parse(given.sort)} />
      {settled.length > 0 ? <SettledList settled={settled} locale={locale} /> : null}
    </div>
  );
}
