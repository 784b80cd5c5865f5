'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { formatDate, formatTime } from '@/lib/i18n/format';
import type { Sheet } from '@/lib/register/schema';
import { Button, ButtonLink } from '../ui/button';
import { Icon } from '../ui/icons';
import { TextInput } from '../ui/inputs';
import {
  asideDays,
  isAtDesk,
  isAtDoor,
  isForgotten,
  isOnRegister,
  isWork,
  type PhoneOperation,
  type StoredOperation,
} from './phone-store';
import { fieldToPutRight } from './met-first';
import { deviceTime, newOperationId } from './portal';
import { queueOf } from './queue';
import { WalkInForm } from './walk-in-form';

const levels = ['0', '1', '2', '3', '4'] as const;
const levelKey = (level: number) => levels.find((each) => Number(each) === level) ?? '0';

/** An act in words: "Lê Thị Ánh: Vắng". */
export function useActWords(): (row: StoredOperation) => string {
  const t = useTranslations('register');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  return (row) => {
    const { operation, label } = row;
    if (isForgotten(row)) return t('act.forgotten');
    const of = (words: string) => (label ? t('act.of', { name: label, what: words }) : words);
    switch (operation.kind) {
      case 'mark':
        return of(t(`state.${operation.state}`));
      case 'walk_in':
        return of(t('act.walkIn'));
      case 'observe':
        return of(t('now', { level: t(`levels.${levelKey(operation.level)}`) }));
      case 'outcome':
        return of(
          [
            t('act.visited', { outcome: operation.outcome }),
            operation.words ? t('act.words', { words: operation.words }) : '',
          ]
            .filter(Boolean)
            .join(' '),
        );
      case 'work':
        return of(
          [
            t('act.worked', { outcome: operation.outcome }),
            operation.note ? t('act.words', { words: operation.note }) : '',
          ]
            .filter(Boolean)
            .join(' '),
        );
      case 'met':
        return of(
          [
            t('act.met'),
            operation.born,
            typeof operation.phone === 'string' ? operation.phone : '',
            operation.words ? t('act.words', { words: operation.words }) : '',
          ]
            .filter(Boolean)
            .join(' · '),
        );
      case 'skill':
        return of(t('act.seen', { code: operation.skillCode, level: t(`levels.${levelKey(operation.level)}`) }));
      case 'steps':
        return of(t('act.steps', { count: operation.answers.length }));
      case 'assist': {
        const at = new Date(operation.at);
        const when = { time: formatTime(locale, at), day: formatDate(locale, at) };
        return of(t('act.assist', { ...when, minutes: operation.minutes }));
      }
      case 'undo':
        return t('act.undo', { time: formatTime(locale, new Date(operation.at)) });
      case 'guests':
        return t('act.guests', { count: operation.count });
      default:
        return t(`change.${operation.kind}`, { state: '' });
    }
  };
}

const noVillages = (): Sheet['villages'] => [];
const noName = (): string | undefined => undefined;

const reasonOf = ({ result, operation }: StoredOperation) =>
  result?.outcome !== 'out_of_scope'
    ? (result?.reason ?? 'wrong')
    : isAtDoor(operation)
      ? 'outOfScopeDoor'
      : isWork(operation)
        ? 'outOfScopeTask'
        : isAtDesk(operation)
          ? 'outOfScopeDesk'
          : 'outOfScope';

/** Over for good: sent once more it would be answered the same. */
const isOverForGood = ({ result }: StoredOperation) =>
  ['taskDone', 'taskOver', 'workArrivedLate'].includes(result?.reason ?? '');

/** A desk one logs at just now: what another did not take may be put down here instead. */
export interface DeskHere {
  readonly id: string;
  readonly name: string;
}

/**
 * What the portal did not take: each with its reason and the means to put it right here, or to let go of it. By itself it leaves this list
 * long after the session or the round alone (`forgetOld`). `nameOf` tells of whom an act is whose label left the phone at sign-out.
 */
export function AttentionList({
  rows,
  owner,
  villagesOf = noVillages,
  nameOf = noName,
  deskHere,
}: {
  rows: readonly StoredOperation[];
  owner: string;
  villagesOf?: (sessionId: string) => Sheet['villages'];
  nameOf?: (operation: PhoneOperation) => string | undefined;
  deskHere?: DeskHere;
}) {
  const t = useTranslations('register');
  if (rows.length === 0) return null;
  return (
    <section aria-label={t('attention', { count: rows.length })} className="grid grid-cols-1 gap-2">
      <h2 role="alert" className="flex items-center gap-2 text-lg text-bad">
        <Icon name="stop" className="size-6" />
        {t('attention', { count: rows.length })}
      </h2>
      <p className="text-sm text-muted">{t('attentionList.until', { days: asideDays })}</p>
      <ul className="divide-y-[1.5px] divide-line rounded-card border-2 border-bad bg-surface">
        {rows.map((row) => (
          <Entry
            key={row.id}
            row={row.label ? row : { ...row, label: nameOf(row.operation) ?? typedName(row.operation) }}
            owner={owner}
            villages={isOnRegister(row.operation) ? villagesOf(row.operation.sessionId) : []}
            deskHere={deskHere}
          />
        ))}
      </ul>
    </section>
  );
}

const typedName = (operation: PhoneOperation) =>
  operation.kind === 'walk_in' || operation.kind === 'met' ? operation.fullName : '';

function Entry({
  row,
  owner,
  villages,
  deskHere,
}: {
  row: StoredOperation;
  owner: string;
  villages: Sheet['villages'];
  deskHere: DeskHere | undefined;
}) {
  const say = useTranslations('errors');
  const words = useActWords();
  return (
    <li className="grid grid-cols-1 gap-2 px-4 py-3">
      <p>
        <b>{words(row)}</b>
        <span className="block text-bad">{say(reasonOf(row))}</span>
      </p>
      {isForgotten(row) || isOverForGood(row) ? null : (
        <Repair
          row={row}
          again={(operation) => queueOf(owner).retry(row.id, operation)}
          villages={villages}
          deskHere={deskHere}
        />
      )}
      <LetGo letGo={() => queueOf(owner).discard(row.id)} />
    </li>
  );
}

const walkInFields = ['fullName', 'birthYear', 'phone', 'areaId'];

/** What was said stays as it was said: putting it right is a new act with a new id. */
function Repair({
  row: { operation, result },
  again,
  villages,
  deskHere,
}: {
  row: StoredOperation;
  again: (operation?: PhoneOperation) => void;
  villages: Sheet['villages'];
  deskHere: DeskHere | undefined;
}) {
  const t = useTranslations('register');
  const id = newOperationId();
  if (result?.reason === 'reasonMissing' && (operation.kind === 'mark' || operation.kind === 'walk_in'))
    return <SayWhy id={operation.id} save={(why) => again({ ...operation, id, why })} />;
  if (operation.kind === 'walk_in' && walkInFields.includes(result?.field ?? ''))
    return (
      <WalkInForm
        villages={villages}
        areaId={operation.areaId}
        typed={operation}
        wrong={result?.field && result.reason ? { [result.field]: result.reason } : {}}
        submit={t('attentionList.save')}
        add={(person) => again({ ...operation, ...person, id })}
      />
    );
  if (operation.kind === 'met' && fieldToPutRight(result))
    return (
      <ButtonLink href={`/manage/visits/rounds/${operation.roundId}/met`} variant="secondary" wide>
        {t('attentionList.form')}
      </ButtonLink>
    );
  if (result?.reason === 'clockWrong')
    return (
      <Button variant="secondary" wide onClick={() => again({ ...operation, id, at: deviceTime() })}>
        {t('attentionList.now')}
      </Button>
    );
  if (operation.kind === 'assist' && deskHere && deskHere.id !== operation.deskId)
    return (
      <Button variant="secondary" wide onClick={() => again({ ...operation, id, deskId: deskHere.id })}>
        {t('attentionList.here', { desk: deskHere.name })}
      </Button>
    );
  const anew = (): PhoneOperation | undefined => {
    if (result?.reason !== 'idReused') return undefined;
    return operation.kind === 'walk_in' && result.field === 'personId'
      ? { ...operation, id, personId: newOperationId() }
      : { ...operation, id };
  };
  return (
    <Button variant="secondary" wide onClick={() => again(anew())}>
      {t('attentionList.again')}
    </Button>
  );
}

function SayWhy({ id, save }: { id: string; save: (why: string) => void }) {
  const t = useTranslations('register');
  const say = useTranslations('errors');
  const [why, setWhy] = useState('');
  const [missing, setMissing] = useState(false);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (why.trim()) save(why.trim());
        else setMissing(true);
      }}
      className="grid grid-cols-1 gap-2"
    >
      <TextInput
        name="why"
        id={`why-${id}`}
        label={t('why')}
        error={missing ? say('reasonMissing') : undefined}
        value={why}
        onChange={(event) => setWhy(event.target.value)}
        maxLength={200}
      />
      <Button type="submit" variant="secondary" wide>
        {t('attentionList.save')}
      </Button>
    </form>
  );
}

/** Asked once more: afterwards nobody knows of it. */
function LetGo({ letGo }: { letGo: () => void }) {
  const t = useTranslations('register');
  const [sure, setSure] = useState(false);
  if (!sure)
    return (
      <Button variant="quiet" className="justify-self-start" onClick={() => setSure(true)}>
        {t('attentionList.drop')}
      </Button>
    );
  return (
    <div role="group" aria-label={t('attentionList.sure')} className="flex flex-wrap items-center gap-3">
      <span className="font-bold">{t('attentionList.sure')}</span>
      <Button variant="danger" onClick={letGo}>
        {t('attentionList.dropNow')}
      </Button>
      <Button variant="quiet" onClick={() => setSure(false)}>
        {t('cancel')}
      </Button>
    </div>
  );
}
