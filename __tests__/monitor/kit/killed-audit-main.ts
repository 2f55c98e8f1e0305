/** The entry point of the program in killed-audit.ts. */

import { auditOf, countingFiles } from './killed-audit.ts';

const [, , folder = '', step = ''] = process.argv;
let steps = 0;
await auditOf(
  folder,
  countingFiles(() => {
    if (steps === Number(step)) process.kill(process.pid, 'SIGKILL');
    steps += 1;
  }),
);
process.stdout.write(String(steps));
