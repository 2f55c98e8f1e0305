/** Bundles in GitHub's attestation store, at the sandbox's. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  fault,
  type Sandbox,
  type SandboxRepository,
  secondaryRateLimit,
  startSandbox,
} from '../../../sandbox/index.ts';
import { type JsonObject, utf8 } from '../../../src/core/encoding/index.ts';
import { Secret } from '../../../src/node/index.ts';
import { type AttestationWriter, openAttestationWriter } from '../../../src/services/github/index.ts';
import { type HttpConnections, openHttp, withRetries } from '../../../src/services/http/index.ts';
import { attestation } from '../../kit/attestation.ts';
import { failure } from '../loopback.ts';
import { half, SkippedTime } from '../time.ts';

const digest = '1'.repeat(64);

let sandbox: Sandbox;
let app: SandboxRepository;
let token: string;
let connections: HttpConnections;
let time: SkippedTime;
beforeEach(async () => {
  time = new SkippedTime();
  sandbox = await startSandbox({ clock: time.clock });
  app = sandbox.github.addRepository('octo/app');
  token = sandbox.github.jobToken(app, { attestations: 'write' });
  connections = openHttp('countersign');
});
afterEach(async () => {
  connections[Symbol.dispose]();
  await sandbox.close();
});

function writer(given = token): AttestationWriter {
  const http = withRetries(connections.send, { ...time, budget: 60_000, random: half });
  return openAttestationWriter({ http, token: new Secret(given), apiUrl: sandbox.urls.github, clock: time.clock });
}

function bundle(options: Partial<Parameters<typeof attestation>[1]> = {}): JsonObject {
  return attestation(sandbox, { repository: 'octo/app', subjects: { app: digest }, ...options });
}

const bytesOf = (value: JsonObject): Uint8Array => utf8(JSON.stringify(value));

/** The requests to the API: the methods. */
const sent = (): readonly string[] =>
  sandbox.requests.filter(({ service }) => service === 'github').map(({ method }) => method);

const posts = { service: 'github', matching: /^POST/ } as const;
const stored = () => sandbox.github.attestations.all;

describe('a fresh bundle', () => {
  test('is stored with one request, as it is', async () => {
    const made = bundle();
    const result = await writer().store('octo/app', bytesOf(made), true);
    expect(result).toEqual({ kind: 'created', id: String(stored()[0]?.id) });
    expect(stored().map((one) => one.bundle)).toEqual([made]);
    expect(sent()).toEqual(['POST']);
  });

  test.each([
    ['whose response is lost', fault.afterEffect(fault.status(502))],
    ['whose connection breaks after it was stored', fault.afterEffect(fault.refuse())],
    ['whose response is cut off', fault.truncated()],
    ['whose response is not JSON', fault.afterEffect(fault.garbage())],
  ])('%s is not stored twice', async (_, lost) => {
    sandbox.faults.set(posts, lost, 1);
    expect(await writer().store('octo/app', bytesOf(bundle()), true)).toEqual({ kind: 'present' });
    expect(stored()).toHaveLength(1);
    expect(sent()).toEqual(['POST', 'GET']);
  });

  test.each([
    ['refused', fault.refuse()],
    ['unavailable', fault.status(503)],
    ['failing', fault.status(500)],
  ])('is sent again if the service was %s and does not have it', async (_, broken) => {
    sandbox.faults.set(posts, broken, 2);
    const result = await writer().store('octo/app', bytesOf(bundle()), true);
    expect(result).toEqual({ kind: 'created', id: String(stored()[0]?.id) });
    expect(stored()).toHaveLength(1);
    expect(sent()).toEqual(['POST', 'GET', 'POST', 'GET', 'POST']);
  });

  test('is given up after three requests', async () => {
    sandbox.faults.set(posts, fault.status(500));
    const error = await failure(writer().store('octo/app', bytesOf(bundle()), true));
    expect(error.code).toBe('SERVICE_UNAVAILABLE');
    expect(sent().filter((method) => method === 'POST')).toHaveLength(3);
  });

  test('is not sent again if the store cannot be asked for it', async () => {
    sandbox.faults.set('github', fault.status(500));
    expect((await failure(writer().store('octo/app', bytesOf(bundle()), true))).code).toBe('SERVICE_UNAVAILABLE');
    expect(sent().filter((method) => method === 'POST')).toHaveLength(1);
  });
});

describe('a bundle that an earlier run may have stored', () => {
  test('is not stored again', async () => {
    const made = bundle();
    await writer().store('octo/app', bytesOf(made), true);
    // GitHub may write the JSON in another order.
    const reordered = Object.fromEntries(Object.entries(made).reverse());
    expect(await writer().store('octo/app', bytesOf(reordered), false)).toEqual({ kind: 'present' });
    expect(stored()).toHaveLength(1);
  });

  test.each([
    ['another signature', { signature: 'other' }],
    ['another predicate', { predicateType: 'https://example.com/other' }],
  ])('is stored if the store has one with %s', async (_, difference) => {
    sandbox.github.attestations.keep(app, bundle(difference));
    expect(await writer().store('octo/app', bytesOf(bundle()), false)).toMatchObject({ kind: 'created' });
    expect(stored()).toHaveLength(2);
  });

  test('is stored if the store has it with another log entry: it was completed since', async () => {
    const made = bundle();
    const timestamps = { rfc3161Timestamps: [{ signedTimestamp: 'AAAA' }] };
    const material = made.verificationMaterial as JsonObject;
    const completed = { ...made, verificationMaterial: { ...material, timestampVerificationData: timestamps } };
    sandbox.github.attestations.keep(app, made);
    expect(await writer().store('octo/app', bytesOf(completed), false)).toMatchObject({ kind: 'created' });
  });

  test('is found on a later page', async () => {
    const made = bundle();
    sandbox.github.attestations.keep(app, made);
    for (let count = 0; count < 205; count++) sandbox.github.attestations.keep(app, bundle({ signature: `${count}` }));
    expect(await writer().store('octo/app', bytesOf(made), false)).toEqual({ kind: 'present' });
    expect(sent()).toEqual(['GET', 'GET', 'GET']);
  });

  test('is not stored again where lists have only the addresses of bundles', async () => {
    sandbox.github.attestations.configure({ inlineBundles: false });
    const made = bundle();
    sandbox.github.attestations.keep(app, bundle({ signature: 'other' }));
    sandbox.github.attestations.keep(app, made);
    expect(await writer().store('octo/app', bytesOf(made), false)).toEqual({ kind: 'present' });
    expect(await writer().store('octo/app', bytesOf(bundle({ signature: 'new' })), false)).toMatchObject({
      kind: 'created',
    });
    expect(stored()).toHaveLength(3);
  });

  test('is not stored if one that may be it cannot be fetched', async () => {
    sandbox.github.attestations.configure({ inlineBundles: false });
    const made = bundle();
    sandbox.github.attestations.keep(app, made);
    sandbox.faults.set('blobs', fault.status(403));
    expect((await failure(writer().store('octo/app', bytesOf(made), false))).code).toBe('SERVICE_REFUSED');
    expect(stored()).toHaveLength(1);
  });

  test('is not sought among invalid ones that others stored', async () => {
    const made = bundle();
    sandbox.github.attestations.keep(app, { ...bundle(), mediaType: 'other' });
    expect(await writer().store('octo/app', bytesOf(made), false)).toMatchObject({ kind: 'created' });
  });
});

describe('a bundle that cannot be stored', () => {
  test('has a signature without a statement', async () => {
    const { dsseEnvelope: _, ...rest } = bundle();
    const messageSignature = {
      messageDigest: { algorithm: 'SHA2_256', digest: Buffer.from(digest, 'hex').toString('base64') },
      signature: 'AAAA',
    };
    const error = await failure(writer().store('octo/app', bytesOf({ ...rest, messageSignature }), true));
    expect(error).toMatchObject({ code: 'USAGE', remedy: 'Set `bundle-format: attestation`.' });
    expect(sent()).toEqual([]);
  });

  test('has more than 16 MiB, and is not sent', async () => {
    const long = bytesOf(bundle({ signature: 'x'.repeat(13 * 1024 * 1024) }));
    expect((await failure(writer().store('octo/app', long, true))).code).toBe('LIMIT_EXCEEDED');
    expect(sent()).toEqual([]);
  });

  test.each(['octo', 'octo/app/x', '../app', 'octo/..', ''])('is for %j, which is no repository', async (name) => {
    expect((await failure(writer().store(name, bytesOf(bundle()), true))).code).toBe('USAGE');
    expect(sent()).toEqual([]);
  });
});

describe('a refusal', () => {
  const refused = (options?: Parameters<typeof bundle>[0], name = 'octo/app', given = token) =>
    failure(writer(given).store(name, bytesOf(bundle(options)), true));

  test('of a token without the permission names it', async () => {
    const error = await refused({}, 'octo/app', sandbox.github.jobToken(app, { attestations: 'read' }));
    expect(error.code).toBe('PERMISSION_MISSING');
    expect(error.remedy).toContain('`attestations: write`');
    expect(sent()).toEqual(['POST']);
  });

  test('because of a rate limit is no missing permission', async () => {
    sandbox.faults.set(posts, secondaryRateLimit(60), 1);
    expect((await refused()).code).toBe('RATE_LIMITED');
    expect(sent()).toEqual(['POST']);
  });

  test.each([
    ['User', 'no attestation store for private repositories of users'],
    ['Organization', 'the plan of the organization'],
  ] as const)('of a private repository of a %s says why', async (ownerType, reason) => {
    sandbox.github.attestations.configure({ privateAttestations: false });
    const hidden = sandbox.github.addRepository('acme/hidden', { visibility: 'private', ownerType });
    const weak = sandbox.github.jobToken(hidden, { attestations: 'write' });
    const error = await refused({ repository: 'acme/hidden' }, 'acme/hidden', weak);
    expect(error.code).toBe('SERVICE_REFUSED');
    expect(error.message).toContain(reason);
    expect(error.remedy).toContain('make the repository public');
  });

  test('of an unknown or hidden repository names Enterprise Server too', async () => {
    sandbox.github.addRepository('acme/hidden', { visibility: 'private' });
    for (const name of ['acme/none', 'acme/hidden']) {
      const error = await refused({}, name);
      expect(error.code).toBe('SERVICE_REFUSED');
      expect(error.remedy).toContain('GitHub Enterprise Server');
    }
  });

  test.each([
    ['a certificate of another repository', { repository: 'mallory/app' }, 'names another repository or server'],
    [
      'a repeated subject',
      { statement: { subject: [1, 2].map(() => ({ name: 'a', digest: { sha256: digest } })) } },
      'a subject occurs twice',
    ],
    ['a foreign statement', { statement: { _type: 'https://in-toto.io/Statement/v1', predicateType: 1 } }, undefined],
  ])('of %s says why', async (_, options, reason) => {
    const error = await refused(options);
    if (reason === undefined) expect(error.code).toBe('STATEMENT_INVALID');
    else expect(error).toMatchObject({ code: 'SERVICE_REFUSED', message: expect.stringContaining(reason) });
  });

  test('without a known reason is of the bundle', async () => {
    const { verificationMaterial: _, ...rest } = bundle();
    const made = { ...rest, verificationMaterial: { publicKey: { hint: 'key' } } };
    const error = await failure(writer().store('octo/app', bytesOf(made), true));
    expect(error).toMatchObject({
      code: 'SERVICE_REFUSED',
      message: expect.stringContaining('found the bundle invalid'),
    });
  });

  test('does not quote what the service said, nor the token', async () => {
    const body = JSON.stringify({ message: `Invalid Argument - ${token}` });
    sandbox.faults.set(posts, fault.status(422, { body }), 1);
    const error = await refused();
    expect(`${error.message} ${error.remedy}`).not.toContain(token);
  });
});
