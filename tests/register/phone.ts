import type { StoredRound, StoredSheet } from '@/components/register/phone-store';

/** A roll on the phone, of nobody. */
export function sheetOf(owner: string, id: string, endsAtMs: number): StoredSheet {
  const endsAt = new Date(endsAtMs);
  const both = {
    id,
    classId: 'c',
    title: '',
    lesson: null,
    venue: '',
    startsAt: endsAt,
    endsAt,
    status: 'held',
  } as const;
  const counts = { confirmed: 0, capacity: 0, minimum: 0, waiting: 0, started: false, finished: false, mayMark: true };
  const empty = { people: [], skills: [], levelsBefore: {}, levelsHere: {}, villages: [], history: [], known: [] };
  const head = { address: '', areaId: 1, statusReason: null, startedAt: null, finishedAt: null, guests: 0 };
  return {
    owner,
    id,
    line: { ...both, ...counts, area: '', inUnit: null },
    sheet: { ...both, ...head, ...empty, isEarly: false, mayRecord: true },
  };
}

const emptyRound = {
  village: '',
  team: '',
  calledOff: false,
  deskId: null,
  homes: 0,
  recorded: 0,
  helpers: [],
  visits: [],
};
/** A round on the phone, to no home. */
export const roundOf = (owner: string, id: string, endsAtMs: number): StoredRound => ({
  owner,
  id,
  steps: [],
  round: {
    id,
    day: '2026-03-02',
    startsAt: new Date(endsAtMs - 1),
    endsAt: new Date(endsAtMs),
    ...emptyRound,
  },
});
