import { describe, expect, test } from '@jest/globals';
import { type BundleVersion, readBundle, writeBundle } from '../../../src/core/bundle/index.ts';
import { encodeBase64 } from '../../../src/core/encoding/index.ts';
import type { ErrorCode } from '../../../src/core/errors/index.ts';
import { bodiesV1, Instance, inVersion, submittedPem, withEntries } from '../../kit/instance.ts';
import { expectFailure } from '../errors/failure.ts';
import { certificateOf, fixture, fixtureText } from './vectors.ts';

const instance = new Instance();
const signed = instance.sign();
/** An entry with both promise and proof, as Rekor v1 makes them. */
const bundle = withEntries(
  signed,
  instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(signed, submittedPem(signed))),
);
const leaf = { rawBytes: encodeBase64(certificateOf(bundle)) };
const another = { rawBytes: encodeBase64(certificateOf(instance.sign())) };
const [intermediate, root] = instance.certificateAuthority.chain.map((der) => ({ rawBytes: encodeBase64(der) }));

type Json = Record<string, unknown>;
/** The bundle as JSON of a version, with its material changed; a member that is `undefined` is taken away. */
function json(version: BundleVersion, material: Json, entry: Json = {}): string {
  const written = JSON.parse(writeBundle(inVersion(bundle, version)));
  const { verificationMaterial } = written;
  const [first] = verificationMaterial.tlogEntries;
  return JSON.stringify({
    ...written,
    verificationMaterial: { ...verificationMaterial, tlogEntries: [{ ...first, ...entry }], ...material },
  });
}
const chained = (...certificates: readonly unknown[]): Json => ({
  certificate: undefined,
  x509CertificateChain: { certificates },
});
const refused = (text: string, reason: RegExp, code: ErrorCode = 'BUNDLE_INVALID') =>
  expectFailure(() => readBundle(text), code, reason);

const all = ['0.1', '0.2', '0.3'] as const;

test('a real bundle of version 0.1', () => {
  const real = readBundle(fixture('vectors/happy-path-v0.1.json'));
  const { verificationMaterial } = JSON.parse(fixtureText('vectors/happy-path-v0.1.json'));
  const [first] = verificationMaterial.x509CertificateChain.certificates;
  expect(real).toMatchObject({ version: '0.1', logEntries: [{ kind: 'hashedrekord', version: '0.0.1' }] });
  expect(encodeBase64(certificateOf(real))).toBe(first.rawBytes);
});

describe('who signed', () => {
  test.each(all)('a certificate, in version %s', (version) => {
    expect(readBundle(json(version, {}))).toEqual(inVersion(bundle, version));
  });

  test.each(all)('a key, of which only a hint is told, in version %s', (version) => {
    const keyed = (publicKey: Json) => readBundle(json(version, { certificate: undefined, publicKey })).signer;
    expect(keyed({ hint: 'a' })).toEqual({ kind: 'public-key', hint: 'a' });
    expect(keyed({})).toEqual({ kind: 'public-key', hint: '' });
    refused(json(version, { certificate: undefined, publicKey: { hint: 3 } }), /publicKey\.hint is not a string/);
  });

  test.each(all)('the first certificate of a chain, in version %s', (version) => {
    expect(readBundle(json(version, chained(leaf)))).toEqual(inVersion(bundle, version));
    const { signer, ...rest } = inVersion(bundle, version);
    for (const others of [[intermediate], [intermediate, root], [root, intermediate], [root], [leaf], [another]]) {
      const written = others.map((one) => Buffer.from(String(one?.rawBytes), 'base64'));
      expect(readBundle(json(version, chained(leaf, ...others)))).toEqual({
        ...rest,
        signer: { ...signer, others: written.map((one) => new Uint8Array(one)) },
      });
    }
  });

  test.each(all)(
    'not another certificate of a chain, which other readers would take for the signer, in version %s',
    (version) => {
      for (const certificates of [
        [root, intermediate, leaf],
        [intermediate, leaf],
        [another, leaf],
      ]) {
        const { signer } = readBundle(json(version, chained(...certificates)));
        expect(signer.kind === 'certificate' && encodeBase64(signer.certificate)).toBe(certificates[0]?.rawBytes);
      }
    },
  );

  test.each(all)('a chain that is none, in version %s', (version) => {
    refused(json(version, chained()), /x509CertificateChain\.certificates is empty/);
    refused(json(version, { certificate: undefined, x509CertificateChain: {} }), /certificates is empty/);
    refused(json(version, chained({})), /certificates\[0\]\.rawBytes is missing/);
    refused(
      json(version, chained(leaf, { rawBytes: 'AAAA' })),
      /certificates\[1\]: expected tag 0x30/,
      'CERTIFICATE_INVALID',
    );
    refused(json(version, chained(...Array(9).fill(leaf))), /certificates has 9 items/, 'LIMIT_EXCEEDED');
    refused(json(version, { certificate: undefined, x509CertificateChain: leaf }), /has an unknown member "rawBytes"/);
  });

  test.each(all)('exactly one kind of material, in version %s', (version) => {
    const reason = /verificationMaterial must have exactly one of certificate, x509CertificateChain and publicKey$/;
    const chain = { x509CertificateChain: { certificates: [leaf] } };
    refused(json(version, { certificate: undefined }), reason);
    refused(json(version, { certificate: null }), reason);
    refused(json(version, { publicKey: { hint: 'a' } }), reason);
    refused(json(version, { publicKey: {} }), reason);
    refused(json(version, chain), reason);
    refused(json(version, { ...chain, certificate: undefined, publicKey: {} }), reason);
    refused(json(version, { ...chain, publicKey: {} }), reason);
    refused(json(version, { x509_certificate_chain: {} }), reason);
  });
});

describe('what an entry must have', () => {
  test('in version 0.1 the promise, with or without a proof', () => {
    refused(json('0.1', {}, { inclusionPromise: undefined }), /tlogEntries\[0\]\.inclusionPromise is missing$/);
    expect(readBundle(json('0.1', {}, { inclusionProof: undefined })).logEntries).toMatchObject([
      { inclusionProof: undefined },
    ]);
  });

  test.each(['0.2', '0.3'] as const)('in version %s the proof, with or without a promise', (version) => {
    refused(json(version, {}, { inclusionProof: undefined }), /tlogEntries\[0\]\.inclusionProof is missing$/);
    refused(json(version, {}, { inclusionProof: null }), /inclusionProof is missing$/);
    expect(readBundle(json(version, {}, { inclusionPromise: undefined })).logEntries).toMatchObject([
      { signedEntryTimestamp: undefined },
    ]);
  });

  test.each(all)('whole, if it is there: in version %s', (version) => {
    refused(json(version, {}, { inclusionPromise: {} }), /inclusionPromise\.signedEntryTimestamp is missing/);
    refused(json(version, {}, { inclusionProof: {} }), /inclusionProof\.rootHash is missing/);
    const [proof] = JSON.parse(json(version, {})).verificationMaterial.tlogEntries.map(
      (one: Json) => one.inclusionProof,
    );
    refused(
      json(version, {}, { inclusionProof: { ...proof, checkpoint: undefined } }),
      /checkpoint\.envelope is missing/,
    );
  });
});

describe('a member that is not known is refused, wherever it stands', () => {
  /** Every message of a document, by its path. */
  function messages(
    value: unknown,
    path: readonly (string | number)[] = [],
  ): readonly (readonly (string | number)[])[] {
    if (typeof value !== 'object' || value === null) return [];
    const inner = Object.entries(value).flatMap(([name, one]) =>
      messages(one, [...path, Array.isArray(value) ? Number(name) : name]),
    );
    return Array.isArray(value) ? inner : [path, ...inner];
  }

  function added(value: unknown, [step, ...rest]: readonly (string | number)[], members: Json): unknown {
    if (step === undefined) return { ...Object(value), ...members };
    if (Array.isArray(value)) return value.map((one, at) => (at === step ? added(one, rest, members) : one));
    return { ...Object(value), [step]: added(Object(value)[step], rest, members) };
  }

  const documents: readonly (readonly [string, unknown])[] = [
    ['a bundle with a certificate', JSON.parse(json('0.2', {}))],
    ['a bundle with a chain', JSON.parse(json('0.2', chained(leaf, intermediate)))],
    ['a bundle with a key', JSON.parse(json('0.2', { certificate: undefined, publicKey: { hint: 'a' } }))],
    ['a bundle with an envelope', JSON.parse(writeBundle(instance.attest()))],
  ];
  const cases = documents.flatMap(([what, document]) =>
    messages(document).map((path) => [what, path.join('.'), document, path] as const),
  );

  test('there are as many places as there are messages', () => {
    const places = new Set(cases.map(([, place]) => place.replace(/\d+/g, '*')));
    expect([...places].sort()).toEqual(
      [
        '',
        'dsseEnvelope',
        'dsseEnvelope.signatures.*',
        'messageSignature',
        'messageSignature.messageDigest',
        'verificationMaterial',
        'verificationMaterial.certificate',
        'verificationMaterial.publicKey',
        'verificationMaterial.timestampVerificationData',
        'verificationMaterial.timestampVerificationData.rfc*Timestamps.*',
        'verificationMaterial.tlogEntries.*',
        'verificationMaterial.tlogEntries.*.inclusionPromise',
        'verificationMaterial.tlogEntries.*.inclusionProof',
        'verificationMaterial.tlogEntries.*.inclusionProof.checkpoint',
        'verificationMaterial.tlogEntries.*.kindVersion',
        'verificationMaterial.tlogEntries.*.logId',
        'verificationMaterial.x*CertificateChain',
        'verificationMaterial.x*CertificateChain.certificates.*',
      ].sort(),
    );
  });

  test.each(cases)('%s: %s', (_what, _place, document, path) => {
    expect(readBundle(JSON.stringify(document)).content.signature.length).toBeGreaterThan(0);
    for (const value of ['new', null, 0, {}, []])
      refused(JSON.stringify(added(document, path, { novel: value })), /has an unknown member "novel"$/);
  });

  test('a name between the two that a member has', () => {
    refused(json('0.2', { timestamp_verificationData: {} }), /unknown member "timestamp_verificationData"/);
    refused(json('0.2', { x_509CertificateChain: {} }), /unknown member "x_509CertificateChain"/);
  });

  test('the media type comes first, for a later version may have more members', () => {
    const later = {
      ...JSON.parse(json('0.3', {})),
      novel: 1,
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.4+json',
    };
    refused(JSON.stringify(later), /media type/, 'BUNDLE_UNSUPPORTED');
  });
});

test('the hint of a key in an envelope is a text, which nobody believes', () => {
  const attested = instance.attest();
  const document = JSON.parse(writeBundle(attested));
  const withKeyId = (keyid: unknown) => {
    const signatures = document.dsseEnvelope.signatures.map((one: Json) => ({ ...one, keyid }));
    return JSON.stringify({ ...document, dsseEnvelope: { ...document.dsseEnvelope, signatures } });
  };
  expect(readBundle(withKeyId('a'))).toEqual(attested);
  refused(withKeyId({ a: 1 }), /signatures\[0\]\.keyid is not a string/);
});
