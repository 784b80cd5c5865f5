import { describe, expect, it } from 'vitest';
import {
  formatDate,
  formatDateTime,
  formatDateTimeRange,
  formatDay,
  formatNumber,
  formatTimeRange,
} from '@/lib/i18n/format';

const evening = new Date('2026-11-24T12:30:00Z');
const later = new Date('2026-11-24T14:00:00Z');

describe('days and times', () => {
  it('are said in full, in the zone of the province', () => {
    expect(formatDateTime('vi', evening)).toBe('Thứ Ba, 24/11/2026, 19:30');
    expect(formatDateTime('en', evening)).toBe('Tuesday, 24 November 2026, 19:30');
    expect(formatDateTimeRange('vi', evening, later)).toBe('Thứ Ba, 24/11/2026, 19:30\u00a0–\u00a021:00');
    expect(formatTimeRange('en', evening, later)).toBe('19:30\u00a0–\u00a021:00');
  });
  it('belong to the next day from 17:00 UTC on', () => {
    expect(formatDay('vi', new Date('2026-11-28T16:59:59Z'))).toBe('Thứ Bảy, 28/11/2026');
    expect(formatDay('vi', new Date('2026-11-28T17:00:00Z'))).toBe('Chủ Nhật, 29/11/2026');
  });
  it('take plain days too', () => {
    expect(formatDay('vi', '2027-02-06')).toBe('Thứ Bảy, 06/02/2027');
    expect(formatDate('en', '2027-02-06')).toBe('6 February 2027');
  });
});

describe('numbers', () => {
  it('are grouped the way each language does', () => {
    expect(formatNumber('vi', 1_870_845.5, 1)).toBe('1.870.845,5');
    expect(formatNumber('en', 1_870_845.5, 1)).toBe('1,870,845.5');
    expect(formatNumber('vi', 999)).toBe('999');
    expect(formatNumber('vi', -1234.04, 1)).toBe('−1.234');
  });
  it('show a missing figure as a dash, never as zero', () => {
    expect(formatNumber('vi', null)).toBe('—');
    expect(formatNumber('vi', Number.NaN)).toBe('—');
    expect(formatNumber('vi', 0)).toBe('0');
  });
});
