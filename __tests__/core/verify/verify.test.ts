import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  CertificateAuthority,
  CertificateLog,
  fulcioExtension,
  generateSigningKey,
  jobIdentity,
  type LeafProfile,
  type LeafRequest,
  noteSigner,
  TimestampAuthority,
  TransparencyLog,
  verifierKey,
  witness,
} from '../../../sandbox/index.ts';
import { type Bundle, writeBundle } from '../../../src/core/bundle/index.ts';
import { oids } from '../../../src/core/certificate/index.ts';
import { digest } from '../../../src/core/crypto/index.ts';
import { der, utf8 } from '../../../src/core/encoding/index.ts';
import {
  type Artifact,
  artifactOfBytes,
  artifactOfDigest,
  type CountersignError,
  type ErrorCode,
  exactly,
  type Policy,
  readWitnessKey,
  type TrustedRoot,
  verify,
  verifyCertificate,
  verifySCTs,
} from '../../../src/core/verify/index.ts';
import {
  artifact,
  bodiesV1,
  claims,
  type EntryChangesV1,
  exampleStatement,
  Instance,
  identity,
  inVersion,
  issuer,
  keyDetailsOf,
  now,
  policy,
  policyOfKey,
  sources,
  submittedPem,
  withEntries,
  withEntry,
  withProof,
} from '../../kit/instance.ts';
import { judge } from '../../kit/judge.ts';
import { ed25519phKey, type LeafKey, rsaKey } from '../../kit/keys.ts';
import { expectRejection } from '../errors/failure.ts';

const instance = new Instance();
const trust = instance.trust();
const artifactDigest = digest('sha256', artifact);

interface Case {
  readonly bundle?: Bundle;
  readonly artifact?: Artifact;
  readonly trust?: TrustedRoot;
  readonly policy?: Policy;
  readonly at?: Date;
}

const known = artifactOfDigest(artifactDigest);
const whole = artifactOfBytes(artifact);

function verdict({
  bundle = instance.sign(),
  artifact: what = known,
  trust: root = trust,
  policy: who = policy,
  at = now,
}: Case = {}) {
  return verify(bundle, what, root, who, at);
}

async function refusal(given: Case): Promise<readonly [ErrorCode | undefined, string]> {
  const error = await verdict(given).then(
    () => undefined,
    (reason: CountersignError) => reason,
  );
  return [error?.code, error?.message ?? 'accepted'];
}

async function refused(given: Case, code: ErrorCode, message: RegExp): Promise<void> {
  expect(await refusal(given)).toEqual([code, expect.stringMatching(message)]);
}

const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000);
const leaf = (changes: Partial<LeafRequest>): Case => ({ bundle: instance.sign({ leaf: changes }) });

/** A right bundle, with its only log entry changed. */
const entryOf = (change: Parameters<typeof withEntry>[1]): Case => ({ bundle: withEntry(instance.sign(), change) });
const proofOf = (change: Parameters<typeof withProof>[1]): Case => ({ bundle: withProof(instance.sign(), change) });

/** The policy with another expectation of the signer. */
const expecting = (changes: Partial<Extract<Policy['signer'], { kind: 'identity' }>>): Policy => {
  if (policy.signer.kind !== 'identity') throw new Error('the policy is of an identity');
  return { ...policy, signer: { ...policy.signer, ...changes } };
};

describe('a good bundle', () => {
  test('proves who signed, when, and where it was logged', async () => {
    const { signer, times, signedCertificateTimestamps, logEntries, content } = await verdict();
    expect(signer).toMatchObject({
      kind: 'identity',
      identity: {
        subjectAlternativeName: identity,
        issuer,
        claims: {
          sourceRepositoryUri: 'https://github.com/example-org/example-repo',
          runnerEnvironment: 'github-hosted',
        },
      },
      certificateValidity: { notBefore: now, notAfter: new Date(now.getTime() + 600_000) },
    });
    expect(times.map(({ time }) => time)).toEqual([now]);
    expect(signedCertificateTimestamps).toHaveLength(1);
    expect(logEntries).toMatchObject([{ log: { baseUrl: 'https://log.example.test' } }]);
    expect(content).toEqual({ kind: 'message-signature', digest: artifactDigest });
  });

  test('is one to @sigstore/verify too', () => {
    const bundle = JSON.parse(writeBundle(instance.sign()));
    expect(judge(instance.trustedRoot(), bundle, artifact).identity).toMatchObject({
      subjectAlternativeName: identity,
    });
  });

  test('stays good for ever', async () => {
    await expect(verdict({ at: new Date('2126-01-01T00:00:00Z') })).resolves.toBeDefined();
  });

  test('may be signed with P-384 when the artifact is known by SHA-384', async () => {
    const bundle = instance.sign({ key: generateSigningKey('P-384') });
    const by384 = digest('sha384', artifact);
    await expect(verdict({ bundle, artifact: artifactOfDigest(by384) })).resolves.toMatchObject({
      content: { digest: by384 },
    });
  });
});

describe('kinds of keys', () => {
  const kinds: readonly (readonly [string, () => LeafKey])[] = [
    ['P-256', () => generateSigningKey('P-256')],
    ['P-384', () => generateSigningKey('P-384')],
    ['P-521', () => generateSigningKey('P-521')],
    ['Ed25519ph', ed25519phKey],
    ['RSA of 2048 bits', () => rsaKey(2048)],
    ['RSA of 3072 bits', () => rsaKey(3072)],
    ['RSA of 4096 bits', () => rsaKey(4096)],
  ];

  test.each(kinds)('%s signs an artifact, in a certificate and by itself', async (_, make) => {
    const key = make();
    const { hash } = keyDetailsOf(key);
    const by = digest(hash, artifact);
    await expect(verdict({ bundle: instance.sign({ key }), artifact: artifactOfDigest(by) })).resolves.toMatchObject({
      content: { digest: by },
    });
    const bundle = instance.sign({ key, managed: true });
    const kept = { bundle, artifact: artifactOfDigest(by), policy: policyOfKey(key) };
    await expect(verdict(kept)).resolves.toMatchObject({ signer: { kind: 'key' }, content: { digest: by } });
    const other = artifactOfDigest(digest(hash, utf8('another artifact')));
    await refused({ ...kept, artifact: other }, 'ARTIFACT_MISMATCH', /the bundle is for an artifact/);
    const silent = { ...bundle, content: { ...bundle.content, messageDigest: undefined } };
    await expect(verdict({ ...kept, bundle: silent })).resolves.toMatchObject({ content: { digest: by } });
    await refused({ ...kept, bundle: silent, artifact: other }, 'SIGNATURE_INVALID', /not one over/);
  });

  test('an artifact of which another digest is known is not guessed at', async () => {
    const bundle = instance.sign({ key: generateSigningKey('P-384') });
    await refused({ bundle }, 'DIGEST_UNAVAILABLE', /the sha384 digest of the artifact is needed; known is sha256:/);
    const silent = { ...bundle, content: { ...bundle.content, messageDigest: undefined } };
    await refused({ bundle: silent }, 'DIGEST_UNAVAILABLE', /the sha384 digest of the artifact is needed/);
  });

  /** A bundle with an entry that the log holds, though its signature is not one that Rekor would take. */
  function appended(key: LeafKey, signature: Uint8Array, hash: 'sha256' | 'sha512', keyDetails: string): Bundle {
    const right = instance.sign({ key: ed25519phKey() });
    const signed = digest(hash, artifact);
    const body = {
      apiVersion: '0.0.2',
      kind: 'hashedrekord',
      spec: {
        hashedRekordV002: {
          data: { algorithm: hash.replace('sha', 'SHA2_'), digest: Buffer.from(signed.bytes).toString('base64') },
          signature: {
            content: Buffer.from(signature).toString('base64'),
            verifier: { keyDetails, publicKey: { rawBytes: Buffer.from(key.publicKey).toString('base64') } },
          },
        },
      },
    };
    return {
      ...right,
      signer: { kind: 'public-key', hint: '' },
      timestamps: [],
      logEntries: [instance.appended(body)],
      content: { kind: 'message-signature', messageDigest: signed, signature },
    };
  }

  test('pure Ed25519 signs an artifact that is at hand, and none that is known by its digest', async () => {
    const key = generateSigningKey('Ed25519');
    const bundle = appended(key, key.sign(artifact), 'sha256', 'PKIX_ED25519_PH');
    await expect(verdict({ bundle, artifact: whole, policy: policyOfKey(key) })).resolves.toBeDefined();
    await refused({ bundle, policy: policyOfKey(key) }, 'DIGEST_UNAVAILABLE', /the sha512 digest/);
    const by512 = artifactOfDigest(artifactDigest, digest('sha512', artifact));
    await refused({ bundle, artifact: by512, policy: policyOfKey(key) }, 'SIGNATURE_INVALID', /not one over/);
    // Of nothing, which an artifact that is not at hand might be taken for.
    const ofNothing = appended(key, key.sign(new Uint8Array()), 'sha512', 'PKIX_ED25519_PH');
    await refused(
      { bundle: ofNothing, artifact: by512, policy: policyOfKey(key) },
      'SIGNATURE_INVALID',
      /not one over/,
    );
    // Of the digest itself, as if it were the message.
    const ofDigest = appended(key, key.sign(digest('sha512', artifact).bytes), 'sha512', 'PKIX_ED25519_PH');
    await refused({ bundle: ofDigest, artifact: whole, policy: policyOfKey(key) }, 'SIGNATURE_INVALID', /not one over/);
  });

  test('RSA with PSS, by whichever of its two names the log has it', async () => {
    const key = rsaKey(2048, 'pss');
    for (const padding of ['PKCS1V15', 'PSS']) {
      const bundle = appended(key, key.sign(artifact), 'sha256', `PKIX_RSA_${padding}_2048_SHA256`);
      await expect(verdict({ bundle, policy: policyOfKey(key) })).resolves.toBeDefined();
    }
    const bundle = appended(key, key.sign(artifact), 'sha256', 'PKIX_RSA_PKCS1V15_3072_SHA256');
    await refused({ bundle, policy: policyOfKey(key) }, 'LOG_ENTRY_MISMATCH', /another/);
  });

  test('a key on P-384 may have signed SHA-256, as sigstore-python long did', async () => {
    const key = generateSigningKey('P-384');
    const signature = key.sign(artifact, 'sha256');
    const bundle = appended(key, signature, 'sha256', 'PKIX_ECDSA_P384_SHA_384');
    await expect(verdict({ bundle, policy: policyOfKey(key) })).resolves.toMatchObject({
      content: { digest: artifactDigest },
    });
    const silent = { ...bundle, content: { kind: 'message-signature', messageDigest: undefined, signature } as const };
    await expect(verdict({ bundle: silent, artifact: whole, policy: policyOfKey(key) })).resolves.toBeDefined();
  });

  test('the hash is the one that the bundle names, and else one of the key', async () => {
    const key = generateSigningKey('P-256');
    const signature = key.sign(artifact, 'sha512');
    const bundle = appended(key, signature, 'sha512', 'PKIX_ECDSA_P256_SHA_256');
    await expect(verdict({ bundle, artifact: whole, policy: policyOfKey(key) })).resolves.toMatchObject({
      content: { digest: digest('sha512', artifact) },
    });
    const silent = { ...bundle, content: { kind: 'message-signature', messageDigest: undefined, signature } as const };
    await refused({ bundle: silent, artifact: whole, policy: policyOfKey(key) }, 'SIGNATURE_INVALID', /not one over/);
    const misnamed = { ...bundle, content: { ...silent.content, messageDigest: artifactDigest } };
    await refused({ bundle: misnamed, artifact: whole, policy: policyOfKey(key) }, 'SIGNATURE_INVALID', /not one over/);
  });

  test.each(['P-256', 'P-384', 'P-521', 'Ed25519'] as const)('%s signs a statement', async (kind) => {
    const key = generateSigningKey(kind);
    const attest = (managed: boolean): Bundle => {
      if (kind !== 'Ed25519') return instance.attest(exampleStatement, { key, managed });
      // No log of Rekor v2 takes pure Ed25519: one of Rekor v1 does.
      const bundle = instance.attest(exampleStatement, { key: ed25519phKey(), managed: true });
      const payloadType = bundle.content.payloadType;
      const encoded = `DSSEv1 ${payloadType.length} ${payloadType} ${exampleStatement.length} ${Buffer.from(exampleStatement)}`;
      const signed = { ...bundle, content: { ...bundle.content, signature: key.sign(utf8(encoded)) }, timestamps: [] };
      return withEntries(signed, instance.loggedV1('dsse', bodiesV1.dsse(signed, submittedPem(signed, key))));
    };
    await expect(verdict({ bundle: attest(true), policy: policyOfKey(key) })).resolves.toMatchObject({
      content: { kind: 'dsse-envelope' },
    });
    if (kind !== 'Ed25519') await expect(verdict({ bundle: attest(false) })).resolves.toBeDefined();
  });

  test('RSA signs a statement', async () => {
    const key = rsaKey(2048);
    const bundle = instance.attest(exampleStatement, { key, managed: true });
    await expect(verdict({ bundle, policy: policyOfKey(key) })).resolves.toBeDefined();
  });
});

describe('a key that is kept', () => {
  const key = generateSigningKey('P-256');
  const bundle = instance.sign({ key, managed: true });
  const kept = policyOfKey(key);

  test('is the one that was given, and needs no timestamp', async () => {
    const { signer, signedCertificateTimestamps, times } = await verdict({
      bundle: { ...bundle, timestamps: [] },
      policy: kept,
    });
    expect(signer).toMatchObject({ kind: 'key', publicKey: { spki: key.publicKey } });
    expect([signedCertificateTimestamps, times]).toEqual([[], []]);
  });

  test('a timestamp that is there is verified all the same, and counts if the policy asks for one', async () => {
    const bad = [instance.stamped(utf8('another signature'))];
    await refused({ bundle: { ...bundle, timestamps: bad }, policy: kept }, 'TIMESTAMP_MISMATCH', /another signature/);
    const thresholds = { signedCertificateTimestamps: 0, logEntries: 1, timestamps: 1 };
    const strict = policyOfKey(key, { thresholds });
    await expect(verdict({ bundle, policy: strict })).resolves.toMatchObject({ times: [{ time: now }] });
    await refused({ bundle: { ...bundle, timestamps: [] }, policy: strict }, 'TIMESTAMP_MISSING', /0 authorities/);
  });

  test('another key', async () => {
    await refused(
      { bundle, policy: policyOfKey(generateSigningKey('P-256')) },
      'SIGNATURE_INVALID',
      /by the signer's key/,
    );
    await refused({ bundle, policy: policyOfKey(rsaKey(2048)) }, 'SIGNATURE_INVALID', /by the signer's key/);
  });

  test('a certificate of the same key, where the key was expected', async () => {
    await refused({ bundle: instance.sign({ key }), policy: kept }, 'KEY_MISMATCH', /signed with a certificate/);
  });

  test('a key, where a certificate was expected', async () => {
    await refused({ bundle }, 'IDENTITY_MISMATCH', /signed with a key that is kept; a certificate was expected/);
  });

  test('an entry for a certificate of the same key', async () => {
    const { signature } = bundle.content;
    const certificate = instance.certificateAuthority.issue({ publicKey: key.publicKey, ...jobIdentity(claims) });
    const entry = instance.logged(certificate, signature, artifactDigest, key);
    await refused({ bundle: withEntries(bundle, entry), policy: kept }, 'LOG_ENTRY_MISMATCH', /another/);
  });

  test('there must be an entry', async () => {
    await refused({ bundle: withEntries(bundle), policy: kept }, 'LOG_ENTRY_MISSING', /0 trusted/);
  });
});

describe('times', () => {
  test('there must be one', async () => {
    await refused(
      { bundle: { ...instance.sign(), timestamps: [] } },
      'TIMESTAMP_MISSING',
      /0 authorities vouch .* 1 must/,
    );
  });

  test('a policy that asks for none still leaves the certificate without a time', async () => {
    const lenient = { ...policy, thresholds: { ...policy.thresholds, timestamps: 0 } };
    await refused({ bundle: { ...instance.sign(), timestamps: [] }, policy: lenient }, 'TIMESTAMP_MISSING', /no time/);
  });

  test('two timestamps of one authority count once', async () => {
    const bundle = instance.sign();
    const strict = { ...policy, thresholds: { ...policy.thresholds, timestamps: 2 } };
    const twice = [...bundle.timestamps, instance.stamped(bundle.content.signature)];
    await refused(
      { bundle: { ...bundle, timestamps: twice }, policy: strict },
      'TIMESTAMP_MISSING',
      /1 authorities vouch .* 2 must/,
    );
  });

  test('a bad timestamp beside a good one is not passed over', async () => {
    const bundle = instance.sign();
    const timestamps = [...bundle.timestamps, instance.stamped(utf8('another signature'))];
    await refused({ bundle: { ...bundle, timestamps } }, 'TIMESTAMP_MISMATCH', /another signature/);
  });

  test('of an authority that is not trusted', async () => {
    const stranger = new TimestampAuthority({ sources });
    const bundle = instance.sign();
    const timestamps = [stranger.timestamp({ imprint: digest('sha256', bundle.content.signature).bytes })];
    await refused({ bundle: { ...bundle, timestamps } }, 'TIMESTAMP_UNTRUSTED', /no timestamp authority/);
  });

  test("outside of the authority's own window, though inside another authority's", async () => {
    const other = new TimestampAuthority({ sources });
    const root = instance.trust({
      timestampAuthorities: [
        { service: instance.timestampAuthority, url: 'https://old.example.test', start: hours(-3), end: hours(-2) },
        { service: other, url: 'https://new.example.test', start: hours(-1) },
      ],
    });
    await refused({ trust: root }, 'TIMESTAMP_UNTRUSTED', /valid at 2026-11-23T12:00:00/);
  });

  test('both ends of the window belong to it', async () => {
    const root = instance.trust({
      timestampAuthorities: [
        { service: instance.timestampAuthority, url: 'https://tsa.example.test', start: now, end: now },
      ],
    });
    await expect(verdict({ trust: root })).resolves.toBeDefined();
  });

  test('from the future', async () => {
    await refused({ at: new Date(now.getTime() - 60_001) }, 'TIMESTAMP_INVALID', /from the future/);
    await expect(verdict({ at: new Date(now.getTime() - 60_000) })).resolves.toBeDefined();
  });

  test('from the future, where nobody knows what time it is', async () => {
    await expect(verdict({ at: new Date(Number.NaN) })).rejects.toThrow();
  });

  test('of two authorities count twice', async () => {
    const other = new TimestampAuthority({ sources });
    const start = hours(-1);
    const root = instance.trust({
      timestampAuthorities: [
        { service: instance.timestampAuthority, url: 'https://one.example.test', start },
        { service: other, url: 'https://two.example.test', start },
      ],
    });
    const bundle = instance.sign();
    const second = other.timestamp({ imprint: digest('sha256', bundle.content.signature).bytes });
    const strict = { ...policy, thresholds: { ...policy.thresholds, timestamps: 2 } };
    const both = { ...bundle, timestamps: [...bundle.timestamps, second] };
    await expect(verdict({ bundle: both, trust: root, policy: strict })).resolves.toMatchObject({
      times: [{ kind: 'timestamp-authority' }, { kind: 'timestamp-authority' }],
    });
    const [first = new Uint8Array()] = bundle.timestamps;
    const once = { ...bundle, timestamps: [first, first] };
    await refused({ bundle: once, trust: root, policy: strict }, 'TIMESTAMP_MISSING', /1 authorities .* 2 must/);
  });

  test('of one authority, signed by the key of another (CVE-2026-39984)', async () => {
    const other = new TimestampAuthority({ sources });
    const start = hours(-1);
    const root = instance.trust({
      timestampAuthorities: [
        { service: instance.timestampAuthority, url: 'https://one.example.test', start },
        { service: other, url: 'https://two.example.test', start },
      ],
    });
    const stray = instance.sign({ timestamp: { signingKey: other.signer.key } });
    await refused({ bundle: stray, trust: root }, 'TIMESTAMP_INVALID', /signature of the timestamp/);
    const { certificate } = other.signer;
    const bound = instance.sign({ timestamp: { signingKey: other.signer.key, signingCertificate: certificate } });
    await refused({ bundle: bound, trust: root }, 'TIMESTAMP_UNTRUSTED', /bound to another certificate/);
    // A chain that is put together from both is no authority's.
    const [leafOfOne = new Uint8Array()] = instance.timestampAuthority.chain;
    const [, rootOfOther = new Uint8Array()] = other.chain;
    const mixed = instance.trust({
      timestampAuthorities: [{ service: { chain: [leafOfOne, rootOfOther] }, url: 'https://one.example.test', start }],
    });
    await refused({ trust: mixed }, 'CERTIFICATE_UNTRUSTED', /names another issuer/);
  });
});

describe('the certificate', () => {
  test('of an authority that is not trusted', async () => {
    const stranger = new CertificateAuthority({ sources, log: instance.certificateLog });
    const root = instance.trust({
      certificateAuthorities: [{ service: stranger, url: 'https://ca.example.test', start: hours(-1) }],
    });
    await refused({ trust: root }, 'CERTIFICATE_UNTRUSTED', /no authority/);
  });

  test('of an authority of the same name with another key', async () => {
    const { intermediate } = instance.certificateAuthority;
    const namesake = new CertificateAuthority({
      sources,
      log: instance.certificateLog,
      intermediate: { subject: intermediate.profile.subject },
    });
    const start = hours(-1);
    const root = instance.trust({
      certificateAuthorities: [{ service: namesake, url: 'https://ca.example.test', start }],
    });
    await refused({ trust: root }, 'CERTIFICATE_UNTRUSTED', /another key of its issuer/);
    const both = instance.trust({
      certificateAuthorities: [
        { service: namesake, url: 'https://namesake.example.test', start },
        { service: instance.certificateAuthority, url: 'https://ca.example.test', start },
      ],
    });
    await expect(verdict({ trust: both })).resolves.toBeDefined();
  });

  test('signed with another key than its authority has', async () => {
    await refused(
      leaf({ signingKey: generateSigningKey('P-384') }),
      'CERTIFICATE_UNTRUSTED',
      /not signed by its issuer/,
    );
  });

  test('used after it had expired', async () => {
    await refused(
      leaf({ notBefore: hours(-1), notAfter: new Date(now.getTime() - 1000) }),
      'CERTIFICATE_OUTSIDE_VALIDITY',
      /leaf certificate is valid .* used at 2026-11-23T12:00/,
    );
  });

  test('used before it was valid', async () => {
    await refused(
      leaf({ notBefore: new Date(now.getTime() + 1000) }),
      'CERTIFICATE_OUTSIDE_VALIDITY',
      /leaf certificate/,
    );
  });

  test('used at two times, at one of which it was not valid', async () => {
    const bundle = instance.sign();
    const timestamps = [
      ...bundle.timestamps,
      instance.stamped(bundle.content.signature, { genTime: new Date(now.getTime() - 1000) }),
    ];
    await refused({ bundle: { ...bundle, timestamps } }, 'CERTIFICATE_OUTSIDE_VALIDITY', /used at 2026-11-23T11:59:59/);
  });

  test.each([
    ['before', hours(1), undefined],
    ['after', hours(-3), hours(-1)],
  ])("used %s the authority's window", async (_, start, end) => {
    const window = end === undefined ? { start } : { start, end };
    const root = instance.trust({
      certificateAuthorities: [{ service: instance.certificateAuthority, url: 'https://ca.example.test', ...window }],
    });
    await refused({ trust: root }, 'CERTIFICATE_UNTRUSTED', /https:\/\/ca\.example\.test was not trusted at/);
  });

  test('used at the first and the last moment of its window and of its authority’s', async () => {
    const root = instance.trust({
      certificateAuthorities: [
        { service: instance.certificateAuthority, url: 'https://ca.example.test', start: now, end: now },
      ],
    });
    await expect(verdict({ ...leaf({ notBefore: now, notAfter: now }), trust: root })).resolves.toBeDefined();
  });

  test.each<[string, Partial<LeafRequest>, ErrorCode, RegExp]>([
    [
      'any purpose',
      { extendedKeyUsage: { critical: false, purposes: ['2.5.29.37.0'] } },
      'CERTIFICATE_PURPOSE',
      /not for the purpose/,
    ],
    ['no purpose', { extendedKeyUsage: undefined }, 'CERTIFICATE_PURPOSE', /not for the purpose/],
    ['no usage', { keyUsage: undefined }, 'CERTIFICATE_PURPOSE', /not for signatures/],
    ['another usage', { keyUsage: ['keyEncipherment'] }, 'CERTIFICATE_PURPOSE', /not for signatures/],
  ])('for %s', async (_, changes, code, reason) => {
    await refused(leaf(changes), code, reason);
  });

  test('with a critical extension that is not understood', async () => {
    const { additionalExtensions } = jobIdentity(claims);
    const extended = (critical: boolean) =>
      leaf({ additionalExtensions: [...additionalExtensions, { oid: '1.2.3.4', critical, value: der.null() }] });
    await refused(extended(true), 'CERTIFICATE_UNTRUSTED', /critical extension 1\.2\.3\.4, which is not understood/);
    await expect(verdict(extended(false))).resolves.toBeDefined();
  });

  test('for another purpose than signing code', async () => {
    await refused(
      leaf({ extendedKeyUsage: { critical: false, purposes: [oids.timeStamping] } }),
      'CERTIFICATE_PURPOSE',
      /not for the purpose 1\.3\.6\.1\.5\.5\.7\.3\.3/,
    );
  });

  test('an authority itself', async () => {
    await refused(leaf({ basicConstraints: { authority: true } }), 'CERTIFICATE_PURPOSE', /is an authority/);
  });

  test('a public key in its place (GHSA-fx35-mq7g-6g98)', async () => {
    const key = generateSigningKey('P-256');
    await refused(
      { bundle: { ...instance.sign({ key }), signer: { kind: 'certificate', certificate: key.publicKey } } },
      'CERTIFICATE_INVALID',
      /signer's certificate/,
    );
  });

  test('of the sandbox, where the sandbox was not asked for', async () => {
    await refused({ policy: { ...policy, sandbox: 'refuse' } }, 'CERTIFICATE_SANDBOX', /issued by a sandbox/);
    const log = instance.certificateLog;
    const unmarked = new CertificateAuthority({ sources, log, marked: false });
    const rootMarked = new CertificateAuthority({
      sources,
      log,
      marked: false,
      root: { additionalExtensions: [{ oid: oids.sandboxMarker, critical: false, value: der.utf8String('x') }] },
    });
    for (const [authority, code] of [
      [unmarked, undefined],
      [rootMarked, 'CERTIFICATE_SANDBOX'],
    ] as const) {
      const key = generateSigningKey('P-256');
      const certificate = authority.issue({ publicKey: key.publicKey, ...jobIdentity(claims) });
      const signature = key.sign(artifact);
      const bundle: Bundle = {
        ...instance.sign(),
        signer: { kind: 'certificate', certificate },
        logEntries: [instance.logged(certificate, signature, artifactDigest, key)],
        timestamps: [instance.stamped(signature)],
        content: { kind: 'message-signature', messageDigest: artifactDigest, signature },
      };
      const root = instance.trust({
        certificateAuthorities: [{ service: authority, url: 'https://ca.example.test', start: hours(-1) }],
      });
      const [found] = await refusal({ bundle, trust: root, policy: { ...policy, sandbox: 'refuse' } });
      expect(found).toBe(code);
    }
  });
});

describe('signed certificate timestamps', () => {
  const scts = (make: LeafProfile['signedCertificateTimestamps']): Case => leaf({ signedCertificateTimestamps: make });
  const { certificateLog } = instance;

  test('there must be one', async () => {
    await refused(
      scts(() => []),
      'SCT_MISSING',
      /0 trusted certificate transparency logs .* 1 must/,
    );
  });

  test('of a log that is not trusted', async () => {
    const stranger = new CertificateLog(sources.clock);
    await refused(
      scts((precertificate) => [stranger.submit(precertificate)]),
      'SCT_MISSING',
      /0 trusted/,
    );
  });

  test('one of a stranger beside one of a trusted log does no harm', async () => {
    const stranger = new CertificateLog(sources.clock);
    const both = scts((precertificate) => [stranger.submit(precertificate), certificateLog.submit(precertificate)]);
    await expect(verdict(both)).resolves.toMatchObject({ signedCertificateTimestamps: [{ timestamp: now }] });
  });

  test('two of one log count once', async () => {
    const twice = scts((precertificate) => [
      certificateLog.submit(precertificate),
      certificateLog.submit(precertificate),
    ]);
    const strict = { ...policy, thresholds: { ...policy.thresholds, signedCertificateTimestamps: 2 } };
    await refused({ ...twice, policy: strict }, 'SCT_MISSING', /1 trusted .* 2 must/);
  });

  test('two of two logs: both must be right, and count twice', async () => {
    const second = new CertificateLog(sources.clock);
    const start = hours(-1);
    const root = instance.trust({
      certificateLogs: [
        { service: certificateLog, url: 'https://one.example.test', start },
        { service: second, url: 'https://two.example.test', start },
      ],
    });
    const strict = { ...policy, thresholds: { ...policy.thresholds, signedCertificateTimestamps: 2 } };
    const both = (overrides: Parameters<CertificateLog['submit']>[1]) =>
      scts((precertificate) => [certificateLog.submit(precertificate), second.submit(precertificate, overrides)]);
    await expect(verdict({ ...both({}), trust: root, policy: strict })).resolves.toMatchObject({
      signedCertificateTimestamps: [{ timestamp: now }, { timestamp: now }],
    });
    // One would be enough, and is there: a bad one beside it is not passed over.
    const bad = both({ signingKey: generateSigningKey('P-256') });
    await refused({ ...bad, trust: root }, 'SCT_INVALID', /two\.example\.test does not verify/);
    const early = both({ timestamp: hours(-2) });
    await refused({ ...early, trust: root }, 'SCT_INVALID', /two\.example\.test was not trusted/);
  });

  test('at the first and the last moment of the log’s window', async () => {
    const root = instance.trust({
      certificateLogs: [{ service: certificateLog, url: 'https://ct.example.test', start: now, end: now }],
    });
    await expect(verdict({ trust: root })).resolves.toBeDefined();
  });

  test('signed with another key than the log has', async () => {
    const signingKey = generateSigningKey('P-256');
    await refused(
      scts((precertificate) => [certificateLog.submit(precertificate, { signingKey })]),
      'SCT_INVALID',
      /does not verify/,
    );
  });

  test('over another certificate', async () => {
    let first: Uint8Array | undefined;
    const recorded = (precertificate: Parameters<CertificateLog['submit']>[0]) => {
      first ??= certificateLog.submit(precertificate);
      return [first];
    };
    await expect(verdict(scts(recorded))).resolves.toBeDefined();
    await refused(scts(recorded), 'SCT_INVALID', /does not verify/);
  });

  test("over a certificate of another issuer's", async () => {
    const issuerKeyHash = new Uint8Array(randomBytes(32));
    await refused(
      scts((precertificate) => [certificateLog.submit({ ...precertificate, issuerKeyHash })]),
      'SCT_INVALID',
      /does not verify/,
    );
  });

  test("outside of the log's window", async () => {
    const late = scts((precertificate) => [certificateLog.submit(precertificate, { timestamp: hours(-2) })]);
    await refused(late, 'SCT_INVALID', /was not trusted at 2026-11-23T10:00/);
  });

  test('an extension that no log has seen', async () => {
    await refused(leaf({ trailingExtensions: [fulcioExtension(99, 'smuggled in')] }), 'SCT_INVALID', /does not verify/);
  });
});

describe('identity', () => {
  test('another workflow', async () => {
    await refused(
      { policy: expecting({ identity: exactly(`${identity}-2`) }) },
      'IDENTITY_MISMATCH',
      /signed by .*release\.yml@refs\/heads\/main"; .*main-2" was expected/,
    );
  });

  test.each(['.', '.*', identity.slice(0, -1), identity.toUpperCase(), ` ${identity}`, identity.replace('.', 'x')])(
    'is compared exactly: %j does not match',
    async (name) => {
      await refused({ policy: expecting({ identity: exactly(name) }) }, 'IDENTITY_MISMATCH', /was expected/);
    },
  );

  test('another issuer', async () => {
    const expected = expecting({ issuer: exactly(`${issuer}.evil.test`) });
    await refused({ policy: expected }, 'ISSUER_MISMATCH', /issued by "https:\/\/issuer\.example\.test"/);
  });

  const uri = (value: string) => ({ kind: 'uniformResourceIdentifier', value }) as const;

  test('two names in one certificate', async () => {
    const names = [uri(identity), uri('https://github.com/evil/evil')];
    await refused(
      leaf({ subjectAlternativeNames: { critical: true, names } }),
      'CERTIFICATE_INVALID',
      /exactly one identity/,
    );
    await refused(
      leaf({ subjectAlternativeNames: { critical: true, names: [...names].reverse() } }),
      'CERTIFICATE_INVALID',
      /exactly one/,
    );
  });

  test('no name', async () => {
    await refused(leaf({ subjectAlternativeNames: undefined }), 'CERTIFICATE_INVALID', /exactly one identity/);
  });

  test('no issuer', async () => {
    await refused(leaf({ additionalExtensions: [] }), 'CERTIFICATE_INVALID', /who issued/);
  });

  test('two issuers that contradict one another', async () => {
    const two = [fulcioExtension(1, 'https://evil.example.test'), fulcioExtension(8, issuer)];
    await refused(leaf({ additionalExtensions: two }), 'CERTIFICATE_INVALID', /names two issuers/);
  });

  test('the older form of the issuer alone counts', async () => {
    await expect(verdict(leaf({ additionalExtensions: [fulcioExtension(1, issuer)] }))).resolves.toMatchObject({
      signer: { identity: { issuer } },
    });
  });
});

describe('log entries', () => {
  test('there must be one', async () => {
    await refused(
      { bundle: { ...instance.sign(), logEntries: [] } },
      'LOG_ENTRY_MISSING',
      /0 trusted transparency logs .* 1 must/,
    );
  });

  test('the same entry twice counts once (GHSA-9vcr-p3rj-q5q6)', async () => {
    const bundle = instance.sign();
    const strict = { ...policy, thresholds: { ...policy.thresholds, logEntries: 2 } };
    const twice = withEntries(bundle, ...bundle.logEntries, ...bundle.logEntries);
    await refused({ bundle: twice, policy: strict }, 'LOG_ENTRY_MISSING', /1 trusted .* 2 must/);
  });

  test('of another signature, though valid in itself (CVE-2022-23649, CVE-2026-22703)', async () => {
    const { logEntries } = instance.sign();
    await refused(
      { bundle: { ...instance.sign(), logEntries } },
      'LOG_ENTRY_MISMATCH',
      /another artifact, signature or signer/,
    );
  });

  test('of another certificate for the same key', async () => {
    const key = generateSigningKey('P-256');
    const bundle = instance.sign({ key });
    const other = instance.certificateAuthority.issue({ publicKey: key.publicKey, ...jobIdentity(claims) });
    const logEntries = [instance.logged(other, bundle.content.signature, artifactDigest, key)];
    await refused({ bundle: { ...bundle, logEntries } }, 'LOG_ENTRY_MISMATCH', /another/);
  });

  test('a bad entry beside a good one is not passed over', async () => {
    const bundle = instance.sign();
    const logEntries = [...bundle.logEntries, ...instance.sign().logEntries];
    await refused({ bundle: { ...bundle, logEntries } }, 'LOG_ENTRY_MISMATCH', /another/);
  });

  test('of a kind that is not read', async () => {
    await refused(
      entryOf(() => ({ kind: 'rfc3161' })),
      'LOG_ENTRY_INVALID',
      /rfc3161 0\.0\.2/,
    );
    await refused(
      entryOf(() => ({ version: '0.0.3' })),
      'LOG_ENTRY_INVALID',
      /hashedrekord 0\.0\.3/,
    );
  });

  test('that says the same in other bytes', async () => {
    const bundle = instance.sign();
    const [entry] = bundle.logEntries;
    const spaced = utf8(` ${Buffer.from(entry?.canonicalizedBody ?? []).toString()}`);
    await refused({ bundle: { ...bundle, logEntries: [instance.appended(spaced)] } }, 'LOG_ENTRY_MISMATCH', /another/);
  });

  test('of a log that is not trusted', async () => {
    const stranger = new TransparencyLog({ origin: 'log.example.test' });
    const root = instance.trust({
      transparencyLogs: [{ service: stranger, url: 'https://log.example.test', start: hours(-1) }],
    });
    await refused({ trust: root }, 'LOG_UNKNOWN', /not in the trusted root/);
  });

  test("outside of the log's window", async () => {
    const root = instance.trust({
      transparencyLogs: [{ service: instance.log, url: 'https://log.example.test', start: hours(-3), end: hours(-1) }],
    });
    await refused({ trust: root }, 'LOG_UNKNOWN', /was not trusted at 2026-11-23T12:00/);
  });

  test('at the first and the last moment of the log’s window', async () => {
    const root = instance.trust({
      transparencyLogs: [{ service: instance.log, url: 'https://log.example.test', start: now, end: now }],
    });
    await expect(verdict({ trust: root })).resolves.toBeDefined();
  });

  test('of a log that was trusted at one of two times', async () => {
    const before = new Date(now.getTime() - 1000);
    const bundle = instance.sign({ leaf: { notBefore: before } });
    const timestamps = [...bundle.timestamps, instance.stamped(bundle.content.signature, { genTime: before })];
    const root = instance.trust({
      transparencyLogs: [{ service: instance.log, url: 'https://log.example.test', start: now }],
    });
    await refused({ bundle: { ...bundle, timestamps }, trust: root }, 'LOG_UNKNOWN', /was not trusted at .*11:59:59/);
  });

  test('in two logs count twice', async () => {
    const bundle = instance.sign();
    const [entry] = bundle.logEntries;
    const second = instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(bundle, submittedPem(bundle)));
    const strict = { ...policy, thresholds: { ...policy.thresholds, logEntries: 2 } };
    const both = withEntries(bundle, ...(entry ? [entry] : []), second);
    await expect(verdict({ bundle: both, policy: strict })).resolves.toMatchObject({
      logEntries: [
        { log: { baseUrl: 'https://log.example.test' } },
        { log: { baseUrl: 'https://rekor.example.test' } },
      ],
    });
    // Two entries of one log, both right, are still one log.
    const third = instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(bundle, submittedPem(bundle).trimEnd()));
    await refused(
      { bundle: withEntries(bundle, second, third), policy: strict },
      'LOG_ENTRY_MISSING',
      /1 trusted .* 2 must/,
    );
  });

  test('what an entry of Rekor v2 says of its time is not believed', async () => {
    const dated = entryOf(() => ({ integratedTime: 1n }));
    await expect(verdict(dated)).resolves.toMatchObject({ times: [{ kind: 'timestamp-authority', time: now }] });
    const { bundle } = dated;
    if (bundle === undefined) throw new Error('there is a bundle');
    await refused({ bundle: { ...bundle, timestamps: [] } }, 'TIMESTAMP_MISSING', /0 authorities/);
  });

  test('numbers that no tree has', async () => {
    const huge = 2n ** 63n - 1n;
    for (const [change, reason] of [
      [{ logIndex: -1n }, /another index|index -1/],
      [{ logIndex: huge }, /another index/],
      [{ treeSize: huge }, /another tree/],
      [{ treeSize: -1n }, /another tree/],
      [{ hashes: [] }, /a proof of 0 hashes/],
      [{ hashes: Array.from({ length: 64 }, () => new Uint8Array(32)) }, /a proof of 64 hashes/],
    ] as const)
      await refused(
        proofOf(() => change),
        'INCLUSION_PROOF_INVALID',
        reason,
      );
    const beyond = withEntry(
      withProof(instance.sign(), () => ({ logIndex: huge })),
      () => ({ logIndex: huge }),
    );
    await refused({ bundle: beyond }, 'INCLUSION_PROOF_INVALID', /index 9223372036854775807 in a tree of/);
    const negative = withEntry(
      withProof(instance.sign(), () => ({ logIndex: -1n })),
      () => ({ logIndex: -1n }),
    );
    await refused({ bundle: negative }, 'INCLUSION_PROOF_INVALID', /index -1 in a tree of/);
  });

  test('a checkpoint under the log’s name with its port, where the address has one', async () => {
    const ported = new TransparencyLog({
      origin: 'log.example.test:8443',
      key: instance.log.signer.key,
      store: instance.log.store,
    });
    const root = (url: string) => instance.trust({ transparencyLogs: [{ service: ported, url, start: hours(-1) }] });
    const bundle = instance.sign();
    const logEntries = bundle.logEntries.map((entry) => ({ ...entry, logKeyId: ported.logId }));
    const signed = withProof({ ...bundle, logEntries }, ({ treeSize }) => ({
      checkpoint: ported.checkpoint({ size: Number(treeSize) }),
    }));
    await expect(verdict({ bundle: signed, trust: root('https://log.example.test:8443') })).resolves.toBeDefined();
    await refused({ bundle: signed, trust: root('https://log.example.test') }, 'CHECKPOINT_INVALID', /origin is/);
    await refused({ bundle: signed, trust: root('https://log.example.test:8444') }, 'CHECKPOINT_INVALID', /origin is/);
  });

  test('an entry of the kind dsse 0.0.2, as Rekor v2 made them once', async () => {
    const bundle = instance.attest();
    const { payload, signature } = bundle.content;
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
    const certificate = bundle.signer.kind === 'certificate' ? bundle.signer.certificate : new Uint8Array();
    const verifier = { keyDetails: 'PKIX_ECDSA_P256_SHA_256', x509Certificate: { rawBytes: base64(certificate) } };
    const payloadHash = { algorithm: 'SHA2_256', digest: base64(digest('sha256', payload).bytes) };
    const dsseV002 = { payloadHash, signatures: [{ content: base64(signature), verifier }] };
    const body = { apiVersion: '0.0.2', kind: 'dsse', spec: { dsseV002 } };
    const logged = withEntries(bundle, instance.appended(body, 'dsse', '0.0.2'));
    await expect(verdict({ bundle: logged })).resolves.toMatchObject({ content: { kind: 'dsse-envelope' } });
    const other = withEntries(instance.attest(), ...logged.logEntries);
    await refused({ bundle: other }, 'LOG_ENTRY_MISMATCH', /another/);
  });

  test('a checkpoint signed by somebody else', async () => {
    const signers = [noteSigner('log.example.test', generateSigningKey('Ed25519'))];
    await refused(
      proofOf(() => ({ checkpoint: instance.log.checkpoint({ signers }) })),
      'CHECKPOINT_INVALID',
      /not signed by log\.example\.test/,
    );
  });

  test('a checkpoint of another origin, signed by the log', async () => {
    await refused(
      proofOf(() => ({ checkpoint: instance.log.checkpoint({ origin: 'logxexample.test' }) })),
      'CHECKPOINT_INVALID',
      /origin is "logxexample\.test"/,
    );
  });

  test('a checkpoint whose root was altered', async () => {
    const root = new Uint8Array(randomBytes(32));
    const bundle = proofOf(({ checkpoint }) => {
      const [origin, size, , ...rest] = checkpoint.split('\n');
      return { checkpoint: [origin, size, Buffer.from(root).toString('base64'), ...rest].join('\n'), rootHash: root };
    });
    await refused(bundle, 'CHECKPOINT_INVALID', /does not verify/);
  });

  test('a checkpoint of another tree, signed by the log', async () => {
    const root = new Uint8Array(randomBytes(32));
    await refused(
      proofOf(() => ({
        checkpoint: instance.log.checkpoint({ root }),
        rootHash: root,
        treeSize: BigInt(instance.log.size),
      })),
      'INCLUSION_PROOF_INVALID',
      /another root/,
    );
  });

  test('a root or size that the checkpoint does not have', async () => {
    await refused(
      proofOf(() => ({ rootHash: new Uint8Array(32) })),
      'INCLUSION_PROOF_INVALID',
      /another tree/,
    );
    await refused(
      proofOf(({ treeSize }) => ({ treeSize: treeSize + 1n })),
      'INCLUSION_PROOF_INVALID',
      /another tree/,
    );
  });

  test('an index that is not the entry’s', async () => {
    await refused(
      proofOf(() => ({ logIndex: 0n })),
      'INCLUSION_PROOF_INVALID',
      /another index/,
    );
    await refused(
      {
        bundle: withEntry(
          withProof(instance.sign(), () => ({ logIndex: 0n })),
          () => ({ logIndex: 0n }),
        ),
      },
      'INCLUSION_PROOF_INVALID',
      /./,
    );
  });

  test('a proof with a hash altered', async () => {
    await refused(
      proofOf(({ hashes }) => ({ hashes: hashes.map(() => new Uint8Array(32)) })),
      'INCLUSION_PROOF_INVALID',
      /another root/,
    );
  });
});

describe('witnesses', () => {
  const clock = () => now;
  const one = witness('one.example.test', generateSigningKey('Ed25519'), clock);
  const two = witness('two.example.test', generateSigningKey('Ed25519'), clock);
  const keyOf = (signer: typeof one) => readWitnessKey(verifierKey(signer));
  const asking = (threshold: number, ...signers: readonly (typeof one)[]): Policy => ({
    ...policy,
    witnesses: { keys: signers.map(keyOf), threshold },
  });
  /** A bundle whose checkpoint these have signed beside the log. */
  const seenBy = (...signers: readonly (typeof one)[]): Bundle =>
    withProof(instance.sign(), ({ treeSize }) => ({
      checkpoint: instance.log.checkpoint({ size: Number(treeSize), signers: [instance.log.signer, ...signers] }),
    }));

  test('who have cosigned are named, whether or not they were needed', async () => {
    for (const threshold of [0, 1])
      await expect(verdict({ bundle: seenBy(one), policy: asking(threshold, one, two) })).resolves.toMatchObject({
        logEntries: [{ witnesses: ['one.example.test'] }],
      });
    await expect(verdict({ bundle: seenBy(one, two), policy: asking(2, one, two) })).resolves.toMatchObject({
      logEntries: [{ witnesses: ['one.example.test', 'two.example.test'] }],
    });
  });

  test('of whom there must be enough', async () => {
    await refused({ policy: asking(1, one) }, 'WITNESS_MISSING', /0 witnesses cosigned the checkpoint; 1 must have/);
    await refused({ bundle: seenBy(one), policy: asking(2, one, two) }, 'WITNESS_MISSING', /1 witnesses .* 2 must/);
    await refused(
      { bundle: seenBy(one, one), policy: asking(2, one, two) },
      'WITNESS_MISSING',
      /1 witnesses .* 2 must/,
    );
    // Whom the policy does not name nobody knows.
    await refused({ bundle: seenBy(two), policy: asking(1, one) }, 'WITNESS_MISSING', /0 witnesses/);
  });

  test('by two keys of one name are one witness', async () => {
    const again = witness('one.example.test', generateSigningKey('Ed25519'), clock);
    const both = { bundle: seenBy(one, again), policy: asking(2, one, again, two) };
    await refused(both, 'WITNESS_MISSING', /1 witnesses .* 2 must/);
  });

  test('whose cosignature is wrong are not passed over, though enough others are right', async () => {
    const forged = { ...two, sign: () => new Uint8Array(72) };
    await refused(
      { bundle: seenBy(one, forged), policy: asking(1, one, two) },
      'CHECKPOINT_INVALID',
      /cosignature of two\.example\.test does not verify/,
    );
    await expect(verdict({ bundle: seenBy(one, forged), policy: asking(1, one) })).resolves.toBeDefined();
  });

  test('cannot have seen an entry that was only promised', async () => {
    const bundle = instance.sign();
    const entry = instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(bundle, submittedPem(bundle)));
    const promised = inVersion(withEntries(bundle, { ...entry, inclusionProof: undefined }), '0.1');
    await refused({ bundle: promised, policy: asking(1, one) }, 'WITNESS_MISSING', /no checkpoint/);
    await expect(verdict({ bundle: promised, policy: asking(0, one) })).resolves.toBeDefined();
  });

  test('do not stand in for the log', async () => {
    const bundle = withProof(instance.sign(), ({ treeSize }) => ({
      checkpoint: instance.log.checkpoint({ size: Number(treeSize), signers: [one] }),
    }));
    await refused({ bundle, policy: asking(1, one) }, 'CHECKPOINT_INVALID', /not signed by log\.example\.test/);
  });
});

describe('the content', () => {
  test('another artifact', async () => {
    const other = artifactOfDigest(digest('sha256', utf8('another artifact')));
    await expect(verdict({ artifact: other })).rejects.toMatchObject({
      code: 'ARTIFACT_MISMATCH',
    });
  });

  test('another artifact, where the bundle does not say which', async () => {
    const bundle = instance.sign();
    const { signature } = bundle.content;
    const silent: Bundle = { ...bundle, content: { kind: 'message-signature', messageDigest: undefined, signature } };
    await expect(verdict({ bundle: silent })).resolves.toBeDefined();
    const other = artifactOfDigest(digest('sha256', utf8('another artifact')));
    await expect(verdict({ bundle: silent, artifact: other })).rejects.toMatchObject({ code: 'SIGNATURE_INVALID' });
  });

  test('a signature by another key, timestamped and logged all the same', async () => {
    const bundle = instance.sign();
    const key = generateSigningKey('P-256');
    const signature = key.sign(artifact);
    const certificate = instance.certificateAuthority.issue({ publicKey: key.publicKey, ...jobIdentity(claims) });
    const forged: Bundle = {
      ...bundle,
      timestamps: [instance.stamped(signature)],
      logEntries: [instance.logged(certificate, signature, artifactDigest, key)],
      content: { ...bundle.content, signature },
    };
    await refused({ bundle: forged }, 'SIGNATURE_INVALID', /not one over sha256:/);
  });
});

describe('a statement in an envelope', () => {
  const statement = (changes: object): Uint8Array =>
    utf8(JSON.stringify({ ...JSON.parse(Buffer.from(exampleStatement).toString()), ...changes }));

  test('is verified, and the artifact found among its subjects', async () => {
    await expect(verdict({ bundle: instance.attest() })).resolves.toMatchObject({
      content: {
        kind: 'dsse-envelope',
        statement: { predicateType: 'https://slsa.dev/provenance/v1' },
        subject: { name: 'what.txt' },
      },
    });
  });

  test('about other artifacts', async () => {
    const subject = [{ name: 'what.txt', digest: { sha256: '0'.repeat(64) } }];
    await refused({ bundle: instance.attest(statement({ subject })) }, 'ARTIFACT_MISMATCH', /another artifact/);
  });

  test('whose payload was exchanged', async () => {
    const bundle = instance.attest();
    const { signature } = bundle.content;
    const content = { kind: 'dsse-envelope', payloadType: 'application/vnd.in-toto+json', signature } as const;
    const payload = statement({ predicateType: 'https://example.test/other' });
    await refused(
      { bundle: { ...bundle, content: { ...content, payload } } },
      'SIGNATURE_INVALID',
      /over the envelope/,
    );
    const relabelled = { ...content, payload: exampleStatement, payloadType: 'application/vnd.in-toto+jsom' };
    await refused({ bundle: { ...bundle, content: relabelled } }, 'SIGNATURE_INVALID', /over the envelope/);
  });

  test('of another payload type, though signed', async () => {
    await refused(
      { bundle: instance.attest(exampleStatement, { payloadType: 'text/plain' }) },
      'BUNDLE_UNSUPPORTED',
      /text\/plain/,
    );
  });

  test.each([
    ['not JSON', utf8('{')],
    ['of another type', statement({ _type: 'https://in-toto.io/Statement/v2' })],
    ['without subjects', statement({ subject: [] })],
    ['with a digest of the wrong length', statement({ subject: [{ name: 'x', digest: { sha256: 'abcd' } }] })],
    ['with a subject without digests', statement({ subject: [{ name: 'x', digest: {} }] })],
    [
      'with too many subjects',
      statement({ subject: Array(1025).fill({ name: 'x', digest: { sha256: '0'.repeat(64) } }) }),
    ],
  ])('%s', async (_, payload) => {
    await refused({ bundle: instance.attest(payload) }, 'STATEMENT_INVALID', /^the statement: /);
  });
});

describe('Rekor v1', () => {
  /** A bundle whose only time is the log's, as actions/attest makes them. */
  function signedV1(changes: EntryChangesV1 = {}, submit = (pem: string) => pem): Bundle {
    const bundle = instance.sign();
    const body = bodiesV1.hashedrekord(bundle, submit(submittedPem(bundle)));
    return withEntries({ ...bundle, timestamps: [] }, instance.loggedV1('hashedrekord', body, changes));
  }

  test('vouches for the time by its signed entry timestamp', async () => {
    await expect(verdict({ bundle: signedV1() })).resolves.toMatchObject({
      times: [{ kind: 'log', time: now, source: { baseUrl: 'https://rekor.example.test' } }],
      logEntries: [{ logIndex: expect.anything() }],
    });
  });

  test('keeps the certificate as it was submitted', async () => {
    await expect(verdict({ bundle: signedV1({}, (pem) => pem.trimEnd()) })).resolves.toBeDefined();
    const other = () => submittedPem(instance.sign());
    await refused({ bundle: signedV1({}, other) }, 'LOG_ENTRY_MISMATCH', /another signer/);
    await refused({ bundle: signedV1({}, (pem) => pem + other()) }, 'LOG_ENTRY_MISMATCH', /another signer/);
  });

  test('an altered time (CVE-2024-55655)', async () => {
    const bundle = signedV1();
    const at = (integratedTime: bigint): Case => ({ bundle: withEntry(bundle, () => ({ integratedTime })) });
    await refused(at(BigInt(now.getTime() / 1000) + 1n), 'LOG_ENTRY_INVALID', /signed entry timestamp does not verify/);
    await refused(at(0n), 'LOG_ENTRY_INVALID', /time is 0/);
  });

  test('a time without a signed entry timestamp is no time', async () => {
    const bundle = withEntry(signedV1(), () => ({ signedEntryTimestamp: undefined }));
    await refused({ bundle }, 'TIMESTAMP_MISSING', /0 authorities/);
  });

  test('a signed entry timestamp by another key', async () => {
    const forged = signedV1({ signingKey: generateSigningKey('P-256') });
    await refused({ bundle: forged }, 'LOG_ENTRY_INVALID', /does not verify/);
  });

  test('a signed entry timestamp of another entry', async () => {
    const [other] = signedV1().logEntries;
    const bundle = withEntry(signedV1(), () => ({ signedEntryTimestamp: other?.signedEntryTimestamp }));
    await refused({ bundle }, 'LOG_ENTRY_INVALID', /does not verify/);
  });

  test('an altered index over all shards', async () => {
    const bundle = withEntry(signedV1(), ({ logIndex }) => ({ logIndex: logIndex + 1n }));
    await refused({ bundle }, 'LOG_ENTRY_INVALID', /does not verify/);
  });

  test('an entry made after the certificate had expired', async () => {
    const late = signedV1({ time: hours(1) });
    await refused({ bundle: late, at: hours(2) }, 'CERTIFICATE_OUTSIDE_VALIDITY', /used at 2026-11-23T13:00/);
  });

  test('an entry from the future', async () => {
    await refused({ bundle: signedV1({ time: hours(1) }) }, 'TIMESTAMP_INVALID', /from the future/);
  });

  test('an entry about another artifact', async () => {
    await refused({ bundle: withEntries(signedV1(), ...signedV1().logEntries) }, 'LOG_ENTRY_MISMATCH', /another/);
  });

  test('an entry with a member that does not belong to it', async () => {
    const bundle = instance.sign();
    const body = { ...bodiesV1.hashedrekord(bundle, submittedPem(bundle)), extra: true };
    await refused(
      { bundle: withEntries(bundle, instance.loggedV1('hashedrekord', body)) },
      'LOG_ENTRY_MISMATCH',
      /another/,
    );
  });

  test('an attestation as a dsse entry', async () => {
    const bundle = instance.attest();
    const logged = (about: typeof bundle): Case => ({
      bundle: withEntries(bundle, instance.loggedV1('dsse', bodiesV1.dsse(about, submittedPem(bundle)))),
    });
    await expect(verdict(logged(bundle))).resolves.toMatchObject({ content: { kind: 'dsse-envelope' } });
    const other = { ...bundle, content: { ...bundle.content, payload: utf8('another payload') } };
    await refused(logged(other), 'LOG_ENTRY_MISMATCH', /another/);
  });

  test('an attestation as an intoto entry, of either version', async () => {
    const bundle = { ...instance.attest(), timestamps: [] };
    const pem = submittedPem(bundle);
    const second = instance.loggedV1('intoto', bodiesV1.intoto(bundle, pem), { version: '0.0.2' });
    await expect(verdict({ bundle: withEntries(bundle, second) })).resolves.toMatchObject({ times: [{ kind: 'log' }] });
    await refused({ bundle: withEntries({ ...instance.attest() }, second) }, 'LOG_ENTRY_MISMATCH', /another/);
    const { payloadType, payload, signature } = bundle.content;
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
    const signatures = [{ keyid: '', sig: base64(signature) }];
    const sent = JSON.stringify({ payloadType, payload: base64(payload), signatures });
    const first = instance.loggedV1('intoto', bodiesV1.intotoV1(bundle, pem, sent));
    await expect(verdict({ bundle: withEntries(bundle, first) })).resolves.toMatchObject({ times: [{ kind: 'log' }] });
    await refused({ bundle: withEntries({ ...instance.attest() }, first) }, 'LOG_ENTRY_MISMATCH', /another/);
  });

  test('an envelope as a hashedrekord of what was signed, which a signed file would be as well', async () => {
    const bundle = instance.attest();
    const { payloadType, payload } = bundle.content;
    const encoded = utf8(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} ${Buffer.from(payload)}`);
    const body = bodiesV1.hashedrekord(bundle, submittedPem(bundle), digest('sha256', encoded));
    const logged = withEntries(bundle, instance.loggedV1('hashedrekord', body));
    await refused({ bundle: logged }, 'LOG_ENTRY_MISMATCH', /about a signed file .* the bundle holds an envelope/);
  });

  test('a promise of an entry of Rekor v2, whoever made it', async () => {
    const promised = withEntry(signedV1(), () => ({ version: '0.0.2' }));
    await refused({ bundle: promised }, 'LOG_ENTRY_INVALID', /Rekor v2 with a signed entry timestamp/);
  });

  test('a promise alone is enough in a bundle of version 0.1, and in no later one', async () => {
    const promised = withEntry(signedV1(), () => ({ inclusionProof: undefined }));
    await expect(verdict({ bundle: inVersion(promised, '0.1') })).resolves.toMatchObject({
      logEntries: [{ treeSize: undefined, witnesses: [] }],
    });
    for (const version of ['0.2', '0.3'] as const)
      await refused({ bundle: inVersion(promised, version) }, 'LOG_ENTRY_INVALID', /no proof, which a bundle/);
  });

  test('a proof that is there is verified in version 0.1 too', async () => {
    const bundle = withProof(inVersion(signedV1(), '0.1'), () => ({ rootHash: new Uint8Array(32) }));
    await refused({ bundle }, 'INCLUSION_PROOF_INVALID', /another tree/);
  });

  test('an entry with neither proof nor promise', async () => {
    const bare = withEntry(inVersion(instance.sign(), '0.1'), () => ({ inclusionProof: undefined }));
    await refused({ bundle: bare }, 'LOG_ENTRY_INVALID', /neither a proof nor a promise/);
    const v1 = { ...signedV1(), timestamps: [] };
    const stamped = { ...v1, timestamps: [instance.stamped(v1.content.signature)] };
    const old = withEntry(inVersion(stamped, '0.1'), () => ({
      inclusionProof: undefined,
      signedEntryTimestamp: undefined,
    }));
    await refused({ bundle: old }, 'LOG_ENTRY_INVALID', /neither a proof nor a promise/);
  });
});

describe('the steps that a signer takes by themselves', () => {
  const { signer } = instance.sign();
  if (signer.kind !== 'certificate') throw new Error('the bundle has a certificate');

  test('refuse the sandbox unless it is accepted in so many words', async () => {
    await expect(verifyCertificate(signer.certificate, trust, [now], 'accept')).resolves.toBeDefined();
    for (const word of ['refuse', undefined, 'yes'] as const) {
      const sandbox = word as Policy['sandbox'];
      await expectRejection(
        () => verifyCertificate(signer.certificate, trust, [now], sandbox),
        'CERTIFICATE_SANDBOX',
        /issued by a sandbox/,
      );
    }
  });

  test('take what is no number for more than there is', async () => {
    const verified = await verifyCertificate(signer.certificate, trust, [now], 'accept');
    await expect(verifySCTs(verified, trust, 1)).resolves.toHaveLength(1);
    await expectRejection(() => verifySCTs(verified, trust, Number.NaN), 'SCT_MISSING', /NaN must have/);
  });
});
