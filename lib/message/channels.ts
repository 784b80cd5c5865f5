import { createTransport } from 'nodemailer';
import type { MessageChannel } from './schema';

/** A message as a channel gets it. `key` is the same each time it is handed over: a receiver that knows it gives it on once. */
export interface Letter {
  readonly key: string;
  readonly to: string;
  readonly text: string;
  /** Not to be delivered after that: quiet hours, or it says nothing true any more. */
  readonly notAfter: Date;
}

/**
 * What became of it. `accepted`: the receiver has it. `refused`: it never will, try another way. `later`: it has it not, try again.
 * `unknown`: it may have it or not (no answer, an answer that says nothing).
 */
export interface Handed {
  readonly outcome: 'accepted' | 'delivered' | 'refused' | 'later' | 'unknown';
  readonly answer: string;
}

export interface Channel {
  /** The receiver promises to give on a key once, however often it gets it. */
  readonly dedupes: boolean;
  readonly hand: (letter: Letter) => Promise<Handed>;
  /** What became of it since; null where the receiver does not say. */
  readonly ask?: (key: string) => Promise<'delivered' | 'failed' | null>;
}
export type Channels = Readonly<Partial<Record<MessageChannel, Channel>>>;

/** So long an answer is waited for; a worker holds a message a good deal longer. */
const patience = 10_000;
/** The other end was never reached: it cannot have it. */
const neverReached = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

interface HttpSettings {
  readonly url: string;
  readonly token?: string | undefined;
  readonly dedupes: boolean;
  readonly statusUrl?: string | undefined;
  readonly patience?: number;
}

/**
 * Text messages or Zalo by the province's own gateway: a POST of `{ key, to, text, notAfter }` as JSON, the key also as `Idempotency-Key`.
 * Answers: 2xx has it (`{ "state": "delivered" }` where it knows more), 409 had it before, 400 and 422 never will; 429, 503 and what speaks of the
 * settings (401, 403, 404, a redirect) later; anything else, or nothing, says nothing. Only the operator's settings name the address.
 */
export function httpChannel({ url, token, dedupes, statusUrl, patience: waits = patience }: HttpSettings): Channel {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const call = (address: string, init: RequestInit) =>
    fetch(address, { ...init, redirect: 'manual', signal: AbortSignal.timeout(waits) });
  return {
    dedupes,
    async hand({ key, to, text, notAfter }) {
      try {
        const body = JSON.stringify({ key, to, text, notAfter: notAfter.toISOString() });
        const answer = await call(url, { method: 'POST', headers: { ...headers, 'idempotency-key': key }, body });
        const said = await stateIn(answer);
        return { outcome: outcomeOf(answer.status, said), answer: String(answer.status) };
      } catch (error) {
        const code = codeOf(error);
        return { outcome: neverReached.has(code) ? 'later' : 'unknown', answer: code };
      }
    },
    ...(statusUrl
      ? {
          async ask(key: string) {
            try {
              const answer = await call(`${statusUrl.replace(/\/$/, '')}/${encodeURIComponent(key)}`, { headers });
              const said = answer.ok ? await stateIn(answer) : '';
              return said === 'delivered' || said === 'failed' ? said : null;
            } catch {
              return null;
            }
          },
        }
      : {}),
  };
}

function outcomeOf(status: number, said: string): Handed['outcome'] {
  if (status >= 200 && status < 300)
    return said === 'delivered' ? 'delivered' : said === 'refused' ? 'refused' : 'accepted';
  if (status === 409) return 'accepted';
  if (status === 400 || status === 422) return 'refused';
  const settings = status === 401 || status === 403 || status === 404 || (status >= 300 && status < 400);
  return status === 429 || status === 503 || settings ? 'later' : 'unknown';
}

/** What a receiver says of a message; '' where it says nothing we know. */
async function stateIn(answer: Response): Promise<string> {
  const text = (await answer.text()).slice(0, 10_000);
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && 'state' in body && typeof body.state === 'string'
      ? body.state
      : '';
  } catch {
    return '';
  }
}

/** The short word for what went wrong on the way. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  return (code || (cause instanceof Error ? cause.name : 'unknown')).slice(0, 40);
}

/**
 * E-mail through the province's own server. A connection that broke before the words were begun never had them; a number of the server's own
 * says the rest (5xx never, 4xx later). Once they were begun and no number came, nobody knows, and a mail server makes no promise about keys,
 * though the Message-ID is the key. How far it came is told by what we sent, not by the error: a line that is cut says "CONN" at every step.
 */
export function mailChannel({
  url,
  from,
  patience: waits = patience,
}: {
  url: string;
  from: string;
  patience?: number;
}): Channel {
  const [, domain = 'cam-tay'] = from.replace(/[<>]/g, '').split('@');
  return {
    dedupes: false,
    async hand({ key, to, text, notAfter }) {
      let begun = false;
      const transport = createTransport({
        url,
        connectionTimeout: waits,
        greetingTimeout: waits,
        socketTimeout: waits,
        dnsTimeout: waits,
        disableFileAccess: true,
        disableUrlAccess: true,
        transactionLog: true,
        logger: listening((said) => (begun ||= said === 'DATA')),
      } as Parameters<typeof createTransport>[0]);
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject: 'Cầm Tay báo tin lớp học',
          text,
          messageId: `<${key}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated', Expires: notAfter.toUTCString() },
        });
        return { outcome: 'accepted', answer: '250' };
      } catch (error) {
        return mailTrouble(error, begun);
      }
    },
  };
}

/** A log that keeps nothing: it hears what we say to the server, command by command. */
function listening(hear: (said: string) => void) {
  const line = (entry: unknown, said: unknown) => {
    if (typeof entry === 'object' && entry !== null && 'tnx' in entry && entry.tnx === 'client')
      hear(String(said).trim());
  };
  return { level: () => undefined, trace: line, debug: line, info: line, warn: line, error: line, fatal: line };
}

function mailTrouble(error: unknown, begun: boolean): Handed {
  const { responseCode, command, code } = Object(error) as {
    responseCode?: unknown;
    command?: unknown;
    code?: unknown;
  };
  const answer = String(responseCode ?? code ?? 'unknown').slice(0, 40);
  const number = typeof responseCode === 'number' && responseCode >= 400 ? responseCode : null;
  // What is said of the sign-in or the sender is about the settings, not about this reader.
  const ofReader = typeof command === 'string' && /^(RCPT|DATA)/.test(command);
  if (number !== null) return { outcome: number >= 500 && ofReader ? 'refused' : 'later', answer };
  return { outcome: begun ? 'unknown' : 'later', answer };
}

type Given = Readonly<Record<string, string | undefined>>;

/**
 * The channels this portal was given by its settings; none in the demo, from which nothing is ever sent. Without any, whoever is to be told
 * is told by hand.
 */
export function channelsGiven(env: Given): Channels {
  if (env.DEMO === '1') return {};
  const http = (name: 'SMS' | 'ZALO') => {
    const url = env[`${name}_URL`];
    return url
      ? httpChannel({
          url,
          token: env[`${name}_TOKEN`] || undefined,
          dedupes: env[`${name}_DEDUPES`] === '1',
          statusUrl: env[`${name}_STATUS_URL`] || undefined,
        })
      : undefined;
  };
  const [zalo, sms] = [http('ZALO'), http('SMS')];
  const email = env.SMTP_URL && env.MAIL_FROM ? mailChannel({ url: env.SMTP_URL, from: env.MAIL_FROM }) : undefined;
  return { ...(zalo ? { zalo } : {}), ...(sms ? { sms } : {}), ...(email ? { email } : {}) };
}
