/** Downloading a workflow artifact with GitHub's own client, and what is made of its answers. */

import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { DefaultArtifactClient } from '@actions/artifact';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { RuntimeJob, Sandbox } from '../../sandbox/index.ts';
import { digest, formatDigest } from '../../src/core/crypto/index.ts';
import type { ArtifactReference, DownloadClient, DownloadRequest } from '../../src/fetch/index.ts';
import { downloadArtifact, fetchArtifact } from '../../src/fetch/index.ts';
import { readAll } from '../action/job.ts';
import { upload } from '../action/upload.ts';
import { artifactPlace } from '../kit/artifact-service.ts';
import { failure } from '../services/loopback.ts';
import { madeArchive } from './made-archive.ts';

const place = artifactPlace('countersign-download-');
let folder = '';
let sandbox: Sandbox;
beforeEach(() => {
  ({ folder, sandbox } = place);
});

const request = (name: string) => requestOf({ name }, 'bundle-artifact', 'BUNDLE_MISSING');
const requestOf = (
  artifact: ArtifactReference,
  input = 'files-artifact',
  missing: 'BUNDLE_MISSING' | 'SUBJECT_MISSING' = 'SUBJECT_MISSING',
): DownloadRequest => ({ artifact, input, missing, folder });
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

const listed = { id: 7, name: 'release', size: 10, digest: `sha256:${'0'.repeat(64)}` };
/** A client that downloads the archive, whatever it is asked for. */
const client = (changes: Partial<DownloadClient> = {}): (() => Promise<DownloadClient>) => {
  const download: DownloadClient['downloadArtifact'] = async (_, { path }) => {
    await fs.writeFile(join(path, 'release'), archive);
  };
  return async () => ({
    getArtifact: async () => ({ artifact: listed }),
    listArtifacts: async () => ({ artifacts: [listed] }),
    downloadArtifact: download,
    ...changes,
  });
};

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

  test.each<[what: string, changes: Partial<DownloadClient>, code: string, message: RegExp]>([
    [
      'another artifact than was asked for',
      { getArtifact: async () => ({ artifact: { ...listed, name: 'release-2' } }) },
      'SERVICE_UNAVAILABLE',
      /a different artifact/,
    ],
    [
      'one that is too long to be looked into',
      { getArtifact: async () => ({ artifact: { ...listed, size: 5 * 1024 ** 3 } }) },
      'LIMIT_EXCEEDED',
      /bytes/,
    ],
    ['one that is not what its digest says', {}, 'ARCHIVE_INVALID', /does not match its digest/],
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
      message: expect.stringContaining('does not provide'),
    });
  });
});

describe('by its id and its digest', () => {
  const right = digest('sha256', archive);
  const other = madeArchive([{ name: 'a.sigstore.json', content: 'other' }]);
  const uploaded = async (name = 'release', bytes: Uint8Array = archive): Promise<number> =>
    Number(await upload(sandbox, name, bytes, runtime));
  /** Any job of a run may do this, whatever its permissions are. */
  const replace = async (name: string, bytes: Uint8Array): Promise<number> => {
    await new DefaultArtifactClient().deleteArtifact(name);
    return uploaded(name, bytes);
  };
  let runtime: RuntimeJob;
  beforeEach(async () => {
    runtime = await sandbox.artifactService.newJob();
    process.env.ACTIONS_RUNTIME_TOKEN = runtime.token;
  });

  test.each<[what: string, reference: (id: number) => ArtifactReference]>([
    ['the id', (id) => ({ id })],
    ['the id and the name', (id) => ({ id, name: 'release' })],
    ['the id and the digest', (id) => ({ id, digest: right })],
    ['the name and the digest', () => ({ name: 'release', digest: right })],
    ['all three', (id) => ({ id, name: 'release', digest: right })],
  ])('%s find it', async (_, reference) => {
    await uploaded('first', other);
    const id = await uploaded();
    await uploaded('last', other);
    const { names } = await downloadArtifact(requestOf(reference(id)), fs);
    expect(names).toEqual(['a.sigstore.json', 'b/c']);
    expect((await readAll(folder)).get('files/a.sigstore.json')).toBe('{}');
  });

  test.each<[what: string, reference: (id: number) => ArtifactReference, code: string, message: RegExp]>([
    ['the id', (id) => ({ id }), 'SUBJECT_MISSING', /no workflow artifact with the ID \d+$/],
    [
      'the id and the name',
      (id) => ({ id, name: 'release' }),
      'SUBJECT_CHANGED',
      /was replaced by one with the ID \d+$/,
    ],
    ['the digest', () => ({ name: 'release', digest: right }), 'SUBJECT_CHANGED', /`files-artifact-digest` is sha256:/],
    [
      'the id of what was built',
      (id) => ({ id, digest: right }),
      'SUBJECT_MISSING',
      /no workflow artifact with the ID/,
    ],
  ])('%s: what replaced it is refused, and nothing of it is unpacked', async (_, reference, code, message) => {
    const id = await uploaded();
    await replace('release', other);
    await expect(downloadArtifact(requestOf(reference(id)), fs)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      remedy: expect.any(String),
    });
    expect([...(await readAll(folder)).keys()].filter((path) => path.startsWith('files/'))).toEqual([]);
  });

  test('the id of the substitute does not help against the digest', async () => {
    await uploaded();
    const id = await replace('release', other);
    const request = requestOf({ id, name: 'release', digest: right });
    await expect(downloadArtifact(request, fs)).rejects.toMatchObject({ code: 'SUBJECT_CHANGED' });
  });

  test('what is no archive inside is not looked into where the digest is another', async () => {
    await uploaded('release', archive.subarray(0, 40));
    const request = requestOf({ name: 'release', digest: right });
    await expect(downloadArtifact(request, fs)).rejects.toMatchObject({ code: 'SUBJECT_CHANGED' });
  });

  test('an id of another name is refused', async () => {
    const id = await uploaded('other');
    await uploaded();
    await expect(downloadArtifact(requestOf({ id, name: 'release' }), fs)).rejects.toMatchObject({
      code: 'USAGE',
      message: `the workflow artifact with the ID ${id} has the name "other", not "release"`,
    });
  });

  test('an id of another run is not found', async () => {
    const id = Number(await upload(sandbox, 'elsewhere', archive));
    await expect(downloadArtifact(requestOf({ id }), fs)).rejects.toMatchObject({ code: 'SUBJECT_MISSING' });
  });

  test('by its id, a name that is a command, or no file, is refused before it is downloaded', async () => {
    const id = await uploaded('##[error]x');
    await expect(downloadArtifact(requestOf({ id }), fs)).rejects.toMatchObject({ code: 'USAGE' });
    await fs.rm(folder, { recursive: true });
    await fs.mkdir(folder);
    const parent = await uploaded('..', Buffer.from('{}'));
    await expect(downloadArtifact(requestOf({ id: parent }), fs)).rejects.toMatchObject({ code: 'USAGE' });
  });

  test('a single file has the digest of the file, and by its id the name of the artifact', async () => {
    const bytes = Buffer.from('{"a":1}');
    const id = await uploaded('single.json', bytes);
    const { names } = await downloadArtifact(requestOf({ id, digest: digest('sha256', bytes) }), fs);
    expect(names).toEqual(['single.json']);
    await fs.rm(folder, { recursive: true });
    await fs.mkdir(folder);
    await replace('single.json', Buffer.from('{"a":2}'));
    const request = requestOf({ name: 'single.json', digest: digest('sha256', bytes) });
    await expect(downloadArtifact(request, fs)).rejects.toMatchObject({ code: 'SUBJECT_CHANGED' });
  });

  const stated = (bytes: Uint8Array) => ({ ...listed, digest: formatDigest(digest('sha256', bytes)) });
  const { digest: _, ...undated } = listed;

  test('a service that states the digest that is asked for, and gives other bytes, is not believed', async () => {
    const lying = client({
      getArtifact: async () => ({ artifact: stated(other) }),
      listArtifacts: async () => ({ artifacts: [stated(other)] }),
    });
    for (const key of [{ name: 'release' }, { id: 7 }]) {
      const request = requestOf({ ...key, digest: digest('sha256', other) });
      await expect(downloadArtifact(request, fs, lying)).rejects.toMatchObject({
        code: 'SUBJECT_CHANGED',
        message: expect.stringContaining(`is ${formatDigest(right)}`),
      });
      await fs.rm(folder, { recursive: true });
      await fs.mkdir(folder);
    }
  });

  test('by the id alone, what is exchanged between the list and the download is noticed by the digest in the list', async () => {
    const racing = client({ listArtifacts: async () => ({ artifacts: [stated(other)] }) });
    await expect(downloadArtifact(requestOf({ id: 7 }), fs, racing)).rejects.toMatchObject({ code: 'ARCHIVE_INVALID' });
  });

  test('by the id alone, the list must state a digest', async () => {
    const old = client({ listArtifacts: async () => ({ artifacts: [undated] }) });
    await expect(downloadArtifact(requestOf({ id: 7 }), fs, old)).rejects.toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID',
      remedy: expect.stringContaining('`files-artifact-digest`'),
    });
    await fs.rm(folder, { recursive: true });
    await fs.mkdir(folder);
    expect((await downloadArtifact(requestOf({ id: 7, digest: right }), fs, old)).names).toHaveLength(2);
  });

  test('one that is deleted between the list and the download is missing', async () => {
    const id = await uploaded();
    const client = new DefaultArtifactClient();
    const deleting: DownloadClient = {
      getArtifact: (name) => client.getArtifact(name),
      listArtifacts: async () => {
        const { artifacts } = await client.listArtifacts();
        await client.deleteArtifact('release');
        return { artifacts };
      },
      downloadArtifact: (...args) => client.downloadArtifact(...args),
    };
    await expect(downloadArtifact(requestOf({ id }), fs, async () => deleting)).rejects.toMatchObject({
      code: 'SUBJECT_MISSING',
      message: `this run has no workflow artifact with the ID ${id}`,
    });
  });
});

describe('an artifact that must contain', () => {
  const fetched = (name: string, holds: 'files' | 'bundles') =>
    fetchArtifact({ artifact: { name }, input: 'the-input', holds, temporaryDirectory: folder }, fs);

  test('bundles, and contains other files as well, is taken', async () => {
    await upload(sandbox, 'mixed', archive);
    const { directory, names } = await fetched('mixed', 'bundles');
    expect(names).toEqual(['a.sigstore.json', 'b/c']);
    expect(await fs.readFile(join(directory, 'a.sigstore.json'), 'utf8')).toBe('{}');
  });

  test('bundles, and contains only other files, is refused', async () => {
    await upload(sandbox, 'files', madeArchive([{ name: 'app' }, { name: 'app.json', content: '{}' }]));
    expect((await fetched('files', 'files')).names).toEqual(['app', 'app.json']);
    expect(await failure(fetched('files', 'bundles'))).toMatchObject({
      code: 'BUNDLE_MISSING',
      message: 'the workflow artifact "files" contains no bundles',
    });
  });

  test.each([
    ['files', 'SUBJECT_MISSING'],
    ['bundles', 'BUNDLE_MISSING'],
  ] as const)('%s, and contains only folders, is refused', async (holds, code) => {
    const name = `folders without ${holds}`;
    await upload(sandbox, name, madeArchive([{ name: 'app.sigstore.json/' }]));
    expect(await failure(fetched(name, holds))).toMatchObject({
      code,
      message: expect.stringContaining(`no ${holds}`),
    });
  });
});
