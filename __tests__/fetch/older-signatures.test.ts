/** Converts cosign's attachments from before bundles: those that are read, and those that are refused. */

import { describe, expect, test } from '@jest/globals';
import { generateSigningKey } from '../../sandbox/index.ts';
import type { Bundle } from '../../src/core/bundle/index.ts';
import { digest } from '../../src/core/crypto/index.ts';
import { encodeBase64, encodePem, utf8 } from '../../src/core/encoding/index.ts';
import type { Annotations } from '../../src/fetch/older-signatures.ts';
import { bundleOfAttestation, bundleOfSignature } from '../../src/fetch/older-signatures.ts';
import { expectFailure } from '../core/errors/failure.ts';
import { artifact, bodiesV1, certificateOf, Instance, now, submittedPem, withEntries } from '../kit/instance.ts';
import { annotationsOf, names } from '../kit/signed-images.ts';

const instance = new Instance();
const signed = ((): Bundle => {
  const made = instance.sign();
  const body = bodiesV1.hashedrekord(made, submittedPem(made), digest('sha256', artifact));
  return withEntries(made, instance.loggedV1('hashedrekord', body));
})();
const attested = ((): Bundle => {
  const made = instance.attest();
  return withEntries(made, instance.loggedV1('dsse', bodiesV1.dsse(made, submittedPem(made))));
})();
const [entry] = signed.logEntries;
const annotations = annotationsOf(signed);

const without = (name: string): Annotations =>
  Object.fromEntries(Object.entries(annotations).filter(([one]) => one !== name));
const altered = (name: string, change: (value: string) => string): Annotations => ({
  ...annotations,
  [name]: change(annotations[name] ?? ''),
});
/** The annotation about the log, with something else in it. */
const logged = (change: (value: { Payload: Record<string, unknown> } & Record<string, unknown>) => void): Annotations =>
  altered(names.logEntry, (text) => {
    const value = JSON.parse(text);
    change(value);
    return JSON.stringify(value);
  });

describe('a signature', () => {
  test('is a bundle of version 0.1: its leaf, its entry with the promise alone, its timestamp', () => {
    expect(bundleOfSignature(annotations)).toEqual({
      mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1',
      version: '0.1',
      signer: signed.signer,
      content: { kind: 'message-signature', messageDigest: undefined, signature: signed.content.signature },
      logEntries: [{ ...entry, integratedTime: BigInt(now.getTime() / 1000), inclusionProof: undefined }],
      timestamps: signed.timestamps,
    });
  });

  test('of a long-lived key has no certificate, and may be in no log', () => {
    const bundle = bundleOfSignature({ [names.signature]: annotations[names.signature] ?? '' });
    expect(bundle).toMatchObject({ signer: { kind: 'public-key', hint: '' }, logEntries: [], timestamps: [] });
  });

  test('brings no chain: what stands there is not even read', () => {
    const bundle = bundleOfSignature({ ...annotations, [names.chain]: 'x', 'somebody.else/annotation': '\u0000' });
    expect(bundle).toEqual(bundleOfSignature(annotations));
  });

  test('is of the first certificate, whatever stands below it', () => {
    const { certificate } = instance.certificateAuthority.root;
    const both = altered(names.certificate, (pem) => pem + encodePem('CERTIFICATE', certificate));
    expect(bundleOfSignature(both).signer).toEqual({ ...signed.signer, others: [certificate] });
  });

  test.each<[string, Annotations, RegExp]>([
    ['no signature', without(names.signature), /messageSignature\.signature is missing/],
    ['a signature that is empty', altered(names.signature, () => ''), /messageSignature\.signature is missing/],
    ['a signature that is no base64', altered(names.signature, () => '!'), /messageSignature\.signature/],
    [
      'a certificate that is none',
      altered(names.certificate, () => 'x'),
      /annotation dev\.sigstore\.cosign\/certificate/,
    ],
    ['an empty certificate', altered(names.certificate, () => ''), /annotation dev\.sigstore\.cosign\/certificate/],
    [
      'a key for a certificate',
      altered(names.certificate, () => encodePem('PUBLIC KEY', generateSigningKey('P-256').publicKey)),
      /expected a PEM block "CERTIFICATE"/,
    ],
    ['an entry that is none', altered(names.logEntry, () => 'x'), /annotation dev\.sigstore\.cosign\/bundle/],
    ['an entry of null', altered(names.logEntry, () => 'null'), /is not an object/],
    ['an entry that is empty', altered(names.logEntry, () => '{}'), /Payload\.body is missing/],
    ['no promise', logged((value) => delete value.SignedEntryTimestamp), /SignedEntryTimestamp is missing/],
    ['no body', logged(({ Payload }) => delete Payload.body), /body is missing/],
    ['a body of no kind', logged(({ Payload }) => (Payload.body = encodeBase64(utf8('{}')))), /kind is missing/],
    ['a body that is no JSON', logged(({ Payload }) => (Payload.body = encodeBase64(utf8('x')))), /Payload\.body/],
    ['no log', logged(({ Payload }) => delete Payload.logID), /logID is missing/],
    ['a log that is no hexadecimal', logged(({ Payload }) => (Payload.logID = 'zz')), /logID/],
    ['an index below nothing', logged(({ Payload }) => (Payload.logIndex = -1)), /logIndex is not/],
    ['an index that is a fraction', logged(({ Payload }) => (Payload.logIndex = 1.5)), /logIndex is not/],
    ['a time that is none', logged(({ Payload }) => (Payload.integratedTime = 'x')), /integratedTime is not/],
    ['a timestamp that is none', altered(names.timestamp, () => 'x'), /annotation dev\.sigstore\.cosign\/rfc3161/],
    ['a timestamp that is empty', altered(names.timestamp, () => '{}'), /SignedRFC3161Timestamp is missing/],
  ])('is refused: %s', (_, given, reason) => {
    expectFailure(() => bundleOfSignature(given), 'BUNDLE_INVALID', reason);
  });
});

describe('an attestation', () => {
  const { content } = attested;
  if (content.kind !== 'dsse-envelope') throw new Error('it is an envelope');
  const { payloadType, payload, signature } = content;
  const sig = encodeBase64(signature);
  const json = { payloadType, payload: encodeBase64(payload), signatures: [{ keyid: '', sig }] };
  const envelope = (changes: object = {}): Uint8Array => utf8(JSON.stringify({ ...json, ...changes }));

  test('is a bundle with its envelope; a timestamp, which would be over the envelope, is left out', () => {
    const bundle = bundleOfAttestation(envelope(), annotationsOf(attested));
    expect(bundle).toMatchObject({ version: '0.1', content, logEntries: [{ kind: 'dsse', version: '0.0.1' }] });
    expect(certificateOf(bundle.signer)).toEqual(certificateOf(attested.signer));
    expect(attested.timestamps).toHaveLength(1);
    expect(bundle.timestamps).toEqual([]);
  });

  test.each<[string, Uint8Array, RegExp]>([
    ['no JSON', utf8('x'), /the envelope/],
    ['a list', utf8('[]'), /dsseEnvelope is not an object/],
    ['null', utf8('null'), /./],
    ['nothing', utf8('{}'), /dsseEnvelope/],
    ['no payload', envelope({ payload: undefined }), /payload is missing/],
    ['two signatures', envelope({ signatures: [{ sig }, { sig }] }), /exactly one signature/],
    ['no signature', envelope({ signatures: [] }), /exactly one signature/],
    ['what is not known', envelope({ more: 1 }), /member "more"/],
  ])('is refused: %s', (_, bytes, reason) => {
    expectFailure(() => bundleOfAttestation(bytes, annotationsOf(attested)), 'BUNDLE_INVALID', reason);
  });
});
