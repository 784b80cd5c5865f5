import { z } from 'zod';
import type { AreaKind } from '@/lib/area/schema';
import type { IndicatorValue } from '@/lib/indicator/schema';
import { areaId, emptyAsMissing, id, optionalLines, optionalText, text, wholeNumber } from '@/lib/kernel/input';
import { periodKey, type Period } from '@/lib/period/schema';

export const reportStates = ['draft', 'submitted', 'returned', 'approved', 'locked'] as const;
export type ReportState = (typeof reportStates)[number];

/** What somebody may do with a report: write its words, sign and hand it in, answer for the level above (decision 035). */
export type ReportHand = 'write' | 'sign' | 'approve';

/** Reports are of administrative periods: what closed on a 14th. */
const reportPeriod = periodKey.refine((key) => key.startsWith('k'), 'wrong');

const reason = text(500, 'sayWhy');
const version = wholeNumber(1, 1_000_000, 'wrong');

export const beginInput = z.object({ area: areaId, period: reportPeriod });
export const remarksInput = z.object({
  report: id,
  version,
  number: optionalText(20),
  obstacles: optionalLines(4000),
  proposals: optionalLines(4000),
});
/** `version`: of the words that were on the page, so that nobody signs others. */
export const signInput = z.object({ report: id, version });
export const reportInput = z.object({ report: id });
export const reasonInput = z.object({ report: id, reason });
export const dueInput = z.object({ area: areaId, day: wholeNumber(15, 28, 'reportDueDay') });

/** `?area=&period=` of the lists; what cannot be read is not asked for. */
export const listAddress = z.object({
  area: emptyAsMissing(areaId).catch(undefined),
  period: emptyAsMissing(reportPeriod).catch(undefined),
});

export const reportFiles = ['docx', 'xlsx', 'csv', 'png'] as const;
export type ReportFileKind = (typeof reportFiles)[number];
/** `/api/v1/reports/ID/FILE?language=`. */
export const fileAddress = z.object({
  id,
  file: z.enum(reportFiles, 'wrong'),
  language: z.enum(['vi', 'en'], 'wrong').default('vi'),
});

/** A figure of a report in the reader's language. */
export interface ReportFigure extends IndicatorValue {
  readonly name: string;
  /** What it counts, '' where no word is known. */
  readonly unitWord: string;
}

/** A figure that is another one by now. */
export interface ChangedFigure {
  readonly code: string;
  readonly name: string;
  readonly frozen: ReportFigure;
  readonly now: ReportFigure;
}

/** A report right below whose frozen figures are others by now. */
export interface ChangedBelow {
  readonly areaId: number;
  readonly name: string;
  readonly reportId: string;
  readonly state: ReportState;
  readonly frozenAt: Date;
  readonly changed: readonly ChangedFigure[];
}

/** What one area below says in its own report of the period. */
export interface BelowWords {
  readonly areaId: number;
  readonly name: string;
  readonly obstacles: string;
  readonly proposals: string;
}

export interface ReportStep {
  readonly id: string;
  readonly fromState: ReportState | null;
  readonly toState: ReportState;
  readonly reason: string;
  readonly at: Date;
  readonly byName: string;
}

/** One report whole, as its page, its files and its paper show it. */
export interface ReportInFull {
  readonly id: string;
  readonly areaId: number;
  readonly areaKind: AreaKind;
  /** In the reader's language. */
  readonly areaName: string;
  /** As official papers name it, which are Vietnamese: short ("Đồng Thuận") and in full; and the area above. */
  readonly nameVi: string;
  readonly fullNameVi: string;
  readonly aboveKind: AreaKind | null;
  readonly aboveNameVi: string | null;
  readonly period: Period;
  readonly revision: number;
  readonly state: ReportState;
  readonly dueOn: string;
  readonly hands: readonly ReportHand[];
  readonly number: string;
  readonly obstacles: string;
  readonly proposals: string;
  readonly version: number;
  /** The period whose words it began with and still has. */
  readonly carriedFrom: string | null;
  readonly below: readonly BelowWords[];
  /** Frozen since it was handed in; of this moment before that. */
  readonly figures: readonly ReportFigure[];
  readonly frozenAt: Date | null;
  /** Null before that, and where nothing can be compared. */
  readonly changed: readonly ChangedFigure[] | null;
  readonly steps: readonly ReportStep[];
  readonly signedBy: string | null;
  /** All of this area and period, the newest first. */
  readonly revisions: readonly { readonly id: string; readonly revision: number; readonly state: ReportState }[];
}

/** One line of a list: an area, and its report of the period where there is one. */
export interface ReportLine {
  readonly areaId: number;
  readonly areaName: string;
  readonly areaKind: AreaKind;
  readonly own: boolean;
  readonly reportId: string | null;
  readonly revision: number | null;
  readonly state: ReportState | null;
  /** Of the last step. */
  readonly at: Date | null;
  readonly byName: string | null;
  readonly reason: string | null;
  readonly dueOn: string;
  readonly overdue: boolean;
}

/** What of an area's reports waits for the reader: the area's own, and those below that are handed in, by month, the oldest first. */
export interface ReportTurn {
  readonly own: {
    readonly period: Period;
    readonly reportId: string | null;
    readonly state: ReportState | null;
    readonly hands: readonly ReportHand[];
    readonly dueOn: string;
    readonly overdue: boolean;
  } | null;
  readonly waiting: readonly { readonly period: Period; readonly count: number }[];
}

/**
 * A report as an official paper (Decree 30/2020/NĐ-CP, appendix I): what stands where, in words. Official papers are Vietnamese, so these words
 * are no words of the screen; the Word file and the printed page are both made of them, and cannot say different things.
 */
export interface OfficialPaper {
  /** The agency above and the one that issues, each in lines. */
  readonly agencyAbove: readonly string[];
  readonly agency: readonly string[];
  readonly nation: string;
  readonly motto: string;
  readonly number: string;
  readonly placeAndDate: string;
  readonly draft: boolean;
  readonly title: string;
  readonly abstract: readonly string[];
  readonly sections: readonly PaperSection[];
  readonly recipients: readonly string[];
  readonly signer: { readonly forWhom: string | null; readonly office: string; readonly name: string };
  /** In small print at the end: where the figures come from. */
  readonly foot: string;
}

export interface PaperSection {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly figures?: readonly PaperFigure[];
}

export interface PaperFigure {
  readonly number: number;
  readonly code: string;
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

/** What the picture of a report says, all of it `drawable`. */
export interface PictureText {
  readonly portal: string;
  readonly above: string;
  readonly place: string;
  readonly title: string;
  readonly days: string;
  readonly figures: readonly { readonly name: string; readonly value: string; readonly more: string }[];
  readonly none: string;
  readonly foot: string;
}
