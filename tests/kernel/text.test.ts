import { describe, expect, it } from 'vitest';
import { fold, tidy } from '@/lib/kernel/text';

describe('text typed by anybody', () => {
  it('is never put in order under thousands of marks', () => {
    // Above and below in turn: the order that costs the most to mend.
    const heap = `a${'\u0301\u0323'.repeat(10_000)}b`;
    expect(tidy(heap).length).toBeLessThan(40);
    expect(fold(heap)).toBe('ab');
  });

  it('keeps every mark a language has', () => {
    const words = 'Hoàng Thị Kỳ Duyên, Quảng Trị, ậ ặ ỗ ữ';
    expect(tidy(words.normalize('NFD'))).toBe(words.normalize('NFC'));
    expect(fold(words.normalize('NFD'))).toBe('hoang thi ky duyen quang tri a a o u');
  });
});
