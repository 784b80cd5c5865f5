import { asSystem, type SystemTx } from '@/lib/access/scoped';
import { disclose } from '@/lib/disclosure/disclose';
import type { DisclosureRule } from '@/lib/disclosure/schema';
import { log } from '@/lib/kernel/log';
import { count, showAll, sumTotals } from './counting';
import { halfOf } from './halves';

/** At most so many changes are taken at once; the rest waits for the next turn, a second later. */
const batch = 1000;
/** How often the figures are confirmed as fresh while nothing changes. */
const confirmEveryMs = 20_000;
/** How often they are checked against the rows. */
const checkEveryHours = 24;

export interface Refreshed {
  /** False when another worker is at it: nothing was done, nothing is lost. */
  readonly mine: boolean;
  readonly changes: number;
}

interface Change {
  readonly sessionId: string | null;
  readonly personId: string | null;
  readonly teamId: string | null;
  readonly householdId: string | null;
  readonly helpId: string | null;
}

/**
 * Brings the figures up to date with what changed since the last time. Safe at any moment and from several processes: one works,
 * the others pass. Own cells are counted from rows and totals follow in the same transaction, so a run that fails or repeats does no harm.
 */
export async function refreshFigures(now = new Date(), rule: DisclosureRule | null = disclose): Promise<Refreshed> {
  return asSystem('figures: count what changed', async (tx) => {
    if (!(await isDue(tx, now))) return { mine: true, changes: 0 };
    if (!(await claim(tx))) return { mine: false, changes: 0 };
    await planFor(tx);
    const changes = await takeChanges(tx, now, rule);
    await count.forward(tx, now, rule);
    await confirm(tx, now);
    return { mine: true, changes };
  });
}

/** Counts everything from the rows, as if for the first time. Waits for a worker that is at it. */
export async function rebuildFigures(now = new Date(), rule: DisclosureRule | null = disclose): Promise<void> {
  await asSystem('figures: count everything', async (tx) => {
    await planFor(tx);
    await tx`select pg_advisory_xact_lock(hashtext('camtay.figures'))`;
    await countEverything(tx, now, rule);
    await confirm(tx, now);
  });
}

export interface Checked {
  /** Derived rows that were not what the facts say, by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Cells that were not what the rows say, by measure; totals that were not the sum of their own cells likewise. */
  readonly cells: Readonly<Record<string, number>>;
  readonly totals: Readonly<Record<string, number>>;
  /** Facts arrived meanwhile: some of this may be theirs. */
  readonly busy: boolean;
}

/**
 * Counts everything anew beside what is there, puts right what differs, and says what that was: nothing, where the figures were right. Waits for a
 * worker that is at it. `told` hears how far it is; where it throws, everything stays as it was.
 */
export async function checkFigures(
  now = new Date(),
  rule: DisclosureRule | null = disclose,
  told: (done: number, total: number) => Promise<void> = async () => {},
): Promise<Checked> {
  const checked = await asSystem('figures: check and repair', async (tx) => {
    await planFor(tx);
    await told(0, 4);
    await tx`select pg_advisory_xact_lock(hashtext('camtay.figures'))`;
    while ((await takeChanges(tx, now, rule)) > 0);
    await count.forward(tx, now, rule);
    await told(1, 4);
    // Totals first: what a cell lacked is carried into the sum of what it was.
    const summed = await sumTotals(tx);
    await told(2, 4);
    const { rows, cells } = await count.all(tx, now);
    await told(3, 4);
    const totals = { ...summed, ...(await showAll(tx, now, rule)) };
    const [queue] = await tx<{ busy: boolean }[]>`select exists (select from figure_change) as busy`;
    await confirm(tx, now);
    await tx`update figure_run set checked_at = now()`;
    return { rows, cells, totals, busy: queue?.busy ?? false };
  });
  const wrong = [checked.rows, checked.cells, checked.totals].some((found) => Object.keys(found).length > 0);
  if (wrong) log.warn(checked, 'figures differed from the rows and were repaired');
  else log.info('figures checked: all as the rows say');
  return checked;
}

/** Many areas are asked at once, with lists of known length: the plan is made for them, and not compiled. Nothing is hurried, waiting included. */
async function planFor(tx: SystemTx): Promise<void> {
  await tx`select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true), set_config('work_mem', '64MB', true),
    set_config('statement_timeout', '0', true)`;
}

async function claim(tx: SystemTx): Promise<boolean> {
  const [row] = await tx<{ mine: boolean }[]>`select pg_try_advisory_xact_lock(hashtext('camtay.figures')) as mine`;
  return row?.mine ?? false;
}

/** Looks without writing: something waits, a half-month began, or it is time to say again that the figures are fresh. */
async function isDue(tx: SystemTx, now: Date): Promise<boolean> {
  const [row] = await tx<{ due: boolean }[]>`
    select exists (select from figure_change) or not exists (
      select from figure_run
      where half = ${halfOf(now)} and fresh_at > now() - make_interval(secs => ${confirmEveryMs / 1000})) as due`;
  return row?.due ?? false;
}

/** Says until when all is counted. */
async function confirm(tx: SystemTx, now: Date): Promise<void> {
  await tx`
    insert into figure_run (single, fresh_at, half) values (true, now(), ${halfOf(now)})
    on conflict (single) do update set fresh_at = excluded.fresh_at, half = excluded.half`;
}

/** Counts what the oldest changes concern; says how many they were. */
async function takeChanges(tx: SystemTx, now: Date, rule: DisclosureRule | null): Promise<number> {
  // Totals follow the tree first: what is counted next is carried into the areas above as they lie now.
  const { count: trees } = await tx`
    delete from figure_change where id in (select id from figure_change where tree for update skip locked)`;
  if (trees > 0) {
    await sumTotals(tx);
    await showAll(tx, now, rule);
  }
  const changes = await tx<Change[]>`
    delete from figure_change where id in (select id from figure_change where not tree order by id limit ${batch} for update skip locked)
    returning session_id, person_id, team_id, household_id, help_id`;
  if (changes.length === 0) return trees;
  if (changes.some((one) => Object.values(one).every((id) => id === null))) {
    await countEverything(tx, now, rule);
    return trees + changes.length;
  }
  const named = (ids: (string | null)[]) => [...new Set(ids.filter((id) => id !== null))];
  await count.named(
    tx,
    {
      sessions: named(changes.map((c) => c.sessionId)),
      people: named(changes.map((c) => c.personId)),
      teams: named(changes.map((c) => c.teamId)),
      households: named(changes.map((c) => c.householdId)),
      help: named(changes.map((c) => c.helpId)),
    },
    now,
    rule,
  );
  return trees + changes.length;
}

async function countEverything(tx: SystemTx, now: Date, rule: DisclosureRule | null): Promise<void> {
  // What waited is in the rows that are read next. A change that commits meanwhile is not deleted and comes round again.
  await tx`delete from figure_change where id in (select id from figure_change for update skip locked)`;
  await sumTotals(tx);
  await count.all(tx, now);
  await showAll(tx, now, rule);
}

type Loop = typeof globalThis & { camtayFigures?: boolean };

/**
 * Keeps the figures fresh for as long as the process lives: looks once a second, survives errors, never delays the exit. Once a day, in the small
 * hours of whichever process is first, they are checked against the rows.
 */
export function keepFiguresFresh(): void {
  const held: Loop = globalThis;
  if (held.camtayFigures) return;
  held.camtayFigures = true;
  let pause = 1000;
  const turn = async () => {
    try {
      await refreshFigures();
      if (await checkIsDue()) await checkFigures();
      pause = 1000;
    } catch (error) {
      pause = Math.min(60_000, pause * 2);
      log.error({ error: error instanceof Error ? error.name : 'unknown', pause }, 'figures not refreshed');
    }
    setTimeout(() => void turn(), pause).unref();
  };
  setTimeout(() => void turn(), 1000).unref();
}

/** Between one and five at night, when a day has passed since the last check. */
async function checkIsDue(): Promise<boolean> {
  const hour = new Date(Date.now() + 7 * 3_600_000).getUTCHours();
  if (hour < 1 || hour >= 5) return false;
  return asSystem('figures: when they were last checked', async (tx) => {
    const [row] = await tx<{ due: boolean }[]>`
      select coalesce(checked_at, '-infinity') < now() - make_interval(hours => ${checkEveryHours - 6}) as due from figure_run`;
    return row?.due ?? false;
  });
}
