/** Files that are left out of a verification, and the bundles among them. */

import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { writeBundle } from '../../../src/core/bundle/index.ts';
import { leftBeside, selectVerifiables } from '../../../src/run/verify/index.ts';
import { Instance } from '../../kit/instance.ts';

const bundle = writeBundle(new Instance().sign());

let workspace = '';
beforeEach(async () => {
  workspace = await fs.mkdtemp(join(tmpdir(), 'countersign-select-'));
});
afterEach(() => fs.rm(workspace, { recursive: true }));

async function write(contents: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(contents)) await fs.writeFile(join(workspace, name), content);
}

/** Returns what is beside the file `app`, by name. */
async function besideApp(files: typeof fs = fs): Promise<readonly unknown[]> {
  const left = await leftBeside([{ kind: 'file', name: 'app', path: join(workspace, 'app') }], [], { files });
  return left.map(({ name, why }) => [basename(name), why]).toSorted();
}

test('a hidden file that is a bundle is no file that was left out, and one that is named like a bundle is', async () => {
  await write({ app: 'app', '.app.sigstore.json': bundle, '.env': 'x', '.x.sigstore.json': 'x' });
  const { leftOut } = await selectVerifiables({ files: ['*'], checksums: [], digests: [] }, workspace, { files: fs });
  expect(leftOut.map(({ name, why }) => [name, why]).toSorted()).toEqual([
    ['.env', 'hidden'],
    ['.x.sigstore.json', 'hidden'],
  ]);
});

test('a bundle beside a file is no file that was left out, and one that is named like a bundle is', async () => {
  await write({ app: 'app', 'b.sigstore.json': bundle, b: 'b', 'c.sigstore.json': 'c' });
  expect(await besideApp()).toEqual([
    ['b', 'unnamed'],
    ['c.sigstore.json', 'unnamed'],
  ]);
});

test('a file that is named like a bundle and cannot be read was left out', async () => {
  await write({ app: 'app', 'b.sigstore.json': bundle });
  const vanishing = new Proxy(fs, {
    get: (target, name, receiver) => {
      if (name !== 'open') return Reflect.get(target, name, receiver);
      return async (path: string, flags: number) => {
        await fs.rm(path);
        return fs.open(path, flags);
      };
    },
  });
  expect(await besideApp(vanishing)).toEqual([['b.sigstore.json', 'unnamed']]);
});
