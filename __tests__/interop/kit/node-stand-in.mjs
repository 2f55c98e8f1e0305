// Stands on act's PATH as `node`: runs the Node that COUNTERSIGN_NODE names with pipes for its output, as GitHub's runner does, and keeps what is
// printed. act gives actions a terminal, and of a step that fails it loses the last lines.
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

const { COUNTERSIGN_NODE, COUNTERSIGN_PRINTED } = process.env;
const child = spawn(COUNTERSIGN_NODE, process.argv.slice(2), { stdio: ['ignore', 'pipe', 'pipe'] });
for (const name of ['stdout', 'stderr']) {
  child[name].on('data', (bytes) => {
    appendFileSync(join(COUNTERSIGN_PRINTED, `${child.pid}.${name}`), bytes);
    process[name].write(bytes);
  });
}
child.once('close', (code) => {
  process.exitCode = code ?? 1;
});
