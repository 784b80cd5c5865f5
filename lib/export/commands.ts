import { type Caller, type ScopedTx } from '@/lib/access/scoped';
import type { Capability } from '@/db/capabilities';
import { leaveJob } from '@/lib/job/commands';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { classToExport, figuresPlace } from './queries';
import type { ExportAsked, ExportKind, FiguresExportAsked } from './schema';

/** What each export asks of whoever wants it: the same that shows it on screen. */
export const mayExport: Readonly<Record<ExportKind, Capability>> = {
  people: 'person.read',
  roster: 'roster.read',
  registers: 'roster.read',
};

/**
 * Leaves an export to the portal, for a reason. Refused: what one may not see (`notFound`, at the class where it is one's class that is
 * not), too much open work.
 */
export async function askExport(
  tx: ScopedTx,
  caller: Caller,
  { what, classId, format, reason, language }: Omit<ExportAsked, 'classId'> & { classId?: string | undefined },
): Promise<Refusal | { id: string }> {
  if (!caller.capabilities.includes(mayExport[what])) return refuse('notFound', 'what');
  const ofClass = what === 'people' ? null : (classId ?? null);
  if (ofClass !== null && !(await classToExport(tx, language, ofClass))) return refuse('notFound', 'classId');
  return leaveJob(tx, caller, {
    kind: 'export',
    language,
    input: { what, classId: ofClass, format, reason, language },
  });
}

/**
 * Leaves the table of the places below an area to the portal, of the figures its account may see when it is made. Refused: an area whose figures are none of
 * the caller's (`notFound`), too much open work.
 */
export async function askFiguresExport(
  tx: ScopedTx,
  caller: Caller,
  { area, period, format, language }: FiguresExportAsked,
): Promise<Refusal | { id: string }> {
  if (!(await figuresPlace(tx, area))) return refuse('notFound', 'area');
  return leaveJob(tx, caller, { kind: 'export', language, input: { what: 'places', area, period, format, language } });
}
