/** Reading GitHub's attestation store, at the sandbox's. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  fault,
  type RequestRecord,
  type Sandbox,
  type SandboxRepository,
  secondaryRateLimit,
  startSandbox,
} from '../../../sandbox/index.ts';
import { type JsonObject, parseJson } from '../../../src/core/encoding/index.ts';
import { Secret } from '../../../src/node/index.ts';
import {
  type AttestationPlace,
  type AttestationReader,
  openAttestationReader,
  type ServedBundles,
} from '../../../src/services/github/index.ts';
import { type HttpConnections, openHttp, withRetries } from '../../../src/services/http/index.ts';
import { attestation } from '../../kit/attestation.ts';
import { failure } from '../loopback.ts';
import { half, SkippedTime } from '../time.ts';

const hex = (at: number): string => at.toString(16).padStart(64, '0');
const digest = hex(1);
const inRepository: AttestationPlace = { kind: 'repository', name: 'octo/app' };
const ofOwner: AttestationPlace = { kind: 'owner', name: 'octo' };

let sandbox: Sandbox;
let app: SandboxRepository;
let connections: HttpConnections;
let time: SkippedTime;
beforeEach(async () => {
  time = new SkippedTime();
  sandbox = await startSandbox({ clock: time.clock });
  app = sandbox.github.addRepository('octo/app');
  connections = openHttp('countersign');
});
afterEach(async () => {
  connections[Symbol.dispose]();
  await sandbox.close();
});

function reader(token?: string): AttestationReader {
  const http = withRetries(connections.send, { ...time, budget: 60_000, random: half });
  const secret = token === undefined ? undefined : new Secret(token);
  return openAttestationReader({ http, token: secret, apiUrl: sandbox.urls.github, clock: time.clock });
}

/** Stores an attestation of digests. */
function keep(...digests: readonly string[]): JsonObject {
  const subjects = Object.fromEntries(digests.map((one) => [`file-${one.slice(-4)}`, one]));
  const bundle = attestation(sandbox, { repository: 'octo/app', subjects });
  sandbox.github.attestations.keep(app, bundle);
  return bundle;
}

/** Returns the bundles as JSON, or the codes of failures, by the digits of their digests. */
function shown(served: ServedBundles): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(
    [...served].map(([name, bundles]) => [
      name.replace(/^sha256:0*/, ''),
      bundles.map((one) => ('text' in one ? parseJson(one.text) : one.failure.code)),
    ]),
  );
}

const sha256 = (...digests: readonly string[]): readonly string[] => digests.map((one) => `sha256:${one}`);
const requests = () => sandbox.requests.filter(({ service }) => service === 'github');

describe.each([
  ['in a repository', inRepository],
  ['of an owner', ofOwner],
])('the attestations of a digest %s', (_, place) => {
  test.each([
    ['in the response', true],
    ['at `bundle_url`', false],
  ])('are read without a token, with bundles that are %s', async (__, inlineBundles) => {
    sandbox.github.attestations.configure({ inlineBundles });
    const made = [keep(digest), keep(digest, hex(2))];
    keep(hex(3));
    expect(shown(await reader().bundles(place, sha256(digest)))).toEqual({ 1: made.toReversed() });
  });

  test('are none if there are none', async () => {
    expect(await reader().bundles(place, sha256(digest))).toEqual(new Map());
    keep(hex(2));
    expect(await reader().bundles(place, sha256(digest))).toEqual(new Map());
  });

  test('are none if GitHub cannot process the digest', async () => {
    keep(digest);
    sandbox.faults.set('github', fault.status(422, { body: '{"message":"Validation Failed"}' }));
    expect(await reader().bundles(place, sha256(digest))).toEqual(new Map());
  });

  test('are on several pages', async () => {
    const made = Array.from({ length: 205 }, () => keep(digest));
    expect(shown(await reader().bundles(place, sha256(digest)))).toEqual({ 1: made.toReversed() });
  });

  test('are those of a type', async () => {
    keep(digest);
    expect(shown(await reader().bundles(place, sha256(digest), 'provenance'))).toMatchObject({ 1: [{}] });
    expect(await reader().bundles(place, sha256(digest), 'release')).toEqual(new Map());
  });

  test.each([
    ['a primary limit', fault.status(403, { headers: { 'x-ratelimit-remaining': '0' } }), 'RATE_LIMITED'],
    ['a secondary limit', secondaryRateLimit(), 'RATE_LIMITED'],
    ['too many requests', fault.status(429), 'RATE_LIMITED'],
    ['a missing permission', fault.status(403), 'PERMISSION_MISSING'],
    ['an outage', fault.status(503), 'SERVICE_UNAVAILABLE'],
    ['something other than JSON', fault.garbage(), 'SERVICE_RESPONSE_INVALID'],
  ])('are not reported as absent after %s', async (__, broken, code) => {
    keep(digest);
    sandbox.faults.set('github', broken);
    expect((await failure(reader().bundles(place, sha256(digest)))).code).toBe(code);
  });

  test.each([
    ['a next page without its cursor', { page_info: { has_next: true } }],
    ['pages that it does not count', { page_info: { has_next: 'yes' } }],
    ['no information about pages', {}],
  ])('are not reported as absent by a response with %s', async (__, info) => {
    const body = JSON.stringify({ attestations: [], attestations_subject_digests: {}, ...info });
    sandbox.faults.set('github', fault.status(200, { body, headers: { link: '<https://example.com/>; rel="next"' } }));
    expect((await failure(reader().bundles(place, sha256(digest)))).code).toBe('SERVICE_RESPONSE_INVALID');
  });

  test('of a private repository need a token', async () => {
    const secret = sandbox.github.addRepository('octo/secret', { visibility: 'private' });
    sandbox.github.attestations.keep(
      secret,
      attestation(sandbox, { repository: 'octo/secret', subjects: { app: digest } }),
    );
    const there: AttestationPlace = place.kind === 'owner' ? place : { kind: 'repository', name: 'octo/secret' };
    expect(await reader().bundles(there, sha256(digest))).toEqual(new Map());
    const token = sandbox.github.jobToken(secret, { attestations: 'read' });
    expect(shown(await reader(token).bundles(there, sha256(digest)))).toMatchObject({ 1: [{}] });
  });
});

test('one refused digest of several does not hide the others', async () => {
  const made = keep(digest);
  sandbox.faults.set('github', fault.status(422, { body: '{"message":"Validation Failed"}' }), 1);
  expect(shown(await reader().bundles(ofOwner, sha256(digest, hex(2))))).toEqual({ 1: [made] });
});

test('many digests take one request for 1024 of them', async () => {
  const digests = Array.from({ length: 1030 }, (_, at) => hex(at + 1));
  const made = keep(hex(1030), digest);
  const served = await reader().bundles(inRepository, sha256(...digests));
  expect(shown(served)).toEqual({ 1: [made], 406: [made] });
  expect(requests().filter(({ method }) => method === 'POST')).toHaveLength(2);
});

test('an attestation of many digests is fetched once', async () => {
  sandbox.github.attestations.configure({ inlineBundles: false });
  const made = keep(digest, hex(2), hex(3));
  const served = await reader().bundles(inRepository, sha256(digest, hex(2), hex(3)));
  expect(shown(served)).toEqual({ 1: [made], 2: [made], 3: [made] });
  const [first, second] = [served.get(`sha256:${digest}`)?.[0], served.get(`sha256:${hex(2)}`)?.[0]];
  expect(first).toBe(second);
});

test('fewer digests are asked for if the response is invalid, which one that is too long is', async () => {
  const digests = Array.from({ length: 8 }, (_, at) => hex(at + 1));
  const made = keep(...digests);
  sandbox.faults.set('github', fault.garbage(), 1);
  const served = await reader().bundles(ofOwner, sha256(...digests));
  expect(shown(served)).toEqual(Object.fromEntries(digests.map((_, at) => [at + 1, [made]])));
  expect(requests()).toHaveLength(5);
  sandbox.faults.set('github', fault.garbage());
  expect((await failure(reader().bundles(ofOwner, sha256(...digests)))).code).toBe('SERVICE_RESPONSE_INVALID');
  expect(requests()).toHaveLength(8);
});

test('the token is not sent to where bundles are stored', async () => {
  sandbox.github.attestations.configure({ inlineBundles: false });
  keep(digest);
  const token = sandbox.github.jobToken(app, { attestations: 'read' });
  await reader(token).bundles(inRepository, sha256(digest));
  const stored = sandbox.requests.filter(({ service }) => service !== 'github');
  expect(stored).toHaveLength(1);
  const authorized = (one: RequestRecord | undefined) =>
    /^authorization$/im.test(Buffer.from(one?.content() ?? []).toString());
  expect(authorized(stored[0])).toBe(false);
  expect(authorized(requests()[0])).toBe(true);
});

test('the token is not sent to `bundle_url` even at the origin of the API', async () => {
  const body = JSON.stringify({ attestations: [{ bundle_url: `${sandbox.urls.github}/repos/octo/app` }] });
  sandbox.faults.set({ service: 'github', matching: /attestations/ }, fault.status(200, { body }));
  const token = sandbox.github.jobToken(app, { attestations: 'read' });
  await reader(token).bundles(inRepository, sha256(digest));
  const sent = requests().map((one) => /^authorization$/im.test(Buffer.from(one.content() ?? []).toString()));
  expect(sent).toEqual([true, false]);
});

test.each([
  ['in a repository', inRepository],
  ['of an owner', ofOwner],
])('a list %s without an end is given up', async (_, place) => {
  const info = { page_info: { has_next: true, next: 'more' } };
  const body = JSON.stringify({ attestations: [], attestations_subject_digests: {}, ...info });
  const link = '<https://example.com/?after=more>; rel="next"';
  sandbox.faults.set('github', fault.status(200, { body, headers: { link } }));
  const failed = await failure(reader().bundles(place, sha256(digest)));
  expect(failed).toMatchObject({ code: 'LIMIT_EXCEEDED', message: expect.stringContaining('more than 5000 items') });
  expect(requests()).toHaveLength(50);
});

describe('the media type of a bundle', () => {
  const serve = async (contentType: string, body: Uint8Array): Promise<unknown> => {
    // Without the ending `.sn`, the media type decides.
    const list = JSON.stringify({ attestations: [{ bundle_url: `${sandbox.urls.github}/bundle` }] });
    sandbox.faults.set({ service: 'github', matching: /attestations/ }, fault.status(200, { body: list }));
    const headers = { 'content-type': contentType };
    sandbox.faults.set({ service: 'github', matching: /bundle$/ }, fault.status(200, { body, headers }));
    return shown(await reader().bundles(inRepository, sha256(digest)));
  };
  // A Snappy block with the literal `{}`.
  const snappy = Uint8Array.of(2, 1 << 2, 0x7b, 0x7d);

  test.each(['application/x-snappy', 'Application/X-Snappy', 'application/x-snappy; charset=binary'])(
    '%s is decompressed',
    async (type) => expect(await serve(type, snappy)).toEqual({ 1: [{}] }),
  );
  test.each(['application/json', 'application/x-snappy-framed', 'text/plain; application/x-snappy'])(
    '%s is not',
    async (type) => expect(await serve(type, Buffer.from('{}'))).toEqual({ 1: [{}] }),
  );
  test('is no reason to make more of it than a bundle may be', async () => {
    // A block that says that it has 32 MiB and one byte.
    const bomb = Uint8Array.of(0x81, 0x80, 0x80, 0x10, 0);
    expect(await serve('application/x-snappy', bomb)).toEqual({ 1: ['LIMIT_EXCEEDED'] });
    const long = Buffer.alloc(32 * 1024 * 1024 + 1, ' ');
    expect(await serve('application/json', long)).toEqual({ 1: ['SERVICE_RESPONSE_INVALID'] });
  });
});

test('a redirect of a bundle is not followed, and the failure says so', async () => {
  sandbox.github.attestations.configure({ inlineBundles: false });
  keep(digest);
  const location = `${sandbox.urls.github}/elsewhere`;
  sandbox.faults.set('blobs', fault.status(302, { headers: { location } }));
  const [one] = (await reader().bundles(inRepository, sha256(digest))).get(`sha256:${digest}`) ?? [];
  expect(one).toMatchObject({
    failure: {
      code: 'SERVICE_RESPONSE_INVALID',
      message: expect.stringContaining(`a bundle of sha256:${digest} is a redirect`),
    },
  });
  expect(requests()).toHaveLength(1);
});

describe('a bundle that cannot be fetched is told, next to the others', () => {
  beforeEach(() => sandbox.github.attestations.configure({ inlineBundles: false }));

  test.each([
    ['is gone', fault.status(404), 'SERVICE_REFUSED'],
    ['is not there during an outage', fault.status(503), 'SERVICE_UNAVAILABLE'],
    ['is not Snappy', fault.garbage(), 'SERVICE_RESPONSE_INVALID'],
    ['is cut off', fault.truncated(), 'SERVICE_UNAVAILABLE'],
    ['is elsewhere', fault.status(302, { headers: { location: 'https://example.com/' } }), 'SERVICE_RESPONSE_INVALID'],
  ])('because it %s', async (_, broken, code) => {
    const first = keep(digest);
    keep(digest);
    const path = sandbox.github.attestations.all[1]?.path ?? '';
    sandbox.faults.set({ service: 'blobs', matching: new RegExp(path) }, broken);
    expect(shown(await reader().bundles(inRepository, sha256(digest)))).toEqual({ 1: [code, first] });
  });
});
