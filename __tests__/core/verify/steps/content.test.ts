import { describe, expect, test } from '@jest/globals';
import { generateSigningKey, jobIdentity } from '../../../../sandbox/index.ts';
import type { Bundle } from '../../../../src/core/bundle/index.ts';
import { digest } from '../../../../src/core/crypto/index.ts';
import { utf8 } from '../../../../src/core/encoding/index.ts';
import { artifactOfDigest } from '../../../../src/core/verify/index.ts';
import {
  artifact,
  bodiesV1,
  claims,
  exampleStatement,
  keyDetailsOf,
  policyOfKey,
  submittedPem,
  withEntries,
} from '../../../kit/instance.ts';
import { ed25519phKey, type LeafKey, rsaKey } from '../../../kit/keys.ts';

import { accepted, artifactDigest, instance, refused, verdict, whole } from '../step-cases.ts';

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
    await refused({ ...kept, artifact: other }, 'ARTIFACT_MISMATCH', /the bundle is for the artifact/);
    const silent = { ...bundle, content: { ...bundle.content, messageDigest: undefined } };
    await expect(verdict({ ...kept, bundle: silent })).resolves.toMatchObject({ content: { digest: by } });
    await refused({ ...kept, bundle: silent, artifact: other }, 'SIGNATURE_INVALID', /does not verify for/);
  });

  test('an artifact of which another digest is known is not guessed at', async () => {
    const bundle = instance.sign({ key: generateSigningKey('P-384') });
    await refused({ bundle }, 'DIGEST_UNAVAILABLE', /over the sha384 digest of the artifact; only sha256:\w+ is known/);
    const silent = { ...bundle, content: { ...bundle.content, messageDigest: undefined } };
    await refused({ bundle: silent }, 'DIGEST_UNAVAILABLE', /over the sha384 digest of the artifact/);
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
    await accepted({ bundle, artifact: whole, policy: policyOfKey(key) });
    await refused({ bundle, policy: policyOfKey(key) }, 'DIGEST_UNAVAILABLE', /the sha512 digest/);
    const by512 = artifactOfDigest(artifactDigest, digest('sha512', artifact));
    await refused({ bundle, artifact: by512, policy: policyOfKey(key) }, 'SIGNATURE_INVALID', /does not verify for/);
    // Of nothing, which an artifact that is not at hand might be taken for.
    const ofNothing = appended(key, key.sign(new Uint8Array()), 'sha512', 'PKIX_ED25519_PH');
    await refused(
      { bundle: ofNothing, artifact: by512, policy: policyOfKey(key) },
      'SIGNATURE_INVALID',
      /does not verify for/,
    );
    // Of the digest itself, as if it were the message.
    const ofDigest = appended(key, key.sign(digest('sha512', artifact).bytes), 'sha512', 'PKIX_ED25519_PH');
    await refused(
      { bundle: ofDigest, artifact: whole, policy: policyOfKey(key) },
      'SIGNATURE_INVALID',
      /does not verify for/,
    );
    // A verdict names the digest of the artifact, so that one must be known.
    const content = { kind: 'message-signature', messageDigest: undefined, signature: key.sign(artifact) } as const;
    const withoutDigests = { digests: [], bytes: artifact };
    await refused(
      { bundle: { ...bundle, content }, artifact: withoutDigests, policy: policyOfKey(key) },
      'DIGEST_UNAVAILABLE',
      /the sha512 digest/,
    );
  });

  test('RSA with PSS, by whichever of its two names the log has it', async () => {
    const key = rsaKey(2048, 'pss');
    for (const padding of ['PKCS1V15', 'PSS']) {
      const bundle = appended(key, key.sign(artifact), 'sha256', `PKIX_RSA_${padding}_2048_SHA256`);
      await accepted({ bundle, policy: policyOfKey(key) });
    }
    const bundle = appended(key, key.sign(artifact), 'sha256', 'PKIX_RSA_PKCS1V15_3072_SHA256');
    await refused({ bundle, policy: policyOfKey(key) }, 'LOG_ENTRY_MISMATCH', /a different/);
  });

  test('a key on P-384 may have signed SHA-256, as sigstore-python long did', async () => {
    const key = generateSigningKey('P-384');
    const signature = key.sign(artifact, 'sha256');
    const bundle = appended(key, signature, 'sha256', 'PKIX_ECDSA_P384_SHA_384');
    await expect(verdict({ bundle, policy: policyOfKey(key) })).resolves.toMatchObject({
      content: { digest: artifactDigest },
    });
    const silent = { ...bundle, content: { kind: 'message-signature', messageDigest: undefined, signature } as const };
    await accepted({ bundle: silent, artifact: whole, policy: policyOfKey(key) });
  });

  test('the hash is the one that the bundle names, and else one of the key', async () => {
    const key = generateSigningKey('P-256');
    const signature = key.sign(artifact, 'sha512');
    const bundle = appended(key, signature, 'sha512', 'PKIX_ECDSA_P256_SHA_256');
    await expect(verdict({ bundle, artifact: whole, policy: policyOfKey(key) })).resolves.toMatchObject({
      content: { digest: digest('sha512', artifact) },
    });
    const silent = { ...bundle, content: { kind: 'message-signature', messageDigest: undefined, signature } as const };
    await refused(
      { bundle: silent, artifact: whole, policy: policyOfKey(key) },
      'SIGNATURE_INVALID',
      /does not verify for/,
    );
    const misnamed = { ...bundle, content: { ...silent.content, messageDigest: artifactDigest } };
    await refused(
      { bundle: misnamed, artifact: whole, policy: policyOfKey(key) },
      'SIGNATURE_INVALID',
      /does not verify for/,
    );
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
    if (kind !== 'Ed25519') await accepted({ bundle: attest(false) });
  });

  test('RSA signs a statement', async () => {
    const key = rsaKey(2048);
    const bundle = instance.attest(exampleStatement, { key, managed: true });
    await accepted({ bundle, policy: policyOfKey(key) });
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
    await accepted({ bundle: silent });
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
    await refused({ bundle: forged }, 'SIGNATURE_INVALID', /does not verify for sha256:/);
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
    await refused({ bundle: instance.attest(statement({ subject })) }, 'ARTIFACT_MISMATCH', /a different artifact/);
  });

  test('whose payload was exchanged', async () => {
    const bundle = instance.attest();
    const { signature } = bundle.content;
    const content = { kind: 'dsse-envelope', payloadType: 'application/vnd.in-toto+json', signature } as const;
    const payload = statement({ predicateType: 'https://example.test/other' });
    await refused(
      { bundle: { ...bundle, content: { ...content, payload } } },
      'SIGNATURE_INVALID',
      /of the envelope does not verify/,
    );
    const relabelled = { ...content, payload: exampleStatement, payloadType: 'application/vnd.in-toto+jsom' };
    await refused(
      { bundle: { ...bundle, content: relabelled } },
      'SIGNATURE_INVALID',
      /of the envelope does not verify/,
    );
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
