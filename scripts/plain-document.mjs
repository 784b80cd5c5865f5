// Residents' pages travel as plain documents (docs/decisions/010-plain-documents.md): what only a framework in the browser would
// need is taken out, 180 KB of scripts and half of the HTML, before they are compressed. They work without JavaScript; what a script
// can add is in /portal.js.
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { holdBack } from './hold-back.mjs';

const gzip = promisify(zlib.gzip);
const ours = /\s(?:src="\/portal\.js"|type="application\/ld\+json")/;
const script = /<script\b([^>]*)>[\s\S]*?<\/script>/g;
const forScripts = /<link\b[^>]*\b(?:as="script"|rel="modulepreload")[^>]*>|<!--[^>]*-->/g;

const refused = /<div\b[^>]*\sdata-in-title="([^"]+)"/;

/** A document that brings a form back says so in its title: it is the first thing a screen reader says of a page. */
export function withTroubleInTitle(html) {
  const [, word] = refused.exec(html) ?? [];
  return word ? html.replace('<title>', () => `<title>${word} `) : html;
}

const unsafe = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };

/**
 * A document whose forms say the address they go to. React leaves it out, and a browser then goes on from where one is, with what
 * was jumped to (`#main`, `#enrol`); while that is in the address it will not put the focus on what is wrong in the form.
 */
export function withAddresses(html, url) {
  const own = url.replace(/[&"<>]/g, (letter) => unsafe[letter]);
  return html.replace(/(<form\b[^>]*) action=""/g, (_tag, before) => `${before} action="${own}"`);
}

/**
 * The same document without the framework's scripts, their preloads and its marks. React escapes every `<` in texts and attributes, so an
 * opening `<script` is always a tag.
 */
export function withoutFramework(html) {
  return html.replace(script, (tag, attributes) => (ours.test(attributes) ? tag : '')).replace(forScripts, '');
}

async function sendPlain(res, body, url, compressed) {
  const html = withoutFramework(body.toString('utf8'));
  const plain = Buffer.from(withTroubleInTitle(withAddresses(html, url)));
  const sent = compressed ? await gzip(plain) : plain;
  if (compressed) res.setHeader('Content-Encoding', 'gzip');
  res.setHeader('Vary', 'Accept-Encoding');
  res.setHeader('Content-Length', sent.length);
  res.end(sent);
}

/** Sends what is answered as a plain document, if it is a document. Must be called before Next has the request. */
export function makePlain(req, res) {
  const compressed = /\bgzip\b/.test(req.headers['accept-encoding'] ?? '');
  const { url } = req;
  delete req.headers['accept-encoding'];
  holdBack(res, (body) => {
    if (req.method === 'HEAD' || !String(res.getHeader('content-type')).startsWith('text/html')) return res.end(body);
    sendPlain(res, body, url, compressed).catch(() => res.destroy());
  });
}
