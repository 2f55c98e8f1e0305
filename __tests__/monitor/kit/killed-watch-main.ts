/** The entry point of the program in killed-watch.ts. */

import { countingFiles } from './killed-audit.ts';
import { watchOf } from './killed-watch.ts';

const [, , folder = '', step = ''] = process.argv;
let steps = 0;
await watchOf(
  folder,
  countingFiles(() => {
    if (steps === Number(step)) process.kill(process.pid, 'SIGKILL');
    steps += 1;
  }),
);
process.stdout.write(String(steps));
