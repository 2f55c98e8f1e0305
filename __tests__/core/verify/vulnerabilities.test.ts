/** Published vulnerabilities of Sigstore clients, of which each has a test that ours has not got it. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  CertificateAuthority,
  CertificateLog,
  generateSigningKey,
  jobIdentity,
  TimestampAuthority,
  TransparencyLog,
  timestampOids,
  timestampResponse,
} from '../../../sandbox/index.ts';
import { type Bundle, readBundle, writeBundle } from '../../../src/core/bundle/index.ts';
import { digest } from '../../../src/core/crypto/index.ts';
import { der, encodeBase64, type JsonValue, utf8 } from '../../../src/core/encoding/index.ts';
import { readTimestampResponse } from '../../../src/core/timestamp/index.ts';
import {
  artifactOfBytes,
  type ContentPolicy,
  CountersignError,
  type ErrorCode,
  exactly,
  type IdentityPolicy,
  matching,
  type Policy,
  pathWithin,
  type TrustedRoot,
  verify,
} from '../../../src/core/verify/index.ts';
import {
  artifact,
  bodiesV1,
  certificateOf,
  claims,
  exampleStatement,
  Instance,
  identity,
  inVersion,
  issuer,
  logEntry,
  now,
  policy,
  policyOfKey,
  sources,
  submittedPem,
  withEntries,
  withEntry,
  withProof,
} from '../../kit/instance.ts';
import { expectAbout } from './expect-about.ts';

const instance = new Instance();
const trust = instance.trust();
const artifactDigest = digest('sha256', artifact);
const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000);

interface Case {
  readonly bundle?: Bundle;
  readonly trust?: TrustedRoot;
  readonly policy?: Policy;
}

const verdict = ({ bundle = instance.sign(), trust: root = trust, policy: who = policy }: Case) =>
  verify(bundle, artifactOfBytes(artifact), root, who, now);

async function accepted({ bundle = instance.sign(), policy: who = policy, ...others }: Case): Promise<void> {
  expectAbout(await verdict({ bundle, policy: who, ...others }), bundle, artifactOfBytes(artifact), who);
}

async function refused(given: Case, code: ErrorCode, message: RegExp): Promise<void> {
  await expect(verdict(given)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
}

/** Checks that the reader refuses the text of a bundle. */
function unreadable(text: string, code: ErrorCode, message: RegExp): void {
  let found: unknown;
  try {
    readBundle(text);
  } catch (error) {
    found = error;
  }
  expect(found).toMatchObject({ code, message: expect.stringMatching(message) });
}

const expecting = (changes: Partial<IdentityPolicy>, content: ContentPolicy = {}): Policy => {
  if (policy.signer.kind !== 'identity') throw new Error('the policy is of an identity');
  return { ...policy, content, signer: { ...policy.signer, ...changes } };
};

/** A bundle whose only time is that of a log of Rekor v1. */
function signedV1(changes: Parameters<Instance['loggedV1']>[2] = {}): Bundle {
  const bundle = instance.sign();
  const body = bodiesV1.hashedrekord(bundle, submittedPem(bundle));
  return withEntries({ ...bundle, timestamps: [] }, instance.loggedV1('hashedrekord', body, changes));
}

describe('cosign', () => {
  test('CVE-2022-23649: a promise of the log for another signature', async () => {
    const [other] = signedV1().logEntries;
    const bundle = signedV1();
    const swapped = withEntry(bundle, () => ({ signedEntryTimestamp: other?.signedEntryTimestamp }));
    await refused({ bundle: swapped }, 'LOG_ENTRY_INVALID', /signed entry timestamp of the log is invalid/);
    await refused({ bundle: withEntries(bundle, ...(other ? [other] : [])) }, 'LOG_ENTRY_MISMATCH', /for a different/);
  });

  test('CVE-2022-35929, GHSA-w6c6-c85g-mmv6: a valid attestation of another type than the one that was asked for', async () => {
    const asked = expecting({}, { predicateType: exactly('https://slsa.dev/provenance/v1') });
    const bom = JSON.stringify({
      ...JSON.parse(Buffer.from(exampleStatement).toString()),
      predicateType: 'https://cyclonedx.org/bom',
    });
    await accepted({ bundle: instance.attest(utf8(bom)) });
    await refused(
      { bundle: instance.attest(utf8(bom)), policy: asked },
      'PREDICATE_TYPE_MISMATCH',
      /cyclonedx\.org\/bom/,
    );
    await refused({ policy: asked }, 'PREDICATE_TYPE_MISMATCH', /over the artifact itself/);
    await accepted({ bundle: instance.attest(), policy: asked });
  });

  test('CVE-2022-36056 (GHSA-8gw7-4j42-w388): options that one of the ways does not look at, and entries that cannot be read', async () => {
    const wrong: readonly (readonly [Policy, ErrorCode])[] = [
      [expecting({ identity: exactly(`${identity}x`) }), 'IDENTITY_MISMATCH'],
      [expecting({ issuer: exactly(`${issuer}x`) }), 'ISSUER_MISMATCH'],
      [expecting({ claims: [{ claim: 'buildTrigger', expected: [exactly('x')] }] }), 'CLAIM_MISMATCH'],
      [{ ...policy, sandbox: 'refuse' }, 'CERTIFICATE_SANDBOX'],
      [{ ...policy, thresholds: { ...policy.thresholds, signedCertificateTimestamps: 2 } }, 'SCT_MISSING'],
      [{ ...policy, thresholds: { ...policy.thresholds, logEntries: 2 } }, 'LOG_ENTRY_MISSING'],
      [{ ...policy, thresholds: { ...policy.thresholds, timestamps: 2 } }, 'TIMESTAMP_MISSING'],
    ];
    // Every way in which something may be signed and logged, with every option wrong.
    const attested = instance.attest();
    const dsse = instance.loggedV1('dsse', bodiesV1.dsse(attested, submittedPem(attested)));
    const ways = [instance.sign(), signedV1(), attested, withEntries({ ...attested, timestamps: [] }, dsse)];
    for (const bundle of ways) {
      await accepted({ bundle });
      for (const [who, code] of wrong) await refused({ bundle, policy: who }, code, /./);
      for (const body of ['', '{', '[]', '{"spec":{"data":{"hash":{"algorithm":"sha256"}}}}'])
        await refused(
          {
            bundle: withEntry({ ...bundle, timestamps: [instance.stamped(bundle.content.signature)] }, () => ({
              canonicalizedBody: utf8(body),
              signedEntryTimestamp: undefined,
            })),
          },
          'LOG_ENTRY_INVALID',
          /./,
        );
    }
  });

  test('CVE-2024-29902, CVE-2024-29903 (GHSA-88jx-383q-w4qc, GHSA-95pr-fxf5-86gv): as much memory as a stranger asks for', () => {
    const text = writeBundle(instance.attest());
    unreadable(text + ' '.repeat(24 * 1024 * 1024), 'LIMIT_EXCEEDED', /the limit is 25165824/);
    const document = JSON.parse(text);
    const signatures = Array(100_000).fill(document.dsseEnvelope.signatures[0]);
    unreadable(
      JSON.stringify({ ...document, dsseEnvelope: { ...document.dsseEnvelope, signatures } }),
      'LIMIT_EXCEEDED',
      /signatures has 100000 items/,
    );
  });

  test('CVE-2026-22703 (GHSA-whqx-f9j3-ch6m): an entry of which one part is of something else', async () => {
    const key = generateSigningKey('P-256');
    const bundle = instance.sign({ key });
    const another = instance.sign({ key });
    const log = (pem: string, of: Bundle, signed = artifactDigest) =>
      withEntries(bundle, instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(of, pem, signed)));
    await accepted({ bundle: log(submittedPem(bundle), bundle) });
    const parts: Readonly<Record<string, Bundle>> = {
      digest: log(submittedPem(bundle), bundle, digest('sha256', utf8('another'))),
      signature: log(submittedPem(bundle), another),
      certificate: log(submittedPem(another), bundle),
    };
    for (const part of Object.values(parts)) await refused({ bundle: part }, 'LOG_ENTRY_MISMATCH', /a different/);
    // An attestation, by each of the kinds in which it may be logged.
    const attested = instance.attest();
    const other = instance.attest();
    for (const kind of ['dsse', 'intoto'] as const) {
      const version = kind === 'dsse' ? '0.0.1' : '0.0.2';
      const entry = (of: typeof other, pem: string) => instance.loggedV1(kind, bodiesV1[kind](of, pem), { version });
      const pem = submittedPem(attested);
      const exchanged = { content: { ...attested.content, payload: utf8('another') } };
      await accepted({ bundle: withEntries(attested, entry(attested, pem)) });
      for (const [of, by] of [
        [other, pem],
        [attested, submittedPem(other)],
        [{ ...attested, ...exchanged }, pem],
      ] as const)
        await refused({ bundle: withEntries(attested, entry(of, by)) }, 'LOG_ENTRY_MISMATCH', /a different/);
    }
  });

  test('CVE-2026-24122 (GHSA-wfqv-66vq-46rm): a leaf that is valid, of an authority whose certificate had expired', async () => {
    for (const which of ['intermediate', 'root'] as const) {
      const expired = new CertificateAuthority({
        sources,
        log: instance.certificateLog,
        [which]: { notAfter: new Date(now.getTime() - 1000) },
      });
      const key = generateSigningKey('P-256');
      const certificate = expired.issue({ publicKey: key.publicKey, ...jobIdentity(claims) });
      const signature = key.sign(artifact);
      const bundle: Bundle = {
        ...instance.sign(),
        signer: { kind: 'certificate', certificate },
        logEntries: [instance.logged(certificate, signature, artifactDigest, key)],
        timestamps: [instance.stamped(signature)],
        content: { kind: 'message-signature', messageDigest: artifactDigest, signature },
      };
      const root = instance.trust({
        certificateAuthorities: [{ service: expired, url: 'https://ca.example.test', start: hours(-1) }],
      });
      await refused(
        { bundle, trust: root },
        'CERTIFICATE_OUTSIDE_VALIDITY',
        /certificate \d of the authority .* was used at/,
      );
    }
  });

  test('GHSA-fx35-mq7g-6g98: a key where the certificate should be, and nobody’s identity is looked at', async () => {
    const key = generateSigningKey('P-256');
    const kept = instance.sign({ key, managed: true });
    const inItsPlace: Bundle = { ...kept, signer: { kind: 'certificate', certificate: key.publicKey } };
    await refused({ bundle: inItsPlace }, 'CERTIFICATE_INVALID', /signer's certificate/);
    await refused({ bundle: kept }, 'IDENTITY_MISMATCH', /expected a certificate/);
    const document = JSON.parse(writeBundle(kept));
    const { publicKey: _, ...material } = document.verificationMaterial;
    const certificate = { rawBytes: encodeBase64(key.publicKey) };
    const text = JSON.stringify({ ...document, verificationMaterial: { ...material, certificate } });
    await refused({ bundle: readBundle(text) }, 'CERTIFICATE_INVALID', /signer's certificate/);
    // Both at once, from which each reader could take another.
    const both = JSON.stringify({
      ...document,
      verificationMaterial: { ...document.verificationMaterial, certificate },
    });
    unreadable(both, 'BUNDLE_INVALID', /exactly one of certificate, x509CertificateChain and publicKey/);
    // And a certificate is no key.
    await refused({ bundle: instance.sign({ key }), policy: policyOfKey(key) }, 'KEY_MISMATCH', /with a certificate/);
  });

  describe('panics of January 2026: whatever is changed in a bundle, it is refused in good order or says the same', () => {
    const attested = instance.attest();
    const originals: readonly (readonly [string, Bundle])[] = [
      ['a signature', instance.sign()],
      ['a signature logged by Rekor v1', signedV1()],
      [
        'a promise',
        inVersion(
          withEntry(signedV1(), () => ({ inclusionProof: undefined })),
          '0.1',
        ),
      ],
      ['an attestation', attested],
      [
        'an intoto entry',
        withEntries(
          { ...attested, timestamps: [] },
          instance.loggedV1('intoto', bodiesV1.intoto(attested, submittedPem(attested)), { version: '0.0.2' }),
        ),
      ],
    ];

    type Path = readonly (string | number)[];
    const placesOf = (value: unknown, path: Path = []): readonly Path[] =>
      typeof value === 'object' && value !== null
        ? [
            path,
            ...Object.entries(value).flatMap(([name, inner]) =>
              placesOf(inner, [...path, Array.isArray(value) ? Number(name) : name]),
            ),
          ]
        : [path];
    const amended = (value: unknown, [step, ...rest]: Path, change: (value: unknown) => unknown): unknown => {
      if (step === undefined) return change(value);
      if (Array.isArray(value)) return value.map((one, at) => (at === step ? amended(one, rest, change) : one));
      return { ...Object(value), [step]: amended(Object(value)[step], rest, change) };
    };

    /** Removes the parts that nothing signs and nothing depends on. */
    const withoutHints = (bundle: Bundle) => ({
      ...bundle,
      content:
        bundle.content.kind === 'message-signature' ? { ...bundle.content, messageDigest: undefined } : bundle.content,
      logEntries: bundle.logEntries.map((entry) =>
        entry.version === '0.0.2' && entry.kind === 'hashedrekord' ? { ...entry, integratedTime: 0n } : entry,
      ),
      timestamps: bundle.timestamps.map((token) => ({ ...readTimestampResponse(token), certificates: [] })),
    });

    /** A byte changed in what a base64 text stands for. */
    const spoiled = (text: unknown, at: number, by: number): unknown => {
      if (typeof text !== 'string' || text === '') return text;
      const bytes = Buffer.from(text, 'base64');
      if (bytes.length === 0 || bytes.toString('base64') !== text) return `${text.slice(0, at % text.length)}${by}`;
      bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ by;
      return bytes.toString('base64');
    };

    test.each(originals)('%s', async (_, original) => {
      const document = JSON.parse(writeBundle(original));
      const places = placesOf(document);
      const change = fc.oneof(
        fc.jsonValue().map((value) => () => value as JsonValue),
        fc
          .constantFrom<JsonValue>('', '-1', -1, '9223372036854775807', '\ud800', '\u0000', [], {}, [[]], null, 1e300)
          .map((value) => () => value),
        fc.tuple(fc.nat(5000), fc.integer({ min: 1, max: 255 })).map(
          ([at, by]) =>
            (value: unknown) =>
              spoiled(value, at, by),
        ),
      );
      let refusals = 0;
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...places), change, async (place, make) => {
          let bundle: Bundle | undefined;
          try {
            bundle = readBundle(JSON.stringify(amended(document, place, make)));
            await verdict({ bundle });
          } catch (error) {
            if (!(error instanceof CountersignError)) throw error;
            refusals += 1;
            return;
          }
          expect(withoutHints(bundle)).toEqual(withoutHints(original));
        }),
        { numRuns: 150 },
      );
      expect(refusals).toBeGreaterThan(75);
    });
  });
});

describe('sigstore-go, -js, -python, -rust', () => {
  test('CVE-2024-45395 (GHSA-cq38-jh5f-37mq): as many entries, timestamps and subjects as a stranger likes', async () => {
    const document = JSON.parse(writeBundle(instance.sign()));
    const material = document.verificationMaterial;
    const written = (changes: object) =>
      JSON.stringify({ ...document, verificationMaterial: { ...material, ...changes } });
    unreadable(
      written({ tlogEntries: Array(33).fill(material.tlogEntries[0]) }),
      'LIMIT_EXCEEDED',
      /tlogEntries has 33/,
    );
    const rfc3161Timestamps = Array(33).fill(material.timestampVerificationData.rfc3161Timestamps[0]);
    unreadable(written({ timestampVerificationData: { rfc3161Timestamps } }), 'LIMIT_EXCEEDED', /has 33 items/);
    const subject = Array(1025).fill({ name: 'x', digest: { sha256: '0'.repeat(64) } });
    const many = JSON.stringify({ ...JSON.parse(Buffer.from(exampleStatement).toString()), subject });
    await refused({ bundle: instance.attest(utf8(many)) }, 'STATEMENT_INVALID', /1025 subjects/);
  });

  test('GHSA-9vcr-p3rj-q5q6: two entries of one log, where two logs were asked for', async () => {
    const bundle = instance.sign();
    const two = { ...policy, thresholds: { ...policy.thresholds, logEntries: 2 } };
    const twice = withEntries(bundle, ...bundle.logEntries, ...bundle.logEntries);
    await refused({ bundle: twice, policy: two }, 'LOG_ENTRY_MISSING', /from 1 of 2 required transparency logs/);
    const v1 = (pem: string) => instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(bundle, pem));
    const distinct = withEntries(bundle, v1(submittedPem(bundle)), v1(submittedPem(bundle).trimEnd()));
    await refused({ bundle: distinct, policy: two }, 'LOG_ENTRY_MISSING', /from 1 of 2 required transparency logs/);
    const both = withEntries(bundle, ...bundle.logEntries, v1(submittedPem(bundle)));
    await accepted({ bundle: both, policy: two });
  });

  test('CVE-2026-48815 (GHSA-52v5-jr5w-gjxr): an option of the policy that is read and not enforced', async () => {
    const wrong = expecting({ claims: [{ claim: 'sourceRepositoryRef', expected: [exactly('refs/heads/evil')] }] });
    await refused({ policy: wrong }, 'CLAIM_MISMATCH', /source-repository-ref is "refs\/heads\/main"/);
    for (const misspelt of [
      { ...policy, certificateOIDs: { '1.3.6.1.4.1.57264.1.14': 'refs/heads/evil' } },
      { ...policy, signer: { ...policy.signer, sourceRepositoryRef: exactly('refs/heads/evil') } },
      expecting({
        claims: [{ claim: 'sourceRepositoryReference' as 'sourceRepositoryRef', expected: [exactly('a')] }],
      }),
      expecting({ claims: [{ claim: 'sourceRepositoryRef', expected: [] }] }),
      { ...policy, thresholds: { ...policy.thresholds, logEntries: Number('two') } },
    ])
      await refused({ policy: misspelt }, 'POLICY_INVALID', /./);
  });

  test('sigstore-js, June to August 2026: the name under a checkpoint as a pattern, lengths of DER, the same entry again', async () => {
    const bundle = instance.sign();
    const checkpoint = (origin: string) =>
      withProof(bundle, ({ treeSize }) => ({
        checkpoint: instance.log.checkpoint({ origin, size: Number(treeSize) }),
      }));
    for (const origin of ['logXexample.test', 'log.example.testX', 'Xlog.example.test', 'log.example.test.evil.test'])
      await refused({ bundle: checkpoint(origin) }, 'CHECKPOINT_INVALID', /the checkpoint's origin is/);
    const certificate = certificateOf(bundle.signer) ?? new Uint8Array();
    const lengthened = new Uint8Array([0x30, 0x83, 0, ...certificate.subarray(2)]);
    for (const other of [
      lengthened,
      new Uint8Array([...certificate, 0]),
      certificate.subarray(0, -1),
      new Uint8Array([0x30, 0x80, ...certificate.subarray(4), 0, 0]),
    ])
      await refused(
        { bundle: { ...bundle, signer: { kind: 'certificate', certificate: other } } },
        'CERTIFICATE_INVALID',
        /signer's certificate/,
      );
  });

  test('CVE-2024-55655: a time that the log has not signed', async () => {
    const expired = { notBefore: hours(-1), notAfter: new Date(now.getTime() - 60_000) };
    const backdated = BigInt(hours(-1).getTime() / 1000) + 60n;
    const late = instance.sign({ leaf: expired });
    const entry = instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(late, submittedPem(late)));
    const bundle = withEntries({ ...late, timestamps: [] }, entry);
    await refused({ bundle }, 'CERTIFICATE_OUTSIDE_VALIDITY', /used at 2026-11-23T12:00/);
    const dated = withEntry(bundle, () => ({ integratedTime: backdated }));
    await refused({ bundle: dated }, 'LOG_ENTRY_INVALID', /signed entry timestamp of the log is invalid/);
    const unpromised = withEntry(dated, () => ({ signedEntryTimestamp: undefined }));
    await refused({ bundle: unpromised }, 'TIMESTAMP_MISSING', /from 0 of 1 required sources/);
  });

  describe('sigstore-rust, the audit by Trail of Bits (TOB-SIGSTORE-2 to -11)', () => {
    test('an expired certificate, with a time that nobody proved and no entry', async () => {
      const expired = { notBefore: hours(-1), notAfter: new Date(now.getTime() - 60_000) };
      const bundle = withEntries(instance.sign({ leaf: expired }));
      const lenient = { ...policy, thresholds: { ...policy.thresholds, logEntries: 0, timestamps: 0 } };
      await refused(
        { bundle: { ...bundle, timestamps: [] }, policy: lenient },
        'TIMESTAMP_MISSING',
        /no verified time/,
      );
      await refused({ bundle, policy: lenient }, 'CERTIFICATE_OUTSIDE_VALIDITY', /used at/);
    });

    test('a certificate that was valid at one of two times', async () => {
      const bundle = instance.sign();
      const { signature } = bundle.content;
      for (const genTime of [new Date(now.getTime() - 1000)]) {
        const timestamps = [...bundle.timestamps, instance.stamped(signature, { genTime })];
        await refused({ bundle: { ...bundle, timestamps } }, 'CERTIFICATE_OUTSIDE_VALIDITY', /11:59:59/);
        const reversed = [...timestamps].reverse();
        await refused({ bundle: { ...bundle, timestamps: reversed } }, 'CERTIFICATE_OUTSIDE_VALIDITY', /11:59:59/);
      }
    });

    test('a time from the future', async () => {
      const genTime = new Date(now.getTime() + 120_000);
      await refused({ bundle: instance.sign({ timestamp: { genTime } }) }, 'TIMESTAMP_INVALID', /in the future/);
      await refused({ bundle: signedV1({ time: genTime }) }, 'TIMESTAMP_INVALID', /in the future/);
    });

    test('an envelope with two signatures, of which one was verified', () => {
      const document = JSON.parse(writeBundle(instance.attest()));
      const [right] = document.dsseEnvelope.signatures;
      for (const signatures of [
        [right, right],
        [right, { sig: 'AAAA' }],
        [{ sig: 'AAAA' }, right],
      ])
        unreadable(
          JSON.stringify({ ...document, dsseEnvelope: { ...document.dsseEnvelope, signatures } }),
          'BUNDLE_INVALID',
          /exactly one signature/,
        );
    });

    test('a timestamp within the window of another authority', async () => {
      const other = new TimestampAuthority({ sources });
      const root = instance.trust({
        timestampAuthorities: [
          { service: instance.timestampAuthority, url: 'https://old.example.test', start: hours(-3), end: hours(-2) },
          { service: other, url: 'https://new.example.test', start: hours(-1) },
        ],
      });
      await refused({ trust: root }, 'TIMESTAMP_UNTRUSTED', /not signed by a timestamp authority .* was valid at/);
    });

    test('an entry that is not bound to the bundle', async () => {
      await refused(
        { bundle: withEntries(instance.sign(), ...instance.sign().logEntries) },
        'LOG_ENTRY_MISMATCH',
        /a different/,
      );
    });
  });

  test('sigstore-rust #154: the issuer of a certificate, taken from a chain that nobody verified', async () => {
    // Another authority of the same name, first in the chain and first in the root: SCTs are over the hash of the right one's key.
    const { intermediate } = instance.certificateAuthority;
    const log = instance.certificateLog;
    const namesake = new CertificateAuthority({
      sources,
      log,
      intermediate: { subject: intermediate.profile.subject },
    });
    const bundle = instance.sign();
    const leaf = certificateOf(bundle.signer) ?? new Uint8Array();
    const document = JSON.parse(writeBundle(inVersion(bundle, '0.2')));
    const { certificate: _, ...material } = document.verificationMaterial;
    const [wrong = new Uint8Array()] = namesake.chain;
    const [right = new Uint8Array()] = instance.certificateAuthority.chain;
    const start = hours(-1);
    const root = instance.trust({
      certificateAuthorities: [
        { service: namesake, url: 'https://namesake.example.test', start },
        { service: instance.certificateAuthority, url: 'https://ca.example.test', start },
      ],
    });
    for (const chain of [[leaf, wrong, right], [leaf, wrong], [leaf]]) {
      const x509CertificateChain = { certificates: chain.map((one) => ({ rawBytes: encodeBase64(one) })) };
      const text = JSON.stringify({ ...document, verificationMaterial: { ...material, x509CertificateChain } });
      await expect(verdict({ bundle: readBundle(text), trust: root })).resolves.toMatchObject({
        signedCertificateTimestamps: [{ timestamp: now }],
      });
    }
    const onlyNamesake = instance.trust({
      certificateAuthorities: [{ service: namesake, url: 'https://namesake.example.test', start }],
    });
    await refused({ trust: onlyNamesake }, 'CERTIFICATE_UNTRUSTED', /./);
    // An SCT over the hash of another issuer's key counts for nothing.
    const strangeLog = new CertificateLog(sources.clock);
    const strange = instance.sign({ leaf: { signedCertificateTimestamps: (of) => [strangeLog.submit(of)] } });
    await refused({ bundle: strange }, 'SCT_MISSING', /from 0 of 1 required/);
  });
});

describe('a file that is a pre-authentication encoding, signed as a file', () => {
  const payloadType = 'application/vnd.in-toto+json';
  const file = utf8(
    `DSSEv1 ${payloadType.length} ${payloadType} ${exampleStatement.length} ${new TextDecoder().decode(exampleStatement)}`,
  );
  const asFile = instance.sign({ signed: file });
  /** The signature over the file, said to be one over the statement in it. */
  const forged: Bundle = {
    ...asFile,
    content: { kind: 'dsse-envelope', payloadType, payload: exampleStatement, signature: asFile.content.signature },
  };

  test('is no attestation where Rekor v1 holds it, whoever signed it', async () => {
    for (const algorithm of ['sha256', 'sha384', 'sha512'] as const) {
      const body = bodiesV1.hashedrekord(asFile, submittedPem(asFile), digest(algorithm, file));
      const entry = instance.loggedV1('hashedrekord', body);
      const inV1 = withEntries(forged, entry);
      for (const bundle of [inV1, { ...inV1, timestamps: [] }, inVersion(inV1, '0.1'), inVersion(inV1, '0.2')])
        await refused({ bundle }, 'LOG_ENTRY_MISMATCH', /for a file signature/);
      // A right entry beside it does not help.
      await refused(
        { bundle: withEntries(forged, ...forged.logEntries, entry) },
        'LOG_ENTRY_MISMATCH',
        /file signature/,
      );
    }
    const key = generateSigningKey('P-256');
    const kept = instance.sign({ signed: file, key, managed: true });
    const body = bodiesV1.hashedrekord(kept, submittedPem(kept, key), digest('sha256', file));
    const bundle = withEntries(
      { ...kept, content: { ...forged.content, signature: kept.content.signature } },
      instance.loggedV1('hashedrekord', body),
    );
    await refused({ bundle, policy: policyOfKey(key) }, 'LOG_ENTRY_MISMATCH', /for a file signature/);
  });

  test('is still a signed file', async () => {
    const body = bodiesV1.hashedrekord(asFile, submittedPem(asFile), digest('sha256', file));
    const bundle = withEntries(
      { ...asFile, content: { ...asFile.content, kind: 'message-signature', messageDigest: digest('sha256', file) } },
      instance.loggedV1('hashedrekord', body),
    );
    expectAbout(await verify(bundle, artifactOfBytes(file), trust, policy, now), bundle, artifactOfBytes(file), policy);
  });
});

describe('services, and those who read what they wrote', () => {
  test('rekor CVE-2023-30551, CVE-2023-33199, CVE-2026-23831, GHSA-843x-px86-vq42: hostile entries, though a log holds them', async () => {
    const bundle = instance.sign();
    const deep = `${'{"spec":'.repeat(100)}1${'}'.repeat(100)}`;
    for (const body of [
      'null',
      '{}',
      '{"spec":null}',
      deep,
      `{"spec":"${'a'.repeat(60_000)}"}`,
      '{"kind":"hashedrekord","spec":{"hashedRekordV002":{"data":null}}}',
    ]) {
      const logged = withEntries(bundle, instance.appended(utf8(body)));
      await expect(verdict({ bundle: logged })).rejects.toMatchObject({
        code: expect.stringMatching(/^(LOG_ENTRY_INVALID|LIMIT_EXCEEDED)$/),
      });
    }
  });

  test('rekor CVE-2026-24117 (GHSA-4c4x-jm2x-pf9j): an entry that names a key by its address, which nobody fetches', async () => {
    const bundle = instance.sign();
    const body = JSON.parse(JSON.stringify(bodiesV1.hashedrekord(bundle, submittedPem(bundle))));
    body.spec.signature.publicKey = { url: 'http://169.254.169.254/latest/meta-data' };
    await refused(
      { bundle: withEntries(bundle, instance.loggedV1('hashedrekord', body)) },
      'LOG_ENTRY_INVALID',
      /content is missing/,
    );
  });

  test('fulcio CVE-2026-22772 (GHSA-59jp-pj84-45mr): a pattern that is not anchored', async () => {
    const uri = (value: string) =>
      instance.sign({
        leaf: { subjectAlternativeNames: { critical: true, names: [{ kind: 'uniformResourceIdentifier', value }] } },
      });
    const acme = 'https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main';
    const expectations = [
      exactly(acme),
      pathWithin('https://github.com/acme'),
      matching('https://github.com/acme/*/.github/workflows/*@refs/heads/main'),
    ];
    for (const expected of expectations) {
      await accepted({ bundle: uri(acme), policy: expecting({ identity: expected }) });
      for (const evil of [
        `https://evil.test/${acme}`,
        acme.replace('github.com', 'github.com.evil.test'),
        acme.replace('github', 'githubx'),
        acme.replace('acme', 'acme-evil'),
        `x${acme}`,
      ])
        await refused(
          { bundle: uri(evil), policy: expecting({ identity: expected }) },
          'IDENTITY_MISMATCH',
          /; expected /,
        );
    }
  });

  test('timestamp-authority CVE-2025-66564 (GHSA-4qg8-fj49-pxjh): an object identifier that costs as much as it is long', async () => {
    const bundle = instance.sign();
    const arcs = new Uint8Array(60_000).fill(0x81);
    // The second one does not end: that its length is the reason shows that no arc was read.
    for (const content of [arcs.with(-1, 1), arcs]) {
      const token = der.sequence(der.element(0x06, content), der.context(0, der.sequence()));
      await refused(
        { bundle: { ...bundle, timestamps: [timestampResponse(0, token)] } },
        'TIMESTAMP_INVALID',
        /OBJECT IDENTIFIER is empty or too long/,
      );
    }
    const huge = timestampResponse(
      0,
      der.sequence(der.oid(timestampOids.signedData), der.octetString(new Uint8Array(70_000))),
    );
    // Nothing of the second one can be read, and its length is the reason.
    for (const timestamp of [huge, new Uint8Array(huge.length).fill(0xff)])
      await refused(
        { bundle: { ...bundle, timestamps: [timestamp] } },
        'LIMIT_EXCEEDED',
        /the timestamp has \d+ bytes/,
      );
  });

  test('timestamp-authority CVE-2026-39984 (GHSA-xm5m-wgh2-rrg3): the signer of an authority without a URI under the chain of another', async () => {
    const other = new TimestampAuthority({ sources });
    const start = hours(-1);
    const [signer = new Uint8Array()] = other.chain;
    const [, root = new Uint8Array()] = instance.timestampAuthority.chain;
    const both = instance.trust({
      timestampAuthorities: [
        { service: instance.timestampAuthority, url: 'https://one.example.test', start },
        { service: { chain: [signer, root] }, url: 'https://two.example.test', start },
      ],
    });
    const bundle = instance.sign();
    const stamped = other.timestamp({ imprint: digest('sha256', bundle.content.signature).bytes });
    await refused(
      { bundle: { ...bundle, timestamps: [stamped] }, trust: both },
      'CERTIFICATE_UNTRUSTED',
      /was issued by another authority/,
    );
    const certificates = [signer];
    await refused(
      { bundle: instance.sign({ timestamp: { certificates } }) },
      'TIMESTAMP_UNTRUSTED',
      /certificate of a different authority/,
    );
    await refused(
      { bundle: instance.sign({ timestamp: { certificates, signingKey: other.signer.key } }) },
      'TIMESTAMP_UNTRUSTED',
      /a different authority/,
    );
  });

  test('gitsign CVE-2023-47122: a log that says itself which key it has', async () => {
    const impostor = new TransparencyLog({ origin: 'log.example.test' });
    const bundle = instance.sign();
    const [entry] = bundle.logEntries;
    const index = impostor.append(entry?.canonicalizedBody ?? new Uint8Array());
    const forged = logEntry(impostor.entry(index));
    await refused({ bundle: withEntries(bundle, forged) }, 'LOG_UNKNOWN', /not in the trusted root/);
    // Under the id of the log that is trusted.
    const renamed = { ...forged, logKeyId: instance.log.logId };
    await refused({ bundle: withEntries(bundle, renamed) }, 'CHECKPOINT_INVALID', /not signed by log\.example\.test/);
  });

  test('gitsign CVE-2024-51746: an entry that a search found, which has only something in common', async () => {
    const key = generateSigningKey('P-256');
    const bundle = instance.sign({ key });
    // The same artifact, the same key, even the same certificate: another signature.
    const certificate = certificateOf(bundle.signer);
    const found = instance.logged(certificate, key.sign(artifact), artifactDigest, key);
    await refused({ bundle: withEntries(bundle, found) }, 'LOG_ENTRY_MISMATCH', /a different/);
    await refused({ bundle: withEntries(bundle, ...bundle.logEntries, found) }, 'LOG_ENTRY_MISMATCH', /a different/);
  });

  test('gitsign CVE-2026-44309 (GHSA-7rmh-48mx-2vwc): what was verified is not what was there', async () => {
    const text = writeBundle(instance.sign());
    unreadable(
      text.replace('{', '{"messageSignature":{},'),
      'BUNDLE_INVALID',
      /the JSON member "messageSignature" occurs twice/,
    );
    unreadable(`${text}{}`, 'BUNDLE_INVALID', /unexpected text after the JSON value/);
    unreadable(text.replace('{', '{"message_signature":{},'), 'BUNDLE_INVALID', /occurs twice/);
    const statement = Buffer.from(exampleStatement).toString();
    const twice = statement.replace('"subject"', '"subject":[],"subject"');
    await refused(
      { bundle: instance.attest(utf8(twice)) },
      'STATEMENT_INVALID',
      /the JSON member "subject" occurs twice/,
    );
    await refused(
      { bundle: instance.attest(utf8(`${statement}{}`)) },
      'STATEMENT_INVALID',
      /unexpected text after the JSON value/,
    );
    // The same statement in other bytes is another one.
    const attested = instance.attest();
    const respaced = { ...attested, content: { ...attested.content, payload: utf8(` ${statement}`) } };
    await refused({ bundle: respaced }, 'SIGNATURE_INVALID', /of the envelope does not verify/);
  });

  test('policy-controller CVE-2022-35930 (GHSA-739f-hw6h-7wq8), gh CVE-2025-25204: nothing of what was asked for is there', async () => {
    const asked = expecting({}, { predicateType: exactly('https://in-toto.io/attestation/vulns/v0.2') });
    await refused({ bundle: instance.attest(), policy: asked }, 'PREDICATE_TYPE_MISMATCH', /; expected /);
    await refused({ bundle: withEntries(instance.sign()) }, 'LOG_ENTRY_MISSING', /from 0 of 1 required/);
    await refused(
      { bundle: { ...instance.sign(), timestamps: [] } },
      'TIMESTAMP_MISSING',
      /from 0 of 1 required sources/,
    );
    await refused(
      { bundle: instance.sign({ leaf: { signedCertificateTimestamps: () => [] } }) },
      'SCT_MISSING',
      /from 0 of 1 required/,
    );
    const nobody = instance.trust({
      certificateAuthorities: [],
      certificateLogs: [],
      transparencyLogs: [],
      timestampAuthorities: [],
    });
    await refused({ trust: nobody }, 'TIMESTAMP_UNTRUSTED', /not signed by a timestamp authority/);
  });

  test('slsa-verifier GHSA-r2xv-vpr2-42m9: the right builder, which built another repository', async () => {
    // A reusable workflow that everybody may call names itself in the certificate, whoever called it.
    const builder = expecting({
      claims: [{ claim: 'sourceRepositoryUri', expected: [exactly('https://github.com/acme/app')] }],
    });
    await refused(
      { policy: builder },
      'CLAIM_MISMATCH',
      /source-repository-uri is "https:\/\/github\.com\/example-org\/example-repo"/,
    );
    const within = expecting({
      claims: [{ claim: 'sourceRepositoryUri', expected: [pathWithin('https://github.com/example-org')] }],
    });
    await accepted({ policy: within });
    const evil = jobIdentity({ ...claims, repository: 'example-org-evil/example-repo' });
    const bundle = instance.sign({ leaf: { ...jobIdentity(claims), additionalExtensions: evil.additionalExtensions } });
    await refused({ bundle, policy: within }, 'CLAIM_MISMATCH', /example-org-evil/);
  });
});
