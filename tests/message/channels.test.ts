import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { channelsGiven, httpChannel, mailChannel, type Letter } from '@/lib/message/channels';
import { gateway } from './scene';

const letter: Letter = {
  key: 'k-1',
  to: '+84912345678',
  text: 'Cầm Tay gửi Hoa: “lớp” đổi lịch.',
  notAfter: new Date('2026-11-24T14:00:00Z'),
};
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe('a gateway by HTTP', () => {
  test.each([
    ['ok', 'accepted'],
    ['delivered', 'delivered'],
    ['refuse', 'refused'],
    ['busy', 'later'],
    ['broken', 'unknown'],
    ['brokenAfter', 'unknown'],
    ['slow', 'unknown'],
    ['dropBefore', 'unknown'],
    ['dropAfter', 'unknown'],
  ] as const)('that does "%s" leaves it %s', async (how, outcome) => {
    const receiver = await gateway({ dedupes: true, behave: () => how, slowness: 3000 });
    closing.push(receiver.close);
    // Patience runs out where it is to run out, and nowhere because the machine is busy.
    const patience = how === 'slow' ? 1000 : 20_000;
    const channel = httpChannel({ url: receiver.url, dedupes: true, patience });
    expect(await channel.hand(letter)).toMatchObject({ outcome });
    expect(receiver.seen[0]).toMatchObject({
      key: 'k-1',
      to: letter.to,
      text: letter.text,
      notAfter: '2026-11-24T14:00:00.000Z',
    });
  });

  test('that is not there never had it', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const channel = httpChannel({ url: `http://127.0.0.1:${port}/`, dedupes: false });
    expect(await channel.hand(letter)).toEqual({ outcome: 'later', answer: 'ECONNREFUSED' });
  });

  test('gives a repeated key on once, and says so', async () => {
    const receiver = await gateway({ dedupes: true, behave: (nth) => (nth === 1 ? 'dropAfter' : 'ok') });
    closing.push(receiver.close);
    const channel = httpChannel({ url: receiver.url, dedupes: true });
    expect(await channel.hand(letter)).toMatchObject({ outcome: 'unknown' });
    expect(await channel.hand(letter)).toMatchObject({ outcome: 'accepted' });
    expect(receiver.given).toHaveLength(1);
  });

  test('is asked by key what became of a message', async () => {
    const receiver = await gateway({ dedupes: true, behave: () => 'ok' });
    closing.push(receiver.close);
    const channel = httpChannel({ url: receiver.url, dedupes: true, statusUrl: receiver.url });
    receiver.states.set('k-1', 'delivered').set('k-2', 'failed').set('k-3', 'nonsense');
    const asked = await Promise.all(['k-1', 'k-2', 'k-3', 'k-4'].map((key) => channel.ask?.(key)));
    expect(asked).toEqual(['delivered', 'failed', null, null]);
  });
});

async function mailServer(options: SMTPServerOptions) {
  const got: { to: string[]; text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => parts.push(chunk));
      stream.on('end', () => {
        got.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(parts).toString() });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = listening.address() as AddressInfo;
  return { got, port, channel: mailTo(port) };
}
const mailTo = (port: number) =>
  mailChannel({ url: `smtp://127.0.0.1:${port}`, from: 'camtay@quangtri.example', patience: 1500 });
const trouble = (code: number) => Object.assign(new Error('không nhận'), { responseCode: code });
const mail = { ...letter, to: 'hoa@thu.example' };

describe('a mail server', () => {
  test('gets the words, with the key as the message’s own id and no word of anybody else', async () => {
    const { got, channel } = await mailServer({});
    expect(await channel.hand(mail)).toEqual({ outcome: 'accepted', answer: '250' });
    expect(got).toHaveLength(1);
    expect(got[0]?.to).toEqual(['hoa@thu.example']);
    expect(got[0]?.text).toMatch(/Message-ID: <k-1@quangtri\.example>/i);
    expect(got[0]?.text).toMatch(/Auto-Submitted: auto-generated/i);
  });

  test('that does not know the reader refuses it for good; one that is busy has it later', async () => {
    const unknown = await mailServer({ onRcptTo: (_to, _session, done) => done(trouble(550)) });
    expect(await unknown.channel.hand(mail)).toMatchObject({ outcome: 'refused' });
    const busy = await mailServer({ onRcptTo: (_to, _session, done) => done(trouble(451)) });
    expect(await busy.channel.hand(mail)).toMatchObject({ outcome: 'later' });
    const full = await mailServer({
      onData(stream, _session, done) {
        stream.resume().on('end', () => done(trouble(452)));
      },
    });
    expect(await full.channel.hand(mail)).toMatchObject({ outcome: 'later' });
  });

  test('that does not like our settings says nothing of this reader', async () => {
    const { channel } = await mailServer({ onMailFrom: (_from, _session, done) => done(trouble(553)) });
    expect(await channel.hand(mail)).toMatchObject({ outcome: 'later' });
  });

  test('that hangs up once it has the message leaves it unknown: it is never sent again by itself', async () => {
    const open = new Set<net.Socket>();
    const { got, port } = await mailServer({
      onData(stream, session, _done) {
        stream.resume().on('end', () => {
          got.push({ to: [], text: session.id });
          for (const socket of open) socket.destroy();
        });
      },
    });
    // The server keeps its sockets to itself: a bridge in between cuts the line.
    const bridged = await bridge(port, open);
    expect(await bridged.hand(mail)).toMatchObject({ outcome: 'unknown' });
    expect(got).toHaveLength(1);
    expect(bridged.dedupes).toBe(false);
  });

  test('that is not there never had it', async () => {
    expect(await mailTo(1).hand(mail)).toMatchObject({ outcome: 'later' });
  });
});

/** A line to the mail server that the test can cut: bytes go through as they are. */
async function bridge(target: number, open: Set<net.Socket>) {
  const server = net.createServer((socket) => {
    const onward = net.connect(target, '127.0.0.1');
    open.add(socket).add(onward);
    for (const [from, into] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      from.on('data', (chunk: Buffer) => into.write(chunk));
      from.on('error', () => undefined).on('close', () => into.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return mailTo((server.address() as AddressInfo).port);
}

test('the demo has no channel, whatever the settings; elsewhere those that were set', () => {
  const set = {
    SMS_URL: 'http://sms.example/',
    SMS_DEDUPES: '1',
    ZALO_URL: 'http://zalo.example/',
    SMTP_URL: 'smtp://mail.example',
    MAIL_FROM: 'a@b.example',
  };
  expect(channelsGiven({ ...set, DEMO: '1' })).toEqual({});
  expect(Object.keys(channelsGiven(set))).toEqual(['zalo', 'sms', 'email']);
  expect(channelsGiven(set).sms?.dedupes).toBe(true);
  expect(channelsGiven(set).zalo?.dedupes).toBe(false);
  expect(channelsGiven({ SMTP_URL: 'smtp://mail.example' })).toEqual({});
});
