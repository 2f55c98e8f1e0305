/** Images on disk, in each form: as programs save them, and as nobody should. */

import * as nodeFiles from 'node:fs/promises';
import {
  appendFile,
  link,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { formatDigest } from '../../../src/core/crypto/index.ts';
import { readDiskImage } from '../../../src/subject/index.ts';
import {
  annotated,
  attachment,
  type BuiltImage,
  digestOf,
  dockerLayoutFiles,
  dockerSaveFiles,
  document,
  type FileMap,
  image,
  index,
  layoutFiles,
  mediaTypes,
  multiPlatform,
  sha256Hex,
  writeFiles,
} from '../../kit/image-layout.ts';
import { endOfTar, tarOf, tarOfEntries } from '../../kit/tar.ts';
import { failure } from '../../services/loopback.ts';

let parent = '';
let path = '';
beforeEach(async () => {
  parent = await realpath(await mkdtemp(join(tmpdir(), 'countersign-image-')));
  path = join(parent, 'image');
});
afterEach(() => rm(parent, { recursive: true }));

type Form = 'folder' | 'tar';

async function save(form: Form, files: FileMap): Promise<void> {
  if (form === 'folder') await writeFiles(path, files);
  else await writeFile(path, tarOf(files));
}

async function images(): Promise<readonly (readonly [name: string | undefined, digest: string])[]> {
  const { images: found } = await readDiskImage(path, nodeFiles);
  return found.map(({ name, digest }) => [name, formatDigest(digest)]);
}

async function refused(form: Form, files: FileMap, code = 'IMAGE_INVALID'): Promise<string> {
  await save(form, files);
  const error = await failure(readDiskImage(path, nodeFiles));
  expect(error.code).toBe(code);
  expect(error.message).toContain(path);
  return error.message;
}

const app = image(['app']);
const other = image(['other']);
const name = ({ digest }: BuiltImage): string => formatDigest(digest);
const blobOf = ({ bytes }: BuiltImage): string => `blobs/sha256/${sha256Hex(bytes)}`;
const configId = ({ config }: typeof app): string => `sha256:${sha256Hex(config.bytes)}`;
const indexJson = (...manifests: readonly object[]): string =>
  JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests });

describe.each<Form>(['folder', 'tar'])('a layout in a %s', (form) => {
  test('with one image: its manifest, by digest, media type and size', async () => {
    await save(form, layoutFiles([[app, {}]]));
    const { images: found, getManifest } = await readDiskImage(path, nodeFiles);
    expect(found).toEqual([
      { name: undefined, digest: app.digest, mediaType: mediaTypes.manifest, size: app.bytes.length },
    ]);
    expect(Buffer.from((await getManifest(app.digest))?.bytes ?? [])).toEqual(Buffer.from(app.bytes));
    expect(await getManifest(other.digest)).toBeUndefined();
  });

  test('with an image for several platforms: its index, and each manifest', async () => {
    const built = multiPlatform();
    await save(form, layoutFiles([[built, {}]]));
    const { images: found, getManifest } = await readDiskImage(path, nodeFiles);
    expect(found).toMatchObject([{ digest: built.digest, mediaType: mediaTypes.index }]);
    for (const { digest } of built.manifests) expect(await getManifest(digest)).toMatchObject({ digest });
  });

  test.each<[string, object, string | undefined]>([
    ['as docker and containerd name it', annotated.imageName('docker.io/library/app:1'), 'docker.io/library/app'],
    ['by a short name', annotated.imageName('app:1'), 'docker.io/library/app'],
    ['as podman names it', annotated.refName('ghcr.io/owner/app:1.2'), 'ghcr.io/owner/app'],
    ['by a tag alone', annotated.refName('1.2'), undefined],
    ['by a tag that looks like a name', annotated.refName('app:1.2'), undefined],
    ['by any text', annotated.refName('v1.0/x:$'), undefined],
  ])('%s', async (_, more, expected) => {
    await save(form, layoutFiles([[app, more]]));
    expect(await images()).toEqual([[expected, name(app)]]);
  });

  test('with several, of which two are one', async () => {
    const [first, second] = [annotated.imageName('ghcr.io/o/app:1'), annotated.imageName('ghcr.io/o/app:latest')];
    await save(
      form,
      layoutFiles([
        [app, first],
        [app, second],
        [other, {}],
        [app, annotated.imageName('ghcr.io/o/b:1')],
      ]),
    );
    expect(await images()).toEqual([
      ['ghcr.io/o/app', name(app)],
      [undefined, name(other)],
      ['ghcr.io/o/b', name(app)],
    ]);
  });

  test('what is attached is left out: by what it says itself, and what cosign and BuildKit say of it', async () => {
    const kind = (text: string): object => ({ annotations: { kind: `dev.cosignproject.cosign/${text}` } });
    const isAttestation = { annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } };
    const more = [kind('sigs'), kind('atts'), isAttestation].map(
      (said, at) => [image([`attached ${at}`]), said] as const,
    );
    await save(
      form,
      layoutFiles([[app, kind('image')], [multiPlatform(), kind('imageIndex')], [attachment(app), {}], ...more]),
    );
    expect(await images()).toEqual([
      [undefined, name(app)],
      [undefined, name(multiPlatform())],
    ]);
  });

  test('a manifest that does not say what it is', async () => {
    const silent = ({ bytes, ...rest }: BuiltImage): BuiltImage => {
      const { mediaType, ...members } = JSON.parse(String(bytes));
      const own = { ...rest, ...document(members, mediaType) };
      return { ...own, digest: digestOf(own.bytes), blobs: [own, ...rest.blobs] };
    };
    await save(
      form,
      layoutFiles([
        [silent(app), {}],
        [silent(multiPlatform()), {}],
      ]),
    );
    const { images: found } = await readDiskImage(path, nodeFiles);
    expect(found.map(({ mediaType }) => mediaType)).toEqual([mediaTypes.manifest, mediaTypes.index]);
  });

  describe('is refused', () => {
    const good = () => layoutFiles([[app, {}]]);

    test.each<[string, () => FileMap, string]>([
      ['of another version', () => good().set('oci-layout', '{"imageLayoutVersion":"2.0.0"}'), 'a version other than'],
      ['with a mark that is none', () => good().set('oci-layout', 'true'), 'not an object'],
      ['without index.json', () => without(good(), 'index.json'), 'without index.json'],
      ['without its mark', () => without(good(), 'oci-layout'), 'no oci-layout'],
      ['with an index.json that is no JSON', () => good().set('index.json', '{'), 'index.json'],
      ['with an index.json of another kind', () => good().set('index.json', app.bytes), 'media type'],
      ['with an index.json without a list', () => good().set('index.json', '{}'), 'no list'],
      ['without an image', () => good().set('index.json', indexJson()), 'no image'],
      ['with what is attached alone', () => layoutFiles([[attachment(app), {}]]), 'no image'],
      ['without the manifest that it lists', () => without(good(), blobOf(app)), 'is missing'],
      ['with another manifest', () => good().set(blobOf(app), other.bytes), 'its digest is'],
      ['with a manifest that is no JSON', () => good().set(blobOf(app), 'x'), formatDigest(app.digest)],
      ['with another size', () => layoutFiles([[app, { size: 1 }]]), 'is listed with 1'],
      ['with another media type', () => layoutFiles([[{ ...app, mediaType: mediaTypes.index }, {}]]), 'listed as'],
      ['with an unknown media type', () => layoutFiles([[{ ...app, mediaType: 'text/plain' }, {}]]), '"text/plain"'],
      [
        'with a manifest of an unknown media type',
        () => layoutFiles([[odd({ mediaType: 'text/plain' }), {}]]),
        'is not a manifest',
      ],
      [
        'with an index and an image at once',
        () => layoutFiles([[odd({ manifests: [], layers: [] }), {}]]),
        'both an index and an image',
      ],
      [
        'with a name that is none',
        () => layoutFiles([[app, annotated.imageName('Not/A:Name:')]]),
        'not a valid image name',
      ],
    ])('%s', async (_, files, problem) => {
      expect(await refused(form, files())).toContain(problem);
    });

    test('with more images than are saved together', async () => {
      const manifests = Array.from({ length: 1001 }, () => JSON.parse(String(index([[app, {}]]).bytes)).manifests[0]);
      expect(await refused(form, good().set('index.json', indexJson(...manifests)), 'LIMIT_EXCEEDED')).toContain(
        '1000',
      );
    });

    test('with a document that is too long', async () => {
      const files = good().set('index.json', Buffer.alloc(4 * 1024 * 1024 + 1, ' '));
      // Before it is read.
      expect(await refused(form, files, 'LIMIT_EXCEEDED')).toContain(
        'index.json is too large: the limit is 4194304 bytes',
      );
    });

    function odd(members: object): BuiltImage {
      const own = { mediaType: mediaTypes.manifest, bytes: Buffer.from(JSON.stringify(members)) };
      return { ...own, digest: digestOf(own.bytes), blobs: [own] };
    }
  });

  describe('with docker’s list beside it', () => {
    test('one image under two names', async () => {
      await save(form, dockerLayoutFiles(app, ['app:1', 'ghcr.io/o/app:2']));
      expect(await images()).toEqual([
        ['docker.io/library/app', name(app)],
        ['ghcr.io/o/app', name(app)],
      ]);
    });

    test('without a name', async () => {
      await save(form, dockerLayoutFiles(app, []));
      expect(await images()).toEqual([[undefined, name(app)]]);
    });

    test('a name that is in the list alone', async () => {
      const list = dockerLayoutFiles(app, ['ghcr.io/o/app:2', 'ghcr.io/o/b:1']).get('manifest.json') ?? '';
      await save(form, layoutFiles([[app, annotated.refName('2')]]).set('manifest.json', list));
      expect(await images()).toEqual([
        ['ghcr.io/o/app', name(app)],
        ['ghcr.io/o/b', name(app)],
      ]);
    });

    test('one platform of an image for several, of which the others were not saved', async () => {
      const built = multiPlatform();
      const [saved = app, missing = app] = built.manifests;
      const list = dockerLayoutFiles(saved, ['app:1']).get('manifest.json') ?? '';
      const files = layoutFiles([[built, annotated.imageName('docker.io/library/app:1')]]).set('manifest.json', list);
      await save(form, without(files, blobOf(missing)));
      expect(await images()).toEqual([['docker.io/library/app', name(built)]]);
    });

    test.each<[string, () => FileMap, string]>([
      [
        'of another image',
        () => layoutFiles([[app, {}]]).set('manifest.json', dockerLayoutFiles(other, []).get('manifest.json') ?? ''),
        'does not list',
      ],
      [
        'with other layers',
        () => listed(({ Layers: layers, ...rest }) => ({ ...rest, Layers: [...layers, ...layers] })),
        'does not list',
      ],
      ['without layers', () => listed(({ Layers: _, ...rest }) => rest), 'does not list'],
      [
        'with another name',
        () => listed((entry) => ({ ...entry, RepoTags: ['app:2'] })),
        'has an image name that differs',
      ],
      ['without a configuration', () => listed(({ Config: _, ...rest }) => rest), 'has no Config'],
      ['with names that are none', () => listed((entry) => ({ ...entry, RepoTags: [1] })), 'list of strings'],
      ['that is no list', () => dockerLayoutFiles(app, []).set('manifest.json', '{}'), 'not a list'],
    ])('%s is refused', async (_, files, problem) => {
      expect(await refused(form, files())).toContain(problem);
    });
  });
});

type ListEntry = { readonly Config: string; readonly RepoTags: readonly string[]; readonly Layers: readonly string[] };

/** A layout of docker's with another list. */
function listed(change: (entry: ListEntry) => object): FileMap {
  const files = dockerLayoutFiles(app, ['app:1']);
  const [entry] = JSON.parse(String(files.get('manifest.json')));
  return files.set('manifest.json', JSON.stringify([change(entry)]));
}

function without(files: FileMap, file: string): FileMap {
  return new Map([...files].filter(([each]) => each !== file));
}

describe('what docker save wrote before', () => {
  test('is known by the ID of each image', async () => {
    await save(
      'tar',
      dockerSaveFiles([
        [app, ['app:1', 'app:2', 'ghcr.io/o/app:1']],
        [other, null],
      ]),
    );
    const { images: found, getManifest } = await readDiskImage(path, nodeFiles);
    expect(found.map(({ name: saved, digest }) => [saved, formatDigest(digest)])).toEqual([
      ['docker.io/library/app', configId(app)],
      ['ghcr.io/o/app', configId(app)],
      [undefined, configId(other)],
    ]);
    expect(found[0]).toMatchObject({
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: app.config.bytes.length,
    });
    expect(await getManifest(app.digest)).toBeUndefined();
  });

  test.each([(id: string) => `sha256:${id}`, (id: string) => `blobs/sha256/${id}`])(
    'is read as others name it',
    async (naming) => {
      await save('tar', renamed(naming(sha256Hex(app.config.bytes))));
      expect(await images()).toEqual([[undefined, configId(app)]]);
    },
  );

  test.each<[string, () => FileMap, string]>([
    ['a configuration of another digest', () => renamed(`${'0'.repeat(64)}.json`), 'but the digest of that file is'],
    ['a name that says no digest', () => renamed('config.json'), 'does not have the form'],
    ['a name that leads out', () => renamed('../secret'), 'does not have the form'],
    [
      'has no Config',
      () => without(dockerSaveFiles([[app, null]]), `${sha256Hex(app.config.bytes)}.json`),
      'is missing',
    ],
    ['no image', () => dockerSaveFiles([]), 'no image'],
    ['a configuration that is none', () => configured({}), 'rootfs'],
    ['fewer layers', () => configured({ rootfs: { type: 'layers', diff_ids: [] } }), 'the number of layers'],
    ['a name that is none', () => dockerSaveFiles([[app, ['<none>:<none>']]]), 'not a valid image name'],
  ])('%s is refused', async (_, files, problem) => {
    expect(await refused('tar', files())).toContain(problem);
  });

  test('a list that is too long is refused', async () => {
    await refused('tar', dockerSaveFiles(Array.from({ length: 1001 }, () => [app, null])), 'LIMIT_EXCEEDED');
  });

  function renamed(config: string): FileMap {
    const entry = { Config: config, RepoTags: null, Layers: ['layer.tar'] };
    return new Map<string, Uint8Array | string>([
      [config.replace('../', ''), app.config.bytes],
      ['manifest.json', JSON.stringify([entry])],
    ]);
  }

  function configured(config: object): FileMap {
    const bytes = Buffer.from(JSON.stringify(config));
    return dockerSaveFiles([[{ ...app, config: { mediaType: mediaTypes.config, bytes } }, null]]);
  }
});

describe('files', () => {
  test('that are not there', async () => {
    expect((await failure(readDiskImage(path, nodeFiles))).code).toBe('SUBJECT_UNREADABLE');
  });

  test('that are no image', async () => {
    await refused('folder', new Map([['readme.txt', 'x']]));
    await rm(path, { recursive: true });
    await refused('tar', new Map([['readme.txt', 'x']]));
    await writeFile(path, 'x');
    expect((await failure(readDiskImage(path, nodeFiles))).code).toBe('IMAGE_INVALID');
  });

  test.each([
    ['gzip', gzipSync(tarOf(layoutFiles([[app, {}]])))],
    ['zstd', Buffer.from('28b52ffd00', 'hex')],
    ['xz', Buffer.from('fd377a585a', 'hex')],
    ['bzip2', Buffer.from('BZh9')],
  ])('that are compressed with %s: it says so', async (program, bytes) => {
    await writeFile(path, bytes);
    const error = await failure(readDiskImage(path, nodeFiles));
    expect(error).toMatchObject({ code: 'IMAGE_INVALID', remedy: expect.stringContaining(`${program} -d`) });
  });

  test('links within a folder are followed', async () => {
    await save('folder', layoutFiles([[app, {}]]));
    await rename(join(path, 'blobs'), join(path, 'elsewhere'));
    await symlink('elsewhere', join(path, 'blobs'));
    expect(await images()).toEqual([[undefined, name(app)]]);
    await symlink(path, join(parent, 'link'));
    path = join(parent, 'link');
    expect(await images()).toEqual([[undefined, name(app)]]);
  });

  test.each(['index.json', 'oci-layout', blobOf(app)])('a link out of the folder, at %s, is refused', async (file) => {
    await save('folder', layoutFiles([[app, {}]]));
    await rename(join(path, file), join(parent, 'outside'));
    await symlink(join(parent, 'outside'), join(path, file));
    const error = await failure(readDiskImage(path, nodeFiles));
    expect(error).toMatchObject({ code: 'IMAGE_INVALID', message: expect.stringContaining('outside of the image') });
  });

  test('a folder where a file should be', async () => {
    await save('folder', without(layoutFiles([[app, {}]]), 'index.json'));
    await mkdir(join(path, 'index.json'));
    expect((await failure(readDiskImage(path, nodeFiles))).code).toBe('SUBJECT_UNREADABLE');
  });

  test.each(['1', '2'])('a link in a tar is not followed (%s)', async (type) => {
    const files = without(layoutFiles([[app, {}]]), 'index.json');
    const entries = [...files].map(([each, body]) => ({ name: each, body }));
    await writeFile(path, tarOfEntries([...entries, { name: 'index.json', type, linkName: 'oci-layout' }], endOfTar));
    const error = await failure(readDiskImage(path, nodeFiles));
    expect(error).toMatchObject({ code: 'IMAGE_INVALID', message: expect.stringContaining('links') });
  });

  describe('a tar that is changed after it was looked at', () => {
    const cases: readonly (readonly [string, () => Promise<void>])[] = [
      [
        'replaced',
        async () => {
          await writeFile(join(parent, 'new'), await readFile(path));
          await utimes(join(parent, 'new'), 5, 5);
          await rename(join(parent, 'new'), path);
        },
      ],
      [
        'longer',
        async () => {
          await appendFile(path, Buffer.alloc(512));
          await utimes(path, 5, 5);
        },
      ],
      ['modified', () => utimes(path, 1, 1)],
    ];
    test.each(cases)('%s', async (_, change) => {
      await save('tar', layoutFiles([[app, {}]]));
      await utimes(path, 5, 5);
      // Keeps its inode from being used again.
      await link(path, join(parent, 'same'));
      const { getManifest } = await readDiskImage(path, nodeFiles);
      await change();
      expect((await failure(Promise.resolve(getManifest(app.digest)))).code).toBe('SUBJECT_CHANGED');
    });
  });

  test('a folder in which a manifest is changed after it was looked at', async () => {
    await save('folder', layoutFiles([[app, {}]]));
    const { getManifest } = await readDiskImage(path, nodeFiles);
    await writeFile(join(path, blobOf(app)), other.bytes);
    expect((await failure(Promise.resolve(getManifest(app.digest)))).code).toBe('IMAGE_INVALID');
  });
});
