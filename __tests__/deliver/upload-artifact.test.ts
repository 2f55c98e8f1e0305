import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Sandbox } from '../../sandbox/index.ts';
import { digest } from '../../src/core/crypto/index.ts';
import { utf8 } from '../../src/core/encoding/index.ts';
import type { ArtifactClient } from '../../src/deliver/index.ts';
import { artifactName, demandNameFree, uploadArtifact, writeCollection } from '../../src/deliver/index.ts';
import { artifactPlace } from '../kit/artifact-service.ts';
import { answering, failure } from '../services/loopback.ts';

const run = { serverUrl: 'https://github.com', repository: 'octo-org/app', runId: '42' };

const place = artifactPlace('countersign-artifact-');
let folder = '';
let sandbox: Sandbox;
beforeEach(async () => {
  ({ folder, sandbox } = place);
  await fs.mkdir(join(folder, 'dist'));
  await fs.writeFile(join(folder, 'dist', 'a.sigstore.json'), '{"a":1}');
  await fs.writeFile(join(folder, 'manifest.json'), '{"version":1}');
});

const files = () => [join(folder, 'dist', 'a.sigstore.json'), join(folder, 'manifest.json')];
const request = (changes: Partial<Parameters<typeof uploadArtifact>[0]> = {}) => ({
  name: `countersign-${randomBytes(6).toString('hex')}`,
  files: files(),
  rootDirectory: folder,
  ...changes,
});

/** The files of a zip archive, by its central directory (APPNOTE.TXT, 4.3.12). */
function unzip(archive: Buffer): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const end = archive.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    const [size, nameLength, extraLength, commentLength, start] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
      archive.readUInt16LE(at + 30),
      archive.readUInt16LE(at + 32),
      archive.readUInt32LE(at + 42),
    ];
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const data = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28);
    const bytes = archive.subarray(data, data + size);
    found[name] = (archive.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes).toString('utf8');
    at += 46 + nameLength + extraLength + commentLength;
  }
  return found;
}

describe('an upload', () => {
  test('holds each file under its path, and is found under its id', async () => {
    const wanted = request();
    const uploaded = await uploadArtifact(wanted, run);
    const stored = sandbox.artifactService.artifacts.find(({ name }) => name === wanted.name);
    expect(stored).toBeDefined();
    expect(uploaded).toEqual({
      id: Number(stored?.id),
      name: wanted.name,
      digest: stored?.digest,
      isNew: true,
      url: `https://github.com/octo-org/app/actions/runs/42/artifacts/${stored?.id}`,
      leftOut: [],
    });
    expect(uploaded.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(unzip(Buffer.from(stored?.bytes ?? []))).toEqual({
      'dist/a.sigstore.json': '{"a":1}',
      'manifest.json': '{"version":1}',
    });
    expect(await fs.readFile(files()[0] ?? '', 'utf8')).toBe('{"a":1}');
  });

  test.each(['a:b', 'a"b', 'a<b', 'a>b', 'a|b', 'a*b', 'a?b', 'a\nb', 'a\rb'])(
    'leaves out %j, and says so',
    async (name) => {
      const path = join(folder, name);
      await fs.writeFile(path, '{}');
      const wanted = request({ files: [...files(), path] });
      const { leftOut } = await uploadArtifact(wanted, run);
      expect(leftOut).toEqual([path]);
      const stored = sandbox.artifactService.artifacts.find((artifact) => artifact.name === wanted.name);
      expect(Object.keys(unzip(Buffer.from(stored?.bytes ?? []))).sort()).toEqual([
        'dist/a.sigstore.json',
        'manifest.json',
      ]);
    },
  );
});

const refuse = async (): Promise<never> => {
  throw new Error('this is not to be asked');
};
/** The methods that a test does not expect to be called. */
const unused: ArtifactClient = {
  uploadArtifact: refuse,
  deleteArtifact: refuse,
  getArtifact: refuse,
  listArtifacts: refuse,
  downloadArtifact: refuse,
};

describe('an artifact of the name is there already', () => {
  const signedAt = new Date('2026-11-23T07:00:05Z');
  const named = (name: string, content = name) => ({ name, digest: digest('sha256', utf8(content)) });

  /** Writes a manifest as a run does, and returns a request to upload it. */
  async function manifestOf(name: string, subjects: readonly ReturnType<typeof named>[], text = '{}') {
    const bundlePath = join(folder, 'dist', 'a.sigstore.json');
    await fs.writeFile(bundlePath, text);
    for (const file of ['bundles.sigstore.jsonl', 'manifest.json']) await fs.rm(join(folder, file), { force: true });
    const places = { workspace: folder, bundleDirectory: folder };
    const { manifestPath } = await writeCollection(fs, randomBytes, {
      candidates: [{ bundles: join(folder, 'bundles.sigstore.jsonl'), manifest: join(folder, 'manifest.json') }],
      places,
      identity: 'me',
      issuer: 'https://issuer.example.test',
      subjects: subjects.map((subject) => ({ ...subject, bundlePath, logs: [], signedAt })),
    });
    const earlier = { subjects, files: fs, temporaryDirectory: folder };
    return request({ name, files: [bundlePath, manifestPath], earlier });
  }
  const stored = (name: string) => sandbox.artifactService.artifacts.filter((one) => one.name === name);

  test('with the same files is the one: its id stays', async () => {
    const wanted = await manifestOf('same', [named('a')]);
    const first = await uploadArtifact(wanted, run);
    expect(await uploadArtifact(wanted, run)).toEqual({ ...first, isNew: false });
    expect(stored('same')).toHaveLength(1);
  });

  test('about the same subjects is replaced', async () => {
    const first = await uploadArtifact(await manifestOf('mine', [named('a'), named('b')]), run);
    const again = await uploadArtifact(await manifestOf('mine', [named('b'), named('a')], '{"signed":"again"}'), run);
    expect(again).toMatchObject({ name: 'mine', digest: expect.not.stringMatching(first.digest) });
    expect(stored('mine').map(({ id, digest: found }) => [Number(id), found])).toEqual([[again.id, again.digest]]);
    expect(await fs.readdir(folder)).not.toContainEqual(expect.stringContaining('countersign-earlier-'));
  });

  test.each([
    ['another digest', [named('a', 'changed')]],
    ['another name', [named('b', 'a')]],
    ['one subject less', []],
    ['one subject more', [named('a'), named('b')]],
  ])('about %s stays, and fails the upload', async (what, subjects) => {
    const name = `taken by ${what}`;
    const first = await uploadArtifact(await manifestOf(name, [named('a')]), run);
    const error = await failure(uploadArtifact(await manifestOf(name, subjects, '{"new":1}'), run));
    expect([error.code, error.message]).toEqual(['DELIVERY_FAILED', expect.stringContaining('already')]);
    expect(stored(name).map(({ id }) => Number(id))).toEqual([first.id]);
    const local = subjects.map((subject) => ({ kind: 'digest', origin: 'a test', ...subject }) as const);
    const unpacking = { files: fs, temporaryDirectory: folder };
    expect(await failure(demandNameFree(name, local, unpacking))).toMatchObject({
      code: 'USAGE',
      message: `nothing was signed: this run already has an artifact named ${JSON.stringify(name)} with bundles of other subjects`,
    });
    const same = [{ kind: 'digest', origin: 'a test', ...named('a') } as const];
    await expect(demandNameFree(name, same, unpacking)).resolves.toBeUndefined();
    await expect(demandNameFree(`not ${name}`, local, unpacking)).resolves.toBeUndefined();
  });

  test('without a manifest, or with two, is of somebody else', async () => {
    await uploadArtifact(request({ name: 'foreign' }), run);
    const wanted = await manifestOf('foreign', [named('a')]);
    expect((await failure(uploadArtifact(wanted, run))).message).toContain('already');
    await fs.copyFile(join(folder, 'manifest.json'), join(folder, 'manifest-2.json'));
    await uploadArtifact({ ...wanted, name: 'two', files: [...wanted.files, join(folder, 'manifest-2.json')] }, run);
    expect((await failure(uploadArtifact({ ...wanted, name: 'two' }, run))).message).toContain('already');
  });

  test('is no obstacle where nobody chose the name', async () => {
    await uploadArtifact(await manifestOf('free', [named('a')]), run);
    const other = { ...(await manifestOf('free', [named('b')], '{"b":1}')), isNameFree: true };
    expect((await uploadArtifact(other, run)).name).toBe('free-2');
    expect((await uploadArtifact(other, run)).name).toBe('free-2');
    expect(
      (await uploadArtifact({ ...(await manifestOf('free', [named('c')], '{"c":1}')), isNameFree: true }, run)).name,
    ).toBe('free-3');
  });

  test('that cannot be looked at does not stop the run before the upload', async () => {
    const unpacking = { files: fs, temporaryDirectory: folder };
    await expect(demandNameFree('x', [], unpacking, async () => unused)).resolves.toBeUndefined();
  });
});

/** A client that must not be asked. */
const never = async (): Promise<ArtifactClient> => {
  throw new Error('the client was loaded');
};

describe('before anything is loaded or sent', () => {
  test.each([...'":<>|*?\\/\r\n'])('a name with %j is refused', async (character) => {
    const error = await failure(uploadArtifact(request({ name: `a${character}b` }), run, never));
    expect(error.code).toBe('USAGE');
    expect(error.message).toContain(`the character ${JSON.stringify(character)}`);
    expect(error.remedy).toContain('`artifact-name`');
  });

  test("a name that is a command where GitHub's client prints it is refused", async () => {
    const error = await failure(uploadArtifact(request({ name: 'a ##[add-mask]b' }), run, never));
    expect(error).toMatchObject({ code: 'USAGE', remedy: expect.stringContaining('`artifact-name`') });
  });

  test('an empty name is refused', async () => {
    expect((await failure(uploadArtifact(request({ name: '' }), run, never))).message).toContain('is empty');
  });

  test('a file outside of the folder is refused, also beside one whose name begins alike', async () => {
    const outside = `${folder}-beside`;
    for (const path of [join(outside, 'x'), join(folder, '..', 'x'), folder]) {
      const error = await failure(uploadArtifact(request({ files: [path] }), run, never));
      expect(error.code).toBe('USAGE');
      expect(error.message).toContain(`is outside of ${folder}`);
    }
  });

  test('a file that has vanished is named', async () => {
    const path = join(folder, 'gone');
    const error = await failure(uploadArtifact(request({ files: [...files(), path] }), run, never));
    expect(error.code).toBe('DELIVERY_FAILED');
    expect(error.message).toContain(path);
    expect(error.message).toContain(`still in ${folder}`);
  });

  test('nothing to send is an error', async () => {
    const error = await failure(uploadArtifact(request({ files: [] }), run, never));
    expect(error.code).toBe('DELIVERY_FAILED');
  });
});

describe('a refusal says what it is, where the bundles are, and what to do', () => {
  const refused = async (attempt: ReturnType<typeof uploadArtifact>, reason: RegExp, remedy: RegExp) => {
    const error = await failure(attempt);
    expect(error.code).toBe('DELIVERY_FAILED');
    expect(error.exitCode).toBe(6);
    expect(error.message).toMatch(reason);
    expect(error.message).toContain(`The bundles are still in ${folder}`);
    expect(error.remedy).toMatch(remedy);
    expect((await fs.readdir(folder)).sort()).toEqual(['dist', 'manifest.json']);
    return error;
  };

  test('the name is taken', async () => {
    const wanted = request();
    await uploadArtifact(wanted, run);
    await refused(uploadArtifact(wanted, run), /already/, /`artifact-name`/);
  });

  test('no storage is left', async () => {
    await using service = await answering({
      status: 403,
      body: JSON.stringify({ code: 'permission_denied', msg: 'insufficient usage to create artifact' }),
    });
    process.env.ACTIONS_RESULTS_URL = service.origin;
    await refused(uploadArtifact(request(), run), /storage quota .* is used up/, /Delete old artifacts/);
    expect(service.received).toHaveLength(1);
  });

  test('an enterprise’s own server', async () => {
    process.env.GITHUB_SERVER_URL = 'https://github.example.test';
    await refused(uploadArtifact(request(), run), /Enterprise Server/, /`upload-artifact: false`/);
  });

  test.each(['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL'])('no %s', async (name) => {
    delete process.env[name];
    await refused(uploadArtifact(request(), run), /does not provide the artifact service/, /`upload-artifact: false`/);
  });

  test('a token that is not this service’s', async () => {
    await using service = await answering({
      status: 401,
      body: JSON.stringify({ code: 'unauthenticated', msg: 'bad credentials' }),
    });
    process.env.ACTIONS_RESULTS_URL = service.origin;
    const error = await refused(uploadArtifact(request(), run), /\(401\)\. The bundles/, /githubstatus/);
    // The service was sent the job's token, and can repeat it.
    expect(error.message).not.toContain('bad credentials');
    expect(error.message).not.toContain(sandbox.artifactService.job.token);
  });

  test('whatever the client throws: the signature of an upload address is not repeated', async () => {
    const client: ArtifactClient = {
      ...unused,
      uploadArtifact: async () => {
        throw new Error('PUT https://blob.example.test/x?sig=SECRET&se=1 failed\nAuthorization: SECRET');
      },
    };
    const error = await refused(
      uploadArtifact(request(), run, async () => client),
      /PUT https:\/\/blob\.example\.test\/x\?… failed\./,
      /./,
    );
    expect(error.message).not.toContain('SECRET');
  });

  test('an answer without an id', async () => {
    const client: ArtifactClient = { ...unused, uploadArtifact: async () => ({}) };
    await refused(
      uploadArtifact(request(), run, async () => client),
      /no artifact ID/,
      /./,
    );
  });
});

describe('the name of an artifact', () => {
  const contents = digest('sha256', utf8('manifest'));

  test.each<[job: string, name: string]>([
    ['build', 'countersign-build-5b0d6ba7f3c4'],
    ['', 'countersign-5b0d6ba7f3c4'],
    ['a/b:c', 'countersign-a_b_c-5b0d6ba7f3c4'],
  ])('of the job %j', (job, name) => {
    expect(artifactName(job, contents).replace(/[0-9a-f]{12}$/, '5b0d6ba7f3c4')).toBe(name);
  });

  test('is that of the contents, and one that GitHub takes', () => {
    const names = ['a', 'b'].map((text) => artifactName('build', digest('sha256', utf8(text))));
    expect(new Set(names).size).toBe(2);
    expect(artifactName(`"\n${'x'.repeat(500)}`, contents)).toMatch(/^[\w.-]{1,150}$/);
  });
});
