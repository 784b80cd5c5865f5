// `npm test`: everything CI runs, on a machine with nothing but Node and npm.
import { spawnSync } from 'node:child_process';
import { installIfNeeded, portalNode, root } from './install.mjs';

process.chdir(root);
installIfNeeded();
const done = spawnSync(portalNode(), ['--import', 'tsx', 'scripts/check.ts', '--all'], { stdio: 'inherit' });
process.exitCode = done.status ?? 1;
