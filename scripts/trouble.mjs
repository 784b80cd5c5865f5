// Pages of trouble that can be read. When a page says "not found" or "not yours", or breaks, Next answers with an empty
// document that only JavaScript fills. People without it would see nothing, so the server shows the same words as an
// ordinary page, under the status that Next gave.
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { isDocument, isStaffPlace } from './addresses.mjs';

const kinds = { 404: 'not-found', 403: 'forbidden', 500: 'failed' };
// Marks our own request for such a page, so that trouble on the way to it ends here.
process.env.PORTAL_TROUBLE_MARK ??= randomBytes(16).toString('hex'); // workers inherit it: any of them may be asked
const mark = process.env.PORTAL_TROUBLE_MARK;

function addressOf(req, kind) {
  const language = /^\/en(?:[/?]|$)/.test(req.url) ? '/en' : '';
  return `${language}/${isStaffPlace(req.url) ? 'staff-trouble' : 'trouble'}/${kind}`;
}

function fetchHere({ port, host = 'localhost' }, path, cookie) {
  return new Promise((resolve, reject) => {
    const headers = { 'x-portal-trouble': mark, ...(cookie ? { cookie } : {}) };
    const asked = http
      .get({ host, port, path, headers, timeout: 5000 }, (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () => resolve({ body: Buffer.concat(chunks), headers: answer.headers }));
        answer.on('error', reject);
      })
      .on('error', reject)
      .on('timeout', () => asked.destroy(new Error('no answer')));
  });
}

/**
 * Lets everything through but the empty document of trouble: that one is dropped and `answer` is asked for another. Must
 * be called before Next has the response.
 */
export function makeTroubleReadable(req, res, here) {
  if (!isDocument(req) || req.headers['x-portal-trouble'] === mark) return;
  const write = res.write.bind(res);
  const end = res.end.bind(res);
  const kindNow = () =>
    res.headersSent || !String(res.getHeader('content-type')).startsWith('text/html')
      ? undefined
      : kinds[res.statusCode];
  let kind;
  let answering = false;
  let ours = false;
  // Next sends the headers first of all: from here on it would be too late.
  const flush = res.flushHeaders.bind(res);
  res.flushHeaders = () => {
    kind ??= kindNow();
    if (!kind) flush();
  };
  const writeHead = res.writeHead.bind(res);
  res.writeHead = (...given) => {
    kind ??= kindNow();
    return kind && !ours ? res : writeHead(...given);
  };
  const answerReadably = async (what) => {
    const page = await fetchHere(here, addressOf(req, what), req.headers.cookie).catch(() => null);
    ours = true;
    if (!page) return void end();
    for (const name of ['content-encoding', 'transfer-encoding', 'etag', 'link']) res.removeHeader(name);
    // Its scripts carry the other request's nonce.
    res.setHeader('Content-Security-Policy', page.headers['content-security-policy'] ?? '');
    res.setHeader('Content-Length', page.body.length);
    res.setHeader('Cache-Control', 'no-store');
    end(req.method === 'HEAD' ? undefined : page.body);
  };
  res.write = (...given) => {
    kind ??= kindNow();
    return kind ? true : write(...given);
  };
  res.end = (...given) => {
    kind ??= kindNow();
    if (!kind) return end(...given);
    if (answering) return res;
    answering = true;
    void answerReadably(kind);
    return res;
  };
}
