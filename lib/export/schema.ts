import { z } from 'zod';
import { addressId, areaId, emptyAsMissing, text } from '@/lib/kernel/input';
import { periodKey } from '@/lib/period/schema';
import { sheetFormats } from '@/lib/sheet/schema';

/** What can be taken out: people of one's own areas, who is enrolled in a class, the registers of a class. */
export const exportKinds = ['people', 'roster', 'registers'] as const;
export type ExportKind = (typeof exportKinds)[number];
export const exportJobs = ['export'] as const;

/** Rows one export holds at most; who needs more asks for less at a time. */
export const mostExported = 20_000;

const asked = z.object({
  what: z.enum(exportKinds, 'chooseExport'),
  classId: emptyAsMissing(addressId),
  format: z.enum(sheetFormats, 'chooseFormat'),
  reason: text(300, 'sayWhy'),
  language: z.enum(['vi', 'en'], 'wrong'),
});

/** What for must be said; a class is asked for where it is of a class. */
export const exportInput = asked.superRefine(({ what, classId }, context) => {
  if (what !== 'people' && classId === undefined)
    context.addIssue({ code: 'custom', path: ['classId'], message: 'chooseClass' });
});
/** The same as a job keeps it. */
export const exportAsked = asked.extend({ classId: addressId.nullable() });
export type ExportAsked = z.output<typeof exportAsked>;

/** `/dashboard/export?area=&period=`. */
export const figuresExportAddress = z.object({ area: emptyAsMissing(areaId), period: emptyAsMissing(periodKey) });

/** The places of a dashboard as a table. No names are in it, so nobody has to say what for. */
export const figuresExportInput = z.object({
  area: areaId,
  period: periodKey,
  format: z.enum(sheetFormats, 'chooseFormat'),
  language: z.enum(['vi', 'en'], 'wrong'),
});
export type FiguresExportAsked = z.output<typeof figuresExportInput>;
/** The same as a job keeps it. */
export const figuresExportAsked = figuresExportInput.extend({ what: z.literal('places') });

export const exportResult = z.object({
  what: z.enum([...exportKinds, 'places']),
  rows: z.number(),
  cut: z.boolean(),
});
