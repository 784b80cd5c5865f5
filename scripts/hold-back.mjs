const held = ['write', 'end', 'writeHead', 'flushHeaders'];

/**
 * Holds back what is written to a response until it is whole; then gives the response its methods back and calls `whole` with the body,
 * which must end it. Status and headers wait in the response and can still be changed.
 */
export function holdBack(res, whole) {
  const before = held.map((name) => [name, res[name]]);
  const chunks = [];
  res.writeHead = (status, ...rest) => {
    res.statusCode = status;
    for (const [name, value] of Object.entries(rest.at(-1) ?? {})) if (value !== undefined) res.setHeader(name, value);
    return res;
  };
  res.flushHeaders = () => undefined;
  // Always ready for more: a visitor who reads slowly must not hold up those who wait for the same page.
  res.write = (chunk, encoding) => {
    chunks.push(Buffer.from(chunk, typeof encoding === 'string' ? encoding : 'utf8'));
    return true;
  };
  res.end = (chunk, encoding) => {
    if (chunk && typeof chunk !== 'function') res.write(chunk, encoding);
    for (const [name, method] of before) res[name] = method;
    whole(Buffer.concat(chunks));
    return res;
  };
}
