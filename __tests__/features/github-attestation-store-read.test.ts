/** C3 of the features: verifying with the bundles in GitHub's attestation store, which is untrusted. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { compressSnappy } from '../../sandbox/github/snappy.ts';
import { exampleJob, fault, secondaryRateLimit } from '../../sandbox/index.ts';
import { parseDigest } from '../../src/core/crypto/index.ts';
import { asObject, type JsonObject } from '../../src/core/encoding/index.ts';
import { verificationJson } from '../../src/report/index.ts';
import { repository, StoredBundles, sha256Of } from '../kit/stored-bundles.ts';

let store: StoredBundles;
beforeAll(async () => {
  store = await StoredBundles.open();
});
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(() => store.reset());

const attestations = () => store.place.sandbox.github.attestations;
const digestOf = (name: string): string => `sha256:${sha256Of(`contents of ${name}\n`)}`;
const byDigest = (name: string) =>
  ({ kind: 'digest', name: digestOf(name), digest: parseDigest(digestOf(name)) }) as const;

describe("C3 reads GitHub's attestation store", () => {
  test.each([
    ['in the response', true],
    ['at `bundle_url`', false],
  ])('for a file and for a digest, without a login, with bundles %s', async (_, inlineBundles) => {
    attestations().configure({ inlineBundles });
    store.keep(await store.sign(['app']));
    const report = await store.verify([store.file('app'), byDigest('app')]);
    expect(verificationJson(report)).toMatchObject({ verified: true, artifacts: [{ artifact: 'app' }, {}] });
    expect(report.results[0]?.bundle).toBe(`github:${repository} (1 of 1)`);
    expect(store.place.count('github')).toBe(1);
  });

  test('for many files with one request', async () => {
    const names = Array.from({ length: 100 }, (_, at) => `file-${at}`);
    store.keep(await store.sign(names));
    const report = await store.verify(names.map((name) => store.file(name)));
    expect(verificationJson(report)).toMatchObject({ verified: true });
    expect(report.results).toHaveLength(100);
    expect(store.place.count('github')).toBe(1);
  });

  test('for a thousand files of one attestation, which is in the response a thousand times', async () => {
    const names = Array.from({ length: 1000 }, (_, at) => `file-${at}`);
    store.keep(await store.sign(names));
    const report = await store.verify(names.map((name) => store.file(name)));
    expect(verificationJson(report)).toMatchObject({ verified: true });
    expect(store.place.count('github')).toBeLessThan(10);
  });

  test('of a private repository with a token only', async () => {
    const { github } = store.place.sandbox;
    const secret = github.addRepository('example-org/secret', { visibility: 'private' });
    store.keep(await store.sign(['app']), secret);
    const from = 'github:example-org/secret';
    expect(await store.outcome([store.file('app')], { from })).toEqual(['BUNDLE_MISSING', 3]);
    const token = github.jobToken(secret, { attestations: 'read' });
    expect(await store.outcome([store.file('app')], { from, token })).toBe('verified');
  });
});

describe('C3 tells absence from what is not known', () => {
  test.each([
    ['a primary limit', fault.status(403, { headers: { 'x-ratelimit-remaining': '0' } }), 'RATE_LIMITED', 6],
    ['a secondary limit', secondaryRateLimit(), 'RATE_LIMITED', 6],
    ['a missing permission', fault.status(403), 'PERMISSION_MISSING', 2],
    ['an outage', fault.status(503), 'SERVICE_UNAVAILABLE', 6],
    ['an answer that is no JSON', fault.garbage(), 'SERVICE_RESPONSE_INVALID', 6],
  ])('%s', async (_, broken, code, exitCode) => {
    store.keep(await store.sign(['app']));
    store.place.sandbox.faults.set('github', broken);
    for (const artifacts of [[store.file('app')], [store.file('app'), byDigest('other')]])
      expect(await store.outcome(artifacts)).toEqual([code, exitCode]);
    store.place.sandbox.faults.clear();
    expect(await store.outcome([store.file('app')])).toBe('verified');
  });

  test('nothing in the store', async () => {
    await store.sign(['app']);
    expect(await store.outcome([store.file('app')])).toEqual(['BUNDLE_MISSING', 3]);
    store.keep(await store.sign(['other']));
    expect(await store.outcome([store.file('app')])).toEqual(['BUNDLE_MISSING', 3]);
  });

  test('a deleted attestation', async () => {
    store.keep(await store.sign(['app']));
    attestations().delete(attestations().all);
    expect(await store.outcome([store.file('app')])).toEqual(['BUNDLE_MISSING', 3]);
  });

  test('a bundle that cannot be fetched', async () => {
    attestations().configure({ inlineBundles: false });
    store.keep(await store.sign(['app']));
    store.place.sandbox.faults.set('blobs', fault.status(503));
    expect(await store.outcome([store.file('app')])).toEqual(['SERVICE_UNAVAILABLE', 6]);
  });
});

describe('C3 does not trust the store', () => {
  test('a valid bundle of another repository does not pass, whether alone or next to the right one', async () => {
    const { jobTokens } = store.place.sandbox;
    const other = 'example-org/other';
    jobTokens.configure({
      claims: {
        ...exampleJob,
        repository: other,
        sub: `repo:${other}:ref:refs/heads/main`,
        job_workflow_ref: `${other}/.github/workflows/release.yml@refs/heads/main`,
      },
    });
    const foreign = await store.sign(['app']);
    jobTokens.configure({});
    store.keep(foreign);
    expect(await store.outcome([store.file('app')])).toEqual(['IDENTITY_MISMATCH', 4]);
    store.keep(await store.sign(['app']));
    expect(await store.outcome([store.file('app')])).toBe('verified');
  });

  test('a bundle about another file, a changed file, or without a valid signature does not pass', async () => {
    const bundle = await store.sign(['app']);
    await store.sign(['other']);
    // The store lists it for a digest that its statement does not have.
    store.place.sandbox.faults.set('github', listing(bundle));
    expect(await store.outcome([store.file('other')])).toEqual(['ARTIFACT_MISMATCH', 4]);
    store.place.sandbox.faults.set('github', listing({ ...bundle, dsseEnvelope: unsigned(bundle) }));
    expect(await store.outcome([store.file('app')])).toEqual(['TIMESTAMP_MISMATCH', 4]);
  });

  test.each([
    ['no Snappy', Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), 'SERVICE_RESPONSE_INVALID'],
    ['a claim of 4 GiB', Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0]), 'LIMIT_EXCEEDED'],
    ['no JSON', compressSnappy(Buffer.from('{')), 'BUNDLE_INVALID'],
    ['no bundle', compressSnappy(Buffer.from('{}')), 'BUNDLE_INVALID'],
  ])('what is %s spoils nothing next to it', async (_, body, code) => {
    attestations().configure({ inlineBundles: false });
    const bundle = await store.sign(['app']);
    store.keep(bundle);
    const [first] = attestations().all;
    const matching = new RegExp(first?.path ?? '');
    store.place.sandbox.faults.set(
      { service: 'blobs', matching },
      fault.status(200, { headers: { 'content-type': 'application/x-snappy' }, body }),
    );
    expect(await store.outcome([store.file('app')])).toEqual([code, expect.any(Number)]);
    store.keep(bundle);
    expect(await store.outcome([store.file('app')])).toBe('verified');
  });

  test('a bundle that is too long is not read to its end', async () => {
    attestations().configure({ inlineBundles: false });
    store.keep(await store.sign(['app']));
    store.place.sandbox.faults.set('blobs', fault.oversized());
    expect(await store.outcome([store.file('app')])).toEqual(['SERVICE_RESPONSE_INVALID', 6]);
  });

  test('a redirect to another host is not followed', async () => {
    store.keep(await store.sign(['app']));
    store.place.sandbox.faults.set(
      'github',
      fault.status(302, { headers: { location: store.place.sandbox.urls.results } }),
    );
    expect(await store.outcome([store.file('app')])).toEqual([expect.stringMatching(/^SERVICE_/), expect.any(Number)]);
  });

  test('more attestations than the limit are refused, even if the right one is among them', async () => {
    const bundle = await store.sign(['app']);
    for (let at = 0; at < 257; at++) store.keep(bundle);
    expect(await store.outcome([store.file('app')])).toEqual(['LIMIT_EXCEEDED', expect.any(Number)]);
  });
});

/** Answers that each digest has this bundle. */
function listing(bundle: JsonObject) {
  const body = JSON.stringify({ attestations: [{ bundle, repository_id: 1, bundle_url: '' }] });
  return fault.status(200, { body });
}

function unsigned({ dsseEnvelope }: JsonObject): JsonObject {
  const signatures = [{ sig: Buffer.alloc(70, 1).toString('base64') }];
  return { ...asObject(dsseEnvelope), signatures };
}
