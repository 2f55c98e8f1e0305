import { join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { digest, formatDigest } from '../../src/core/crypto/index.ts';
import { utf8 } from '../../src/core/encoding/index.ts';
import type { Places } from '../../src/deliver/index.ts';
import { attestationPaths, bundlePaths, collectionPaths, placesOfBundles } from '../../src/deliver/index.ts';
import type { DigestSubject, FileSubject, ImageSubject, Subject } from '../../src/subject/index.ts';
import { failure } from '../services/loopback.ts';

const workspace = resolve('/workspace');
const beside: Places = { workspace, bundleDirectory: undefined };
const inFolder: Places = { workspace, bundleDirectory: resolve('/bundles') };

const file = (name: string): FileSubject => ({ kind: 'file', name, path: join(workspace, name) });
const image = (name: string, content = name): DigestSubject => ({
  kind: 'digest',
  name,
  digest: digest('sha256', utf8(content)),
  origin: 'a test',
});

/** The paths below a folder, in the order of the subjects. */
function paths(subjects: readonly Subject[], places: Places): readonly string[] {
  const found = bundlePaths(subjects, places);
  expect(found.size).toBe(subjects.length);
  const folder = places.bundleDirectory ?? workspace;
  return subjects.map((subject) =>
    relative(folder, found.get(subject) ?? '')
      .split(sep)
      .join('/'),
  );
}

describe('the bundle of a file', () => {
  test('is beside it, or in the folder for bundles under its own path', () => {
    const subjects = [file('app.tgz'), file('dist/deep/app.tgz'), file('a "b": <c>.txt')];
    const expected = subjects.map(({ name }) => `${name}.sigstore.json`);
    expect(paths(subjects, beside)).toEqual(expected);
    expect(paths(subjects, inFolder)).toEqual(expected);
  });

  test('a folder for bundles that is relative is below the workspace', () => {
    const subject = file('app.tgz');
    expect(bundlePaths([subject], { workspace, bundleDirectory: 'out' }).get(subject)).toBe(
      join(workspace, 'out', 'app.tgz.sigstore.json'),
    );
  });

  test.each([beside, inFolder])('never is a subject, nor another spelling of one', (places) => {
    const bundles = { ...places, bundleDirectory: places.bundleDirectory && workspace };
    expect(paths([file('app'), file('APP.sigstore.json')], bundles)).toEqual([
      'app-a172cedcae47.sigstore.json',
      'APP.sigstore.json.sigstore.json',
    ]);
  });

  test('beside files that differ only by case, each has its own; elsewhere both are told apart, in whatever order', () => {
    const subjects = [file('a.txt'), file('A.txt')];
    expect(paths(subjects, beside)).toEqual(['a.txt.sigstore.json', 'A.txt.sigstore.json']);
    const told = paths(subjects, inFolder);
    expect(told).toEqual([
      expect.stringMatching(/^a\.txt-[0-9a-f]{12}\.sigstore\.json$/),
      expect.stringMatching(/^A\.txt-[0-9a-f]{12}\.sigstore\.json$/),
    ]);
    expect(paths(subjects.toReversed(), inFolder)).toEqual(told.toReversed());
  });

  test('whose name leaves no room for more has a shorter one', () => {
    const names = ['n'.repeat(255), `${'n'.repeat(254)}m`, 'ü'.repeat(127)];
    const found = paths(names.map(file), beside);
    for (const path of found) {
      expect(Buffer.byteLength(path)).toBeLessThanOrEqual(255);
      expect(path).toMatch(/^[nü]+-[0-9a-f]{12}\.sigstore\.json$/);
    }
    expect(new Set(found).size).toBe(3);
  });

  test('does not leave the folder for bundles', async () => {
    const error = await failure(
      (async () => bundlePaths([{ kind: 'file', name: '../../etc/x', path: '/workspace/x' }], inFolder))(),
    );
    expect(error.code).toBe('USAGE');
    expect(error.message).toContain('"../../etc/x"');
  });
});

describe('the bundle of a digest', () => {
  test.each<[name: string, stem: string]>([
    ['app.tgz', 'app.tgz'],
    ['ghcr.io/octo-org/app', 'ghcr.io_octo-org_app'],
    ['localhost:5000/app:v1', 'localhost_5000_app_v1'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['/etc/passwd', '_etc_passwd'],
    ['C:\\Windows\\x', 'C_Windows_x'],
    ['..', 'subject'],
    ['', 'subject'],
    ['CON', '_CON'],
    ['nul.tar.gz', '_nul.tar.gz'],
    ['lpt¹.x', '_lpt¹.x'],
    ['console', 'console'],
    ['-rf', 'rf'],
    ['.hidden', 'hidden'],
    ['ends. ', 'ends._'],
    ['line\r\nfeed', 'line_feed'],
    ['"<|>*?:', '_'],
    ['日本語', '日本語'],
    ['u\u0308ber', '\u00fcber'],
  ])('%j is named %j', (name, stem) => {
    expect(paths([image(name)], inFolder)).toEqual([`${stem}.sigstore.json`]);
    expect(paths([image(name)], beside)).toEqual([`${stem}.sigstore.json`]);
  });

  test('those that would share a name are told apart by their digests', () => {
    const [first, second, third, other] = paths(
      [image('app:v1'), image('app/v1'), image('APP_V1'), image('other')],
      inFolder,
    );
    expect(first).toMatch(/^app_v1-[0-9a-f]{12}\.sigstore\.json$/);
    expect(second).toMatch(/^app_v1-[0-9a-f]{12}\.sigstore\.json$/);
    expect(third).toMatch(/^APP_V1-[0-9a-f]{12}\.sigstore\.json$/);
    expect(first).toContain(formatDigest(image('app:v1').digest).slice('sha256:'.length, 'sha256:'.length + 12));
    expect(first).not.toBe(second);
    expect(other).toBe('other.sigstore.json');
  });

  test('and where the digests are the same too, by number', () => {
    const found = paths([image('a:b', 'x'), image('a/b', 'x'), image('a|b', 'x')], inFolder);
    expect(found[1]).toBe(found[0]?.replace('.sigstore', '-2.sigstore'));
    expect(found[2]).toBe(found[0]?.replace('.sigstore', '-3.sigstore'));
  });

  test('of an image has its digest, whatever else is signed: a name alone is that of every version', () => {
    const version = (content: string): ImageSubject => ({
      ...image('ghcr.io/owner/app', content),
      kind: 'image',
      stored: undefined,
    });
    const [one, two] = [version('1.2'), version('1.3')];
    const path = ({ digest: of }: ImageSubject) =>
      `ghcr.io_owner_app-${formatDigest(of).slice('sha256:'.length).slice(0, 12)}.sigstore.json`;
    expect(paths([one], beside)).toEqual([path(one)]);
    expect(paths([two, one], inFolder)).toEqual([path(two), path(one)]);
  });

  test('leaves a file’s bundle where it is expected', () => {
    expect(paths([image('app'), file('APP')], inFolder)).toEqual([
      expect.stringMatching(/^app-[0-9a-f]{12}\.sigstore\.json$/),
      'APP.sigstore.json',
    ]);
  });
});

test('whatever the names are, paths are distinct, safe, inside, and no subject', () => {
  const name = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'a',
          'A',
          '.',
          '..',
          '/',
          '\\',
          ':',
          ' ',
          'con',
          'ß',
          'SS',
          'é',
          'e\u0301',
          '.sigstore.json',
          '\n',
        ),
        fc.string({ unit: 'binary', maxLength: 2 }),
        fc.constant('x'.repeat(300)),
      ),
      { maxLength: 5 },
    )
    .map((parts) => parts.join(''));
  const segment = fc.constantFrom('a', 'A', 'b.sigstore.json', 'a.sigstore.json', 'attestation', 'é');
  const files = fc.uniqueArray(
    fc.array(segment, { minLength: 1, maxLength: 2 }).map((parts) => parts.join('/')),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(files, fc.array(name, { maxLength: 8 }), fc.boolean(), (fileNames, names, near) => {
      const subjects = [...fileNames.map(file), ...names.map((text) => image(text))];
      const folder = join(workspace, 'bundles');
      const found = bundlePaths(subjects, { workspace, bundleDirectory: near ? undefined : folder });
      const all = [...found.values()];
      expect(new Set(all).size).toBe(subjects.length);
      for (const subject of subjects) {
        const path = found.get(subject) ?? '';
        expect(fileNames.map((own) => join(workspace, own).toLowerCase())).not.toContain(path.toLowerCase());
        expect(path.endsWith('.sigstore.json')).toBe(true);
        if (subject.kind === 'file') continue;
        const inside = relative(near ? workspace : folder, path);
        expect(Buffer.byteLength(inside)).toBeLessThanOrEqual(255);
        expect(inside).not.toMatch(/[/\\":<>|*?\p{Cc}\p{Cf}]|^[.-]|^(?:con|prn|aux|nul|com\d|lpt\d)\./iu);
      }
      if (!near) expect(new Set(all.map((path) => path.normalize('NFC').toLowerCase())).size).toBe(subjects.length);
    }),
    { numRuns: 500 },
  );
});

describe('what is about all', () => {
  const first = <T>(candidates: Iterable<T>, count: number): readonly T[] => {
    const found: T[] = [];
    for (const one of candidates) {
      found.push(one);
      if (found.length === count) break;
    }
    return found;
  };

  test('attestations are numbered from the second on, and pass over subjects', () => {
    const folder = inFolder.bundleDirectory ?? '';
    expect(first(attestationPaths([], inFolder), 3)).toEqual([
      join(folder, 'attestation.sigstore.json'),
      join(folder, 'attestation-2.sigstore.json'),
      join(folder, 'attestation-3.sigstore.json'),
    ]);
    expect(first(attestationPaths([file('Attestation.sigstore.json')], beside), 1)).toEqual([
      join(workspace, 'attestation-2.sigstore.json'),
    ]);
  });

  test('a manifest has the plain name only in a folder for bundles; both files have the same number', () => {
    const folder = resolve('/bundles');
    expect(first(collectionPaths([], inFolder), 2)).toEqual([
      { bundles: join(folder, 'bundles.sigstore.jsonl'), manifest: join(folder, 'manifest.json') },
      { bundles: join(folder, 'bundles-2.sigstore.jsonl'), manifest: join(folder, 'manifest-2.json') },
    ]);
    expect(first(collectionPaths([], beside), 1)).toEqual([
      {
        bundles: join(workspace, 'bundles.sigstore.jsonl'),
        manifest: join(workspace, 'countersign-manifest.json'),
      },
    ]);
  });

  test.each([['manifest.json'], ['BUNDLES.sigstore.jsonl'], ['manifest.json', 'bundles.sigstore.jsonl']])(
    'no subject is overwritten: %s',
    (...names) => {
      const places = { workspace, bundleDirectory: workspace };
      expect(first(collectionPaths(names.map(file), places), 1)).toEqual([
        { bundles: join(workspace, 'bundles-2.sigstore.jsonl'), manifest: join(workspace, 'manifest-2.json') },
      ]);
    },
  );

  test.each([
    ['attestation.sigstore.json', true],
    ['attestation-12.sigstore.json', true],
    ['bundles.sigstore.jsonl', true],
    ['bundles-2.sigstore.jsonl', true],
    ['countersign-manifest.json', true],
    ['manifest-3.json', true],
    ['dist/app.sigstore.json', true],
    ['app.sigstore.json', false],
    ['dist/attestation.sigstore.json', false],
    ['my-attestation.sigstore.json', false],
  ])('%s is a place of this run: %s', (name, expected) => {
    expect(placesOfBundles([file('dist/app'), image('app')], beside)(join(workspace, name))).toBe(expected);
  });
});
