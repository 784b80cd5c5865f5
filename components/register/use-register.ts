'use client';

import { useLocale } from 'next-intl';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { came, excuseIsOver, needsReason, type MarkState } from '@/lib/register/rules';
import type { SentOperation, Sheet, SheetPerson } from '@/lib/register/schema';
import { presentOf, sheetWith } from './local-sheet';
import { isOnRegister, type StoredOperation } from './phone-store';
import { deviceTime, newOperationId, portalNow } from './portal';
import { queueOf, type QueueView } from './queue';
import { fetchRoll } from './rolls';

type Content = SentOperation extends infer O
  ? O extends SentOperation
    ? Omit<O, 'id' | 'sessionId' | 'at'>
    : never
  : never;
export type NewPerson = Pick<
  Extract<SentOperation, { kind: 'walk_in' }>,
  'fullName' | 'birthYear' | 'areaId' | 'phone'
>;
export interface LastTap {
  readonly personId: string;
  readonly before: Pick<SheetPerson, 'state' | 'minutesLate'>;
}

const nothing: QueueView = { operations: [], known: false, trouble: null, durable: true };
const askAgainMs = 30_000;

/** What the account's queue on this phone holds, live. */
export function useQueue(owner: string): QueueView {
  const subscribe = useCallback((listener: () => void) => queueOf(owner).subscribe(listener), [owner]);
  return useSyncExternalStore(
    subscribe,
    () => queueOf(owner).view(),
    () => nothing,
  );
}

/**
 * The sheet as this phone shows it: what the portal last told, with every act made here on top. Each tap counts at once and goes to
 * the queue; what others record meanwhile is asked for while the page is looked at. The same with and without a network.
 */
export function useRegister(given: Sheet, owner: string) {
  const view = useQueue(owner);
  const own = useMemo(
    () => view.operations.filter(({ operation }) => isOnRegister(operation) && operation.sessionId === given.id),
    [view.operations, given.id],
  );
  // Answers that say something happened elsewhere: somebody else recorded, too, or the session went out of sight.
  const expected = [undefined, 'applied', 'quarantined'];
  const surprises = own.filter(({ result }) => !expected.includes(result?.outcome)).length;
  const told = useToldSheet(given, owner, surprises);
  const sheet = useMemo(() => sheetWith(told, own), [told, own]);
  const [last, setLast] = useState<LastTap | null>(null);
  const [why, setWhy] = useState('');
  const [whyMissing, setWhyMissing] = useState(false);
  useLeaveWarning(!view.durable && own.some(({ state }) => state === 'waiting'));

  const say = (content: Content, label: string) => {
    const operation = { id: newOperationId(), sessionId: given.id, at: deviceTime(), ...content };
    queueOf(owner).add(operation, { label, endsAtMs: given.endsAt.getTime() });
  };
  const asksWhy = needsReason(given.endsAt.getTime(), sheet.startedAt?.getTime() ?? null, portalNow());
  const reason = asksWhy && why.trim() ? { why: why.trim() } : {};
  /** True when the reason has to be said first. */
  const lacksWhy = () => {
    setWhyMissing(asksWhy && !why.trim());
    return asksWhy && !why.trim();
  };
  const write = (person: SheetPerson, state: MarkState, minutesLate: number | null) => {
    const after = person.marks.slice(0, 200);
    const late = minutesLate ? { minutesLate } : {};
    say({ kind: 'mark', personId: person.id, state, after: [...after], ...late, ...reason }, person.fullName);
  };
  const mark = (person: SheetPerson, state: MarkState, minutesLate: number | null = null) => {
    if (lacksWhy()) return;
    setLast({ personId: person.id, before: { state: person.state, minutesLate: person.minutesLate } });
    write(person, state, minutesLate);
  };
  const observe = (person: SheetPerson, skillCode: string, level: number, help = '') =>
    say({ kind: 'observe', personId: person.id, skillCode, level, help }, person.fullName);
  const { people } = sheet;

  return {
    sheet,
    people,
    started: sheet.startedAt !== null,
    finishedAt: sheet.finishedAt,
    guests: sheet.guests,
    levels: sheet.levelsHere,
    help: sheet.helpHere ?? {},
    errors: errorsOf(own),
    last,
    /** This session's operations on this phone, and why they do not get through. */
    own,
    view,
    owner,
    present: presentOf(people),
    /** It was settled long ago: corrections say why. */
    asksWhy,
    why,
    whyMissing,
    setWhy,
    mark,
    observe,
    /** The row itself: came or did not. */
    toggle: (person: SheetPerson) => mark(person, person.state && came(person.state) ? 'absent' : 'present'),
    /** Too late for an excuse: an absence stays unexplained. */
    excusesOver: excuseIsOver(given.endsAt.getTime(), sheet.startedAt?.getTime() ?? null, portalNow()),
    undo: () => {
      const person = people.find((each) => each.id === last?.personId);
      if (last && person) write(person, last.before.state ?? 'present', last.before.minutesLate);
      setLast(null);
    },
    start: () => say({ kind: 'start' }, ''),
    finish: () => say({ kind: 'finish' }, ''),
    setGuests: (count: number) => say({ kind: 'guests', count }, ''),
    /** False when it must be said first why. */
    walkIn: (person: NewPerson) => {
      if (lacksWhy()) return false;
      say(
        {
          kind: 'walk_in',
          personId: newOperationId(),
          state: 'present',
          consent: 'oral',
          after: [],
          ...person,
          ...reason,
        },
        person.fullName,
      );
      return true;
    },
    /** Everyone present at least at level 1; whoever is higher stays. */
    allHelped: (skillCode: string) => {
      for (const person of presentOf(people)) {
        const key = `${person.id}:${skillCode}`;
        if ((sheet.levelsHere[key] ?? sheet.levelsBefore[key] ?? 0) < 1) observe(person, skillCode, 1);
      }
    },
  };
}
export type Register = ReturnType<typeof useRegister>;

/** What was refused, by person; `session` for what concerns the whole. Keys of messages. */
function errorsOf(own: readonly StoredOperation[]): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const { operation, state, result } of own) {
    if (state !== 'attention' || !result) continue;
    const key = ('personId' in operation && operation.personId) || 'session';
    errors[key] = result.outcome === 'out_of_scope' ? 'notFound' : (result.reason ?? 'wrong');
  }
  return errors;
}

/** The portal's sheet: as the page came, then as asked for again: at once, when others recorded too, and while it is looked at. */
function useToldSheet(given: Sheet, owner: string, surprises: number): Sheet {
  const language = useLocale();
  const [fresh, setFresh] = useState<Sheet | null>(null);
  const mark = useRef<string | null>(null);
  const heard = useRef(-1);
  const ask = useCallback(async () => {
    if (document.visibilityState !== 'visible' || !navigator.onLine) return;
    const answer = await fetchRoll(owner, language, given.id, mark.current).catch(() => null);
    if (!answer || answer === 'gone') return;
    mark.current = answer.mark;
    setFresh(answer.row.sheet);
  }, [owner, language, given.id]);
  useEffect(() => {
    if (heard.current === surprises) return;
    heard.current = surprises;
    void ask();
  }, [ask, surprises]);
  useEffect(() => {
    const timer = setInterval(() => void ask(), askAgainMs);
    const now = () => void ask();
    window.addEventListener('online', now);
    document.addEventListener('visibilitychange', now);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', now);
      document.removeEventListener('visibilitychange', now);
    };
  }, [ask]);
  return useMemo(() => (fresh ? withDetails(fresh, given) : given), [fresh, given]);
}

/** What phones do not carry but the page came with. */
function withDetails(fresh: Sheet, given: Sheet): Sheet {
  const details = new Map(given.people.map(({ id, birthYear, village }) => [id, { birthYear, village }]));
  return { ...fresh, people: fresh.people.map((person) => ({ ...person, ...details.get(person.id) })) };
}

/** Only where the browser keeps nothing: elsewhere what is not sent outlives the page. */
function useLeaveWarning(wouldBeLost: boolean) {
  useEffect(() => {
    if (!wouldBeLost) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [wouldBeLost]);
}
