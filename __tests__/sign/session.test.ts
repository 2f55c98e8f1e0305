import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleJob, fault } from '../../sandbox/index.ts';
import { readBundle, writeBundle } from '../../src/core/bundle/index.ts';
import { digest } from '../../src/core/crypto/index.ts';
import { encodeHex, utf8 } from '../../src/core/encoding/index.ts';
import { exactIdentity } from '../../src/core/policy/index.ts';
import { artifactOfDigest, verify } from '../../src/core/verify/index.ts';
import { cachedTokens, type IdentityToken, type TokenSource } from '../../src/identity/index.ts';
import { emailAddresses } from '../../src/identity/people.ts';
import { Secret } from '../../src/node/index.ts';
import { openSession, type SessionOptions } from '../../src/sign/index.ts';
import { certificateOf } from '../core/bundle/vectors.ts';
import { canReach } from '../kit/reachable.ts';
import { type Answer, answering, failure } from '../services/loopback.ts';
import {
  askForCertificate,
  askForEntry,
  askForTimestamp,
  askForToken,
  Harness,
  thresholds,
  watchKeys,
} from './harness.ts';

const artifact = digest('sha256', utf8('artifact'));

let harness: Harness;
beforeAll(async () => {
  harness = await Harness.start();
});
afterAll(() => harness[Symbol.asyncDispose]());
beforeEach(() => harness.forget());

function options(changes: Partial<SessionOptions> = {}, from: Harness = harness): SessionOptions {
  const { services, trust, http, requestIdentity, clock } = from;
  return {
    tokens: cachedTokens(requestIdentity, clock),
    services,
    trust,
    requirements: { thresholds, sandbox: 'accept' },
    http,
    random: randomBytes,
    clock,
    ...changes,
  };
}

describe('a session', () => {
  test('asks for nothing before the first signature', () => {
    using session = openSession(options());
    expect(session).toBeDefined();
    expect(harness.requests).toEqual([]);
  });

  test('asks for one token and one certificate, however much it signs', async () => {
    using session = openSession(options());
    const artifacts = Array.from({ length: 20 }, (_, index) => digest('sha256', utf8(`artifact ${index}`)));
    const signed = await Promise.all(artifacts.map((each) => session.signArtifact(each)));
    const asked = [askForToken, askForCertificate, askForTimestamp, askForEntry];
    expect(asked.map((request) => harness.count(request))).toEqual([1, 1, 20, 20]);
    expect(harness.requests).toHaveLength(42);
    expect(new Set(signed.map(({ bundle }) => encodeHex(certificateOf(bundle)))).size).toBe(1);
    expect(new Set(signed.map(({ bundle }) => encodeHex(bundle.content.signature))).size).toBe(20);
  });

  test('signs what a stranger verifies', async () => {
    using session = openSession(options());
    const { bundle, certificateValidity } = await session.signArtifact(artifact);
    const issuer = harness.sandbox.urls.jobIssuer;
    const policy = exactIdentity(`https://github.com/${exampleJob.job_workflow_ref}`, issuer, { sandbox: 'accept' });
    const verdict = await verify(
      readBundle(writeBundle(bundle)),
      artifactOfDigest(artifact),
      harness.trust,
      policy,
      new Date(),
    );
    expect(verdict.signer).toMatchObject({
      identity: { subjectAlternativeName: `https://github.com/${exampleJob.job_workflow_ref}` },
    });
    expect(bundle.mediaType).toBe('application/vnd.dev.sigstore.bundle.v0.3+json');
    expect(bundle.content).toMatchObject({ kind: 'message-signature', messageDigest: artifact });
    expect(certificateValidity.notAfter.getTime() - certificateValidity.notBefore.getTime()).toBe(600_000);
    const other = verify(
      readBundle(writeBundle(bundle)),
      artifactOfDigest(digest('sha256', utf8('other'))),
      harness.trust,
      policy,
      new Date(),
    );
    expect((await failure(other)).kind).toBe('mismatch');
  });

  test('signs the same artifact twice, as two entries of the log', async () => {
    using session = openSession(options());
    const [first, second] = [await session.signArtifact(artifact), await session.signArtifact(artifact)];
    expect(encodeHex(first.bundle.content.signature)).not.toBe(encodeHex(second.bundle.content.signature));
    expect(first.bundle.logEntries[0]?.logIndex).not.toBe(second.bundle.logEntries[0]?.logIndex);
  });

  test('asks every log and every timestamp authority that was chosen', async () => {
    const { services } = harness;
    using twice = openSession(
      options({
        services: {
          ...services,
          timestampAuthorities: [...services.timestampAuthorities, ...services.timestampAuthorities],
        },
      }),
    );
    const { bundle } = await twice.signArtifact(artifact);
    expect([bundle.timestamps.length, bundle.logEntries.length]).toEqual([2, 1]);
    using none = openSession(options({ services: { ...services, transparencyLogs: [], timestampAuthorities: [] } }));
    const bare = await none.signArtifact(artifact);
    expect([bare.bundle.timestamps.length, bare.bundle.logEntries.length]).toEqual([0, 0]);
  });

  test('signs an in-toto statement, in an envelope', async () => {
    using session = openSession(options());
    const statement = utf8('{"_type":"https://in-toto.io/Statement/v1"}');
    const { bundle } = await session.signStatement(statement);
    expect(bundle.content).toMatchObject({
      kind: 'dsse-envelope',
      payloadType: 'application/vnd.in-toto+json',
      payload: statement,
    });
    expect(bundle.logEntries).toHaveLength(1);
  });
});

/** These are defined here, as functions within the test would hold the test's variables, and with them the token. */
const now = (): Date => new Date();
const zeros = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length);
const noTrust: SessionOptions['trust'] = {
  certificateAuthorities: [],
  certificateTransparencyLogs: [],
  transparencyLogs: [],
  timestampAuthorities: [],
};
const unreachable: SessionOptions['http'] = () => Promise.reject(new Error('nothing is sent'));

describe('the identity token of a session', () => {
  test('is dropped when it is disposed of', async () => {
    const { tokens, tokenOf } = holding('held in a closure, and nowhere else');
    const token = await tokens();
    const session = openSession(options({ tokens, http: unreachable, clock: now, random: zeros, trust: noTrust }));
    for (const from of [session, tokens, token.token]) expect(await canReach(from, tokenOf())).toBe(true);
    session[Symbol.dispose]();
    for (const from of [session, tokens, token.token]) expect(await canReach(from, tokenOf())).toBe(false);
    await expect(tokens()).rejects.toMatchObject({ code: 'KEY_DISPOSED' });
  });

  test('is dropped after signing too, and none is requested again', async () => {
    const given: IdentityToken[] = [];
    const tokens = cachedTokens(async () => {
      const token = await harness.requestIdentity();
      given.push(token);
      return token;
    }, harness.clock);
    {
      using session = openSession(options({ tokens }));
      await session.signArtifact(artifact);
      expect(given.map(({ token }) => token.reveal())).toEqual(harness.tokens);
    }
    expect(given).toHaveLength(1);
    expect(() => given[0]?.token.reveal()).toThrow(expect.objectContaining({ code: 'KEY_DISPOSED' }));
    await expect(tokens()).rejects.toMatchObject({ code: 'KEY_DISPOSED' });
  });
});

/** A source whose request holds the token's text, as one does that has read a pipe. */
function holding(text: string): { readonly tokens: TokenSource; readonly tokenOf: () => string } {
  const request = async (): Promise<IdentityToken> => ({
    token: new Secret(text),
    kind: emailAddresses,
    issuer: 'https://issuer.example.test',
    certificateIssuer: 'https://issuer.example.test',
    expiresAt: new Date(Date.now() + 600_000),
    challenge: 'subject',
    certificateIdentity: 'identity',
    certificateClaims: {},
    claims: {},
  });
  return { tokens: cachedTokens(request, now), tokenOf: () => text };
}

describe('the keys of a session', () => {
  test('are overwritten when it is disposed of, and then nothing is signed or asked for', async () => {
    using watch = watchKeys();
    const session = openSession(options({ random: watch.random }));
    await session.signArtifact(artifact);
    expect([watch.made, watch.overwritten]).toEqual([1, 0]);
    session[Symbol.dispose]();
    expect(watch.overwritten).toBe(1);
    const sent = harness.requests.length;
    for (const sign of [() => session.signArtifact(artifact), () => session.signStatement(utf8('{}'))]) {
      expect((await failure(sign())).code).toBe('KEY_DISPOSED');
    }
    expect(harness.requests).toHaveLength(sent);
  });

  test('are overwritten at the end of a block, also by a failure in it', async () => {
    using watch = watchKeys();
    const block = async () => {
      using session = openSession(options({ random: watch.random }));
      await session.signArtifact(artifact);
      throw new Error('a failure in the block');
    };
    await expect(block()).rejects.toThrow('a failure in the block');
    expect(watch.overwritten).toBe(1);
  });

  test('are overwritten also if the session ends before its certificate has come', async () => {
    using watch = watchKeys();
    const session = openSession(options({ random: watch.random }));
    const signing = failure(session.signArtifact(artifact));
    session[Symbol.dispose]();
    expect((await signing).code).toBe('KEY_DISPOSED');
    expect(watch.overwritten).toBe(watch.made);
    expect(harness.count(askForEntry)).toBe(0);
  });

  test('are replaced a minute before their certificate ends, and then overwritten', async () => {
    let now = new Date();
    await using later = await Harness.start(() => now);
    using watch = watchKeys();
    using session = openSession(options({ random: watch.random }, later));
    const { bundle: first, certificateValidity } = await session.signArtifact(artifact);
    const end = certificateValidity.notAfter.getTime();
    now = new Date(end - 61_000);
    expect(encodeHex(certificateOf((await session.signArtifact(artifact)).bundle))).toBe(
      encodeHex(certificateOf(first)),
    );
    expect([watch.made, watch.overwritten]).toEqual([1, 0]);
    now = new Date(end - 60_000);
    const renewed = await Promise.all([1, 2, 3].map(() => session.signArtifact(artifact)));
    expect(new Set(renewed.map(({ bundle }) => encodeHex(certificateOf(bundle)))).size).toBe(1);
    const [next] = renewed;
    if (next === undefined) throw new Error('three were signed');
    expect(encodeHex(certificateOf(next.bundle))).not.toBe(encodeHex(certificateOf(first)));
    expect([watch.made, watch.overwritten]).toEqual([2, 1]);
    expect(later.count(askForCertificate)).toBe(2);
  });
});

describe('a session without a certificate', () => {
  test('fails for everyone who signs with it, by one request', async () => {
    await using server = await answering({ status: 400, body: '{"message":"no"}' });
    const { services } = harness;
    using session = openSession(
      options({
        services: { ...services, certificateAuthority: { ...services.certificateAuthority, url: server.origin } },
      }),
    );
    const errors = await Promise.all([1, 2, 3].map(() => failure(session.signArtifact(artifact))));
    for (const error of errors) {
      expect(error.code).toBe('SERVICE_REFUSED');
      harness.expectNoToken(error);
    }
    expect(server.received).toHaveLength(1);
    expect(harness.requests).not.toContain(askForTimestamp);
    expect(harness.requests).not.toContain(askForEntry);
  });
});

describe('a service that fails while signing', () => {
  const refused: Answer = { status: 400, body: '{"message":"no"}' };

  test.each([
    ['timestampAuthorities', 'the timestamp authority'],
    ['transparencyLogs', 'the transparency log'],
  ] as const)('of the %s fails that signature, by name', async (part, name) => {
    await using server = await answering(refused);
    const [service] = harness.services[part];
    if (service === undefined) throw new Error('the sandbox has one');
    using session = openSession(
      options({ services: { ...harness.services, [part]: [{ ...service, url: server.origin }] } }),
    );
    const error = await failure(session.signArtifact(artifact));
    expect(error.code).toBe('SERVICE_REFUSED');
    expect(error.message).toBe(`${name} (${server.origin}) responded with 400: no`);
    harness.expectNoToken(error);
    // The session is not at fault: it may be asked again.
    expect((await failure(session.signArtifact(artifact))).code).toBe('SERVICE_REFUSED');
    expect(server.received).toHaveLength(2);
    expect(harness.count(askForCertificate)).toBe(1);
  });
});

describe('a log that calls an entry a duplicate', () => {
  afterEach(() => harness.sandbox.faults.clear());
  const duplicate = () => fault.status(409, { body: '{"message":"an equivalent entry already exists"}' });

  test('gets a fresh signature, for it may have lost its answer to the first', async () => {
    harness.sandbox.faults.set('rekor-v2', duplicate(), 2);
    using session = openSession(options());
    const { bundle } = await session.signArtifact(artifact);
    expect(bundle.logEntries).toHaveLength(1);
    expect(harness.count(askForEntry)).toBe(3);
    // A timestamp for each signature.
    expect(harness.count(askForTimestamp)).toBe(3);
    expect(harness.count(askForCertificate)).toBe(1);
  });

  test('three times is believed', async () => {
    harness.sandbox.faults.set('rekor-v2', duplicate());
    using session = openSession(options());
    expect((await failure(session.signArtifact(artifact))).code).toBe('LOG_ENTRY_DUPLICATE');
    expect(harness.count(askForEntry)).toBe(3);
  });
});

describe('a service that fails until the certificate is about to end', () => {
  /** A session whose first certificate ends while the log answers for the first time. */
  async function outlasting(status: number) {
    let now = new Date();
    const later = await Harness.start(() => now);
    later.sandbox.faults.set('rekor-v2', fault.status(status), 1);
    const session = openSession({
      ...options({}, later),
      http: async (request) => {
        const response = await later.http(request);
        if (response.status === status) now = new Date(now.getTime() + 600_000);
        return response;
      },
    });
    return { later, session };
  }

  test('and is there again: the signature is made anew, with the next certificate', async () => {
    const { later, session } = await outlasting(503);
    await using _ = later;
    using __ = session;
    const { certificateValidity } = await session.signArtifact(artifact);
    expect(certificateValidity.notAfter.getTime()).toBeGreaterThan(later.clock().getTime());
    expect([later.count(askForCertificate), later.count(askForEntry)]).toEqual([2, 2]);
  });

  test('and refuses: nothing is signed anew', async () => {
    const { later, session } = await outlasting(400);
    await using _ = later;
    using __ = session;
    expect((await failure(session.signArtifact(artifact))).code).toBe('SERVICE_REFUSED');
    expect([later.count(askForCertificate), later.count(askForEntry)]).toEqual([1, 1]);
  });
});

test('an outage that does not outlast the certificate is an error, after one try', async () => {
  harness.sandbox.faults.set('rekor-v2', fault.status(503), 1);
  using session = openSession(options());
  expect((await failure(session.signArtifact(artifact))).code).toBe('SERVICE_UNAVAILABLE');
  expect([harness.count(askForCertificate), harness.count(askForEntry)]).toEqual([1, 1]);
  await session.signArtifact(artifact);
});
