// npm run test:cases: runs the tests of those cases that are in the folder which COUNTERSIGN_CASES names, and says how to get the others.
// Arguments are jest's.
import { join, resolve } from 'node:path';
import { runGroup } from '../interop/process-group.mjs';
import { casesFolder, describeParts, parts, placeOf } from './parts.mjs';

const root = resolve(import.meta.dirname, '..', '..');
const folder = casesFolder();
process.stderr.write(`${describeParts(folder)}\n`);
if (parts.every(({ name }) => placeOf(name, folder) === undefined)) {
  process.stderr.write(
    '\nThere are no cases, so nothing was tested. Set COUNTERSIGN_CASES to a folder that has some.\n',
  );
  process.exitCode = 1;
} else {
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', '--experimental-vm-modules'];
  const config = ['--config', join(root, 'jest.cases.config.mjs')];
  const failure = await runGroup([...node, jest, ...config, ...process.argv.slice(2)], {
    cwd: root,
    env: { ...process.env, COUNTERSIGN_CASES: folder },
  });
  if (failure !== undefined) process.exitCode = 1;
}
