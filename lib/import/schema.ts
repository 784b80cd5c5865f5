import { z } from 'zod';
import { file, id, ticked } from '@/lib/kernel/input';
import { sheetFormats, sheetLimits } from '@/lib/sheet/schema';

export const importKinds = ['residents', 'classes', 'helpers', 'eligible'] as const;
export type ImportKind = (typeof importKinds)[number];
export const importJobs = ['import_check', 'import_write'] as const;

/** Bad cells one check names; with more, the list itself is the wrong one. */
export const mostCells = 20_000;
/** Letters of a bad cell's value that are shown, and kept until the file is erased. */
export const shownLetters = 40;
export const cellsPerPage = 50;

/**
 * What is wrong with one cell, or worth a look: its row as the spreadsheet numbers it, the letters of its column ('' where the column is
 * missing), which column that is, a reason (key under `errors`) and what stands there.
 */
export const cellProblem = z.object({
  row: z.number(),
  at: z.string(),
  column: z.string(),
  reason: z.string(),
  value: z.string(),
  warning: z.boolean(),
});
export type CellProblem = z.output<typeof cellProblem>;

/** What a check found: rows read, those that can be written, those that cannot, those that look like somebody already there. */
export const checkResult = z.object({
  kind: z.enum(importKinds),
  rows: z.number(),
  good: z.number(),
  bad: z.number(),
  warned: z.number(),
  problems: z.number(),
});
export type CheckResult = z.output<typeof checkResult>;

/** What was written: rows written, left out as bad, left out as already there. */
export const writeResult = z.object({
  kind: z.enum(importKinds),
  written: z.number(),
  bad: z.number(),
  warned: z.number(),
});
export type WriteResult = z.output<typeof writeResult>;

const language = z.enum(['vi', 'en'], 'wrong');

export const uploadInput = z.object({
  kind: z.enum(importKinds, 'chooseList'),
  language,
  sheet: file('sheetMissing').refine((sent) => sent.size <= sheetLimits.bytes, 'fileTooLarge'),
});

export const writeInput = z.object({
  checkId: id,
  which: z.enum(['all', 'good'], 'chooseWhich'),
  warned: ticked,
});
export const writeForm = writeInput.extend({ language });
/** What the two kinds of job are asked, as stored. */
export const checkAsked = z.object({ kind: z.enum(importKinds) });
export const writeAsked = writeInput.extend({ kind: z.enum(importKinds) });

/** Which template an address asks for; what it does not say is as most want it. */
export const templateAddress = z.object({
  kind: z.enum(importKinds).catch('residents'),
  format: z.enum(sheetFormats).catch('xlsx'),
  language: z.enum(['vi', 'en']).catch('vi'),
});
