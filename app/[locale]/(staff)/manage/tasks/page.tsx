import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ClientWords } from '@/components/layout/client-words';
import { CarryDoors } from '@/components/task/carry-doors';
import { DoneList } from '@/components/task/done-list';
import { GiveForm } from '@/components/task/give-form';
import { TaskList } from '@/components/task/task-list';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar } from '@/components/ui/filter-bar';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Select } from '@/components/ui/inputs';
import { Notice } from '@/components/ui/notice';
import { Pagination } from '@/components/ui/pagination';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { taskBoard } from '@/lib/task/board';
import { workDone } from '@/lib/task/done';
import { handsOf } from '@/lib/task/hands';
import { taskKinds } from '@/lib/task/kinds';
import { taskList } from '@/lib/task/schema';
import { give } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const path = '/manage/tasks';
const answers = ['given', 'takenBack', 'worked'] as const;

export const generateMetadata = titled('tasks', 'title');

/** Everything that stands and asks for work, person by person; what is asked stands in the address. `?view=done` is what was recorded. */
export default async function TasksPage({ params, searchParams }: Props) {
  const [{ locale }, given] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const asked = taskList.parse(given);
  const past = given.view === 'done';
  const now = new Date();
  const { board, hands, done, owner } = await read('register.write', async (tx, caller) => ({
    owner: caller.accountId,
    board: past ? null : await taskBoard(tx, locale, caller, asked, now),
    hands: past ? [] : await handsOf(tx),
    done: past ? await workDone(tx, locale, caller, now) : [],
  }));
  const t = await getTranslations('tasks');
  if (!board)
    return (
      <div className="grid grid-cols-1 gap-6">
        <Breadcrumbs items={[{ label: t('title'), href: path }, { label: t('history.title') }]} />
        <PageHeading lead={t('history.lead')}>{t('history.title')}</PageHeading>
        <DoneList done={done} locale={locale} />
      </div>
    );
  const { kind, area, whose, late } = asked;
  const filtered = Boolean(kind || area || whose || late);
  const said = answers.find((known) => known === given.done);
  const list = <TaskList groups={board.groups} locale={locale} ticks={board.mayGive} />;
  return (
    <div className="grid grid-cols-1 gap-6">
      {said ? <Notice tone="good" live title={t(`done.${said}`)} /> : null}
      <PageHeading
        above={t('late', { count: board.late })}
        lead={t(board.mayGive ? 'lead' : 'leadHelper')}
        actions={
          <>
            <ButtonLink href="/manage/tasks/week" variant="secondary" icon="people">
              {t('toWeek')}
            </ButtonLink>
            <ButtonLink href={`${path}?view=done`} variant="quiet">
              {t('toDone')}
            </ButtonLink>
          </>
        }
      >
        {t('heading', { count: board.total })}
      </PageHeading>
      {/* Folded: on a phone they would fill the screen before the first task. */}
      <details open={filtered} className="print:hidden">
        <summary className="link inline-flex min-h-target items-center font-bold">{t('filter')}</summary>
        <FilterBar path={path} label={t('filter')} submitLabel={t('show')} active={filtered}>
          <Select
            name="kind"
            label={t('kind')}
            empty={t('anyKind')}
            defaultValue={kind ?? ''}
            choices={taskKinds.map(({ code }) => ({
              value: code,
              label: t.has(`kinds.${code}`) ? t(`kinds.${code}`) : code,
            }))}
          />
          <Select
            name="area"
            label={t('village')}
            empty={t('anyVillage')}
            defaultValue={area?.toString() ?? ''}
            choices={board.villages.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
          <Select
            name="whose"
            label={t('whose')}
            empty={t('anyWhose')}
            defaultValue={whose ?? ''}
            choices={(['mine', 'given', 'open'] as const).map((value) => ({ value, label: t(`whoses.${value}`) }))}
          />
          <Select
            name="late"
            label={t('due')}
            empty={t('anyDue')}
            defaultValue={late ?? ''}
            choices={[{ value: '1', label: t('lateOnly') }]}
          />
        </FilterBar>
      </details>
      {board.groups.length === 0 ? (
        <EmptyState icon="check" title={t('none')}>
          {t('noneBody')}
        </EmptyState>
      ) : board.mayGive ? (
        <ClientWords of={['tasks', 'errors']}>
          <GiveForm
            action={give}
            hands={[
              { value: 'me', label: t('give.me') },
              ...hands.map(({ memberId, fullName: name, team, hasAccount }) => ({
                value: memberId,
                label: t(hasAccount ? 'give.member' : 'give.memberAlone', { name, team }),
              })),
              { value: 'nobody', label: t('give.nobody') },
            ]}
          >
            {list}
          </GiveForm>
          <p className="max-w-prose text-sm text-muted">{t('give.hint')}</p>
        </ClientWords>
      ) : (
        list
      )}
      <Pagination
        address={{ path, params: { kind, area: area?.toString(), whose, late } }}
        page={board.page}
        pageCount={board.pageCount}
      />
      <ClientWords of={['register']}>
        <CarryDoors owner={owner}>
          <p className="max-w-prose text-sm text-muted print:hidden">{t('away')}</p>
        </CarryDoors>
      </ClientWords>
    </div>
  );
}
