/** File arguments of the command: patterns, and the bundles that a shell names together with the artifacts. */

import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { writeBundle } from '../../../src/core/bundle/index.ts';
import { toDigest } from '../../../src/core/crypto/index.ts';
import { loadNamedFiles, type NamedFiles, type Verifiable } from '../../../src/run/verify/index.ts';
import { Instance } from '../../kit/instance.ts';
import { failure } from '../../services/loopback.ts';

const bundle = Buffer.from(writeBundle(new Instance().sign())).toString();

let workspace = '';
beforeEach(async () => {
  workspace = await fs.mkdtemp(join(tmpdir(), 'countersign-named-'));
});
afterEach(() => fs.rm(workspace, { recursive: true }));

async function write(contents: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(contents)) {
    await fs.mkdir(dirname(join(workspace, name)), { recursive: true });
    await fs.writeFile(join(workspace, name), content);
  }
}

interface Arguments {
  readonly names?: readonly string[];
  readonly others?: readonly Verifiable[];
  readonly patterns?: readonly string[];
  readonly bundles?: readonly string[];
}

function read({ names = [], others = [], patterns = [], bundles = [] }: Arguments): Promise<NamedFiles> {
  const named = names.map((name) => ({ kind: 'file', name, path: join(workspace, name) }) as const);
  return loadNamedFiles(
    [...named, ...others],
    patterns,
    { workspace, paths: bundles, directory: undefined },
    { files: fs },
  );
}

/** Returns the names of the artifacts, and those that are skipped. */
async function split(request: Arguments): Promise<readonly [readonly string[], readonly string[]]> {
  const { artifacts, skipped } = await read(request);
  return [artifacts.map(({ name }) => name), skipped];
}

const digest: Verifiable = { kind: 'digest', name: 'sha256:00', digest: toDigest('sha256', new Uint8Array(32)) };

describe('a bundle that is named', () => {
  test.each([
    ['app', 'app.sigstore.json'],
    ['dist/app', 'dist/app.sigstore.jsonl'],
    ['dist/app', 'dist/app.sigstore'],
    ['dist/app', 'dist/attestation.sigstore.json'],
    ['dist/app', 'attestation-2.sigstore.json'],
    ['dist/app', 'dist/bundles.sigstore.jsonl'],
  ])('together with %s: %s is skipped', async (artifact, name) => {
    await write({ [artifact]: 'app', [name]: `${bundle}\n` });
    expect(await split({ names: [artifact, name] })).toEqual([[artifact], [name]]);
    expect(await split({ names: [name, artifact] })).toEqual([[artifact], [name]]);
  });

  test.each([
    ['without the artifact that it is named after', ['other', 'app.sigstore.json']],
    ['in another folder', ['app', 'dist/app.sigstore.json']],
    ['for several artifacts, in a folder without artifacts', ['app', 'dist/attestation.sigstore.json']],
  ])('%s is an artifact, so that it is not verified', async (_, names) => {
    await write({ app: 'app', other: 'other', [names[1] ?? '']: bundle });
    expect(await split({ names })).toEqual([names, []]);
  });

  test('that is not named after a file, but after a digest, is an artifact', async () => {
    await write({ 'app.sigstore.json': bundle });
    const [artifacts, skipped] = await split({ names: ['app.sigstore.json'], others: [digest] });
    expect([artifacts, skipped]).toEqual([['app.sigstore.json', 'sha256:00'], []]);
  });

  test('and has a bundle of its own is an artifact', async () => {
    await write({ app: 'app', 'app.sigstore.json': bundle, 'app.sigstore.json.sigstore.json': bundle });
    expect(await split({ names: ['app', 'app.sigstore.json'] })).toEqual([['app', 'app.sigstore.json'], []]);
    const all = ['app', 'app.sigstore.json', 'app.sigstore.json.sigstore.json'];
    expect(await split({ names: all })).toEqual([['app', 'app.sigstore.json'], ['app.sigstore.json.sigstore.json']]);
  });

  test('is skipped with named bundles too', async () => {
    await write({ app: 'app', 'app.sigstore.json': bundle });
    expect(await split({ names: ['app', 'app.sigstore.json'], bundles: ['x'] })).toEqual([
      ['app'],
      ['app.sigstore.json'],
    ]);
  });
});

test.each([
  ['has the name of a bundle alone', 'app.sigstore.json', 'evil'],
  ['has the content of a bundle alone', 'app.json', bundle],
  ['does not exist', 'app.sigstore.json', undefined],
])('a file that %s is an artifact', async (_, name, content) => {
  await write({ app: 'app', ...(content !== undefined && { [name]: content }) });
  expect(await split({ names: ['app', name] })).toEqual([['app', name], []]);
});

describe('nothing but bundles', () => {
  test.each<[names: readonly string[], message: string, remedy: string]>([
    [
      ['dist/app.sigstore.json'],
      '"dist/app.sigstore.json" is a bundle',
      'Specify the file that it belongs to: dist/app. ',
    ],
    [['attestation.sigstore.json'], '"attestation.sigstore.json" is a bundle', 'Specify the file that it belongs to. '],
    [
      ['dist/app.sigstore.json', 'dist/b.sigstore.json'],
      'all specified files are bundles',
      'Specify the files that they belong to, such as dist/app. ',
    ],
  ])('is refused: %j', async (names, message, remedy) => {
    await write(Object.fromEntries(names.map((name) => [name, bundle])));
    const error = await failure(read({ names }));
    expect(error).toMatchObject({ code: 'SUBJECT_MISSING', message });
    expect(error.remedy).toContain(remedy);
  });

  test('is verified with the bundles that are named, and if it has bundles of its own', async () => {
    await write({ 'app.sigstore.json': bundle });
    expect(await split({ names: ['app.sigstore.json'], bundles: ['x'] })).toEqual([['app.sigstore.json'], []]);
    await write({ 'app.sigstore.json.sigstore.json': bundle });
    expect(await split({ names: ['app.sigstore.json'] })).toEqual([['app.sigstore.json'], []]);
  });

  test('is refused for a pattern', async () => {
    await write({ 'dist/app.sigstore.json': bundle });
    expect(await failure(read({ patterns: ['dist/*'] }))).toMatchObject({
      code: 'SUBJECT_MISSING',
      message: 'all specified files are bundles',
    });
  });
});

describe('a pattern', () => {
  test('is expanded as for signing, without bundles', async () => {
    await write({ 'dist/a': 'a', 'dist/b.txt': 'b', 'dist/.hidden': 'x', 'dist/a.sigstore.json': bundle, c: 'c' });
    expect(await split({ patterns: ['dist/*'] })).toEqual([['dist/a', 'dist/b.txt'], ['dist/a.sigstore.json']]);
    expect(await split({ names: ['c'], patterns: ['dist/*', '!**/*.txt'] })).toEqual([
      ['c', 'dist/a'],
      ['dist/a.sigstore.json'],
    ]);
  });

  test('that matches a bundle under another name makes it an artifact', async () => {
    await write({ 'dist/a': bundle });
    expect(await split({ patterns: ['dist/*'] })).toEqual([['dist/a'], []]);
  });

  test('that matches nothing, or only excludes, is refused', async () => {
    await write({ app: 'app' });
    for (const patterns of [['dist/*'], ['*', 'dist/*'], ['!app']])
      expect(await failure(read({ names: ['app'], patterns }))).toMatchObject({ code: 'SUBJECT_MISSING' });
  });

  test.each(['https://example.org/app', 'dist\\app', 'C:\\dist\\app'])('is not %j', async (text) => {
    await write({ distapp: 'app' });
    expect(await failure(read({ patterns: [text] }))).toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(/ is a (?:URL|Windows path), not the path of a file$/),
    });
  });

  test('may have a backslash that escapes a character', async () => {
    await write({ 'a[1].txt': 'a', 'a1.txt': 'b' });
    expect(await split({ patterns: ['a\\[1\\]*'] })).toEqual([['a[1].txt'], []]);
  });
});
