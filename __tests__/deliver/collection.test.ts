import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { digest, formatDigest } from '../../src/core/crypto/index.ts';
import { utf8 } from '../../src/core/encoding/index.ts';
import type { DeliveredSubject } from '../../src/deliver/index.ts';
import { writeCollection } from '../../src/deliver/index.ts';
import { failure } from '../services/loopback.ts';

let folder = '';
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'countersign-collection-'));
});
afterEach(() => fs.rm(folder, { recursive: true }));

const paths = (number = '') => ({
  bundles: join(folder, `bundles${number}.sigstore.jsonl`),
  manifest: join(folder, `manifest${number}.json`),
});
const candidates = () => [paths(), paths('-2'), paths('-3')];
const signer = { identity: 'me@example.test', issuer: 'https://issuer.example.test' };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function subject(
  name: string,
  bundle: string,
  bundlePath = join(folder, `${name}.sigstore.json`),
): Promise<DeliveredSubject> {
  await fs.mkdir(join(bundlePath, '..'), { recursive: true });
  await fs.writeFile(bundlePath, bundle);
  return {
    name,
    digest: digest('sha256', utf8(name)),
    bundlePath,
    logs: [{ url: 'https://log.example.test', id: 'c0d2', index: 2n ** 62n }],
    signedAt: new Date('2026-11-23T07:00:05Z'),
  };
}

const places = () => ({ workspace: folder, bundleDirectory: folder });
const write = (subjects: readonly DeliveredSubject[]) =>
  writeCollection(fs, randomBytes, { candidates: candidates(), places: places(), ...signer, subjects });

test('the bundles are lines, and the manifest says what is signed by which', async () => {
  const b = await subject('dist/b.tgz', '{"b": 1}\n');
  const a = await subject('a.tgz', '{\r\n  "a": [\n    "x  y\\n"\n  ]\n}\n');
  const collection = await write([b, a]);
  expect(await fs.readFile(collection.bundlesPath, 'utf8')).toBe('{"a": ["x  y\\n"]}\n{"b": 1}\n');
  const manifest = await fs.readFile(collection.manifestPath, 'utf8');
  const described = (of: DeliveredSubject, bundle: string, text: string) => ({
    name: of.name,
    digest: formatDigest(of.digest),
    bundle,
    bundleDigest: `sha256:${sha256(text)}`,
    logs: [{ url: 'https://log.example.test', id: 'c0d2', index: '4611686018427387904' }],
    signedAt: '2026-11-23T07:00:05.000Z',
  });
  expect(JSON.parse(manifest)).toEqual({
    version: 1,
    ...signer,
    subjects: [
      described(a, 'a.tgz.sigstore.json', '{\r\n  "a": [\n    "x  y\\n"\n  ]\n}\n'),
      described(b, 'dist/b.tgz.sigstore.json', '{"b": 1}\n'),
    ],
  });
  expect(formatDigest(collection.manifestDigest)).toBe(`sha256:${sha256(manifest)}`);
  expect((await fs.readdir(folder)).sort()).toEqual([
    'a.tgz.sigstore.json',
    'bundles.sigstore.jsonl',
    'dist',
    'manifest.json',
  ]);
});

test('the same subjects make the same bytes, in whatever order they come; a second run replaces the first', async () => {
  const subjects = [
    await subject('b', '{}'),
    await subject('a', '{}'),
    { ...(await subject('a', '{}')), digest: digest('sha256', utf8('z')) },
  ];
  const first = await write(subjects);
  const texts = await Promise.all(Object.values(paths()).map((path) => fs.readFile(path, 'utf8')));
  const second = await write(subjects.toReversed());
  expect(second).toEqual(first);
  expect(await Promise.all(Object.values(paths()).map((path) => fs.readFile(path, 'utf8')))).toEqual(texts);
});

test('an attestation is one line, however many subjects it covers', async () => {
  const one = join(folder, 'attestation.sigstore.json');
  await write([await subject('a', '{"d":1}', one), await subject('b', '{"d":1}', one)]);
  expect(await fs.readFile(paths().bundles, 'utf8')).toBe('{"d":1}\n');
});

test('none is none', async () => {
  await write([]);
  expect(await fs.readFile(paths().bundles, 'utf8')).toBe('');
  expect(JSON.parse(await fs.readFile(paths().manifest, 'utf8'))).toEqual({ version: 1, ...signer, subjects: [] });
});

describe('files that are there already', () => {
  const read = async (number = '') =>
    Promise.all(Object.values(paths(number)).map((path) => fs.readFile(path, 'utf8')));

  test('of other bundles are left alone: the next free names are taken', async () => {
    const [a, b, c] = [await subject('a', '{"a":1}'), await subject('b', '{"b":1}'), await subject('c', '{"c":1}')];
    await write([a]);
    const before = await read();
    expect(await write([b])).toMatchObject({ bundlesPath: paths('-2').bundles, manifestPath: paths('-2').manifest });
    expect(await write([c])).toMatchObject({ manifestPath: paths('-3').manifest });
    expect(await read()).toEqual(before);
    expect((await read('-2'))[0]).toBe('{"b":1}\n');
  });

  test('of the same bundles, or of some of them, are replaced', async () => {
    const [a, b] = [await subject('a', '{"a":1}'), await subject('b', '{"b":1}')];
    await write([a]);
    expect(await write([await subject('a', '{"a":2}'), b])).toMatchObject({ manifestPath: paths().manifest });
    expect((await read())[0]).toBe('{"a":2}\n{"b":1}\n');
    expect(await write([a])).toMatchObject({ manifestPath: paths('-2').manifest });
  });

  test.each<[what: string, make: () => Promise<void>]>([
    ["a project's own manifest", () => fs.writeFile(paths().manifest, '{"name":"my-extension","version":1}')],
    [
      'a manifest that is cut off',
      () => fs.writeFile(paths().manifest, '{"version":1,"identity":"a","issuer":"b","subjects":[\n{"na'),
    ],
    [
      'a manifest with an entry that is none',
      () => fs.writeFile(paths().manifest, '{"version":1,"identity":"a","issuer":"b","subjects":[\n{"name":"a"}\n]}\n'),
    ],
    ['bundles without a manifest', () => fs.writeFile(paths().bundles, '{}')],
    ['a folder', async () => void (await fs.mkdir(paths().manifest))],
    ['a link that leads nowhere', () => fs.symlink('nowhere', paths().bundles)],
  ])("and are somebody else's are left alone: %s", async (_, make) => {
    await make();
    const before = await fs.readdir(folder);
    const collection = await write([await subject('a', '{}')]);
    expect(collection).toMatchObject({ bundlesPath: paths('-2').bundles, manifestPath: paths('-2').manifest });
    const added = ['a.sigstore.json', 'bundles-2.sigstore.jsonl', 'manifest-2.json'];
    expect((await fs.readdir(folder)).sort()).toEqual([...before, ...added].sort());
  });
});

test('ten thousand subjects are written without holding them', async () => {
  const text = JSON.stringify({ padding: 'x'.repeat(20_000) });
  const bundles = await Promise.all(Array.from({ length: 500 }, (_, index) => subject(`bundle-${index}`, text)));
  const subjects = Array.from({ length: 20 }, (_, turn) =>
    bundles.map((bundle) => ({ ...bundle, name: `${bundle.name}-${turn}` })),
  ).flat();
  const pieces: number[] = [];
  const open: typeof fs.open = async (...args) => {
    const handle = await fs.open(...args);
    const writeFile = handle.writeFile.bind(handle);
    handle.writeFile = async (data, options) => {
      pieces.push(data.length);
      await writeFile(data, options);
    };
    return handle;
  };
  await writeCollection({ ...fs, open }, randomBytes, {
    candidates: candidates(),
    places: places(),
    ...signer,
    subjects,
  });
  expect((await fs.readFile(paths().bundles, 'utf8')).trim().split('\n')).toHaveLength(500);
  const { subjects: listed } = JSON.parse(await fs.readFile(paths().manifest, 'utf8'));
  expect(listed).toHaveLength(10_000);
  // Ten megabytes of bundles in pieces of which each has a few.
  expect(Math.max(...pieces)).toBeLessThan(100_000);
});

describe('a failure', () => {
  test('where a bundle has vanished: nothing of it is left behind', async () => {
    const gone = await subject('gone', '{}');
    await fs.rm(gone.bundlePath);
    const error = await failure(write([await subject('a', '{}'), gone]));
    expect(error.code).toBe('DELIVERY_FAILED');
    expect(error.message).toContain(gone.bundlePath);
    expect(error.remedy).toBeDefined();
    expect(await fs.readdir(folder)).toEqual(['a.sigstore.json']);
  });
});

test.each(['bundles', 'manifest'] as const)('the file of %s is not written where a link leads out', async (which) => {
  const outside = await fs.mkdtemp(join(tmpdir(), 'countersign-outside-'));
  try {
    await fs.symlink(outside, join(folder, 'out'));
    const request = {
      candidates: [{ ...paths(), [which]: join(folder, 'out', 'x') }],
      places: places(),
      ...signer,
      subjects: [await subject('a', '{}')],
    };
    await expect(writeCollection(fs, randomBytes, request)).rejects.toMatchObject({ code: 'USAGE' });
    expect(await fs.readdir(outside)).toEqual([]);
  } finally {
    await fs.rm(outside, { recursive: true });
  }
});
