import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { CopyForm } from '@/components/area/copy-form';
import { ActForm } from '@/components/class/act-form';
import { ClientWords } from '@/components/layout/client-words';
import { HeldForm } from '@/components/model/model-form';
import { HeldClasses, ModelFacts } from '@/components/model/model-parts';
import { ModelResults } from '@/components/model/model-results';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { classesOfModel, couldBeHeld, modelShown, roundsOfModel } from '@/lib/model/queries';
import { resultsOf } from '@/lib/model/results';
import { copyToMine, count, countNoMore, move } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const acts = ['model', 'change', 'published', 'put_away', 'copied', 'linked', 'unlinked'] as const;

export const generateMetadata = titled('model', 'oneTitle');

export default async function ModelPage({ params, searchParams }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  const { found, results, classes, rounds, could, owners } = await read('figures.read', async (tx, caller) => {
    const one = wanted.success ? await modelShown(tx, locale, wanted.data) : null;
    const mayCopy = one?.status === 'published' && caller.capabilities.includes('class.write');
    const places = mayCopy
      ? await areaChoices(tx, locale, { grants: caller.grants, capability: 'class.write', depth: 0 })
      : [];
    const [came] = one ? await resultsOf(tx, [one.id], new Date()) : [];
    return {
      found: one,
      results: came ?? null,
      classes: one ? await classesOfModel(tx, locale, one.id) : [],
      rounds: one?.mayWrite ? await roundsOfModel(tx, locale, one.id) : [],
      could:
        one?.mayWrite && one.status !== 'put_away' ? await couldBeHeld(tx, locale, one) : { classes: [], rounds: [] },
      owners: places.filter((place) => place.id !== one?.areaId),
    };
  });
  if (!found || !results) notFound();
  const t = await getTranslations('model');
  const asked = (await searchParams).done;
  const done = acts.find((act) => act === asked);
  const { mayWrite, status } = found;
  const family = found.copies > 0 || found.source !== null;
  return (
    <div className="grid grid-cols-1 gap-8">
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/models' }, { label: found.name }]} />
      {done ? <Notice tone="good" live title={t(`done.${done}`)} /> : null}
      <PageHeading
        above={`${found.owner} · ${t('versionName', { version: found.version })}`}
        lead={found.source ? t('copiedFrom', { name: found.source.name }) : t('copies', { count: found.copies })}
        actions={
          <>
            {mayWrite && status === 'published' ? (
              <ButtonLink href={`/manage/classes/new?model=${found.id}`} icon="calendar">
                {t('planClass')}
              </ButtonLink>
            ) : null}
            {family ? (
              <ButtonLink href={`/manage/models/${found.id}/compare`} variant="secondary" icon="chart">
                {t('compare')}
              </ButtonLink>
            ) : null}
            {mayWrite ? (
              <ButtonLink href={`/manage/models/${found.id}/edit`} variant="secondary" icon="pencil">
                {t('edit')}
              </ButtonLink>
            ) : null}
          </>
        }
      >
        {found.name}
      </PageHeading>
      {status === 'draft' ? (
        <Notice
          tone="warn"
          title={t('isDraft')}
          action={
            mayWrite ? (
              <ClientWords of={['errors']}>
                <ActForm
                  action={move}
                  fields={{ modelId: found.id, to: 'published' }}
                  label={t('publish')}
                  pendingLabel={t('working')}
                  icon="check"
                />
              </ClientWords>
            ) : null
          }
        >
          {t('isDraftBody')} {t('publishLead')}
        </Notice>
      ) : null}
      {status === 'put_away' ? (
        <Notice tone="warn" title={t('isPutAway')}>
          {t('isPutAwayBody')}
        </Notice>
      ) : null}
      <ModelFacts model={found} total={results.total} />
      {owners.length > 0 ? (
        <section
          aria-labelledby="copy"
          className="grid gap-3 rounded-card border-[1.5px] border-field bg-field-tint p-5"
        >
          <h2 id="copy" className="text-xl">
            {t('copyTitle')}
          </h2>
          <p className="max-w-prose">{t('copyLead')}</p>
          <ClientWords of={['errors']}>
            <CopyForm
              action={copyToMine}
              fields={{ modelId: found.id }}
              owners={owners.map((one) => ({ value: String(one.id), label: one.name }))}
              words={{
                to: t('copyTo'),
                choose: t('choose'),
                send: owners[1] ? t('copy') : t('copyHere', { place: owners[0]?.name ?? '' }),
                working: t('working'),
              }}
            />
          </ClientWords>
        </section>
      ) : null}
      <ModelResults results={results} />
      <section aria-labelledby="held-title" className="grid gap-3">
        <h2 id="held-title" className="text-2xl">
          {t('held.title')}
        </h2>
        <ClientWords of={['errors']}>
          <HeldClasses modelId={found.id} classes={classes} drop={mayWrite ? countNoMore : null} />
        </ClientWords>
      </section>
      {rounds.length > 0 ? (
        <section aria-labelledby="rounds" className="grid gap-3">
          <h2 id="rounds" className="text-2xl">
            {t('held.rounds')}
          </h2>
          <ul className="grid gap-2">
            {rounds.map((round) => (
              <li key={round.id} className="flex flex-wrap items-center gap-x-4">
                <Link href={`/manage/visits/rounds/${round.id}`} prefetch={false} className="link">
                  {t('held.round', { date: formatDate(locale, round.day), area: round.area })}
                </Link>
                <ClientWords of={['errors']}>
                  <ActForm
                    action={countNoMore}
                    fields={{ modelId: found.id, held: `r:${round.id}` }}
                    label={t('held.drop')}
                    pendingLabel={t('working')}
                    variant="quiet"
                  />
                </ClientWords>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {could.classes.length + could.rounds.length > 0 ? (
        <section aria-labelledby="add" className="grid gap-3">
          <h2 id="add" className="text-xl">
            {t('held.add')}
          </h2>
          <p className="max-w-prose">{t('held.addLead')}</p>
          <ClientWords of={['model', 'errors']}>
            <HeldForm
              action={count}
              modelId={found.id}
              classes={could.classes.map((one) => ({
                value: `c:${one.id}`,
                label: t('held.classChoice', {
                  title: one.title,
                  area: one.area,
                  date: one.firstStartsAt ? formatDate(locale, one.firstStartsAt) : 'none',
                }),
              }))}
              rounds={could.rounds.map((one) => ({
                value: `r:${one.id}`,
                label: t('held.roundChoice', { area: one.area, date: formatDate(locale, one.day) }),
              }))}
            />
          </ClientWords>
        </section>
      ) : null}
      {mayWrite && status !== 'draft' ? (
        <section aria-labelledby="away" className="grid gap-3">
          <h2 id="away" className="text-xl">
            {t(status === 'put_away' ? 'bringBack' : 'putAway')}
          </h2>
          <p className="max-w-prose">{t(status === 'put_away' ? 'publishLead' : 'putAwayLead')}</p>
          <ClientWords of={['errors']}>
            <ActForm
              action={move}
              fields={{ modelId: found.id, to: status === 'put_away' ? 'published' : 'put_away' }}
              label={t(status === 'put_away' ? 'bringBack' : 'putAway')}
              pendingLabel={t('working')}
              variant="secondary"
            />
          </ClientWords>
        </section>
      ) : null}
    </div>
  );
}
