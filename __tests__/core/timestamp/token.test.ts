import { describe, expect, test } from '@jest/globals';
import {
  timestampOids as oids,
  signedAttribute,
  type TokenOverrides,
  timestampResponse,
} from '../../../sandbox/timestamp/index.ts';
import { readCertificate } from '../../../src/core/certificate/index.ts';
import { concatBytes, der, readDer, utf8 } from '../../../src/core/encoding/index.ts';
import { readTimestampResponse } from '../../../src/core/timestamp/index.ts';
import { used } from '../certificate/made.ts';
import { expectFailure } from '../errors/failure.ts';
import { at, edited, elementAt, makeAuthority, respond, sha, stamped } from './made.ts';

const authority = makeAuthority();
const response = respond(authority, { accuracySeconds: 1 });

const replaced = (place: readonly number[], ...elements: readonly Uint8Array[]) =>
  edited(response, place, () => elements);
/** The response with another TSTInfo. Nothing is verified here, so that it need not be signed again. */
const withInfo = (bytes: Uint8Array) => replaced(at.info, der.octetString(bytes));
const tst = readDer(elementAt(response, at.info), (reader) => reader.octetString());

const infoWith = (place: readonly number[], ...elements: readonly Uint8Array[]) =>
  withInfo(edited(tst, place, () => elements));
const infoAt = {
  version: [0],
  policy: [1],
  imprint: [2],
  imprintAlgorithm: [2, 0],
  imprintDigest: [2, 1],
  serial: [3],
  time: [4],
  accuracy: [5],
  name: [6],
} as const;

describe('a token', () => {
  test('says what, when and who', () => {
    const token = readTimestampResponse(response);
    const signer = readCertificate(authority.signer.certificate);
    expect(token).toMatchObject({
      info: tst,
      imprint: { algorithm: 'sha256', bytes: sha('sha256', stamped) },
      time: used,
      nonce: undefined,
      certificates: [],
      signer: {
        identifier: { kind: 'issuer-and-serial', issuer: signer.issuer, serialNumber: signer.serialNumber },
        digestAlgorithm: 'sha256',
        signatureAlgorithm: { kind: 'ecdsa', hash: 'sha256' },
        contentType: oids.timestampInfo,
        messageDigest: sha('sha256', tst),
        certificateDigest: { algorithm: 'sha256', bytes: sha('sha256', authority.signer.certificate) },
      },
    });
    // Signed with the tag of a SET, sent with [0].
    expect(token.signer.signedAttributes[0]).toBe(0x31);
    expect(token.signer.signedAttributes.subarray(1)).toEqual(elementAt(response, at.attributes).subarray(1));
    expect(elementAt(response, at.attributes)[0]).toBe(0xa0);
  });

  test.each<[string, TokenOverrides]>([
    ['no accuracy', { accuracySeconds: undefined }],
    ['no name of the authority', { authorityName: undefined }],
    ['no certificates field', { certificates: undefined }],
    ['no time of signing', { signingTime: undefined }],
  ])('with %s', (_, overrides) => {
    expect(readTimestampResponse(respond(authority, overrides)).time).toEqual(used);
  });

  test('with a negative serial number, as some authorities write it', () => {
    const token = readTimestampResponse(infoWith(infoAt.serial, der.element(2, new Uint8Array([0xff]))));
    expect(token.time).toEqual(used);
  });

  test('with a fraction of a second', () => {
    const genTime = new Date(used.getTime() + 250);
    expect(readTimestampResponse(respond(authority, { genTime })).time).toEqual(genTime);
  });

  test.each(['sha256', 'sha384', 'sha512'] as const)('over an imprint by %s', (imprintHash) => {
    expect(readTimestampResponse(respond(authority, { imprintHash })).imprint).toMatchObject({
      algorithm: imprintHash,
      bytes: sha(imprintHash, stamped),
    });
  });

  test('with a nonce, as its bytes', () => {
    expect(readTimestampResponse(respond(authority, { nonce: new Uint8Array([0, 0x80]) })).nonce).toEqual(
      new Uint8Array([0, 0x80]),
    );
  });

  test('with certificates', () => {
    const certificates = [...authority.chain];
    expect(readTimestampResponse(respond(authority, { certificates })).certificates).toEqual(certificates);
    const many = (count: number) =>
      respond(authority, { certificates: Array.from({ length: count }, () => der.sequence()) });
    expect(readTimestampResponse(many(16)).certificates).toHaveLength(16);
    expectFailure(() => readTimestampResponse(many(17)), 'LIMIT_EXCEEDED', /more than 16 certificates/);
  });

  test('without an ESSCertIDv2', () => {
    expect(
      readTimestampResponse(respond(authority, { signingCertificate: undefined })).signer.certificateDigest,
    ).toBeUndefined();
  });

  test('with ordering, which we do not need', () => {
    const ordered = infoWith(infoAt.accuracy, der.sequence(der.integer(1)), der.boolean(true));
    expect(readTimestampResponse(ordered).time).toEqual(used);
  });

  test('with the parameters of the hash left out', () => {
    const bare = infoWith(infoAt.imprintAlgorithm, der.sequence(der.oid('2.16.840.1.101.3.4.2.1')));
    expect(readTimestampResponse(bare).imprint.algorithm).toBe('sha256');
  });

  test('with revocation lists and unsigned attributes, which nothing covers', () => {
    const crls = edited(response, at.signers, (there) => [der.context(1), there]);
    expect(readTimestampResponse(edited(crls, [1, 1, 0, 5, 0, 5], (there) => [there, der.context(1)])).time).toEqual(
      used,
    );
  });

  test('by the key identifier of its signer', () => {
    const named = edited(
      edited(response, at.signerIdentifier, () => [der.contextPrimitive(0, new Uint8Array([1, 2]))]),
      at.signerVersion,
      () => [der.integer(3)],
    );
    expect(readTimestampResponse(named).signer.identifier).toEqual({
      kind: 'key',
      subjectKeyIdentifier: new Uint8Array([1, 2]),
    });
  });
});

describe('the response', () => {
  test.each([0, 1])('the status %d is granted', (status) => {
    expect(readTimestampResponse(timestampResponse(status, elementAt(response, at.token))).time).toEqual(used);
  });

  test.each([2, 3, 4, 5, 6])('the status %d is not, whatever comes with it', (status) => {
    expectFailure(
      () => readTimestampResponse(timestampResponse(status, elementAt(response, at.token))),
      'TIMESTAMP_INVALID',
      new RegExp(`not granted \\(status ${status}\\)`),
    );
  });

  test('may say more about its status', () => {
    const wordy = replaced(at.status, der.sequence(der.integer(0), der.sequence(der.utf8String('granted'))));
    expect(readTimestampResponse(wordy).time).toEqual(used);
  });

  test.each([
    ['something else', der.sequence(der.integer(0), der.octetString(new Uint8Array(1)))],
    ['the status again', der.sequence(der.integer(0), der.integer(0))],
  ])('and nothing more: %s', (_, status) => {
    expectFailure(
      () => readTimestampResponse(replaced(at.status, status)),
      'TIMESTAMP_INVALID',
      /unexpected data after the end/,
    );
  });

  test('64 KiB are read, more are not', () => {
    const padded = (length: number) =>
      replaced(at.status, der.sequence(der.integer(0), der.sequence(der.utf8String('x'.repeat(length)))));
    const overhead = padded(60_000).length - 60_000;
    expect(readTimestampResponse(padded(65_536 - overhead)).time).toEqual(used);
    expectFailure(
      () => readTimestampResponse(padded(65_537 - overhead)),
      'LIMIT_EXCEEDED',
      /the timestamp has 65537 bytes/,
    );
  });
});

describe('what is not a timestamp', () => {
  const tooMany = /unexpected data after the end/;
  const sha1 = der.sequence(der.oid('1.3.14.3.2.26'), der.null());
  const amended = (amendSignedAttributes: TokenOverrides['amendSignedAttributes']) =>
    respond(authority, { amendSignedAttributes });
  const contentType = signedAttribute(oids.contentType, der.oid(oids.timestampInfo));
  const messageDigest = signedAttribute(oids.messageDigest, der.octetString(new Uint8Array(32)));
  const essOf = (value: Uint8Array) =>
    amended((attributes) => [...attributes.slice(0, -1), signedAttribute(oids.signingCertificateV2, value)]);
  const essId = (...parts: readonly Uint8Array[]) => der.sequence(der.sequence(der.sequence(...parts)));

  test.each<[string, Uint8Array, RegExp]>([
    ['nothing', new Uint8Array(), /found nothing/],
    ['a byte after it', concatBytes(response, new Uint8Array(1)), tooMany],
    ['a third part of the response', edited(response, at.token, (there) => [there, der.null()]), tooMany],
    ['no token', replaced(at.token), /expected tag 0x30, found nothing/],
    [
      'a token that is not signed data',
      replaced(at.contentType, der.oid('1.2.840.113549.1.7.1')),
      /not CMS signed data/,
    ],
    ['a token with two contents', edited(response, at.content, (there) => [there, there]), tooMany],
    ['two signed data', edited(response, at.signedData, (there) => [there, there]), tooMany],
    ['signed data of version 1', respond(authority, { signedDataVersion: 1 }), /CMS version is not 3/],
    ['signed data of version 4', respond(authority, { signedDataVersion: 4 }), /CMS version is not 3/],
    [
      'a content of another type',
      respond(authority, { contentType: '1.2.840.113549.1.7.1' }),
      /signed content is not timestamp information/,
    ],
    [
      'a content of another type, but signed as a timestamp',
      replaced(at.encapsulatedType, der.oid('1.2.840.113549.1.7.1')),
      /signed content is not timestamp information/,
    ],
    [
      'no content',
      edited(response, at.encapsulated, () => [der.sequence(der.oid(oids.timestampInfo))]),
      /expected tag 0xa0, found nothing/,
    ],
    ['two contents', edited(response, at.info, (there) => [there, there]), tooMany],
    ['more behind the content', edited(response, [...at.encapsulated, 1], (there) => [there, der.null()]), tooMany],
    ['a certificate that is no SEQUENCE', replaced(at.certificates, der.context(0, der.null())), /expected tag 0x30/],
    ['no signer', respond(authority, { signerInfos: 0 }), /expected tag 0x30, found nothing/],
    ['two signers', respond(authority, { signerInfos: 2 }), tooMany],
    ['more behind the signers', edited(response, at.signers, (there) => [there, der.null()]), tooMany],

    ['a version of the timestamp other than 1', respond(authority, { version: 2 }), /timestamp version is not 1/],
    ['an imprint by SHA-1', infoWith(infoAt.imprintAlgorithm, sha1), /the hash algorithm 1\.3\.14\.3\.2\.26/],
    [
      'an imprint of 31 bytes',
      respond(authority, { imprint: new Uint8Array(31) }),
      /digest must have \d+ bytes, not 31/,
    ],
    [
      'an imprint by SHA-512 of 32 bytes',
      respond(authority, { imprintHash: 'sha512', imprint: new Uint8Array(32) }),
      /digest must have 64 bytes, not 32/,
    ],
    [
      'a third part of the imprint',
      infoWith(infoAt.imprintDigest, der.octetString(new Uint8Array(32)), der.null()),
      tooMany,
    ],
    [
      'other parameters of the hash',
      infoWith(infoAt.imprintAlgorithm, der.sequence(der.oid('2.16.840.1.101.3.4.2.1'), der.integer(1))),
      tooMany,
    ],
    [
      'a NULL is not empty for parameters',
      infoWith(
        infoAt.imprintAlgorithm,
        der.sequence(der.oid('2.16.840.1.101.3.4.2.1'), der.element(5, new Uint8Array(1))),
      ),
      /NULL is not empty/,
    ],
    ['no policy', infoWith(infoAt.policy), /expected tag 0x6/],
    ['no serial number', infoWith(infoAt.serial), /expected/],
    ['a serial number that is not minimal', infoWith(infoAt.serial, der.element(2, new Uint8Array(2))), /not minimal/],
    ['a UTCTime', infoWith(infoAt.time, der.element(0x17, utf8('261123060500Z'))), /expected tag 0x18, found 0x17/],
    [
      'a time with an offset',
      infoWith(infoAt.time, der.element(0x18, utf8('20261123060500+0000'))),
      /GeneralizedTime does not have/,
    ],
    ['a time that does not exist', infoWith(infoAt.time, der.element(0x18, utf8('20260230060500Z'))), /does not exist/],
    ['an ordering that says FALSE', infoWith(infoAt.accuracy, der.boolean(false)), /a default FALSE is encoded/],
    [
      'extensions',
      withInfo(der.sequence(...partsOf(tst), der.context(1, der.sequence()))),
      /with extensions are not supported/,
    ],
    ['more behind the timestamp', withInfo(der.sequence(...partsOf(tst), der.null())), tooMany],
    ['a byte behind the timestamp', withInfo(concatBytes(tst, new Uint8Array(1))), tooMany],

    ['a signer of version 3, named by issuer', replaced(at.signerVersion, der.integer(3)), /wrong version 3/],
    ['a signer of version 2', replaced(at.signerVersion, der.integer(2)), /wrong version 2/],
    [
      'a signer of version 1, named by key',
      replaced(at.signerIdentifier, der.contextPrimitive(0, new Uint8Array(20))),
      /wrong version 1/,
    ],
    [
      'more behind the name of the signer',
      edited(response, [...at.signerIdentifier, 1], (there) => [there, der.null()]),
      tooMany,
    ],
    ['a digest by SHA-1', replaced(at.digestAlgorithm, sha1), /the hash algorithm 1\.3\.14\.3\.2\.26/],
    ['no signed attributes', amended(undefined), /expected tag 0xa0/],
    ['more behind the signature', edited(response, at.signature, (there) => [there, der.null()]), tooMany],
    [
      'an algorithm of the signature with parameters',
      replaced(at.signatureAlgorithm, der.sequence(der.oid('1.2.840.10045.4.3.2'), der.null())),
      tooMany,
    ],

    ['no attributes in the list', amended(() => []), /1\.2\.840\.113549\.1\.9\.3 is missing/],
    ['no content type', amended((attributes) => attributes.slice(1)), /1\.2\.840\.113549\.1\.9\.3 is missing/],
    ['no message digest', amended((attributes) => attributes.slice(0, 2)), /1\.2\.840\.113549\.1\.9\.4 is missing/],
    ['a content type twice', amended((attributes) => [...attributes, contentType]), /1\.9\.3 occurs twice/],
    ['a message digest twice', amended((attributes) => [...attributes, messageDigest]), /1\.9\.4 occurs twice/],
    [
      'an unknown attribute twice',
      amended((attributes) => [
        ...attributes,
        signedAttribute('1.2.3', der.null()),
        signedAttribute('1.2.3', der.null()),
      ]),
      /1\.2\.3 occurs twice/,
    ],
    [
      'two values of an attribute',
      amended((attributes) =>
        attributes.with(0, signedAttribute(oids.contentType, der.oid(oids.timestampInfo), der.oid('1.2.3'))),
      ),
      tooMany,
    ],
    [
      'no value of an attribute',
      amended((attributes) => [...attributes, signedAttribute('1.2.3')]),
      /expected a tag, found the end/,
    ],
    [
      'a third part of an attribute',
      amended((attributes) => [...attributes, der.sequence(der.oid('1.2.3'), der.set(der.null()), der.null())]),
      tooMany,
    ],
    [
      'a message digest that is no OCTET STRING',
      amended((attributes) => attributes.with(2, signedAttribute(oids.messageDigest, der.null()))),
      /expected tag 0x4/,
    ],
    ['an ESSCertIDv2 by SHA-1', essOf(essId(sha1, der.octetString(new Uint8Array(20)))), /the hash algorithm 1\.3\.14/],
    [
      'an ESSCertIDv2 of 20 bytes',
      essOf(essId(der.octetString(new Uint8Array(20)))),
      /digest must have \d+ bytes, not 20/,
    ],
    ['an ESSCertIDv2 of nothing', essOf(der.sequence(der.sequence())), /expected tag 0x30, found nothing/],
    [
      'more behind an ESSCertIDv2',
      essOf(der.sequence(der.sequence(der.sequence(der.octetString(new Uint8Array(32)))), der.null())),
      tooMany,
    ],
  ])('%s', (_, bytes, reason) => {
    expectFailure(() => readTimestampResponse(bytes), 'TIMESTAMP_INVALID', reason);
    expectFailure(() => readTimestampResponse(bytes), 'TIMESTAMP_INVALID', /^the timestamp: /);
  });
});

function partsOf(sequence: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: 7 }, (_, i) => elementAt(sequence, [i]));
}
