/** Files are attached to releases of the sandbox's GitHub. */

import { rm, truncate, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fault, interruptedUpload, secondaryRateLimit } from '../../../sandbox/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import type { ReleaseWorld } from '../../../src/deliver/index.ts';
import { draftMark } from '../../../src/deliver/release/find-release.ts';
import { commit, kindsOf, ReleasePlace, uploads } from '../../kit/release-place.ts';
import { failure } from '../../services/loopback.ts';

let place: ReleasePlace;
beforeEach(async () => {
  place = await ReleasePlace.open();
});
afterEach(() => place[Symbol.asyncDispose]());

const elsewhere = '8'.repeat(40);
const draftTarget = { kind: 'draft', tag: 'v1' } as const;

describe('the release', () => {
  test('is a new draft if there is none, which is not published unless requested', async () => {
    const draft = { name: 'One', body: 'Text', isPrerelease: true };
    const result = await place.attach(await place.write(['a', 'b']), { commit, draft });
    expect([kindsOf(result), result.isNew, result.publication]).toEqual([
      ['uploaded', 'uploaded'],
      true,
      { kind: 'draft', isWithheld: false },
    ]);
    expect(place.stored).toEqual([
      expect.objectContaining({ tag: 'v1', target: commit, name: 'One', isPrerelease: true, isDraft: true }),
    ]);
    expect(place.stored[0]?.body).toMatch(/^Text\n\n<!--/);
    expect(place.assets).toEqual({ a: 'a', b: 'b' });
  });

  test.each([
    ['a draft, found by its tag', true, { kind: 'tag', tag: 'v1' }],
    ['a draft that is required', true, draftTarget],
    ['a published release', false, { kind: 'tag', tag: 'v1' }],
  ] as const)('is %s', async (_, isDraft, target) => {
    const releases = place.releases();
    const draft = await releases.createDraft('octo/app', { tag: 'v1' });
    if (!isDraft) await releases.publish(draft);
    const result = await place.attach(await place.write(['a']), { target });
    expect([result.release.id, result.isNew, kindsOf(result)]).toEqual([draft.id, false, ['uploaded']]);
  });

  test('is one with an ID', async () => {
    const releases = place.releases();
    await releases.createDraft('octo/app', { tag: 'v1' });
    const { id } = await releases.createDraft('octo/app', { tag: 'v1' });
    const result = await place.attach(await place.write(['a']), { target: { kind: 'id', id } });
    expect(result.release.id).toBe(id);
    const error = await failure(place.attach(await place.write(['a']), { target: { kind: 'id', id: 99 } }));
    expect([error.code, error.message]).toEqual(['RELEASE_MISSING', expect.stringContaining('99')]);
  });

  test('is published at the end, if requested', async () => {
    const result = await place.attach(await place.write(['a']), { commit, publish: true });
    expect([result.publication, result.release.isDraft]).toEqual([{ kind: 'published' }, false]);
    expect(place.app.commitOfTag('v1')).toBe(commit);
    expect(place.sent.at(-1)).toMatch(/^PATCH/);
  });

  test('is not told its commit if the tag exists', async () => {
    place.app.addTag('v1', commit, '9'.repeat(40));
    await place.attach(await place.write(['a']), { commit });
    expect(place.stored[0]?.target).toBe('main');
  });
});

describe('before the first upload', () => {
  afterEach(() => expect(place.sent.filter((line) => line.endsWith('/assets') && line.startsWith('POST'))).toEqual([]));

  test('a tag at another commit is an error', async () => {
    place.app.addTag('v1', elsewhere);
    const error = await failure(place.attach(await place.write(['a']), { commit }));
    expect([error.code, error.message]).toEqual([
      'RELEASE_TAG_MOVED',
      `the tag "v1" of octo/app is at the commit ${elsewhere}, but ${commit} was built`,
    ]);
    expect(place.stored).toEqual([]);
  });

  test('a draft that would create the tag at another commit is an error', async () => {
    await place.releases().createDraft('octo/app', { tag: 'v1', target: elsewhere });
    const error = await failure(place.attach(await place.write(['a']), { commit }));
    expect([error.code, error.message]).toEqual(['RELEASE_TAG_MOVED', expect.stringContaining('the draft for "v1"')]);
  });

  test('a release by its ID, whose tag is at another commit, is an error', async () => {
    place.app.addTag('v1', elsewhere);
    const { id } = await place.releases().createDraft('octo/app', { tag: 'v1' });
    const error = await failure(place.attach(await place.write(['a']), { commit, target: { kind: 'id', id } }));
    expect(error.code).toBe('RELEASE_TAG_MOVED');
  });

  test('two drafts with the tag are an error', async () => {
    const ids = [];
    for (let at = 0; at < 2; at++) ids.push((await place.releases().createDraft('octo/app', { tag: 'v1' })).id);
    const error = await failure(place.attach(await place.write(['a'])));
    expect([error.code, error.message, error.remedy]).toEqual([
      'RELEASE_AMBIGUOUS',
      `several drafts of octo/app have the tag "v1": ${ids.join(', ')}`,
      expect.stringContaining('ID'),
    ]);
    expect(place.stored).toHaveLength(2);
  });

  test('a published release in place of a draft is an error', async () => {
    const releases = place.releases();
    await releases.publish(await releases.createDraft('octo/app', { tag: 'v1' }));
    const error = await failure(place.attach(await place.write(['a', 'b']), { target: draftTarget }));
    expect([error.code, error.message]).toEqual(['USAGE', expect.stringContaining('a and 1 other files')]);
  });

  test.each([
    ['whose assets would have one name', ['a b', 'a+b'], /would both become the release asset a\.b$/],
    ['without a usable name', ['…'], /^"…" cannot be the name/],
  ])('files %s are an error', async (_, names, message) => {
    const error = await failure(place.attach(await place.write(names)));
    expect([error.code, error.message]).toEqual(['RELEASE_ASSET_UNFIT', expect.stringMatching(message)]);
    expect(place.sent).toEqual([]);
  });

  test('more than 1000 assets are an error', async () => {
    const [file] = await place.write(['a']);
    const many = Array.from({ length: 1001 }, (_, at) => ({ path: file?.path ?? '', name: `${at}` }));
    const error = await failure(place.attach(many));
    expect([error.code, error.message]).toEqual(['RELEASE_ASSET_UNFIT', expect.stringContaining('1001 assets')]);
  });

  test('a missing permission is an error', async () => {
    const releases = place.releases({ permissions: { contents: 'read' } });
    const error = await failure(place.attach(await place.write(['a']), {}, { releases }));
    expect([error.code, error.remedy]).toEqual(['PERMISSION_MISSING', expect.stringContaining('contents: write')]);
  });
});

describe('an asset', () => {
  test('has a name that GitHub does not change, and the wanted name as its label', async () => {
    const names = ['app+1 (x64).tar.gz', '.hidden', 'a..b.', 'plain_1-2.txt', 'ä@b'];
    const result = await place.attach(await place.write(names));
    expect(kindsOf(result)).toEqual(names.map(() => 'uploaded'));
    const assets = place.stored[0]?.assets.map(({ name, label }) => [name, label]).sort();
    expect(assets).toEqual([
      ['a.b', 'a..b.'],
      ['app.1.x64.tar.gz', 'app+1 (x64).tar.gz'],
      ['b', 'ä@b'],
      ['hidden', '.hidden'],
      ['plain_1-2.txt', ''],
    ]);
  });

  test('with the same content stays as it is', async () => {
    const files = await place.write(['a', 'b']);
    await place.attach(files.slice(0, 1));
    const [before] = place.stored[0]?.assets ?? [];
    expect(kindsOf(await place.attach(files))).toEqual(['already-there', 'uploaded']);
    expect(place.stored[0]?.assets[0]).toBe(before);
  });

  test('without a digest, of an older server, is compared by its content', async () => {
    const files = await place.write(['a', 'b']);
    await place.attach(files);
    await writeFile(files[1]?.path ?? '', 'c');
    place.sandbox.faults.set(
      { service: 'github', matching: /^GET .*\/assets\?/ },
      fault.altered((response) => ({
        ...response,
        body: Buffer.from(
          Buffer.from(response.body)
            .toString()
            .replace(/"sha256:\w+"/g, 'null'),
        ),
      })),
    );
    expect(kindsOf(await place.attach(files))).toEqual(['already-there', 'RELEASE_ASSET_DIFFERS']);
  });

  test('with other content is an error for this file alone, and is replaced only if requested', async () => {
    await place.attach(await place.write(['a'], () => 'old'));
    const files = await place.write(['a', 'b'], () => 'new');
    const result = await place.attach(files, { publish: true });
    expect(kindsOf(result)).toEqual(['RELEASE_ASSET_DIFFERS', 'uploaded']);
    expect(result.publication).toEqual({ kind: 'draft', isWithheld: true });
    expect(place.assets).toEqual({ a: 'old', b: 'new' });
    expect(kindsOf(await place.attach(files, { overwrite: true }))).toEqual(['uploaded', 'already-there']);
    expect(place.assets).toEqual({ a: 'new', b: 'new' });
  });

  test('of an interrupted upload is deleted, and uploaded again in the same run', async () => {
    place.sandbox.faults.set(uploads, interruptedUpload(place.sandbox.github.releases), 2);
    expect(kindsOf(await place.attach(await place.write(['a', 'b'])))).toEqual(['uploaded', 'uploaded']);
    expect(place.assets).toEqual({ a: 'a', b: 'b' });
  });

  test('of an interrupted upload of an earlier run is deleted', async () => {
    place.sandbox.faults.set(uploads, interruptedUpload(place.sandbox.github.releases, fault.refuse()));
    const files = await place.write(['a']);
    expect(kindsOf(await place.attach(files))).toEqual(['SERVICE_UNAVAILABLE']);
    expect(place.assets).toEqual({ a: undefined });
    place.sandbox.faults.clear();
    expect(kindsOf(await place.attach(files))).toEqual(['uploaded']);
    expect(place.assets).toEqual({ a: 'a' });
  });

  test('whose upload is under way in another job is waited for', async () => {
    const files = await place.write(['a']);
    const { release } = await place.attach([]);
    place.sandbox.github.releases.interruptUpload(new URL(`${release.uploadUrl}?name=a`));
    // The other job ends while this one waits.
    place.sandbox.faults.set(
      { service: 'github', matching: /^GET .*\/assets\?/ },
      fault.meanwhile(async () => {
        if (place.time.waits.length < 2 || place.stored[0]?.assets[0]?.content !== undefined) return;
        place.stored[0]?.assets.pop();
        await place.releases().upload(release, {
          name: 'a',
          content: {
            length: 1,
            async *open() {
              yield Buffer.from('a');
            },
          },
        });
      }),
    );
    expect(kindsOf(await place.attach(files))).toEqual(['already-there']);
    expect(place.sent.filter((line) => line.startsWith('DELETE'))).toEqual([]);
  });

  test('whose upload is under way in another job is not waited for after a cancellation', async () => {
    const { release } = await place.attach([]);
    place.sandbox.github.releases.interruptUpload(new URL(`${release.uploadUrl}?name=a`));
    const controller = new AbortController();
    controller.abort();
    const result = await place.attach(await place.write(['a']), {}, { cancellation: controller.signal });
    expect(kindsOf(result)).toEqual(['CANCELLED']);
    expect(place.assets).toEqual({ a: undefined });
  });

  test('whose response was lost is found', async () => {
    place.sandbox.faults.set(uploads, fault.afterEffect(fault.refuse()), 1);
    expect(kindsOf(await place.attach(await place.write(['a'])))).toEqual(['already-there']);
    expect(place.assets).toEqual({ a: 'a' });
  });

  test.each([
    ['digest', { digest: `sha256:${'0'.repeat(64)}` }],
    ['size', { size: 2 }],
    ['state', { state: 'starter' }],
  ])('that arrives with another %s is deleted, and is an error', async (_, change) => {
    place.sandbox.faults.set(
      uploads,
      fault.altered((response) => ({
        ...response,
        body: Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(response.body).toString()), ...change })),
      })),
    );
    const result = await place.attach(await place.write(['a']));
    expect(kindsOf(result)).toEqual(['SERVICE_RESPONSE_INVALID']);
    expect(place.assets).toEqual({});
  });

  test.each(['b', '', 'ab'])(
    'of a file that becomes %j before the upload is deleted, and is an error',
    async (text) => {
      const [file] = await place.write(['a']);
      if (file === undefined) return;
      place.sandbox.faults.set(
        { service: 'github', matching: /^POST .*\/releases$/ },
        fault.meanwhile(() => writeFile(file.path, text)),
      );
      expect(kindsOf(await place.attach([file]))).toEqual(['SUBJECT_CHANGED']);
      expect(place.assets).toEqual({});
    },
  );

  test('of a file that is removed during the run is an error', async () => {
    const [file] = await place.write(['a']);
    if (file === undefined) return;
    place.sandbox.faults.set(
      { service: 'github', matching: /^POST .*\/releases$/ },
      fault.meanwhile(() => rm(file.path)),
    );
    expect(kindsOf(await place.attach([file]))).toEqual(['SUBJECT_CHANGED']);
  });
});

describe('the failure of one file', () => {
  test('that cannot be read harms no other', async () => {
    const files = [{ path: `${place.folder}/none`, name: 'none' }, ...(await place.write(['a']))];
    const seen: string[] = [];
    const result = await place.attach(files, { publish: true }, { onAsset: ({ kind }) => void seen.push(kind) });
    expect(kindsOf(result)).toEqual(['SUBJECT_UNREADABLE', 'uploaded']);
    expect(result.publication).toEqual({ kind: 'draft', isWithheld: true });
    expect(seen.sort()).toEqual(['failed', 'uploaded']);
  });

  test('that is too large harms no other, and is not read', async () => {
    const [large, small] = await place.write(['large', 'small']);
    if (large === undefined || small === undefined) return;
    // A file without blocks: only its size is 2 GiB and a byte.
    await truncate(large.path, 2 ** 31 + 1);
    const result = await place.attach([large, small]);
    expect(kindsOf(result)).toEqual(['RELEASE_ASSET_UNFIT', 'uploaded']);
  });

  test('that is a defect ends the run', async () => {
    const releases = place.releases();
    let calls = 0;
    const defect = (): never => {
      calls += 1;
      // It is no outage, whatever it has as its code.
      throw Object.assign(new TypeError('a defect'), { code: 'SERVICE_UNAVAILABLE' });
    };
    for (const broken of [
      { upload: defect, publish: releases.publish.bind(releases) },
      { upload: releases.upload.bind(releases), publish: defect },
    ]) {
      const client = new Proxy(releases, {
        get: (target, name) => {
          if (name === 'upload' || name === 'publish') return broken[name];
          const member: unknown = Reflect.get(target, name, target);
          return typeof member === 'function' ? member.bind(target) : member;
        },
      });
      const attached = place.attach(await place.write(['a']), { publish: true }, { releases: client });
      await expect(attached).rejects.toThrow('a defect');
    }
    expect(calls).toBe(2);
  });

  test.each([
    ['a status', fault.status(503), 'SERVICE_UNAVAILABLE'],
    ['a reset connection', fault.refuse(), 'SERVICE_UNAVAILABLE'],
    [
      'a missing permission',
      fault.status(403, { body: '{"message":"Resource not accessible"}' }),
      'PERMISSION_MISSING',
    ],
    ['a refusal', fault.status(422, { body: '{"message":"Validation Failed"}' }), 'SERVICE_REFUSED'],
    ['garbage', fault.garbage(201), 'SERVICE_RESPONSE_INVALID'],
  ])('because of %s loses nothing', async (_, wrong, code) => {
    place.sandbox.faults.set({ service: 'github', matching: /^POST .*\?name=b/ }, wrong);
    const files = await place.write(['a', 'b', 'c']);
    expect(kindsOf(await place.attach(files))).toEqual(['uploaded', code, 'uploaded']);
    // Only an outage may be over at the next attempt.
    const attempts = code === 'SERVICE_UNAVAILABLE' ? 3 : 1;
    expect(place.sent.filter((line) => /^POST .*\/assets$/.test(line))).toHaveLength(2 + attempts);
    place.sandbox.faults.clear();
    expect(kindsOf(await place.attach(files))).toEqual(['already-there', 'uploaded', 'already-there']);
    expect(place.assets).toEqual({ a: 'a', b: 'b', c: 'c' });
  });

  test('because of a stalled upload loses nothing', async () => {
    place.sandbox.faults.set({ service: 'github', matching: /^POST .*\?name=b/ }, fault.stall());
    const files = await place.write(['b']);
    const releases = place.releases({ stallMilliseconds: 200 });
    expect(kindsOf(await place.attach(files, {}, { releases }))).toEqual(['SERVICE_UNAVAILABLE']);
    place.sandbox.faults.clear();
    expect(kindsOf(await place.attach(files))).toEqual(['uploaded']);
  });

  test('because of a rate limit leaves the others for a later run', async () => {
    place.sandbox.faults.set(uploads, secondaryRateLimit(60), { skip: 1, times: 1 });
    const files = await place.write(['a', 'b', 'c']);
    expect(kindsOf(await place.attach(files, { concurrency: 1 }))).toEqual([
      'uploaded',
      'RATE_LIMITED',
      'RATE_LIMITED',
    ]);
    place.time.now += 60_000;
    expect(kindsOf(await place.attach(files))).toEqual(['already-there', 'uploaded', 'uploaded']);
  });
});

describe('several jobs at once', () => {
  test('attach their files to one draft', async () => {
    const legs = await Promise.all(['x', 'y', 'z'].map((leg) => place.write([`${leg}1`, `${leg}2`])));
    const results = await Promise.all(legs.map((files) => place.attach(files)));
    expect(results.map(kindsOf)).toEqual(legs.map(() => ['uploaded', 'uploaded']));
    expect(new Set(results.map(({ release }) => release.id)).size).toBe(1);
    expect(Object.keys(place.assets).sort()).toEqual(['x1', 'x2', 'y1', 'y2', 'z1', 'z2']);
  });

  test('attach the same files once', async () => {
    const files = await place.write(['a', 'b', 'c']);
    const results = await Promise.all([place.attach(files), place.attach(files), place.attach(files)]);
    expect(results.flatMap(kindsOf).filter((kind) => kind === 'uploaded')).toHaveLength(3);
    expect(results.flatMap(kindsOf).filter((kind) => kind === 'already-there')).toHaveLength(6);
    expect(place.assets).toEqual({ a: 'a', b: 'b', c: 'c' });
  });

  test('do not publish over a second draft', async () => {
    const files = await place.write(['a']);
    await place.attach(files);
    place.sandbox.faults.set(
      uploads,
      fault.meanwhile(async () => void (await place.releases().createDraft('octo/app', { tag: 'v1' }))),
      1,
    );
    const { publication } = await place.attach(await place.write(['a', 'b']), { publish: true });
    expect(publication).toEqual({ kind: 'failed', error: expect.objectContaining({ code: 'RELEASE_AMBIGUOUS' }) });
    expect(place.stored.every(({ isDraft }) => isDraft)).toBe(true);
  });

  test('do not publish what the check refuses, and tell of what it refuses afterwards', async () => {
    const files = await place.write(['a', 'b']);
    const seen: unknown[] = [];
    let isRefused = (isDraft: boolean): boolean => isDraft;
    const check: ReleaseWorld['check'] = async ({ isDraft }, attached) => {
      seen.push([isDraft, [...attached.keys()].sort()]);
      if (isRefused(isDraft)) throw new CountersignError('ARTIFACT_MISMATCH', 'not signed');
    };
    const publish = async (): Promise<unknown> => {
      const { publication } = await place.attach(files, { publish: true }, { check });
      return 'error' in publication ? [publication.kind, publication.error.code] : publication.kind;
    };
    expect([await publish(), place.stored[0]?.isDraft]).toEqual([['failed', 'ARTIFACT_MISMATCH'], true]);
    isRefused = (isDraft) => !isDraft;
    expect([await publish(), place.stored[0]?.isDraft]).toEqual([['check-failed', 'ARTIFACT_MISMATCH'], false]);
    expect(await publish()).toEqual(['check-failed', 'ARTIFACT_MISMATCH']);
    isRefused = () => false;
    expect(await publish()).toBe('published');
    const names = ['a', 'b'];
    expect(seen).toEqual([true, true, false, false, false].map((isDraft) => [isDraft, names]));
  });

  test('do not publish what another replaced while it was checked', async () => {
    const files = await place.write(['a']);
    const releases = place.releases();
    const check: ReleaseWorld['check'] = async (release) => {
      for (const asset of await releases.assetsOf(release)) await releases.deleteAsset(release, asset);
    };
    const { publication } = await place.attach(files, { publish: true }, { check });
    expect(publication).toMatchObject({ kind: 'failed', error: { code: 'RELEASE_ASSET_DIFFERS' } });
    expect(place.stored[0]?.isDraft).toBe(true);
  });

  test('do not publish what another replaced', async () => {
    const files = await place.write(['a', 'b']);
    const { release } = await place.attach(files.slice(0, 1));
    place.sandbox.faults.set(
      uploads,
      fault.meanwhile(async () => {
        const releases = place.releases();
        const [asset] = await releases.assetsOf(release);
        if (asset !== undefined) await releases.deleteAsset(release, asset);
        place.sandbox.faults.clear();
      }),
    );
    const { publication } = await place.attach(files, { publish: true });
    expect(publication).toEqual({ kind: 'failed', error: expect.objectContaining({ code: 'RELEASE_ASSET_DIFFERS' }) });
  });
});

describe('drafts that a killed job left next to another', () => {
  async function drafts(mark: string): Promise<readonly number[]> {
    const releases = place.releases();
    const [first, second] = [
      await releases.createDraft('octo/app', { tag: 'v1', body: mark }),
      await releases.createDraft('octo/app', { tag: 'v1', body: mark }),
    ];
    return [first.id, second.id];
  }

  test('are deleted if they are empty and were created here', async () => {
    const [oldest] = await drafts(draftMark);
    const result = await place.attach(await place.write(['a']));
    expect(result.release.id).toBe(oldest);
    expect(place.stored.map(({ id }) => id)).toEqual([oldest]);
  });

  test('are an error if they have assets', async () => {
    const [, second = 0] = await drafts(draftMark);
    await place.attach(await place.write(['a']), { target: { kind: 'id', id: second } });
    expect((await failure(place.attach(await place.write(['a'])))).code).toBe('RELEASE_AMBIGUOUS');
    expect(place.stored).toHaveLength(2);
  });
});

test('a creation whose response was lost is not repeated', async () => {
  place.sandbox.faults.set(
    { service: 'github', matching: /^POST .*\/releases$/ },
    fault.afterEffect(fault.refuse()),
    1,
  );
  expect(kindsOf(await place.attach(await place.write(['a'])))).toEqual(['uploaded']);
  expect(place.stored).toHaveLength(1);
});

test('a creation that always fails is given up', async () => {
  place.sandbox.faults.set({ service: 'github', matching: /^POST .*\/releases$/ }, fault.status(503));
  expect((await failure(place.attach(await place.write(['a'])))).code).toBe('SERVICE_UNAVAILABLE');
  expect(place.sent.filter((line) => line.startsWith('POST'))).toHaveLength(3);
});

test('a created draft is used even if the list does not have it yet', async () => {
  place.sandbox.faults.set(
    { service: 'github', matching: /^GET .*\/releases\?/ },
    fault.altered((response) => ({ ...response, body: Buffer.from('[]') })),
  );
  expect(kindsOf(await place.attach(await place.write(['a'])))).toEqual(['uploaded']);
  expect(place.stored).toHaveLength(1);
});

test('a name that stays taken without an asset is given up', async () => {
  const body =
    '{"message":"Validation Failed","errors":[{"resource":"ReleaseAsset","code":"already_exists","field":"name"}]}';
  place.sandbox.faults.set(uploads, fault.status(422, { body }));
  const result = await place.attach(await place.write(['a']));
  expect(kindsOf(result)).toEqual(['DELIVERY_FAILED']);
  expect(place.sent.filter((line) => line.endsWith('/assets') && line.startsWith('POST'))).toHaveLength(3);
});

test.each([
  ['an interrupted upload', /"state":"uploaded"/, '"state":"starter"'],
  ['an asset of another size', /"size":1/, '"size":2'],
])('%s is not taken for the file, even if its digest is that of the file', async (_, from, to) => {
  place.app.immutableReleases = true;
  const files = await place.write(['a']);
  await place.attach(files, { publish: true });
  place.sandbox.faults.set(
    { service: 'github', matching: /^GET .*\/assets\?/ },
    fault.altered((response) => ({
      ...response,
      body: Buffer.from(Buffer.from(response.body).toString().replace(from, to)),
    })),
  );
  expect((await failure(place.attach(files))).code).toBe('RELEASE_IMMUTABLE');
});

test('a publication that fails is reported with the assets', async () => {
  place.sandbox.faults.set({ service: 'github', matching: /^PATCH/ }, fault.status(403, { body: '{}' }));
  const result = await place.attach(await place.write(['a']), { publish: true });
  expect([kindsOf(result), result.publication]).toEqual([
    ['uploaded'],
    { kind: 'failed', error: expect.objectContaining({ code: 'PERMISSION_MISSING' }) },
  ]);
});
