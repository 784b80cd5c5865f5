import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentOf } from '@/lib/kernel/clock';
import {
  countWords,
  loudspeakerScript,
  mostSpokenWords,
  spokenDay,
  spokenNumber,
  spokenPhone,
  spokenText,
  spokenTime,
} from '@/lib/sharing/rules';

describe('Vietnamese as it is said', () => {
  it.each([
    [0, 'không'],
    [5, 'năm'],
    [10, 'mười'],
    [11, 'mười một'],
    [15, 'mười lăm'],
    [20, 'hai mươi'],
    [21, 'hai mươi mốt'],
    [24, 'hai mươi bốn'],
    [35, 'ba mươi lăm'],
    [100, 'một trăm'],
    [105, 'một trăm linh năm'],
    [115, 'một trăm mười lăm'],
    [221, 'hai trăm hai mươi mốt'],
    [1000, 'một nghìn'],
    [2026, 'hai nghìn không trăm hai mươi sáu'],
    [12_005, 'mười hai nghìn không trăm linh năm'],
  ])('%i is %s', (value, words) => expect(spokenNumber(value)).toBe(words));

  it.each([
    ['07:00', 'bảy giờ sáng'],
    ['08:15', 'tám giờ mười lăm phút sáng'],
    ['10:30', 'mười giờ rưỡi sáng'],
    ['11:00', 'mười một giờ trưa'],
    ['12:00', 'mười hai giờ trưa'],
    ['14:00', 'hai giờ chiều'],
    ['17:45', 'năm giờ bốn mươi lăm phút chiều'],
    ['18:00', 'sáu giờ tối'],
    ['19:30', 'bảy giờ rưỡi tối'],
    ['22:05', 'mười giờ năm phút đêm'],
    ['00:30', 'mười hai giờ rưỡi đêm'],
  ])('%s is %s', (time, words) => expect(spokenTime(momentOf('2026-11-24', time))).toBe(words));

  it.each([
    ['2026-11-24', 'thứ Ba, ngày hai mươi bốn tháng mười một'],
    ['2026-11-30', 'thứ Hai, ngày ba mươi tháng mười một'],
    ['2027-02-06', 'thứ Bảy, ngày mồng sáu tháng hai'],
    ['2027-04-04', 'Chủ Nhật, ngày mồng bốn tháng tư'],
    ['2027-01-21', 'thứ Năm, ngày hai mươi mốt tháng một'],
    ['2026-12-15', 'thứ Ba, ngày mười lăm tháng mười hai'],
  ])('%s is %s', (day, words) => expect(spokenDay(momentOf(day, '08:00'))).toBe(words));

  it('says the day in the province, not in London', () => {
    expect(spokenDay(new Date('2026-11-23T17:30:00Z'))).toBe('thứ Ba, ngày hai mươi bốn tháng mười một');
    expect(spokenTime(new Date('2026-11-24T12:30:00Z'))).toBe('bảy giờ rưỡi tối');
  });

  it('reads a phone digit by digit and a name’s number as a number', () => {
    expect(spokenPhone('0900 099 123')).toBe('không chín không không, không chín chín, một hai ba');
    expect(spokenPhone('+84 905 12')).toBe('không chín không năm, một hai');
    expect(spokenText('Nhà văn hóa Thôn 12 (mới)')).toBe('Nhà văn hóa Thôn mười hai');
    expect(spokenText('Tiếng Bru – Vân Kiều, lớp 3-5')).toBe('Tiếng Bru Vân Kiều, lớp ba đến năm');
    expect(spokenText('Tổ dân phố 5/2')).toBe('Tổ dân phố năm trên hai');
  });
});

const lesson = {
  title: 'Điện thoại thông minh cho người mới',
  placeName: 'Thôn Mẫu 1 (demo)',
  venue: 'Nhà văn hóa Thôn Mẫu 1 (demo)',
  startsAt: momentOf('2026-11-24', '19:30'),
  bring: 'Điện thoại và dây sạc',
  hotline: '0900 099 123',
};

describe('the words for the loudspeaker', () => {
  it('say what, when, where, what to bring and whom to call, in words', () => {
    expect(loudspeakerScript(lesson)).toBe(
      'Loa, loa! Kính mời cô bác đến lớp học miễn phí Điện thoại thông minh cho người mới. ' +
        'Buổi học lúc bảy giờ rưỡi tối, thứ Ba, ngày hai mươi bốn tháng mười một, tại Nhà văn hóa Thôn Mẫu một. ' +
        'Cô bác nhớ mang theo điện thoại và dây sạc. ' +
        'Cần hỏi, xin gọi số không chín không không, không chín chín, một hai ba. ' +
        'Xin mời cô bác!',
    );
  });

  it('leave out what matters least rather than grow long', () => {
    const short = loudspeakerScript({ ...lesson, bring: '', hotline: '+84912345567' });
    expect(short).toContain('Ai chưa biết gì cũng học được.');
    expect(short).toContain('không chín một hai, ba bốn năm, năm sáu bảy');
    const long = loudspeakerScript({ ...lesson, bring: 'điện thoại, '.repeat(20) });
    expect(long).not.toContain('mang theo');
    expect(long).toContain('không chín không không');
    expect(countWords(long)).toBeLessThanOrEqual(mostSpokenWords);
  });

  it('never hold a digit, never more than 75 words, always the hour and the day', () => {
    const words = fc.array(
      fc.constantFrom('Lớp', 'học', 'số', '12', 'VNeID', '–', 'thôn', '3/4', '(mới)', ':', '2026'),
      {
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(
        words,
        words,
        words,
        fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        (title, venue, bring, startsAt) => {
          const said = { ...lesson, title: title.join(' '), venue: venue.join(' '), bring: bring.join(' '), startsAt };
          const script = loudspeakerScript(said);
          expect(script).not.toMatch(/\d/);
          expect(countWords(script)).toBeLessThanOrEqual(mostSpokenWords);
          if (countWords(said.title) < 15 && countWords(said.venue) < 15) {
            expect(script).toContain(spokenTime(startsAt));
            expect(script).toContain(spokenDay(startsAt));
          }
        },
      ),
      { verbose: true },
    );
  });
});
