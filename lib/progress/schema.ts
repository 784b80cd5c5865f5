import { z } from 'zod';
import { emptyAsMissing } from '@/lib/kernel/input';
import { periodKey } from '@/lib/period/schema';

/** What everybody is told, in this order; each with the group it is told of. */
export const publicFigures = [
  { name: 'reached', measure: 'people_reached', group: 'all' },
  { name: 'core', measure: 'core_attained', group: 'all' },
  { name: 'sessions', measure: 'sessions_held', group: 'all' },
  { name: 'reached60', measure: 'people_reached', group: 'age60' },
  { name: 'core_adults', measure: 'core_attained', group: 'adults' },
] as const;
export type PublicFigure = (typeof publicFigures)[number]['name'];

export interface ProgressRow {
  readonly areaId: number;
  readonly kind: string;
  readonly nameVi: string;
  readonly nameEn: string;
  /** Null where nothing was counted or where few people would be told of. */
  readonly figures: Readonly<Record<PublicFigure, number | null>>;
}

export interface Progress {
  readonly period: string;
  /** The province first, then its units by name. */
  readonly rows: readonly ProgressRow[];
  readonly computedAt: Date | null;
}

/** How many adults of the province can do the core set (R08) beside the year's target, as anybody may know it. */
export interface AdultsAble {
  readonly count: number | null;
  /** So few people that it is not told, or such a number could be worked out from it. */
  readonly hidden: boolean;
  /** Of all adults who live there, in percent; null where nobody declared them whole. */
  readonly share: number | null;
  readonly year: number;
  /** What is aimed at by the end of the year, and where an even way to it would stand at the month's end; null where it is not known. */
  readonly aim: number | null;
  readonly pace: number | null;
}

/** `/api/v1/progress.json?period=k2026-11`; without it the last month of the administration that is over. */
export const progressInput = z.object({ period: emptyAsMissing(periodKey) });

/** What the columns of the open data are: read by programs beside the data, so in both languages. */
export const progressColumns = [
  {
    name: 'area_code',
    datatype: 'integer',
    vi: 'Mã đơn vị hành chính',
    en: 'Official code of the province, commune, ward or special zone',
  },
  { name: 'area_vi', datatype: 'string', vi: 'Tên đơn vị', en: 'Its name in Vietnamese' },
  { name: 'area_en', datatype: 'string', vi: 'Tên tiếng Anh', en: 'Its name in English' },
  {
    name: 'period',
    datatype: 'string',
    vi: 'Kỳ: k2026-11 là từ 15/10 đến 14/11/2026',
    en: 'Period: k2026-11 runs from 15 October to 14 November 2026',
  },
  {
    name: 'reached',
    datatype: 'integer',
    vi: 'Số người đã đến lớp ít nhất một buổi trong kỳ',
    en: 'People who came to at least one session in the period',
  },
  {
    name: 'core',
    datatype: 'integer',
    vi: 'Số người tự làm được cả bộ kỹ năng cốt lõi, tính đến cuối kỳ',
    en: 'People able to do the whole core set alone at the end of the period',
  },
  { name: 'sessions', datatype: 'integer', vi: 'Số buổi đã dạy trong kỳ', en: 'Sessions held in the period' },
  {
    name: 'reached60',
    datatype: 'integer',
    vi: 'Số người từ 60 tuổi đã đến lớp (chỉ có theo năm)',
    en: 'People of 60 or over who came (by year only)',
  },
  {
    name: 'core_adults',
    datatype: 'integer',
    vi: 'Số người từ 18 tuổi tự làm được cả bộ kỹ năng cốt lõi, tính đến cuối kỳ',
    en: 'People of 18 or over able to do the whole core set alone at the end of the period',
  },
] as const;

/** Under which anybody may use the open data. */
export const licence = 'https://creativecommons.org/licenses/by/4.0/';
