'use client';

import { useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import { timeOf } from '@/lib/kernel/clock';
import type { Sheet } from '@/lib/register/schema';
import { Button } from '../ui/button';
import { Disclosure } from '../ui/disclosure';
import { EmptyState } from '../ui/empty-state';
import { TextInput } from '../ui/inputs';
import { Notice } from '../ui/notice';
import { PersonHint, PersonRow } from './person-row';
import { SkillMarks } from './skill-marks';
import { AttentionList } from './attention';
import { nameIn } from './local-sheet';
import { ActList, SyncLine, TroubleNotice } from './sync-line';
import { useRegister, type Register } from './use-register';
import { WalkInForm } from './walk-in-form';

type View = 'roll' | 'skills';

/** Stuck above the frame's menu on a phone, at the foot of the window on a wide screen. */
const atTheThumb =
  'sticky bottom-16 z-10 -mx-4 grid grid-cols-1 gap-2 border-t-[1.5px] border-edge bg-paper px-4 py-2 sm:mx-0 lg:bottom-0 [@media(max-height:26rem)]:static';

/**
 * The register on a phone: one button, then the exceptions, then what each person was able to do. `owner` is the account that
 * records. The same with a network and without: `sheet` comes from the portal's page or from the phone's store.
 */
export function RegisterSheet({ sheet: given, owner, facts }: { sheet: Sheet; owner: string; facts: ReactNode }) {
  const t = useTranslations('register');
  const register = useRegister(given, owner);
  const { sheet } = register;
  const contested = register.people.filter((person) => person.versions.length > 1);
  const [chosen, setView] = useState<View | null>(null);
  // A register that is done goes on with skills, unless there is something to settle first.
  const view = chosen ?? (given.finishedAt && contested.length === 0 ? 'skills' : 'roll');
  // While somebody is being added, the form is the task: nothing may cover it.
  const [adding, setAdding] = useState(false);
  if (!register.started) return <Begin register={register} facts={facts} />;
  return (
    <div className="grid grid-cols-1 gap-4">
      <div role="group" aria-label={t('views')} className="grid grid-cols-2 gap-2">
        {(['roll', 'skills'] as const).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={view === each}
            onClick={() => {
              setView(each);
              setAdding(false);
            }}
            className="min-h-target cursor-pointer rounded-control border-2 border-field px-2 font-bold text-field aria-pressed:bg-field aria-pressed:text-field-ink"
          >
            {t(`${each}_view`)}
          </button>
        ))}
      </div>
      <Troubles register={register} toRoll={view === 'roll' ? undefined : () => setView('roll')} />
      {view === 'roll' ? (
        <Roll register={register} sheet={sheet} adding={adding} setAdding={setAdding} />
      ) : (
        <SkillMarks register={register} skills={sheet.skills} levelsBefore={sheet.levelsBefore} />
      )}
      <ActList rows={register.own} />
      {adding ? null : <Foot register={register} view={view} toSkills={() => setView('skills')} />}
    </div>
  );
}

function Begin({ register, facts }: { register: Register; facts: ReactNode }) {
  const t = useTranslations('register');
  return (
    <div className="grid grid-cols-1 gap-4">
      <Troubles register={register} />
      {facts}
      <p className="max-w-prose text-muted">{t('beginHint')}</p>
      <Excuses register={register} />
      <div className={atTheThumb}>
        <Button variant="primary" icon="check" className="min-h-16 w-full text-lg" onClick={register.start}>
          {t('begin')}
        </Button>
      </div>
    </div>
  );
}

/** Who said beforehand that they cannot come: noted before the register begins, which then leaves them as they are. */
function Excuses({ register }: { register: Register }) {
  const t = useTranslations('register');
  const { people } = register;
  const count = people.filter(({ state }) => state === 'excused').length;
  if (people.length === 0) return null;
  return (
    <Disclosure summary={t('excuses.title', { count })}>
      <p className="mb-2 text-muted">{t('excuses.lead')}</p>
      <ul className="divide-y-[1.5px] divide-line">
        {people.map((person) => (
          <li key={person.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1.5">
            <span>
              <b>{person.fullName}</b>
              <PersonHint person={person} among={people} />
            </span>
            <Button
              variant="secondary"
              aria-pressed={person.state === 'excused'}
              icon={person.state === 'excused' ? 'check' : undefined}
              onClick={() => register.mark(person, person.state === 'excused' ? 'present' : 'excused')}
            >
              {t(person.state === 'excused' ? 'excuses.noted' : 'excuses.note')}
              <span className="sr-only">: {person.fullName}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

/** What concerns the whole sheet; a row's own trouble stands at the row. `toRoll` leads to the rows where they are not in view. */
function Troubles({ register, toRoll }: { register: Register; toRoll?: (() => void) | undefined }) {
  const t = useTranslations('register');
  const say = useTranslations('errors');
  const { sheet, own, view, people } = register;
  const contested = people.filter((person) => person.versions.length > 1);
  return (
    <>
      <TroubleNotice trouble={view.trouble} durable={view.durable} />
      <AttentionList
        rows={own.filter(({ state }) => state === 'attention')}
        owner={register.owner}
        villagesOf={() => sheet.villages}
        nameOf={(operation) => nameIn([sheet], operation)}
      />
      {contested.length > 0 ? (
        <Notice
          live
          tone="bad"
          title={t('conflict.count', { count: contested.length })}
          action={
            toRoll ? (
              <Button variant="secondary" onClick={toRoll}>
                {t('conflict.look')}
              </Button>
            ) : undefined
          }
        >
          {contested.map((person) => person.fullName).join(', ')}
        </Notice>
      ) : null}
      {register.asksWhy ? (
        <Notice tone="warn" title={t('whyTitle')}>
          <TextInput
            name="why"
            label={t('why')}
            error={register.whyMissing && !register.why.trim() ? say('reasonMissing') : undefined}
            value={register.why}
            onChange={(event) => register.setWhy(event.target.value)}
            maxLength={200}
          />
        </Notice>
      ) : null}
    </>
  );
}

function Counts({ register }: { register: Register }) {
  const t = useTranslations('register');
  const of = (...states: (string | null)[]) => register.people.filter((person) => states.includes(person.state)).length;
  const counts = [
    { key: 'present', count: of('present', 'left_early') },
    { key: 'late', count: of('late') },
    { key: 'excused', count: of('excused') },
    { key: 'absent', count: of('absent') },
    ...(of(null) > 0 ? [{ key: 'none' as const, count: of(null) }] : []),
  ] as const;
  return (
    <dl className="grid auto-cols-fr grid-flow-col rounded-card border-[1.5px] border-line bg-surface py-2 text-center">
      {counts.map(({ key, count }) => (
        <div key={key} className="flex flex-col-reverse">
          <dt className="text-xs text-muted">{t(`counts.${key}`)}</dt>
          <dd className="text-xl leading-tight font-bold tabular-nums">{count}</dd>
        </div>
      ))}
    </dl>
  );
}

interface RollProps {
  register: Register;
  sheet: Sheet;
  adding: boolean;
  setAdding: (adding: boolean) => void;
}

function Roll({ register, sheet, adding, setAdding }: RollProps) {
  const t = useTranslations('register');
  return (
    <>
      <Counts register={register} />
      {register.people.length === 0 ? (
        <EmptyState icon="people" title={t('empty')}>
          {t('emptyBody')}
        </EmptyState>
      ) : (
        <ul className="-mx-4 divide-y-[1.5px] divide-line border-y-[1.5px] border-line bg-surface sm:mx-0 sm:rounded-card sm:border-x-[1.5px]">
          {register.people.map((person) => (
            <PersonRow key={person.id} person={person} register={register} />
          ))}
        </ul>
      )}
      {adding ? (
        <WalkInForm
          villages={sheet.villages}
          areaId={sheet.areaId}
          add={(person) => {
            if (register.walkIn(person)) setAdding(false);
          }}
          cancel={() => setAdding(false)}
        />
      ) : (
        <Button variant="secondary" icon="plus" wide onClick={() => setAdding(true)}>
          {t('add')}
        </Button>
      )}
      <Guests register={register} />
    </>
  );
}

function Guests({ register }: { register: Register }) {
  const t = useTranslations('register');
  const { guests, setGuests } = register;
  return (
    <div className="flex items-center justify-between gap-3">
      <span className="font-bold">{t('guests')}</span>
      <span className="flex items-center gap-2">
        <Button
          variant="secondary"
          icon="minus"
          aria-label={t('fewer')}
          disabled={guests === 0}
          onClick={() => setGuests(guests - 1)}
        >
          {null}
        </Button>
        <output className="min-w-10 text-center text-xl font-bold tabular-nums">{guests}</output>
        <Button
          variant="secondary"
          icon="plus"
          aria-label={t('more')}
          disabled={guests >= 1000}
          onClick={() => setGuests(guests + 1)}
        >
          {null}
        </Button>
      </span>
    </div>
  );
}

/** At the thumb, above the menu: undo of the last tap, and done. */
function Foot({ register, view, toSkills }: { register: Register; view: View; toSkills: () => void }) {
  const t = useTranslations('register');
  const { last, people, finishedAt } = register;
  const tapped = view === 'roll' && last && people.find((person) => person.id === last.personId);
  const time = finishedAt ? timeOf(finishedAt) : '';
  return (
    <div className={atTheThumb}>
      <SyncLine
        rows={register.own}
        known={register.view.known}
        conflicts={people.filter((person) => person.versions.length > 1).length}
      />
      <div className="flex items-stretch gap-2">
        {tapped ? (
          <Button variant="secondary" className="min-w-0 flex-1 px-3" onClick={register.undo}>
            <span className="min-w-0">
              {t('undo')}
              <span className="block truncate text-xs font-normal">
                {t('undoOf', { name: tapped.fullName, state: t(`state.${tapped.state ?? 'none'}`) })}
              </span>
            </span>
          </Button>
        ) : null}
        {!finishedAt ? (
          <Button className="flex-1" icon="check" onClick={register.finish}>
            {t('done')}
          </Button>
        ) : view === 'roll' ? (
          <Button className="flex-1" icon="hand" onClick={toSkills}>
            {t('toSkills')}
          </Button>
        ) : (
          <p role="status" className="flex flex-1 items-center font-bold text-field">
            {t('doneAt', { time })}
          </p>
        )}
      </div>
    </div>
  );
}
