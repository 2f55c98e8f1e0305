/** Downloading a workflow artifact with GitHub's own client, and what is made of its answers. */

import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type DownloadClient, downloadArtifact } from '../../src/deliver/index.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { readAll } from '../action/job.ts';
import { upload } from '../action/upload.ts';
import { madeArchive } from './made-archive.ts';

const variables = ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL', 'GITHUB_SERVER_URL'];
const environment = new Map(variables.map((name) => [name, process.env[name]]));

let folder = '';
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  // GitHub's client tells the runner about each of its steps.
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  folder = await fs.mkdtemp(join(tmpdir(), 'countersign-download-'));
  process.env.ACTIONS_RUNTIME_TOKEN = sandbox.artifactService.job.token;
  process.env.ACTIONS_RESULTS_URL = sandbox.artifactService.resultsUrl;
  process.env.GITHUB_SERVER_URL = 'https://github.com';
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const [name, value] of environment) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await fs.rm(folder, { recursive: true });
});

const request = (name: string) => ({ name, input: 'bundle-artifact', missing: 'BUNDLE_MISSING', folder }) as const;
const archive = madeArchive([
  { name: 'a.sigstore.json', content: '{}' },
  { name: 'b/c', content: 'c' },
]);

test('what is in it is unpacked, and nothing else is left', async () => {
  await upload(sandbox, 'release', archive);
  const { directory, names } = await downloadArtifact(request('release'), fs);
  expect(names).toEqual(['a.sigstore.json', 'b/c']);
  expect([...(await readAll(folder))]).toEqual([
    ['files/a.sigstore.json', '{}'],
    ['files/b/c', 'c'],
  ]);
  expect(directory).toBe(join(folder, 'files'));
});

test('a single file has the name of the artifact, whatever the address of the blob says', async () => {
  await upload(sandbox, 'single.json', Buffer.from('{"a":1}'));
  const { names } = await downloadArtifact(request('single.json'), fs);
  expect([names, [...(await readAll(folder))]]).toEqual([['single.json'], [['files/single.json', '{"a":1}']]]);
});

test.each([
  ['another first byte', [0x51, 0x4b, 3, 4]],
  ['another second byte', [0x50, 0x4c, 3, 4]],
  ['the kind of record of a directory', [0x50, 0x4b, 1, 2]],
  ['half of the kind of an entry', [0x50, 0x4b, 3, 6]],
  ['half of the kind of an end', [0x50, 0x4b, 5, 4]],
  ['three bytes', [0x50, 0x4b, 3]],
])('a single file that begins with %s is kept as it is', async (name, beginning) => {
  const content = Buffer.from(beginning);
  await upload(sandbox, name, content);
  const { directory, names } = await downloadArtifact(request(name), fs);
  expect(names).toEqual([name]);
  expect(await fs.readFile(join(directory, name))).toEqual(content);
});

describe('refused', () => {
  test('one that is not there', async () => {
    await expect(downloadArtifact(request('other'), fs)).rejects.toMatchObject({
      code: 'BUNDLE_MISSING',
      message: 'this run has no workflow artifact "other"',
    });
  });

  test.each(['..', '.'])('the name %j', async (name) => {
    await upload(sandbox, name, Buffer.from('{}'));
    await expect(downloadArtifact(request(name), fs)).rejects.toMatchObject({ code: 'USAGE' });
    expect([...(await readAll(folder)).keys()].filter((path) => path.startsWith('files/'))).toEqual([]);
  });

  test.each(['', 'a/b', 'a\\b', 'a\nb', 'a:b'])('the name %j, before the client is loaded', async (name) => {
    const never = async (): Promise<DownloadClient> => {
      throw new Error('the client was loaded');
    };
    await expect(downloadArtifact(request(name), fs, never)).rejects.toMatchObject({
      code: 'USAGE',
      remedy: expect.stringContaining('`bundle-artifact`'),
    });
  });

  test('what is no archive inside', async () => {
    await upload(sandbox, 'broken', archive.subarray(0, 40));
    await expect(downloadArtifact(request('broken'), fs)).rejects.toMatchObject({ code: 'ARCHIVE_INVALID' });
  });

  const listed = { id: 7, name: 'release', size: 10, digest: `sha256:${'0'.repeat(64)}` };
  const client = (changes: Partial<DownloadClient>): (() => Promise<DownloadClient>) => {
    const download: DownloadClient['downloadArtifact'] = async (_, { path }) => {
      await fs.writeFile(join(path, 'release'), archive);
      return { digestMismatch: false };
    };
    return async () => ({ getArtifact: async () => ({ artifact: listed }), downloadArtifact: download, ...changes });
  };
  test.each<[what: string, changes: Partial<DownloadClient>, code: string, message: RegExp]>([
    [
      'another artifact than was asked for',
      { getArtifact: async () => ({ artifact: { ...listed, name: 'release-2' } }) },
      'SERVICE_UNAVAILABLE',
      /another one/,
    ],
    [
      'one that is too long to be looked into',
      { getArtifact: async () => ({ artifact: { ...listed, size: 5 * 1024 ** 3 } }) },
      'LIMIT_EXCEEDED',
      /bytes/,
    ],
    [
      'one that is not what its digest says',
      {
        downloadArtifact: async (_, { path, expectedHash }) => {
          await fs.writeFile(join(path, 'release'), archive);
          return { digestMismatch: expectedHash === listed.digest };
        },
      },
      'ARCHIVE_INVALID',
      /not what its digest says/,
    ],
    ['a client that writes nothing', { downloadArtifact: async () => ({}) }, 'SERVICE_UNAVAILABLE', /one file/],
    [
      'whatever the client throws, without the signature of an address',
      {
        downloadArtifact: async () => {
          throw new Error('GET https://blob.example.test/x?sig=SECRET failed\nSECRET');
        },
      },
      'SERVICE_UNAVAILABLE',
      /^((?!SECRET).)*$/,
    ],
  ])('%s', async (_, changes, code, message) => {
    await expect(downloadArtifact(request('release'), fs, client(changes))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  test('on a server without the service, and outside of a job', async () => {
    process.env.GITHUB_SERVER_URL = 'https://github.example.com';
    await expect(downloadArtifact(request('release'), fs)).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('GitHub Enterprise Server'),
    });
    process.env.GITHUB_SERVER_URL = 'https://github.com';
    delete process.env.ACTIONS_RUNTIME_TOKEN;
    await fs.rm(folder, { recursive: true });
    await fs.mkdir(folder);
    await expect(downloadArtifact(request('release'), fs)).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('no artifact service'),
    });
  });
});
