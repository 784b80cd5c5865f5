import { type Caller, type ScopedTx } from '@/lib/access/scoped';
import { dashboard } from '@/lib/figure/queries';
import { tellsGroups } from '@/lib/figure/rules';
import { rateOf, type Cell, type PlaceRow } from '@/lib/figure/schema';
import { formatDate } from '@/lib/i18n/format';
import { speaker } from '@/lib/i18n/messages';
import type { JobDone, RunningJob } from '@/lib/job/commands';
import { dayOf } from '@/lib/kernel/clock';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { lastDayOf, periodOf } from '@/lib/period/rules';
import { writeSheet } from '@/lib/sheet/commands';
import type { SheetRowToWrite } from '@/lib/sheet/schema';
import { seenExactly } from './queries';
import { figuresExportAsked, type FiguresExportAsked } from './schema';

const columns = [
  'place',
  'like',
  'reachedAge60',
  'older',
  'perThousand',
  'unreached',
  'aims',
  'held',
  'heldPerThousand',
  'reached',
  'core',
  'corePerThousand',
  'skills',
  'rate',
  'missing',
] as const;

const rounded = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10);

/** One place as on the dashboard: numbers as numbers, the sign of small numbers where one is kept back, nothing where nothing is known. */
function cellsOf(language: 'vi' | 'en', place: PlaceRow): SheetRowToWrite['cells'] {
  const words = speaker(language, 'dashboard');
  const hidden = speaker(language, 'smallNumbers')('hidden');
  const said = (cell: Cell) => (cell === null ? hidden : (cell?.value ?? null));
  const over = (value: number | null, cell: Cell) => (cell === null ? hidden : rounded(value));
  const { aims } = place;
  const judged = aims ? aims.met + aims.behind : 0;
  return [
    language === 'en' ? place.nameEn : place.nameVi,
    place.like === 'below' ? null : words(`places.caption.${place.like}`),
    said(place.reachedAge60),
    place.older,
    over(place.perThousand, place.reachedAge60),
    place.reachedAge60 === null ? hidden : place.unreached,
    aims === null
      ? null
      : judged === 0
        ? words('places.aimsUntold')
        : words(aims.behind > 0 ? 'places.aimsBehind' : 'places.aimsMet', { count: aims.behind, all: judged }),
    said(place.held),
    rounded(place.sessionsPerThousand),
    said(place.reached),
    said(place.core),
    over(place.corePerThousand, place.core),
    said(place.skills),
    over(rateOf(place.attendance), place.attendance),
    place.missing,
  ];
}

async function made(tx: ScopedTx, caller: Caller, asked: FiguresExportAsked): Promise<Refusal | JobDone> {
  const { area, period: key, format, language } = asked;
  if (!caller.capabilities.includes('figures.read')) return refuse('rightsGone');
  const period = periodOf(key);
  if (!period) return refuse('wrong', 'period');
  const rank = { by: 'name', descending: false } as const;
  const board = await dashboard(tx, { area, period, rank }, new Date());
  if (!board) return refuse('notFound');
  const t = speaker(language, 'exports');
  const words = speaker(language, 'smallNumbers');
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, 'export.make', 'area', ${String(area)}, ${area},
      ${tx.json({ what: 'places', rows: board.places.length, period: key })})`;
  const place = language === 'en' ? board.area.fullNameEn : board.area.fullNameVi;
  const facts: [string, string][] = [
    [t('figures.area'), place],
    [t('figures.from'), formatDate(language, period.from)],
    [t('figures.until'), formatDate(language, lastDayOf(period))],
    [t('figures.made'), formatDate(language, dayOf(new Date()))],
    [words('hidden'), tellsGroups(period) ? words('why') : `${words('why')} ${words('groups')}`],
  ];
  const bytes = await writeSheet(
    format,
    {
      name: t('kinds.places.title'),
      columns: columns.map((one) => ({ header: t(`figures.${one}`), width: one === 'place' ? 30 : 16 })),
      rows: board.places.map((row) => ({ cells: cellsOf(language, row) })),
    },
    [
      {
        name: t('figures.notes'),
        columns: [
          { header: t('figures.what'), width: 24 },
          { header: t('figures.says'), width: 60 },
        ],
        rows: facts.map((cells) => ({ cells })),
      },
    ],
  );
  const exact = await seenExactly(tx, area);
  return {
    result: { what: 'places', rows: board.places.length, cut: false },
    // Whoever sees a place to the last person took along what others may not see of it.
    needs: [
      { may: 'figures.read', areas: [area] },
      { may: 'person.read', areas: exact },
    ],
    output: { bytes, name: `${t('kinds.places.file')}-${key}-${dayOf(new Date())}.${format}` },
  };
}

/** Makes the table of places that was asked for, of the figures its account may see at this time. */
export async function runFiguresExport(job: RunningJob): Promise<Refusal | void> {
  const asked = figuresExportAsked.parse(job.input);
  await job.finish((tx, caller) => made(tx, caller, asked));
}
