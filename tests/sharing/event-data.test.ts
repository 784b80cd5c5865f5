import { describe, expect, it } from 'vitest';
import type { ClassDetails } from '@/lib/class/schema';
import { momentOf } from '@/lib/kernel/clock';
import { eventData, jsonForPage } from '@/lib/sharing/rules';

const session = (day: string, state: 'toCome' | 'cancelled') => ({
  id: day,
  startsAt: momentOf(day, '19:30'),
  endsAt: momentOf(day, '21:00'),
  state,
  reason: null,
  lesson: null,
  venue: null,
  note: '',
  movedFrom: null,
});
const found: ClassDetails = {
  id: 'abcdefgh',
  areaId: 1,
  status: 'published',
  statusReason: null,
  over: false,
  capacity: 20,
  title: 'Điện thoại </script><script>alert(1)</script>',
  summary: 'Gọi & nhắn',
  bring: 'Điện thoại',
  venue: 'Nhà văn hóa',
  address: 'Thôn 1',
  wayThere: '',
  stepFree: false,
  placeName: 'Thôn 1',
  unitName: 'Phường Đồng Thuận',
  seatsLeft: 3,
  waiting: 0,
  teamName: 'Tổ công nghệ số',
  language: 'bru',
  note: '',
  hotline: '',
  skillCode: null,
  skills: [],
  sessions: [session('2026-11-24', 'cancelled'), session('2026-11-26', 'toCome')],
};

describe('a class for search engines', () => {
  it('is a free event in a place, with its meetings, in the province’s time', () => {
    expect(eventData(found, 'https://portal.example/classes/abcdefgh')).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'EducationEvent',
      startDate: '2026-11-26T19:30:00+07:00',
      endDate: '2026-11-26T21:00:00+07:00',
      eventStatus: 'https://schema.org/EventScheduled',
      inLanguage: 'bru',
      isAccessibleForFree: true,
      organizer: { '@type': 'Organization', name: 'Tổ công nghệ số' },
      location: { '@type': 'Place', name: 'Nhà văn hóa', address: { addressCountry: 'VN' } },
      offers: { price: 0, priceCurrency: 'VND', availability: 'https://schema.org/InStock' },
      subEvent: [
        { eventStatus: 'https://schema.org/EventCancelled', startDate: '2026-11-24T19:30:00+07:00' },
        { eventStatus: 'https://schema.org/EventScheduled' },
      ],
    });
    expect(eventData({ ...found, status: 'cancelled' }, '')).toMatchObject({
      eventStatus: 'https://schema.org/EventCancelled',
    });
  });

  it('begins no tag in the page and reads the same', () => {
    const json = jsonForPage(eventData(found, 'https://portal.example/a?b&c'));
    expect(json).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(json)).toMatchObject({ name: found.title, description: found.summary });
  });
});
