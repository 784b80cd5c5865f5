import { z } from 'zod';
import { tidy } from '@/lib/kernel/text';
import type { MessagePurpose } from './schema';

/**
 * What the portal says to residents and helpers, in Vietnamese whatever language its pages are in: data with versions. A version that was used is never
 * changed; other words are another version. A sentence with a value that is empty is left out. No template asks for anything, and none holds
 * a link or an address: whoever gets a message from "us" that does is warned by that (tests/message/templates.test.ts).
 */

/** Text of ours or somebody's that goes into a message: one line, nothing one could press. */
const said = (max: number) =>
  z
    .string()
    .transform((text) =>
      tidy(text.replace(/\b(?:https?:\/\/|www\.)\S+|\S+\.(?:vn|com|net|org|info|me|ly)(?:\/\S*)?/giu, '')).slice(
        0,
        max,
      ),
    );
const needed = (max: number) => said(max).pipe(z.string().min(1));
const maybe = (max: number) => said(max);

const base = {
  /** "gửi Nguyễn Thị Hoa", or "nhờ báo giúp Nguyễn Thị Hoa" where the phone is a relative's. */
  to: needed(120),
  class: needed(120),
  hotline: maybe(20),
};
const meeting = { ...base, when: needed(60), where: needed(160) };

const change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off'), was: needed(60) }),
  z.object({ kind: z.literal('moved'), was: needed(60), now: needed(60), where: needed(160) }),
  z.object({ kind: z.literal('place'), now: needed(60), where: needed(160) }),
  z.object({ kind: z.literal('on'), now: needed(60), where: needed(160) }),
]);
export type ChangeLine = z.input<typeof change>;

/** Of a visit: neither who is visited nor what for, since whoever holds the phone reads it. */
const home = { to: needed(60), when: needed(60), hotline: maybe(20) };
/** `who`: "2 người của Tổ công nghệ số". */
const coming = { ...home, who: needed(140), pin: needed(4) };
const round = { to: needed(120), where: needed(120), when: needed(60), hotline: maybe(20) };

const asked = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['teaches', 'helps', 'moved']), now: needed(60), where: needed(160) }),
  z.object({ kind: z.enum(['off', 'free']), now: needed(60) }),
]);
export type AskLine = z.input<typeof asked>;
const questions = { ...base, asks: z.array(asked).min(1).max(4), more: maybe(10) };

interface Template {
  readonly version: number;
  readonly values: z.ZodType<Record<string, unknown>>;
  readonly says: readonly string[];
  /** Of a list in the values: one sentence for each, by its kind. */
  readonly each?: { readonly of: string; readonly says: Readonly<Record<string, string>> };
}

const warning = 'Không ai của lớp hỏi mã, mật khẩu hay tiền.';
const ask = 'Hỏi về lớp: {hotline}.';
const nobodyAsks = 'Không ai hỏi mã, mật khẩu hay tiền.';
const rightNumber = 'Ai đến phải nói đúng số {pin}. Nói sai thì đừng mở cửa.';
const askAgain = 'Muốn hỏi lại: {hotline}.';

export const templates: Readonly<Record<MessagePurpose, readonly Template[]>> = {
  offer: [
    {
      version: 1,
      values: z.object({ ...meeting, until: needed(60) }),
      says: [
        'Cầm Tay {to}: lớp “{class}” vừa có chỗ.',
        'Buổi tới: {when}, tại {where}.',
        'Muốn học thì trả lời trước {until}: mở phiếu của mình, hoặc nói với người phụ trách lớp.',
        ask,
        warning,
      ],
    },
  ],
  place: [
    {
      version: 1,
      values: z.object(meeting),
      says: ['Cầm Tay {to}: đã có chỗ trong lớp “{class}”.', 'Buổi tới: {when}, tại {where}.', ask, warning],
    },
  ],
  change: [
    {
      version: 1,
      values: z.object({ ...base, changes: z.array(change).min(1).max(6), more: maybe(10) }),
      says: [
        'Cầm Tay {to}: lớp “{class}” đổi lịch.',
        '{changes}',
        'Còn {more} buổi nữa cũng đổi, hỏi lớp để biết.',
        ask,
        warning,
      ],
      each: {
        of: 'changes',
        says: {
          off: 'Buổi {was} nghỉ.',
          moved: 'Buổi {was} chuyển sang {now}, tại {where}.',
          place: 'Buổi {now} đổi chỗ: học tại {where}.',
          on: 'Buổi {now} vẫn học, tại {where}.',
        },
      },
    },
  ],
  class_off: [
    {
      version: 1,
      values: z.object({ ...base, reason: maybe(160) }),
      says: [
        'Cầm Tay {to}: lớp “{class}” không mở nữa, mong cô bác thông cảm.',
        'Lý do: {reason}.',
        'Hỏi lớp khác: {hotline}.',
        warning,
      ],
    },
  ],
  evening: [
    {
      version: 1,
      values: z.object({ ...meeting, bring: maybe(120) }),
      says: [
        'Cầm Tay {to}: ngày mai có buổi học “{class}”.',
        '{when}, tại {where}.',
        'Nhớ mang theo: {bring}.',
        'Không đến được thì báo giúp lớp: {hotline}.',
        warning,
      ],
    },
  ],
  morning: [
    {
      version: 1,
      values: z.object(meeting),
      says: ['Cầm Tay {to}: hôm nay có buổi học “{class}”.', '{when}, tại {where}.', ask],
    },
  ],
  visit: [
    {
      version: 1,
      values: z.object({ ...coming, was: maybe(200) }),
      says: [
        'Cầm Tay {to}: {when}, {who} đến nhà.',
        'Hẹn cũ {was} thì thôi, hôm đó không ai đến.',
        rightNumber,
        askAgain,
        nobodyAsks,
      ],
    },
  ],
  visit_off: [
    {
      version: 1,
      values: z.object({ ...home, team: needed(120) }),
      says: [
        'Cầm Tay {to}: {when} không có ai của {team} đến nhà nữa, mong cô bác thông cảm.',
        'Có ai đến thì đừng mở cửa.',
        askAgain,
        nobodyAsks,
      ],
    },
  ],
  visit_soon: [
    {
      version: 1,
      values: z.object(coming),
      says: ['Cầm Tay {to}: ngày mai, {when}, {who} đến nhà như đã hẹn.', rightNumber, askAgain, nobodyAsks],
    },
  ],
  ask: [
    {
      version: 1,
      values: z.object(questions),
      says: [
        'Cầm Tay {to}: lớp “{class}” nhờ anh chị.',
        '{asks}',
        'Còn {more} buổi nữa.',
        'Nhận lời hay bận thì trả lời ở trang Hôm nay, hoặc gọi lại.',
        ask,
      ],
      each: {
        of: 'asks',
        says: {
          teaches: 'Đứng lớp {now}, tại {where}.',
          helps: 'Ngồi cạnh chỉ {now}, tại {where}.',
          moved: 'Buổi dời sang {now}, tại {where}, anh chị còn đến được không?',
          off: 'Buổi {now} nghỉ.',
          free: 'Buổi {now} anh chị khỏi đến.',
        },
      },
    },
  ],
  let_go: [
    {
      version: 1,
      values: z.object(questions),
      says: [
        'Cầm Tay {to}: lớp “{class}” báo anh chị.',
        '{asks}',
        'Còn {more} buổi nữa cũng vậy.',
        'Cảm ơn anh chị.',
        ask,
      ],
      each: {
        of: 'asks',
        says: {
          teaches: 'Đứng lớp {now}, tại {where}.',
          helps: 'Ngồi cạnh chỉ {now}, tại {where}.',
          moved: 'Buổi dời sang {now}, tại {where}.',
          off: 'Buổi {now} nghỉ.',
          free: 'Buổi {now} anh chị khỏi đến.',
        },
      },
    },
  ],
  round: [
    {
      version: 1,
      values: z.object({ ...round, team: needed(120) }),
      says: [
        'Cầm Tay {to}: anh chị đi thăm nhà ở {where} cùng {team}, {when}.',
        'Đến những nhà nào thì xem ở trang Hôm nay.',
        'Không đi được thì báo ngay: {hotline}.',
      ],
    },
  ],
  round_off: [
    {
      version: 1,
      values: z.object({ ...round, how: needed(60) }),
      says: ['Cầm Tay {to}: chuyến thăm nhà ở {where}, {when}, {how}.', 'Hỏi lại: {hotline}.'],
    },
  ],
};
export type TemplateName = keyof typeof templates;

/** The current version of a template with these values in it, checked; throws on values that are none of its. */
export function compose(name: TemplateName, values: Record<string, unknown>): Composed {
  const template = templates[name].at(-1);
  if (!template) throw new Error(`no template ${name}`);
  return { template: name, version: template.version, values: template.values.parse(values) };
}
export interface Composed {
  readonly template: TemplateName;
  readonly version: number;
  readonly values: Record<string, unknown>;
}

/** The words of a message, from the version it was composed with. Null where the values were erased. */
export function wordsOf({
  template,
  version,
  values,
}: {
  template: string | null;
  version: number | null;
  values: unknown;
}): string | null {
  const known = Object.entries(templates)
    .find(([name]) => name === template)?.[1]
    .find((one) => one.version === version);
  const given = known?.values.safeParse(values);
  if (!known || !given?.success) return null;
  const { each } = known;
  const list = each && Array.isArray(given.data[each.of]) ? (given.data[each.of] as unknown[]) : [];
  const lines = list.map((one) => {
    const fields = typeof one === 'object' && one !== null ? { ...one } : {};
    const kind = 'kind' in fields ? String(fields.kind) : '';
    return filled(each?.says[kind] ?? '', fields) ?? '';
  });
  return known.says
    .map((sentence) => (each && sentence === `{${each.of}}` ? lines.join(' ') : filled(sentence, given.data)))
    .filter((sentence) => sentence !== null && sentence !== '')
    .join(' ');
}

/** The sentence with its values; null where one is empty. A value that ends with the sentence's own stop does not stop twice. */
function filled(sentence: string, values: Record<string, unknown>): string | null {
  let whole = true;
  const words = sentence.replace(/\{(\w+)\}(\.?)/g, (_all, name: string, stop: string) => {
    const value = values[name];
    if (typeof value !== 'string' || value === '') whole = false;
    return `${String(value ?? '').replace(stop ? /[.\s]+$/ : /\s+$/, '')}${stop}`;
  });
  return whole ? words : null;
}

/** In how many parts a text message goes: 70 signs with marks alone, 67 in each of several (GSM 03.38, UCS-2). */
export function textParts(text: string): number {
  return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
}
