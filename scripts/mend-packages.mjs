// Faults of packages that their makers have not mended yet. Each goes when a release brings the cure.
import fs from 'node:fs';
import path from 'node:path';

/**
 * postgres 3.4.9, when a connection ends in the middle of a transaction: what the transaction still asks is sent into nothing and never
 * answered, or worse, into the next connection, outside of any transaction; and a connection that had something to send at that moment
 * never sends again (github.com/porsager/postgres, issue 1208). tests/runtime/lost-connection.test.ts tells when this can go.
 */
const postgres = {
  'src/connection.js': [
    [
      'clearImmediate(nextWriteTimer)\n    socket.removeListener',
      'clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    socket.removeListener',
    ],
  ],
  'src/index.js': [
    ['let savepoints = 0\n', 'let gone = null\n      , savepoints = 0\n'],
    [
      'connection.onclose = reject)',
      'connection.onclose = error => {\n          gone = error\n          while (queries.length)\n            queries.shift().reject(error)\n          reject(error)\n        })',
    ],
    [
      'function handler(q) {\n        q.catch(',
      'function handler(q) {\n        if (gone)\n          return q.reject(gone)\n\n        q.catch(',
    ],
  ],
};

function mend(file, changes) {
  const before = fs.readFileSync(file, 'utf8');
  let text = before;
  for (const [from, to] of changes) {
    if (text.includes(to)) continue;
    if (!text.includes(from))
      throw new Error(`${file} is not what scripts/mend-packages.mjs mends: look whether it is still needed`);
    text = text.replace(from, to);
  }
  if (text === before) return;
  // Another name first: the file may be shared with another checkout, and may be read at this moment.
  fs.writeFileSync(`${file}.new`, text);
  fs.renameSync(`${file}.new`, file);
}

/** Mends the installed packages below `root`; does nothing where that was done. */
export function mendPackages(root) {
  for (const [file, changes] of Object.entries(postgres)) {
    for (const form of ['', 'cjs']) mend(path.join(root, 'node_modules/postgres', form, file), changes);
  }
}
