import { z } from 'zod';

const flag = z.enum(['0', '1']).transform((value) => value === '1');

const httpAddress = z.url({ protocol: /^https?$/ }).optional();
const notAnAddress = 'phải là địa chỉ http hoặc https · must be an http or https address';
/** What goes into a header: nothing a header could end with. */
const token = z
  .string()
  .regex(/^[\x21-\x7e]{1,2000}$/)
  .optional();
const notAToken = 'phải là chữ không dấu, không khoảng trắng · must be printable ASCII without spaces';

const fields = {
  DATABASE_URL: {
    schema: z.string().regex(/^postgres(ql)?:\/\//),
    says: 'phải có dạng postgres://tên:mật-khẩu@máy:5432/cơ-sở-dữ-liệu · must look like postgres://user:password@host:5432/database',
  },
  AUTH_SECRET: {
    schema: z.string().min(32),
    says: 'phải có ít nhất 32 ký tự ngẫu nhiên (openssl rand -base64 48) · must be at least 32 random characters',
  },
  PORT: {
    schema: z.coerce.number().int().min(1).max(65_535).default(3000),
    says: 'phải là số từ 1 đến 65535 · must be a number from 1 to 65535',
  },
  HOST: {
    schema: z
      .string()
      .regex(/^[\w.:-]+$/)
      .default('localhost'),
    says: 'phải là tên hoặc địa chỉ máy, như localhost hay 0.0.0.0 · must be a host name or address',
  },
  PORTAL_URL: {
    schema: z
      .url({ protocol: /^https?$/ })
      .refine((url) => new URL(url).pathname === '/')
      .optional(),
    says: 'phải là địa chỉ gốc như https://camtay.quangtri.gov.vn · must be an origin such as https://portal.example',
  },
  DATA_DIR: { schema: z.string().min(1).default('.data'), says: 'phải là một thư mục · must be a folder' },
  DEMO: { schema: flag.optional(), says: 'phải là 0 hoặc 1 · must be 0 or 1' },
  TRUST_PROXY: { schema: flag.default(false), says: 'phải là 0 hoặc 1 · must be 0 or 1' },
  PAGE_CACHE: { schema: flag.default(true), says: 'phải là 0 hoặc 1 · must be 0 or 1' },
  FIGURES: { schema: flag.default(true), says: 'phải là 0 hoặc 1 · must be 0 or 1' },
  CLOSE_CLASSES: { schema: flag.default(true), says: 'phải là 0 hoặc 1 · must be 0 or 1' },
  MESSAGES: { schema: flag.default(true), says: 'phải là 0 hoặc 1 · must be 0 or 1' },
  ZALO_URL: { schema: httpAddress, says: notAnAddress },
  ZALO_STATUS_URL: { schema: httpAddress, says: notAnAddress },
  ZALO_TOKEN: { schema: token, says: notAToken },
  ZALO_DEDUPES: { schema: flag.default(false), says: 'phải là 0 hoặc 1 · must be 0 or 1' },
  SMS_URL: { schema: httpAddress, says: notAnAddress },
  SMS_STATUS_URL: { schema: httpAddress, says: notAnAddress },
  SMS_TOKEN: { schema: token, says: notAToken },
  SMS_DEDUPES: { schema: flag.default(false), says: 'phải là 0 hoặc 1 · must be 0 or 1' },
  SMTP_URL: {
    schema: z.url({ protocol: /^smtps?$/ }).optional(),
    says: 'phải là địa chỉ như smtps://tên:mật-khẩu@máy:465 · must look like smtps://user:password@host:465',
  },
  MAIL_FROM: {
    schema: z.email().optional(),
    says: 'phải là một địa chỉ thư, cần có khi có SMTP_URL · must be an e-mail address, needed with SMTP_URL',
  },
  WEB_CONCURRENCY: {
    schema: z.coerce.number().int().min(1).max(64).default(1),
    says: 'phải là số từ 1 đến 64 · must be a number from 1 to 64',
  },
};

const schema = z.object({
  DATABASE_URL: fields.DATABASE_URL.schema,
  AUTH_SECRET: fields.AUTH_SECRET.schema,
  PORT: fields.PORT.schema,
  HOST: fields.HOST.schema,
  PORTAL_URL: fields.PORTAL_URL.schema,
  DATA_DIR: fields.DATA_DIR.schema,
  DEMO: fields.DEMO.schema,
  TRUST_PROXY: fields.TRUST_PROXY.schema,
  WEB_CONCURRENCY: fields.WEB_CONCURRENCY.schema,
  PAGE_CACHE: fields.PAGE_CACHE.schema,
  FIGURES: fields.FIGURES.schema,
  CLOSE_CLASSES: fields.CLOSE_CLASSES.schema,
  MESSAGES: fields.MESSAGES.schema,
  ZALO_URL: fields.ZALO_URL.schema,
  ZALO_STATUS_URL: fields.ZALO_STATUS_URL.schema,
  ZALO_TOKEN: fields.ZALO_TOKEN.schema,
  ZALO_DEDUPES: fields.ZALO_DEDUPES.schema,
  SMS_URL: fields.SMS_URL.schema,
  SMS_STATUS_URL: fields.SMS_STATUS_URL.schema,
  SMS_TOKEN: fields.SMS_TOKEN.schema,
  SMS_DEDUPES: fields.SMS_DEDUPES.schema,
  SMTP_URL: fields.SMTP_URL.schema,
  MAIL_FROM: fields.MAIL_FROM.schema,
});

export type Env = z.output<typeof schema>;
export type Settings = Omit<Env, 'DATABASE_URL' | 'AUTH_SECRET'> & Partial<Pick<Env, 'DATABASE_URL' | 'AUTH_SECRET'>>;
type Given = Record<string, string | undefined>;

/** Every wrong setting at once, by name, in both languages. Never holds a value: values may be secrets. */
export class SettingsError extends Error {
  constructor(issues: z.core.$ZodIssue[]) {
    const names = new Set(issues.map((issue) => String(issue.path[0])));
    const lines = Object.entries(fields).flatMap(([name, { says }]) => (names.has(name) ? [`  ${name}: ${says}`] : []));
    super(`Cài đặt chưa đúng · These settings are wrong (see .env.example):\n${lines.join('\n')}`);
    this.name = 'SettingsError';
  }
}

/** An empty setting is one that was not given. */
function given(source: Given): Given {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''));
}

/** What the portal is started with, before the embedded set-up has made a database and a secret. Throws `SettingsError`. */
export function readSettings(source: Given): Settings {
  const parsed = schema.partial({ DATABASE_URL: true, AUTH_SECRET: true }).safeParse(given(source));
  if (!parsed.success) throw new SettingsError(parsed.error.issues);
  if (parsed.data.SMTP_URL && !parsed.data.MAIL_FROM) {
    throw new SettingsError([{ code: 'custom', path: ['MAIL_FROM'], message: '', input: undefined }]);
  }
  // The secret is made for the embedded set-up only: elsewhere several machines must share one.
  if (parsed.data.DATABASE_URL && !parsed.data.AUTH_SECRET) {
    throw new SettingsError([{ code: 'custom', path: ['AUTH_SECRET'], message: '', input: undefined }]);
  }
  return parsed.data;
}

const loopback = /^(localhost|127\.0\.0\.1|\[?::1\]?)$/;

/**
 * Whether the demo world, whose password everybody knows, comes by itself: only beside the embedded database and only where
 * nobody but this machine reaches it. Elsewhere it takes an explicit DEMO=1.
 */
export function demoByDefault({ DATABASE_URL, HOST, PORTAL_URL }: Settings): boolean {
  return !DATABASE_URL && loopback.test(HOST) && (!PORTAL_URL || loopback.test(new URL(PORTAL_URL).hostname));
}
