/** Images by name and by path, before the sandbox's registry and real files. */

import * as nodeFiles from 'node:fs/promises';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { formatDigest } from '../../src/core/crypto/index.ts';
import { collectImages, type ImageOptions, type ImageSubject, readImageName } from '../../src/subject/index.ts';
import {
  annotated,
  type BuiltImage,
  dockerSaveFiles,
  image,
  layoutFiles,
  mediaTypes,
  multiPlatform,
  sha256Hex,
  writeFiles,
} from '../kit/image-layout.ts';
import { pushBuilt, registriesFor } from '../kit/registries.ts';
import { tarOf } from '../kit/tar.ts';
import { failure, withHttp } from '../services/loopback.ts';

const app = image(['app']);
const other = image(['other']);
const multi = multiPlatform();
const digestText = ({ digest }: BuiltImage): string => formatDigest(digest);

let sandbox: Sandbox;
let host = '';
let parent = '';
let workspace = '';
beforeAll(async () => {
  sandbox = await startSandbox();
  host = new URL(sandbox.urls.registry).host;
  await withHttp(async (http) => {
    const registries = registriesFor(http);
    await pushBuilt(registries, `${host}/owner/app`, app, '1', 'latest');
    await pushBuilt(registries, `${host}/owner/app`, other, '2');
    await pushBuilt(registries, `${host}/owner/multi`, multi, '1');
  });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  parent = await realpath(await mkdtemp(join(tmpdir(), 'countersign-images-')));
  workspace = join(parent, 'workspace');
  await mkdir(workspace);
});
afterEach(() => rm(parent, { recursive: true }));

function collect(
  lines: readonly string[],
  options: ImageOptions = { recursive: false },
): Promise<readonly ImageSubject[]> {
  return withHttp((http) => collectImages(lines, options, workspace, registriesFor(http), nodeFiles));
}

const refused = (lines: readonly string[], options?: ImageOptions) => failure(collect(lines, options));

async function named(lines: readonly string[], options?: ImageOptions) {
  return (await collect(lines, options)).map(({ name, digest }) => [name, formatDigest(digest)]);
}

async function saveTar(path: string, files: ReadonlyMap<string, Uint8Array | string>): Promise<void> {
  await writeFile(join(workspace, path), tarOf(files));
}

describe('in a registry', () => {
  test('by tag, by digest, and with gh’s prefix', async () => {
    expect(await collect([`${host}/owner/app:2`, `oci://${host}/owner/multi:1`])).toEqual([
      {
        kind: 'image',
        name: `${host}/owner/app`,
        digest: other.digest,
        origin: `${host}/owner/app:2`,
        stored: {
          repository: { registry: host, name: 'owner/app' },
          tags: ['2'],
          mediaType: mediaTypes.manifest,
          size: other.bytes.length,
        },
      },
      expect.objectContaining({ name: `${host}/owner/multi`, digest: multi.digest }),
    ]);
    const [byDigest] = await collect([`${host}/owner/app:9@${digestText(app)}`]);
    expect(byDigest).toMatchObject({ digest: app.digest, stored: { tags: [] } });
  });

  test('two tags of one image are one subject, which keeps both; another image of that name is another', async () => {
    const lines = ['1', 'latest', '2', '1'].map((tag) => `${host}/owner/app:${tag}`);
    const found = await collect([...lines, `${host}/owner/app@${digestText(app)}`]);
    const expected = [
      { digest: app.digest, tags: ['1', 'latest'] },
      { digest: other.digest, tags: ['2'] },
    ].sort((a, b) => (formatDigest(a.digest) < formatDigest(b.digest) ? -1 : 1));
    expect(found.map(({ digest, stored }) => ({ digest, tags: stored?.tags }))).toEqual(expected);
  });

  test('with each platform, of which the tag leads to none', async () => {
    const found = await collect([`${host}/owner/multi:1`], { recursive: true });
    const all = [multi, ...multi.manifests];
    expect(found.map(({ name, digest }) => [name, formatDigest(digest)])).toEqual(
      all.map((each) => [`${host}/owner/multi`, digestText(each)]),
    );
    for (const { digest, stored } of found) {
      const built = all.find((each) => digestText(each) === formatDigest(digest));
      expect(stored).toMatchObject({
        tags: built === multi ? ['1'] : [],
        mediaType: built?.mediaType,
        size: built?.bytes.length,
      });
    }
  });

  test('what is not there, or no name, is refused', async () => {
    expect((await refused([`${host}/owner/app:3`])).code).toBe('SUBJECT_MISSING');
    expect((await refused([`${host}/owner/app`])).code).toBe('USAGE');
    expect((await refused(['docker://alpine:3'])).code).toBe('USAGE');
  });

  test('an index that lists what is not there: refused where its manifests are wanted', async () => {
    sandbox.misbehave('registry:missing-manifest');
    try {
      const line = `${host}/owner/multi:1`;
      expect(await collect([line])).toHaveLength(1);
      const error = await refused([line], { recursive: true });
      expect(error).toMatchObject({ code: 'SUBJECT_MISSING', message: expect.stringContaining(line) });
    } finally {
      sandbox.behave();
    }
  });

  test('what is mistyped is said before a registry is asked', async () => {
    const refuse = () => {
      throw new Error('a registry was asked');
    };
    const asked = Object.assign(refuse, { attachmentsOf: refuse });
    const lines = [`${host}/owner/app:1`, 'No:Name:'];
    const error = await failure(collectImages(lines, { recursive: false }, workspace, asked, nodeFiles));
    expect(error.code).toBe('USAGE');
  });
});

describe('on disk', () => {
  test('under the name that it was saved under, or else its path', async () => {
    await mkdir(join(workspace, 'out'));
    await writeFiles(join(workspace, 'out/layout'), layoutFiles([[app, {}]]));
    await saveTar('out/named.tar', layoutFiles([[app, annotated.refName('ghcr.io/owner/app:1')]]));
    await saveTar('old.tar', dockerSaveFiles([[other, null]]));
    expect(
      await named(['./out/layout/', 'oci-archive:out/named.tar', 'docker-archive:old.tar', './out/../out/named.tar']),
    ).toEqual([
      ['ghcr.io/owner/app', digestText(app)],
      ['old.tar', `sha256:${sha256Hex(other.config.bytes)}`],
      ['out/layout', digestText(app)],
    ]);
    expect(await named([join(workspace, 'out/layout')])).toEqual([['out/layout', digestText(app)]]);
    expect((await collect(['oci:out/layout']))[0]).toMatchObject({ origin: 'oci:out/layout', stored: undefined });
  });

  test('with each platform', async () => {
    await saveTar('multi.tar', layoutFiles([[multi, {}]]));
    await saveTar('old.tar', dockerSaveFiles([[other, null]]));
    expect(await named(['./multi.tar', './old.tar'])).toHaveLength(2);
    expect(await named(['./multi.tar', './old.tar'], { recursive: true })).toEqual([
      ...[multi, ...multi.manifests].map((each) => ['multi.tar', digestText(each)]),
      ['old.tar', `sha256:${sha256Hex(other.config.bytes)}`],
    ]);
  });

  test('and in a registry too: one subject, which is known to be there', async () => {
    await saveTar('app.tar', layoutFiles([[app, annotated.refName(`${host}/owner/app:1`)]]));
    for (const lines of [
      ['./app.tar', `${host}/owner/app:1`],
      [`${host}/owner/app:1`, './app.tar'],
    ]) {
      expect(await collect(lines)).toMatchObject([{ digest: app.digest, stored: { tags: ['1'] } }]);
    }
  });

  test('elsewhere: by a path that says so, and never by its whole path for a name', async () => {
    await writeFiles(join(parent, 'elsewhere'), layoutFiles([[app, {}]]));
    expect(await named([join(parent, 'elsewhere')])).toEqual([['elsewhere', digestText(app)]]);
    await symlink(join(parent, 'elsewhere'), join(workspace, 'link'));
    for (const path of ['./link', '../elsewhere', 'oci:link']) {
      expect(await refused([path])).toMatchObject({ code: 'USAGE', message: expect.stringContaining('outside') });
    }
  });

  test('the workspace itself is called as its folder is', async () => {
    await writeFiles(workspace, layoutFiles([[app, {}]]));
    expect(await named(['./'])).toEqual([['workspace', digestText(app)]]);
  });

  test('a path without ./ is refused, and how to write it is said', async () => {
    await saveTar('app.tar', layoutFiles([[app, {}]]));
    expect(await refused(['app.tar'])).toMatchObject({
      code: 'USAGE',
      remedy: 'Use ./app.tar to specify the image at this path.',
    });
    expect((await refused(['gone.tar'])).remedy).not.toContain('./');
    expect((await refused(['./gone.tar'])).code).toBe('SUBJECT_UNREADABLE');
  });
});

test('no lines, no images', async () => expect(await collect([])).toEqual([]));

test.each(['', ' '])('the empty name %j is refused: a variable was not set', async (line) => {
  await expect(collect(['./image', line])).rejects.toMatchObject({
    code: 'USAGE',
    message: 'an image name is empty',
  });
});

test.each<[string, string, string | undefined]>([
  ['./a', '/', './a'],
  ['../a', '/', '../a'],
  ['/a:1', '/', '/a:1'],
  ['oci:a', '/', 'a'],
  ['oci-archive:a b.tar', '/', 'a b.tar'],
  ['docker-archive:/a.tar', '/', '/a.tar'],
  ['oci://ghcr.io/o/app:1', '/', undefined],
  ['app:1', '/', undefined],
  ['c:1', '/', undefined],
  ['c:\\a', '\\', 'c:\\a'],
  ['C:/a', '\\', 'C:/a'],
  ['.\\a', '\\', '.\\a'],
  ['..\\a', '\\', '..\\a'],
  ['\\a', '\\', '\\a'],
  ['./a', '\\', './a'],
  ['c:1', '\\', undefined],
])('%s, where paths have %s', (line, separator, path) => {
  const read = readImageName(line, separator);
  expect(read.kind === 'path' ? read.path : undefined).toBe(path);
});

test.each(['oci:', 'oci-archive:', 'docker-archive:'])('%s alone is refused', async (line) => {
  expect(await refused([line])).toMatchObject({ code: 'USAGE', message: expect.stringContaining('no path') });
});
