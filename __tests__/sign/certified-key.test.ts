import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  CertificateAuthority,
  CertificateLog,
  exampleJob,
  generateSigningKey,
  jobIdentity,
  jobSubject,
  type LeafRequest,
  personIdentity,
  systemSources,
} from '../../sandbox/index.ts';
import { digest } from '../../src/core/crypto/index.ts';
import { decodePem, encodePem, equalBytes, utf8 } from '../../src/core/encoding/index.ts';
import { type IdentityToken, readIdentityToken, requestToken } from '../../src/identity/index.ts';
import { Secret } from '../../src/node/index.ts';
import { openHttp } from '../../src/services/http/index.ts';
import { type CertificationOptions, certifyKey } from '../../src/sign/certified-key.ts';
import { type Answer, answering, failure, type Received } from '../services/loopback.ts';
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

function options(changes: Partial<CertificationOptions> = {}): CertificationOptions {
  const { services, trust, http, requestIdentity } = harness;
  return {
    tokens: requestIdentity,
    certificateAuthority: services.certificateAuthority.url,
    trust,
    requirements: { thresholds, sandbox: 'accept' },
    http,
    random: randomBytes,
    clock: () => new Date(),
    ...changes,
  };
}

/** Returns the error of the request, after checking that the key signed nothing and is overwritten, and that no token is shown. */
async function refusal(changes: Partial<CertificationOptions>) {
  const entries = harness.sandbox.transparencyLog.size;
  using watch = watchKeys();
  const error = await failure(certifyKey(options({ random: watch.random, ...changes })));
  expect(watch.made).toBe(1);
  expect(watch.overwritten).toBe(1);
  expect(harness.requests).not.toContain(askForTimestamp);
  expect(harness.requests).not.toContain(askForEntry);
  expect(harness.sandbox.transparencyLog.size).toBe(entries);
  harness.expectNoToken(error);
  return error;
}

describe('a certified key', () => {
  test('takes one token and one certificate', async () => {
    using certifiedKey = await certifyKey(options());
    expect(harness.requests).toEqual([askForToken, askForCertificate]);
    expect(equalBytes(certifiedKey.certificate, new Uint8Array())).toBe(false);
  });

  test('says who signs and from when to when', async () => {
    const before = Date.now();
    using certifiedKey = await certifyKey(options());
    const after = Date.now();
    expect(certifiedKey.identity).toMatchObject({
      subjectAlternativeName: `https://github.com/${exampleJob.job_workflow_ref}`,
      issuer: harness.sandbox.urls.jobIssuer,
      claims: { tokenSubject: 'repo:example-org/example-repo:ref:refs/heads/main', runnerEnvironment: 'github-hosted' },
    });
    expect(certifiedKey.notAfter.getTime() - certifiedKey.notBefore.getTime()).toBe(600_000);
    expect(certifiedKey.notBefore.getTime()).toBeGreaterThanOrEqual(before - 1000);
    expect(certifiedKey.notBefore.getTime()).toBeLessThanOrEqual(after);
  });

  test('of a person is named by the e-mail address', async () => {
    const { personTokens, urls } = harness.sandbox;
    const person = async () =>
      readIdentityToken(await personTokens.token('a.person@example.test'), new Date(), 'https://github.com');
    using certifiedKey = await certifyKey(options({ tokens: person }));
    expect(certifiedKey.identity).toMatchObject({
      subjectAlternativeName: 'a.person@example.test',
      issuer: urls.personIssuer,
    });
  });

  test('asks for the token first, and makes the key while it waits for it', async () => {
    const events: string[] = [];
    using certifiedKey = await certifyKey(
      options({
        tokens: async () => {
          events.push('token requested');
          const token = await harness.requestIdentity();
          events.push('token there');
          return token;
        },
        random: (length) => {
          if (length === 48) events.push('key made');
          return randomBytes(length);
        },
      }),
    );
    expect(certifiedKey.key.publicKey.kind).toBe('ecdsa-p256');
    expect(events).toEqual(['token requested', 'key made', 'token there']);
  });

  test('has its key until it is disposed of: then it is overwritten and signs nothing', async () => {
    using watch = watchKeys();
    const certifiedKey = await certifyKey(options({ random: watch.random }));
    expect(certifiedKey.key.sign(artifact).length).toBeGreaterThan(64);
    expect(watch.overwritten).toBe(0);
    certifiedKey[Symbol.dispose]();
    expect(watch.overwritten).toBe(1);
    const error = await failure(Promise.resolve().then(() => certifiedKey.key.sign(artifact)));
    expect(error.code).toBe('KEY_DISPOSED');
  });
});

describe('a token that is not to be had', () => {
  test.each<[what: string, change: () => Promise<IdentityToken>, code: string]>([
    [
      'refused',
      async () =>
        readIdentityToken(
          (
            await requestToken(harness.http, {
              url: harness.sandbox.jobTokens.requestUrl,
              requestToken: new Secret('wrong'),
            })
          ).reveal(),
          new Date(),
          'x',
        ),
      'SERVICE_REFUSED',
    ],
    [
      'expired',
      async () =>
        readIdentityToken(await harness.sandbox.jobTokens.token('sigstore', { lifetimeSeconds: -10 }), new Date(), 'x'),
      'TOKEN_EXPIRED',
    ],
    [
      'for somebody else',
      async () => readIdentityToken(await harness.sandbox.jobTokens.token(), new Date(), 'x'),
      'TOKEN_INVALID',
    ],
  ])('because it is %s ends it all', async (_, refused, code) => {
    const error = await refusal({ tokens: refused });
    expect(error.code).toBe(code);
    expect(harness.requests).not.toContain(askForCertificate);
  });
});

/** A certificate authority's address where certificates are issued as the test wants them, whatever is asked for. */
async function authority(answer: (publicKey: Uint8Array, request: Received) => Answer) {
  return answering((request) => {
    const asked = JSON.parse(request.body.toString()) as { publicKeyRequest: { publicKey: { content: string } } };
    const [publicKey] = decodePem('PUBLIC KEY', asked.publicKeyRequest.publicKey.content);
    if (publicKey === undefined) throw new Error('no public key');
    return answer(publicKey, request);
  });
}

function chainOf(...certificates: readonly Uint8Array[]): Answer {
  const chain = { certificates: certificates.map((certificate) => encodePem('CERTIFICATE', certificate)) };
  return { body: JSON.stringify({ signedCertificateEmbeddedSct: { chain } }) };
}

/** The claims of the tokens that the harness requests. */
const claims = () => ({
  ...exampleJob,
  iss: harness.sandbox.urls.jobIssuer,
  sub: jobSubject(exampleJob, 'classic'),
});

function issued(publicKey: Uint8Array, changes: Partial<LeafRequest> = {}): Answer {
  return chainOf(harness.sandbox.certificateAuthority.issue({ publicKey, ...jobIdentity(claims()), ...changes }));
}

const at = (url: string): Partial<CertificationOptions> => ({ certificateAuthority: url });

const hour = 3_600_000;
const inMilliseconds = (milliseconds: number) => new Date(Date.now() + milliseconds);

describe('a certificate', () => {
  test('that is right is taken: so it is the change that each of the next ones fails by', async () => {
    await using server = await authority((publicKey) => issued(publicKey));
    using certifiedKey = await certifyKey(options(at(server.origin)));
    expect(certifiedKey.identity.issuer).toBe(harness.sandbox.urls.jobIssuer);
    expect(server.received).toHaveLength(1);
  });

  test.each<[what: string, answer: (publicKey: Uint8Array) => Answer, code: string, message: string]>([
    [
      'for a different key',
      () => issued(generateSigningKey('P-256').publicKey),
      'CERTIFICATE_UNTRUSTED',
      'the issued certificate is for a different key',
    ],
    [
      'for another workflow',
      (key) =>
        issued(
          key,
          jobIdentity({ ...claims(), job_workflow_ref: 'evil/repo/.github/workflows/x.yml@refs/heads/main' }),
        ),
      'IDENTITY_MISMATCH',
      'signed by "https://github.com/evil/repo/.github/workflows/x.yml@refs/heads/main"',
    ],
    [
      'for the same workflow on another branch',
      (key) => issued(key, jobIdentity({ ...claims(), job_workflow_ref: `${exampleJob.job_workflow_ref}2` })),
      'IDENTITY_MISMATCH',
      '; expected ',
    ],
    [
      'for a person',
      (key) => issued(key, personIdentity({ email: 'a@example.test', iss: harness.sandbox.urls.jobIssuer })),
      'IDENTITY_MISMATCH',
      'signed by "a@example.test"',
    ],
    [
      'for nobody',
      (key) => issued(key, { subjectAlternativeNames: undefined }),
      'CERTIFICATE_INVALID',
      'must contain exactly one identity',
    ],
    [
      'of another issuer',
      (key) => issued(key, jobIdentity({ ...claims(), iss: 'https://issuer.example.test' })),
      'ISSUER_MISMATCH',
      'the OIDC issuer is "https://issuer.example.test"',
    ],
    [
      'of no issuer',
      (key) => issued(key, jobIdentity({ ...claims(), iss: '' })),
      'CERTIFICATE_INVALID',
      'has no OIDC issuer',
    ],
    [
      'that has ended',
      (key) => issued(key, { notBefore: inMilliseconds(-hour / 2), notAfter: inMilliseconds(-hour / 4) }),
      'CERTIFICATE_OUTSIDE_VALIDITY',
      'the new certificate is valid from',
    ],
    [
      'that begins later than clocks differ',
      (key) => issued(key, { notBefore: inMilliseconds(90_000) }),
      'CERTIFICATE_OUTSIDE_VALIDITY',
      'the new certificate is valid from',
    ],
    ['that no log has seen', (key) => issued(key, { signedCertificateTimestamps: () => [] }), 'SCT_MISSING', ''],
    [
      'that only another log has seen',
      (key) =>
        issued(key, { signedCertificateTimestamps: (leaf) => [new CertificateLog(systemSources.clock).submit(leaf)] }),
      'SCT_MISSING',
      'from 0 of 1 required certificate transparency logs',
    ],
    [
      'whose log did not sign that',
      (key) =>
        issued(key, {
          signedCertificateTimestamps: (leaf) => [
            harness.sandbox.certificateLog.submit(leaf, { signingKey: generateSigningKey('P-256') }),
          ],
        }),
      'SCT_INVALID',
      'is invalid',
    ],
    [
      'that a log has seen in the future',
      (key) =>
        issued(key, {
          signedCertificateTimestamps: (leaf) => [
            harness.sandbox.certificateLog.submit(leaf, { timestamp: inMilliseconds(90_000) }),
          ],
        }),
      'SCT_INVALID',
      'is in the future',
    ],
    [
      'that one log has seen twice',
      (key) =>
        issued(key, {
          signedCertificateTimestamps: (leaf) => [
            harness.sandbox.certificateLog.submit(leaf),
            harness.sandbox.certificateLog.submit(leaf),
          ],
        }),
      'SCT_INVALID',
      'the certificate has two signed certificate timestamps of the log',
    ],
    [
      'of an authority that is not in the trusted root',
      (key) => {
        const stranger = new CertificateAuthority({ sources: systemSources, log: harness.sandbox.certificateLog });
        return chainOf(stranger.issue({ publicKey: key, ...jobIdentity(claims()) }), ...stranger.chain);
      },
      'CERTIFICATE_UNTRUSTED',
      'the certificate was not issued by a certificate authority of the trusted root',
    ],
    [
      'by somebody who uses the name of the authority',
      (key) => issued(key, { signingKey: generateSigningKey('P-384') }),
      'CERTIFICATE_UNTRUSTED',
      'the leaf certificate was not signed by its issuer',
    ],
    [
      'that is not for signing code',
      (key) => issued(key, { extendedKeyUsage: undefined }),
      'CERTIFICATE_PURPOSE',
      'the leaf certificate lacks the extended key usage',
    ],
    ['that is none', () => chainOf(new Uint8Array([0x30, 0x00])), 'CERTIFICATE_INVALID', 'the issued certificate: '],
  ])('%s is refused, and nothing is signed', async (_, answer, code, message) => {
    await using server = await authority(answer);
    const error = await refusal(at(server.origin));
    expect(server.received).toHaveLength(1);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  /** The claims of another job, by the claim of the token. At least one extension shows each. */
  const foreign = {
    event_name: 'pull_request',
    sha: '6666666666666666666666666666666666666666',
    workflow: 'another name',
    repository: 'attacker/fork',
    ref: 'refs/pull/1/merge',
    job_workflow_sha: '6666666666666666666666666666666666666666',
    runner_environment: 'self-hosted',
    repository_id: '666',
    repository_owner: 'attacker',
    repository_owner_id: '667',
    workflow_ref: 'example-org/example-repo/.github/workflows/other.yml@refs/heads/main',
    workflow_sha: '6666666666666666666666666666666666666666',
    run_id: '666',
    run_attempt: '2',
    repository_visibility: 'private',
    environment: 'production',
    sub: 'repo:attacker/fork:pull_request',
  } as const;

  test.each(Object.entries(foreign))(
    'of a job whose %s is %s is refused, and nothing is signed',
    async (name, value) => {
      await using server = await authority((key) => issued(key, jobIdentity({ ...claims(), [name]: value })));
      const error = await refusal(at(server.origin));
      expect(error.code).toBe('CLAIM_MISMATCH');
      expect(error.message).toContain(value);
    },
  );

  test.each(['job_workflow_sha', 'workflow_sha', 'repository_id', 'sha', 'event_name'])(
    'that does not show its %s is taken: not every authority writes every claim',
    async (name) => {
      await using server = await authority((key) => issued(key, jobIdentity({ ...claims(), [name]: '' })));
      using certifiedKey = await certifyKey(options(at(server.origin)));
      expect(certifiedKey.identity.issuer).toBe(harness.sandbox.urls.jobIssuer);
    },
  );

  test('of a sandbox is refused where no sandbox was asked for', async () => {
    const error = await refusal({ requirements: { thresholds, sandbox: 'refuse' } });
    expect(error.code).toBe('CERTIFICATE_SANDBOX');
    expect(harness.requests).toContain(askForCertificate);
  });

  test('that too few logs have seen is refused', async () => {
    const error = await refusal({
      requirements: { thresholds: { ...thresholds, signedCertificateTimestamps: 2 }, sandbox: 'accept' },
    });
    expect(error.code).toBe('SCT_MISSING');
    expect(error.message).toContain('from 1 of 2 required certificate transparency logs');
  });

  test('is judged by the clock that was given', async () => {
    const late = await refusal({ clock: () => inMilliseconds(hour / 4) });
    expect(late.code).toBe('CERTIFICATE_OUTSIDE_VALIDITY');
    const early = await refusal({ clock: () => inMilliseconds(-hour / 60 / 4 - 60_000) });
    expect(early.code).toBe('CERTIFICATE_OUTSIDE_VALIDITY');
  });

  test('of an authority whose clock is a little ahead is accepted', async () => {
    using certifiedKey = await certifyKey(options({ clock: () => inMilliseconds(-30_000) }));
    expect(certifiedKey.identity.issuer).toBe(harness.sandbox.urls.jobIssuer);
  });

  test('for which the trusted root has nothing at all is refused', async () => {
    const error = await refusal({ trust: { ...harness.trust, certificateAuthorities: [] } });
    expect(error.code).toBe('CERTIFICATE_UNTRUSTED');
    const unseen = await refusal({ trust: { ...harness.trust, certificateTransparencyLogs: [] } });
    expect(unseen.code).toBe('SCT_MISSING');
  });

  test.each<[what: string, answer: (token: string) => Answer, code: string]>([
    [
      'with a reason that repeats the token',
      (token) => ({ status: 400, body: JSON.stringify({ message: `bad: ${token}` }) }),
      'SERVICE_REFUSED',
    ],
    ['in plain text that is the token', (token) => ({ status: 401, body: token }), 'SERVICE_REFUSED'],
    ['for now', (token) => ({ status: 503, body: `Bearer ${token}` }), 'SERVICE_UNAVAILABLE'],
    ['by an answer that is the token', (token) => ({ body: token }), 'SERVICE_RESPONSE_INVALID'],
    [
      'by a certificate that is the token',
      (token) => ({ body: JSON.stringify({ signedCertificateEmbeddedSct: { chain: { certificates: [token] } } }) }),
      'SERVICE_RESPONSE_INVALID',
    ],
  ])('refused %s: the token is not shown', async (_, answer, code) => {
    await using server = await authority((__, request) => {
      const { credentials } = JSON.parse(request.body.toString()) as { credentials: { oidcIdentityToken: string } };
      expect(harness.tokens).toEqual([credentials.oidcIdentityToken]);
      return answer(credentials.oidcIdentityToken);
    });
    const error = await refusal(at(server.origin));
    expect(error.code).toBe(code);
    expect(error.message).toContain(server.origin);
  });

  test('that is never answered for is given up with the client', async () => {
    const cancellation = new AbortController();
    using cancelled = openHttp('countersign-test', cancellation.signal);
    await using server = await authority((publicKey) => {
      cancellation.abort();
      return issued(publicKey);
    });
    const error = await refusal({ ...at(server.origin), http: cancelled.send });
    expect(error.code).toBe('CANCELLED');
  });
});
