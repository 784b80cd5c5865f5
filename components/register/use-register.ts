'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { MarkState, SentOperation, Sheet, SheetPerson } from '@/lib/register/schema';
import { deviceTime, memoryStore, newOperationId, openQueue, sendToPortal, type Queue, type QueueState } from './queue';

type Content = SentOperation extends infer O
  ? O extends SentOperation
    ? Omit<O, 'id' | 'sessionId' | 'at'>
    : never
  : never;
export type NewPerson = Pick<
  Extract<SentOperation, { kind: 'walk_in' }>,
  'fullName' | 'birthYear' | 'areaId' | 'phone'
> & {
  village: string;
};
export interface LastTap {
  readonly personId: string;
  readonly before: Pick<SheetPerson, 'state' | 'minutesLate'>;
}

const came = (state: MarkState | null) => state === 'present' || state === 'late' || state === 'left_early';
const quiet: QueueState = { waiting: 0, accepted: 0, attention: 0, trouble: null };

/**
 * The sheet as this phone shows it: every tap counts at once here and goes to the queue; what the portal refuses comes back as a message
 * at its row.
 */
export function useRegister(sheet: Sheet) {
  const [people, setPeople] = useState(sheet.people);
  const [started, setStarted] = useState(sheet.startedAt !== null);
  const [finishedAt, setFinishedAt] = useState(sheet.finishedAt);
  const [guests, setGuests] = useState(sheet.guests);
  const [levels, setLevels] = useState(sheet.levelsHere);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [last, setLast] = useState<LastTap | null>(null);
  const [sync, setSync] = useState(quiet);
  const queue = useQueue(setSync, (key, reason) => setErrors((before) => ({ ...before, [key]: reason })));
  useLeaveWarning(sync.waiting > 0);

  const say = (content: Content) => {
    const operation = { id: newOperationId(), sessionId: sheet.id, at: deviceTime(), ...content };
    queue.current?.add(operation);
    return operation;
  };
  const show = (personId: string, change: Partial<SheetPerson>) =>
    setPeople((before) => before.map((person) => (person.id === personId ? { ...person, ...change } : person)));

  const write = (personId: string, state: MarkState, minutesLate: number | null) => {
    say({ kind: 'mark', personId, state, ...(minutesLate ? { minutesLate } : {}) });
    show(personId, { state, minutesLate, byDefault: false });
  };
  const mark = (person: SheetPerson, state: MarkState, minutesLate: number | null = null) => {
    setLast({ personId: person.id, before: { state: person.state, minutesLate: person.minutesLate } });
    write(person.id, state, minutesLate);
  };
  const observe = (personId: string, skillCode: string, level: number) => {
    say({ kind: 'observe', personId, skillCode, level, help: '' });
    setLevels((before) => ({ ...before, [`${personId}:${skillCode}`]: level }));
  };

  return {
    people,
    started,
    finishedAt,
    guests,
    levels,
    errors,
    last,
    sync,
    present: people.filter((person) => came(person.state)),
    mark,
    observe,
    /** The row itself: came or did not. */
    toggle: (person: SheetPerson) => mark(person, came(person.state) ? 'absent' : 'present'),
    undo: () => {
      if (last) write(last.personId, last.before.state ?? 'present', last.before.minutesLate);
      setLast(null);
    },
    start: () => {
      say({ kind: 'start' });
      setStarted(true);
      setPeople((before) => before.map((person) => ({ ...person, state: person.state ?? 'present' })));
    },
    finish: () => {
      say({ kind: 'finish' });
      setFinishedAt((before) => before ?? new Date());
    },
    setGuests: (count: number) => {
      say({ kind: 'guests', count });
      setGuests(count);
    },
    walkIn: ({ village, ...person }: NewPerson) => {
      const id = newOperationId();
      say({ kind: 'walk_in', personId: id, state: 'present', consent: 'oral', ...person });
      const shown = { id, fullName: person.fullName, birthYear: Number(person.birthYear) || null, village };
      const added = { ...shown, state: 'present', minutesLate: null, byDefault: false, walkIn: true } as const;
      setPeople((before) => [...before, added]);
    },
    /** Everyone present at least at level 1; whoever is higher stays. */
    allHelped: (skillCode: string) => {
      for (const person of people.filter(({ state }) => came(state))) {
        const key = `${person.id}:${skillCode}`;
        if ((levels[key] ?? sheet.levelsBefore[key] ?? 0) < 1) observe(person.id, skillCode, 1);
      }
    },
  };
}
export type Register = ReturnType<typeof useRegister>;

function useQueue(told: (state: QueueState) => void, refused: (key: string, reason: string) => void) {
  const queue = useRef<Queue | null>(null);
  const report = useRef(refused);
  useEffect(() => {
    report.current = refused;
  });
  useEffect(() => {
    const opened = openQueue(memoryStore(), sendToPortal, told, (operation, result) => {
      const key = 'personId' in operation ? operation.personId : 'session';
      if (result.outcome === 'out_of_scope') report.current(key, 'notFound');
      else if (result.outcome === 'quarantined' || result.outcome === 'conflict')
        report.current(key, result.reason ?? 'wrong');
    });
    queue.current = opened;
    const wake = () => document.visibilityState === 'visible' && opened.flush();
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    return () => {
      opened.stop();
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
    };
  }, [told]);
  return queue;
}

function useLeaveWarning(unsent: boolean) {
  const warn = useCallback((event: BeforeUnloadEvent) => event.preventDefault(), []);
  useEffect(() => {
    if (!unsent) return;
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsent, warn]);
}
