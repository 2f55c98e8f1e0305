/** Where bundles are looked for in GitHub's attestation store, and for which artifacts. */

import * as files from 'node:fs/promises';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleRelease, fault } from '../../../sandbox/index.ts';
import { formatDigest, parseDigest } from '../../../src/core/crypto/index.ts';
import { CountersignError, fail } from '../../../src/core/errors/index.ts';
import { Secret } from '../../../src/node/index.ts';
import type { PolicyRequest } from '../../../src/options/index.ts';
import { verificationJson } from '../../../src/report/index.ts';
import { loadPolicy } from '../../../src/run/policy/index.ts';
import { openStore, releaseOf, type Verifiable } from '../../../src/run/verify/index.ts';
import { verifiableImage } from '../../../src/run/verify/verify-image.ts';
import type { HttpRequest } from '../../../src/services/http/index.ts';
import { multiPlatform } from '../../kit/image-layout.ts';
import { type PushedImage, pushBuilt, pushImage } from '../../kit/registries.ts';
import { repository, StoredBundles } from '../../kit/stored-bundles.ts';

let store: StoredBundles;
beforeAll(async () => {
  store = await StoredBundles.open();
  store.app.addTag(exampleRelease.tag, exampleRelease.commit);
  const github = store.place.sandbox.github;
  github.addRepository('example-org/other');
});
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(() => store.reset());

const [owner = ''] = repository.split('/');
const issuer = () => store.place.sandbox.urls.jobIssuer;

/** Returns the code and the text of the failure. */
async function failure(work: Promise<unknown>): Promise<readonly [string, string]> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CountersignError) return [error.code, `${error.message}\n${error.remedy ?? ''}`];
    throw error;
  }
  throw new Error('there was no failure');
}

describe('the place', () => {
  const path = (name: string) => expect.stringMatching(new RegExp(`^${name}(?:[/?]|$)`));

  test.each<[string, string, (() => PolicyRequest) | undefined, string]>([
    ['the repository of the policy', 'github', undefined, `GET /repos/${repository}/attestations`],
    [
      'the owner in the policy',
      'github',
      () => ({ owner, certificateOidcIssuer: issuer() }),
      `POST /orgs/${owner}/attestations/bulk-list`,
    ],
    ['a repository', `github:${repository}`, undefined, `GET /repos/${repository}/attestations`],
    ['an owner', `github:${owner}`, undefined, `POST /orgs/${owner}/attestations/bulk-list`],
  ])('is %s', async (_, from, policy, request) => {
    store.keep(await store.sign(['app']));
    const before = store.requests().length;
    expect(await store.outcome([store.file('app')], { from, policy: policy?.() ?? store.policy })).toBe('verified');
    expect(store.requests().slice(before)).toEqual([path(request)]);
  });

  test.each(['', 'GitHub', 'github:', 'github:a/b/c', 'github:a b', 'npm', 'https://github.com/a/b'])(
    'is not %j',
    async (from) => {
      await store.sign(['app']);
      expect(await failure(store.verify([store.file('app')], { from }))).toEqual([
        'USAGE',
        expect.stringContaining('Set it to github, github:owner/name or github:owner.'),
      ]);
    },
  );

  test('has to be named for a policy that names none', async () => {
    store.keep(await store.sign(['app']));
    const policy = { certificateIdentity: `https://github.com/${repository}/x.yml@refs/heads/main`, anyIssuer: true };
    expect(await failure(store.verify([store.file('app')], { policy }))).toEqual([
      'USAGE',
      expect.stringContaining('the policy names no repository or owner'),
    ]);
  });

  test('is on another host without the token of this one', async () => {
    const sent: HttpRequest[] = [];
    const http = (request: HttpRequest) => {
      sent.push(request);
      return fail('SERVICE_UNAVAILABLE', 'not reached');
    };
    const world = { ...store.place.world(), http };
    for (const [hostname, apiUrl] of [
      [undefined, undefined],
      ['github.com', 'https://github.example.test/api/v3'],
      ['github.example.test', undefined],
      ['github.example.test', 'https://github.example.test/api/v3'],
    ]) {
      const policy = await loadPolicy({ repo: repository, anyIssuer: true, ...(hostname && { hostname }) }, world);
      const opened = await openStore({ from: 'github', policy, token: new Secret('token-of-a-job'), apiUrl }, world);
      const digest = `sha256:${'a'.repeat(64)}`;
      await failure(
        opened?.prepare([{ kind: 'digest', name: digest, digest: parseDigest(digest) }], 1) ?? fail('USAGE', ''),
      );
    }
    expect(sent.map(({ url, headers }) => [url.host, headers?.authorization])).toEqual([
      ['api.github.com', 'Bearer token-of-a-job'],
      ['api.github.com', undefined],
      ['github.example.test', undefined],
      ['github.example.test', 'Bearer token-of-a-job'],
    ]);
  });
});

describe('what is verified', () => {
  test('bundles that are specified are refused', async () => {
    store.keep(await store.sign(['app']));
    await writeFile(join(store.place.folder, 'bundle.json'), '{}');
    const bundles = [join(store.place.folder, 'bundle.json')];
    expect(await failure(store.verify([store.file('app')], { bundles }))).toEqual([
      'USAGE',
      expect.stringContaining('`from` cannot be combined with bundles'),
    ]);
  });

  test('bundles next to the files are not used', async () => {
    const bundle = await store.sign(['app']);
    await writeFile(join(store.place.folder, 'app.sigstore.json'), JSON.stringify(bundle));
    expect(await store.outcome([store.file('app')])).toEqual(['BUNDLE_MISSING', 3]);
  });

  test('artifacts that the store cannot find fail alone', async () => {
    store.keep(await store.sign(['app']));
    const sha512 = `sha512:${'a'.repeat(128)}`;
    const artifacts: readonly Verifiable[] = [
      store.file('app'),
      store.file('absent'),
      { kind: 'digest', name: sha512, digest: parseDigest(sha512) },
      { kind: 'stream', name: '-', content: Readable.from([]) },
    ];
    const { results } = await store.verify(artifacts);
    expect(results.map(({ artifact, failure: error }) => [artifact, error?.code])).toEqual([
      ['app', undefined],
      ['absent', 'SUBJECT_UNREADABLE'],
      [sha512, 'USAGE'],
      ['-', 'USAGE'],
    ]);
  });

  test('further attestations are in the store too', async () => {
    store.keep(await store.sign(['app']));
    const policy = { ...store.policy, requireAttestation: ['https://example.test/scan'] };
    expect(await store.outcome([store.file('app')], { policy })).toEqual(['ATTESTATION_MISSING', 3]);
    store.keep(await store.sign(['app'], { predicateType: 'https://example.test/scan', predicate: '{}' }));
    expect(await store.outcome([store.file('app')], { policy })).toBe('verified');
  });

  test('a release, and files of it', async () => {
    const { releaseAuthority } = store.place.sandbox;
    await writeFile(join(store.place.folder, 'app.zip'), exampleRelease.assets['app.zip'] ?? '');
    const trustedRoot = join(store.place.folder, 'github.json');
    await writeFile(trustedRoot, JSON.stringify(releaseAuthority.trustedRoot));
    const policy = { release: `${exampleRelease.repository}@${exampleRelease.tag}` };
    const release = releaseOf(await loadPolicy(policy, store.place.world())) ?? fail('USAGE', 'no release');
    const all = [release, store.file('app.zip')];
    expect(await store.outcome(all, { policy, trustedRoot })).toEqual(['BUNDLE_MISSING', 3]);
    // Not about releases: GitHub filters it.
    store.keep(await store.sign(['other']));
    store.keep(releaseAuthority.attest(exampleRelease));
    const report = await store.verify(all, { policy, trustedRoot });
    expect(verificationJson(report)).toMatchObject({ verified: true });
    const absent = { release: `${exampleRelease.repository}@v9` };
    const other = releaseOf(await loadPolicy(absent, store.place.world())) ?? fail('USAGE', 'no release');
    const { results } = await store.verify([other], { policy: absent, trustedRoot });
    expect(results[0]?.failure).toMatchObject({
      code: 'BUNDLE_MISSING',
      message: expect.stringContaining('no tag "v9"'),
    });
  });
});

describe('images', () => {
  const image = (name: string, ...tags: readonly string[]): Promise<PushedImage> =>
    pushImage(store.place.registries, `${store.place.sandbox.registry.host}/example/${name}`, ...tags);
  const named = (name: string): Verifiable => verifiableImage(name, store.place.registries, files);

  const sign = (...references: readonly string[]) =>
    store.sign([], {
      subjects: { files: [], checksums: [], digests: [] },
      format: 'attestation',
      images: {
        named: references,
        push: false,
        recursive: false,
        attestations: false,
        workspace: store.place.folder,
        registries: store.place.registries,
      },
    });

  test('by digest and by tag', async () => {
    const pushed = await image('stored', 'v1');
    const names = [pushed.reference, `${pushed.repository}:v1`];
    expect(await store.outcome(names.map(named))).toEqual(['BUNDLE_MISSING', 3]);
    store.keep(await sign(pushed.reference));
    for (const name of names) expect(await store.outcome([named(name)])).toBe('verified');
  });

  test('by their platforms', async () => {
    const built = multiPlatform('of the store');
    const name = `${store.place.sandbox.registry.host}/example/platforms`;
    await pushBuilt(store.place.registries, name, built, 'v1');
    const [first, ...others] = built.manifests.map(({ digest }) => `${name}@${formatDigest(digest)}`);
    store.keep(await sign(first ?? ''));
    expect(await store.outcome([named(`${name}:v1`)])).toEqual(['BUNDLE_MISSING', 3]);
    store.keep(await sign(...others));
    expect(await store.outcome([named(`${name}:v1`)])).toBe('verified');
  });

  test('an outage of the store is no missing bundle', async () => {
    const pushed = await image('outage');
    store.keep(await sign(pushed.reference));
    store.place.sandbox.faults.set('github', fault.status(503));
    expect(await store.outcome([named(pushed.reference)])).toEqual(['SERVICE_UNAVAILABLE', 6]);
  });
});
