// `npm start`: the first thing a fresh clone runs. Plain JavaScript that any Node from 20.9 on understands and that needs
// no package: it installs them, then hands over to the portal on the best Node there is.
import { spawn } from 'node:child_process';
import { installIfNeeded, portalNode, root, whenAbandoned } from './install.mjs';

process.chdir(root);
installIfNeeded();

// Left to itself Node 24 takes twice the memory under load (docs/decisions/007-runtime.md).
const memory = ['--max-old-space-size=256', '--max-semi-space-size=16'];
const portal = spawn(portalNode(), [...memory, 'scripts/portal.mjs'], { stdio: 'inherit' });
// Ctrl-C reaches the whole terminal group by itself; other signals only reach us.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => portal.kill('SIGTERM'));
whenAbandoned(() => portal.kill('SIGTERM'));
portal.on('exit', (code, signal) => {
  if (signal) {
    console.error(
      `\nCổng đã bị dừng đột ngột · The portal was killed (${signal}). npm start: chạy lại · starts it again.`,
    );
  }
  process.exitCode = code ?? 1;
});
