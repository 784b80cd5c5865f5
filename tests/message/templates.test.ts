import { describe, expect, test } from 'vitest';
import { compose, templates, textParts, wordsOf, type TemplateName } from '@/lib/message/templates';

const samples: Record<TemplateName, Record<string, unknown>> = {
  offer: base({ until: 'Thứ Tư, 25/11/2026, 09:00' }),
  place: base(),
  change: { ...base(), changes: [{ kind: 'off', was: 'Thứ Ba, 24/11/2026, 19:30' }], more: '' },
  class_off: { ...base(), reason: 'Bão số 12' },
  evening: base({ bring: 'Điện thoại, sạc' }),
  morning: base(),
  visit: home({ who: '2 người của Tổ công nghệ số Thôn 1', pin: '0042', was: 'Thứ Hai, 23/11/2026, 08:00' }),
  visit_off: home({ team: 'Tổ công nghệ số Thôn 1' }),
  visit_soon: home({ who: '2 người của Tổ công nghệ số Thôn 1', pin: '0042' }),
  ask: { ...asks([{ kind: 'helps', now: 'Thứ Ba, 24/11/2026, 19:30', where: 'Nhà văn hóa Thôn 1' }]), more: '2' },
  let_go: asks([{ kind: 'off', now: 'Thứ Ba, 24/11/2026, 19:30' }]),
  round: { ...round(), team: 'Tổ công nghệ số Thôn 1' },
  round_off: { ...round(), how: 'không đi nữa' },
};
function home(more: Record<string, unknown> = {}) {
  const when = 'Thứ Ba, 24/11/2026, 08:00 – 10:00';
  return { to: 'báo cô bác', when, hotline: '0912 000 111', ...more };
}
function asks(lines: readonly object[]) {
  return { to: 'gửi Nguyễn Thị Hoa', class: 'Dùng điện thoại từ đầu', hotline: '0912 000 111', asks: lines, more: '' };
}
function round() {
  return {
    to: 'gửi Nguyễn Thị Hoa',
    where: 'Thôn 1',
    when: 'Thứ Ba, 24/11/2026, 08:00 – 10:00',
    hotline: '0912 000 111',
  };
}
function base(more: Record<string, unknown> = {}) {
  return {
    to: 'gửi Nguyễn Thị Hoa',
    class: 'Dùng điện thoại từ đầu',
    hotline: '0912 000 111',
    when: 'Thứ Ba, 24/11/2026, 19:30',
    where: 'Nhà văn hóa Thôn 1',
    ...more,
  };
}
const names = Object.keys(templates) as TemplateName[];
const every = names.flatMap((name) => templates[name].map((one) => ({ name, ...one })));

describe.each(every)('$name, version $version', (one) => {
  test('every value it says is one it checks, and every one it checks is said', () => {
    const said = [...one.says, ...Object.values(one.each?.says ?? {})].join(' ');
    const named = new Set([...said.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''));
    const lineValues = new Set(['was', 'now', 'where', 'kind']);
    const shape = Object.keys(one.values.parse(samples[one.name]));
    expect(shape.filter((name) => !named.has(name))).toEqual([]);
    expect([...named].filter((name) => !shape.includes(name) && !(one.each && lineValues.has(name)))).toEqual([]);
  });

  test('holds no link, no address, and asks for no code', () => {
    const said = [...one.says, ...Object.values(one.each?.says ?? {})].join(' ');
    expect(said).not.toMatch(/https?:|www\.|\.vn\b|\.com\b|bấm vào|nhấn vào|đường dẫn/i);
    // The one sentence that names codes and money says that nobody asks for them.
    expect(said.replace(/Không ai (?:của lớp )?hỏi mã, mật khẩu hay tiền\./, '')).not.toMatch(
      /\bmã\b|OTP|mật khẩu|tài khoản|căn cước|tiền/i,
    );
  });

  test('is whole sentences with nothing left to fill in', () => {
    const words = wordsOf(compose(one.name, samples[one.name]));
    expect(words).not.toMatch(/[{}]|undefined|null|\.\.|\s{2}/);
    // Whoever holds the phone reads what is said of a visit: it names nobody.
    expect(words).toMatch(one.name.startsWith('visit') ? /^Cầm Tay báo cô bác: / : /^Cầm Tay gửi Nguyễn Thị Hoa: /);
  });
});

test('a sentence whose value is missing is left out', () => {
  const words = wordsOf(compose('evening', base({ hotline: '', bring: '' })));
  expect(words).toBe(
    'Cầm Tay gửi Nguyễn Thị Hoa: ngày mai có buổi học “Dùng điện thoại từ đầu”. Thứ Ba, 24/11/2026, 19:30, tại Nhà văn hóa Thôn 1. Không ai của lớp hỏi mã, mật khẩu hay tiền.',
  );
});

test('what somebody typed cannot bring a link into a message', () => {
  const words = wordsOf(
    compose('class_off', base({ reason: 'Xem https://lua-dao.example/x và www.abc.vn hoặc nhan-qua.com/otp' })),
  );
  expect(words).toContain('Lý do: Xem và hoặc.');
  expect(words).not.toMatch(/https?:|www\.|\.com|\.vn/);
});

test('values that are none of the template’s are refused, not sent', () => {
  expect(() => compose('evening', { ...base(), when: 5 })).toThrow();
  expect(() => compose('change', { ...base(), changes: [] })).toThrow();
  expect(() => compose('place', { ...base(), class: '' })).toThrow();
  expect(wordsOf({ template: 'place', version: 99, values: base() })).toBeNull();
  expect(wordsOf({ template: 'place', version: 1, values: null })).toBeNull();
});

test('a text message with marks goes in parts of 67 signs once it is longer than 70', () => {
  expect([1, 70, 71, 134, 135].map((length) => textParts('ạ'.repeat(length)))).toEqual([1, 1, 2, 2, 3]);
});
