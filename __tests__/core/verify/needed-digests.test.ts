import { describe, expect, test } from '@jest/globals';
import { generateSigningKey } from '../../../sandbox/index.ts';
import type { Bundle } from '../../../src/core/bundle/index.ts';
import { digest } from '../../../src/core/crypto/index.ts';
import { encodeHex, utf8 } from '../../../src/core/encoding/index.ts';
import { artifactOfDigest, neededDigests, type Policy, verify } from '../../../src/core/verify/index.ts';
import {
  artifact,
  bodiesV1,
  Instance,
  now,
  policy,
  policyOfKey,
  submittedPem,
  withEntries,
  withEntry,
} from '../../kit/instance.ts';
import { ed25519phKey, type LeafKey, rsaKey } from '../../kit/keys.ts';
import { expectAbout } from './expect-about.ts';

const instance = new Instance();
const trust = instance.trust();
const silent = (bundle: Bundle): Bundle => {
  const { signature } = bundle.content;
  return { ...bundle, content: { kind: 'message-signature', messageDigest: undefined, signature } };
};

describe('a signature over the artifact', () => {
  const kinds: readonly (readonly [string, () => LeafKey, readonly string[]])[] = [
    ['P-256', () => generateSigningKey('P-256'), ['sha256']],
    ['P-384', () => generateSigningKey('P-384'), ['sha256', 'sha384']],
    ['P-521', () => generateSigningKey('P-521'), ['sha256', 'sha512']],
    ['Ed25519ph', ed25519phKey, ['sha256', 'sha512']],
    ['RSA', () => rsaKey(2048), ['sha256']],
  ];

  test.each(kinds)(
    'with a key of %s: as many digests as its verification takes, and no more',
    async (_, make, algorithms) => {
      const key = make();
      const cases: readonly (readonly [Bundle, Policy])[] = [
        [instance.sign({ key }), policy],
        [instance.sign({ key, managed: true }), policyOfKey(key)],
      ];
      for (const [whole, who] of cases) {
        for (const bundle of [whole, silent(whole)]) {
          const needed = neededDigests(bundle, who);
          expect([...needed].sort()).toEqual(algorithms);
          const known = artifactOfDigest(...needed.map((algorithm) => digest(algorithm, artifact)));
          expectAbout(await verify(bundle, known, trust, who, now), bundle, known, who);
        }
      }
    },
  );

  test('the digest of the log entry too', async () => {
    const bundle = instance.sign();
    const body = bodiesV1.hashedrekord(bundle, submittedPem(bundle), digest('sha512', artifact));
    const logged = withEntries(bundle, instance.loggedV1('hashedrekord', body));
    const needed = neededDigests(logged, policy);
    expect(needed).toEqual(['sha256', 'sha512']);
    const known = artifactOfDigest(...needed.map((algorithm) => digest(algorithm, artifact)));
    expectAbout(await verify(logged, known, trust, policy, now), logged, known, policy);
  });

  test('what cannot be read asks for nothing', () => {
    const bundle = instance.sign();
    const broken = withEntry(bundle, () => ({ canonicalizedBody: utf8('{') }));
    expect(neededDigests(broken, policy)).toEqual(['sha256']);
    const stranger: Bundle = { ...silent(bundle), signer: { kind: 'certificate', certificate: new Uint8Array([1]) } };
    expect(neededDigests(stranger, policy)).toEqual(['sha256']);
    const keyed: Bundle = { ...silent(bundle), signer: { kind: 'public-key', hint: '' } };
    expect(neededDigests(keyed, policy)).toEqual(['sha256']);
    const odd = withEntry(bundle, () => ({
      canonicalizedBody: utf8('{"algorithm":"sha999","a":{"algorithm":"SHA2_384x"}}'),
    }));
    expect(neededDigests(odd, policy)).toEqual(['sha256']);
  });
});

describe('a statement', () => {
  const about = (...digests: readonly object[]) =>
    utf8(
      JSON.stringify({
        _type: 'https://in-toto.io/Statement/v1',
        subject: digests.map((one, at) => ({ name: `subject ${at}`, digest: one })),
        predicateType: 'https://slsa.dev/provenance/v1',
        predicate: {},
      }),
    );
  const hex = (algorithm: 'sha256' | 'sha384' | 'sha512') => encodeHex(digest(algorithm, artifact).bytes);
  const needed = (payload: Uint8Array, payloadType?: string) =>
    neededDigests(instance.attest(payload, payloadType === undefined ? {} : { payloadType }), policy);

  test('is about digests of its own choice', async () => {
    expect(needed(about({ sha256: hex('sha256') }))).toEqual(['sha256']);
    const bundle = instance.attest(about({ sha512: hex('sha512'), gitCommit: 'ab' }, { sha384: hex('sha384') }));
    const algorithms = neededDigests(bundle, policy);
    expect(algorithms).toEqual(['sha256', 'sha512', 'sha384']);
    const known = artifactOfDigest(...algorithms.map((algorithm) => digest(algorithm, artifact)));
    await expect(verify(bundle, known, trust, policy, now)).resolves.toMatchObject({
      content: { digest: { algorithm: 'sha512' }, subject: { name: 'subject 0' } },
    });
    // The key is on P-256, and the log holds a digest of the envelope: neither needs another one of the artifact.
    const p384 = instance.attest(about({ sha256: hex('sha256') }), { key: generateSigningKey('P-384') });
    expect(neededDigests(p384, policy)).toEqual(['sha256']);
  });

  test('a right digest is not enough where a stronger one is wrong, for all that are stated are needed', async () => {
    const bundle = instance.attest(about({ sha256: hex('sha256'), sha512: '00'.repeat(64) }));
    const algorithms = neededDigests(bundle, policy);
    expect(algorithms).toEqual(['sha256', 'sha512']);
    const known = artifactOfDigest(...algorithms.map((algorithm) => digest(algorithm, artifact)));
    await expect(verify(bundle, known, trust, policy, now)).rejects.toMatchObject({ code: 'ARTIFACT_MISMATCH' });
  });

  test('what cannot be read asks for nothing', () => {
    expect(needed(utf8('{'))).toEqual(['sha256']);
    expect(needed(about({ sha512: 'ab' }))).toEqual(['sha256']);
    expect(needed(about({ sha512: hex('sha512') }), 'text/plain')).toEqual(['sha256']);
  });
});
