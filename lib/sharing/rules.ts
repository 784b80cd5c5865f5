import type { ClassDetails } from '@/lib/class/schema';
import { dayOf, timeOf, weekdayOf } from '@/lib/kernel/clock';
import { phoneForReading } from '@/lib/kernel/phone';

// — Vietnamese as it is said —

const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const;
const digit = (value: number) => digits[value] ?? '';

function underHundred(value: number): string {
  const [tens, ones] = [Math.floor(value / 10), value % 10];
  if (tens === 0) return digit(ones);
  const last = ones === 0 ? '' : ones === 5 ? 'lăm' : ones === 1 && tens > 1 ? 'mốt' : digit(ones);
  const whole = tens === 1 ? 'mười' : `${digit(tens)} mươi`;
  return last ? `${whole} ${last}` : whole;
}

function underThousand(value: number, full: boolean): string {
  const [hundreds, rest] = [Math.floor(value / 100), value % 100];
  if (hundreds === 0 && !full) return underHundred(rest);
  const whole = `${digit(hundreds)} trăm`;
  if (rest === 0) return whole;
  return rest < 10 ? `${whole} linh ${digit(rest)}` : `${whole} ${underHundred(rest)}`;
}

/** A whole number below a million in words: 21 "hai mươi mốt", 105 "một trăm linh năm", 2026 "hai nghìn không trăm hai mươi sáu". */
export function spokenNumber(value: number): string {
  const [thousands, rest] = [Math.floor(value / 1000), value % 1000];
  if (thousands === 0) return underThousand(rest, false);
  const whole = `${underThousand(thousands, false)} nghìn`;
  return rest === 0 ? whole : `${whole} ${underThousand(rest, true)}`;
}

/** A time of day as one says it: "bảy giờ rưỡi tối", "hai giờ chiều", "mười một giờ mười lăm phút trưa". */
export function spokenTime(moment: Date): string {
  const [hour = 0, minute = 0] = timeOf(moment).split(':').map(Number);
  const parts = [
    [0, 'đêm'],
    [10, 'sáng'],
    [12, 'trưa'],
    [17, 'chiều'],
    [21, 'tối'],
    [23, 'đêm'],
  ] as const;
  const part = parts.find(([until]) => hour <= until)?.[1] ?? '';
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  const past = minute === 0 ? '' : minute === 30 ? ' rưỡi' : ` ${spokenNumber(minute)} phút`;
  return `${spokenNumber(twelve)} giờ${past} ${part}`;
}

const weekdays = ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ Nhật'] as const;

/** A day as one says it: "thứ Ba, ngày hai mươi bốn tháng mười một", "Chủ Nhật, ngày mồng một tháng tư". */
export function spokenDay(moment: Date): string {
  const day = dayOf(moment);
  const [, month = 1, date = 1] = day.split('-').map(Number);
  const spokenMonth = month === 4 ? 'tư' : spokenNumber(month);
  return `${weekdays[weekdayOf(day) - 1] ?? ''}, ngày ${date <= 10 ? 'mồng ' : ''}${spokenNumber(date)} tháng ${spokenMonth}`;
}

/** A phone digit by digit, with a breath after each group. */
export function spokenPhone(phone: string): string {
  const national = phone.trim().replace(/^\+84\s*/, '0');
  return national
    .split(/[^\d]+/)
    .filter(Boolean)
    .map((group) => [...group].map((one) => digit(Number(one))).join(' '))
    .join(', ');
}

/** Text with nothing left that a reader would have to work out: numbers in words, "12/3" as parts, signs as pauses. */
export function spokenText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/(\d)\s*[–—-]\s*(?=\d)/g, '$1 đến ')
    .replace(/\s*[–—-]\s*/g, ' ')
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\d+/g, (number) =>
      number.length > 6 || number.startsWith('0')
        ? [...number].map((one) => digit(Number(one))).join(' ')
        : ` ${spokenNumber(Number(number))} `,
    )
    .replace(/\//g, ' trên ')
    .replace(/\s+/g, ' ')
    .replace(/ ([,.])/g, '$1')
    .trim();
}

/** Words as they are counted in Vietnamese: by syllable. */
export const countWords = (text: string) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** What is read in half a minute over a loudspeaker, slowly. */
export const mostSpokenWords = 75;

export interface Announced {
  readonly title: string;
  readonly placeName: string;
  readonly venue: string;
  readonly startsAt: Date;
  readonly bring: string;
  readonly hotline: string;
}

const sentence = (text: string) => {
  const plain = text.trim().replace(/[.!;,]+$/, '');
  return plain ? `${plain}.` : '';
};

/**
 * What the village loudspeaker says of a class, at most 75 words, to be read twice. What matters least goes first when it would be longer: a
 * word of comfort, what to bring, the place's name, the hotline, the end of a long title.
 */
export function loudspeakerScript(said: Announced): string {
  const title = spokenText(said.title);
  const titles = [title, ...shortened(title)];
  const where = spokenText(said.venue);
  const place = spokenText(said.placeName);
  const inPlace = where.includes(place) ? '' : `, ${place}`;
  const bring = said.bring ? `Cô bác nhớ mang theo ${lowerFirst(spokenText(said.bring))}` : '';
  const phone = said.hotline ? `Cần hỏi, xin gọi số ${spokenPhone(phoneForReading(said.hotline))}` : '';
  const when = `Buổi học lúc ${spokenTime(said.startsAt)}, ${spokenDay(said.startsAt)}`;
  const compose = (name: string, nearby: string, call: string, thing: string, comfort: string) =>
    [
      `Loa, loa! Kính mời cô bác đến lớp học miễn phí ${sentence(name)}`,
      sentence(`${when}, tại ${where}${nearby}`),
      sentence(thing),
      sentence(call),
      sentence(comfort),
      'Xin mời cô bác!',
    ]
      .filter(Boolean)
      .join(' ');
  const comfort = 'Ai chưa biết gì cũng học được';
  const tries = titles.flatMap((name) => [
    compose(name, inPlace, phone, bring, comfort),
    compose(name, inPlace, phone, bring, ''),
    compose(name, inPlace, phone, '', ''),
    compose(name, '', phone, '', ''),
    compose(name, '', '', '', ''),
  ]);
  return tries.find((script) => countWords(script) <= mostSpokenWords) ?? cutAt(tries.at(-1) ?? '', mostSpokenWords);
}

const lowerFirst = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1);
const cutAt = (text: string, words: number) => `${text.split(' ').slice(0, words).join(' ')}.`;

/** A title up to its first pause, then its first words. */
function shortened(title: string): string[] {
  const [first = title] = title.split(/[:,.;]/);
  return [first.trim(), title.split(' ').slice(0, 8).join(' ')];
}

// — For search engines —

const localMoment = (moment: Date) => `${dayOf(moment)}T${timeOf(moment)}:00+07:00`;
const spokenCodes = { vi: 'vi', bru: 'bru', pako: 'pac' } as const;

/** A class as schema.org knows it: a free event with its meetings as parts of it. `address` is the page's own. */
export function eventData(found: ClassDetails, address: string): object {
  const place = (name: string, street: string) => ({
    '@type': 'Place',
    name,
    address: {
      '@type': 'PostalAddress',
      streetAddress: street,
      addressLocality: found.unitName ?? found.placeName,
      addressRegion: 'Quảng Trị',
      addressCountry: 'VN',
    },
  });
  const location = place(found.venue, [found.address, found.placeName].filter(Boolean).join(', '));
  const organizer = { '@type': 'Organization', name: found.teamName };
  const offers = {
    '@type': 'Offer',
    price: 0,
    priceCurrency: 'VND',
    availability: found.seatsLeft > 0 ? 'https://schema.org/InStock' : 'https://schema.org/SoldOut',
    url: address,
  };
  const stateOf = (cancelled: boolean) => `https://schema.org/${cancelled ? 'EventCancelled' : 'EventScheduled'}`;
  const attendance = 'https://schema.org/OfflineEventAttendanceMode';
  const on = found.sessions.filter(({ state }) => state !== 'cancelled');
  const [first, last] = [(on[0] ?? found.sessions[0])?.startsAt, (on.at(-1) ?? found.sessions.at(-1))?.endsAt];
  return {
    '@context': 'https://schema.org',
    '@type': 'EducationEvent',
    '@id': address,
    url: address,
    name: found.title,
    description: found.summary,
    ...(first ? { startDate: localMoment(first) } : {}),
    ...(last ? { endDate: localMoment(last) } : {}),
    eventStatus: stateOf(found.status === 'cancelled'),
    eventAttendanceMode: attendance,
    inLanguage: spokenCodes[found.language],
    isAccessibleForFree: true,
    maximumAttendeeCapacity: found.capacity,
    organizer,
    location,
    offers,
    subEvent: found.sessions.map((session, index) => ({
      '@type': 'EducationEvent',
      name: session.lesson ?? `${found.title} (${index + 1})`,
      startDate: localMoment(session.startsAt),
      endDate: localMoment(session.endsAt),
      eventStatus: stateOf(session.state === 'cancelled'),
      eventAttendanceMode: attendance,
      location: session.venue ? place(session.venue, session.venue) : location,
      organizer,
    })),
  };
}

/** JSON that may stand in a page: no tag can begin in it. */
export const jsonForPage = (data: object) =>
  JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
