// Loaded before the command: whoever looks at a file called "busy" meets a synchronous step that never ends.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

for (const name of ['stat', 'lstat', 'open', 'readFile', 'readdir', 'opendir']) {
  const real = fs.promises[name];
  fs.promises[name] = (path, ...rest) => {
    if (!String(path).endsWith('busy')) return real(path, ...rest);
    fs.writeSync(1, 'busy\n');
    for (;;);
  };
}
syncBuiltinESMExports();
