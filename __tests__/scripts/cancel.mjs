/** Runs a program that starts another one, neither of which ever ends, and cancels that as soon as the second one runs. */

import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { runGroup } from '../../scripts/interop/process-group.mjs';

const [, , started] = process.argv;
const second = `require('node:fs').writeFileSync(${JSON.stringify(started)}, ''); setInterval(() => undefined, 1000);`;
const first = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(second)}], { stdio: 'inherit' });`;
const cancellation = new AbortController();
const ended = runGroup([process.execPath, '-e', first], { signal: cancellation.signal });
while (!existsSync(started)) await pause(10);
cancellation.abort();
process.stdout.write(await ended);
