// Loaded before the command: after the first one, opening a temporary file hangs in the system, as on a file system that does not answer.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { open } = fs.promises;
let opened = 0;
fs.promises.open = (path, ...rest) => {
  if (!String(path).endsWith('.tmp') || ++opened === 1) return open(path, ...rest);
  fs.writeSync(1, 'stuck\n');
  // Opening a pipe for reading waits in a thread until somebody opens it for writing.
  return open(process.env.STUCK_PIPE, 'r');
};
syncBuiltinESMExports();
