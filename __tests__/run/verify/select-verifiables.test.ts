/** Selecting what to verify, what is left out, and the bundles among both. */

import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { maxBundleLength, writeBundle } from '../../../src/core/bundle/index.ts';
import { leftBeside, selectVerifiables } from '../../../src/run/verify/index.ts';
import type { SelectedVerifiables } from '../../../src/run/verify/select-verifiables.ts';
import type { SubjectRequest } from '../../../src/subject/index.ts';
import { Instance } from '../../kit/instance.ts';
import { failure } from '../../services/loopback.ts';

const bundle = writeBundle(new Instance().sign());

let workspace = '';
beforeEach(async () => {
  workspace = await fs.mkdtemp(join(tmpdir(), 'countersign-select-'));
});
afterEach(() => fs.rm(workspace, { recursive: true }));

async function write(contents: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(contents)) await fs.writeFile(join(workspace, name), content);
}

function select(request: Partial<SubjectRequest>): Promise<SelectedVerifiables> {
  return selectVerifiables({ files: [], checksums: [], digests: [], ...request }, workspace, { files: fs });
}

async function selected(request: Partial<SubjectRequest>): Promise<readonly string[]> {
  return (await select(request)).artifacts.map(({ name }) => name).toSorted();
}

/** Returns what is beside the file `app`, by name. */
async function besideApp(files: typeof fs = fs): Promise<readonly unknown[]> {
  const left = await leftBeside([{ kind: 'file', name: 'app', path: join(workspace, 'app') }], [], { files });
  return left.map(({ name, why }) => [basename(name), why]).toSorted();
}

test('a request that names nothing is refused', async () => {
  expect(await failure(select({}))).toMatchObject({
    code: 'SUBJECT_MISSING',
    message: 'nothing to verify: no files, checksums, digests or images specified',
  });
});

describe('what is named is verified', () => {
  test('except bundles', async () => {
    await write({ app: 'app', 'app.sigstore.json': bundle });
    expect(await selected({ files: ['*'] })).toEqual(['app']);
    expect(await failure(select({ files: ['*.json'] }))).toMatchObject({
      code: 'SUBJECT_MISSING',
      message: 'all specified files are bundles',
    });
  });

  test.each([
    ['has the content of a bundle alone', 'app', bundle],
    ['has the name of a bundle alone', 'app.sigstore.json', 'app'],
    ['has a bundle, and a line that is none', 'app.sigstore.jsonl', `${bundle}\n{}\n`],
    ['is longer than any bundle', 'app.sigstore.json', `${bundle}${' '.repeat(maxBundleLength)}`],
  ])('also where it %s', async (_, name, content) => {
    await write({ [name]: content });
    expect(await selected({ files: [name] })).toEqual([name]);
  });

  test('also a digest under the name of a bundle', async () => {
    const digests = [`app.sigstore.json@sha256:${'0'.repeat(64)}`];
    expect(await selected({ digests })).toEqual(['app.sigstore.json']);
  });
});

test('a hidden file that is a bundle is no file that was left out, and one that is named like a bundle is', async () => {
  await write({ app: 'app', '.app.sigstore.json': bundle, '.env': 'x', '.x.sigstore.json': 'x' });
  const { leftOut } = await select({ files: ['*'] });
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
