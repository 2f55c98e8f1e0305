import { describe, expect, test } from '@jest/globals';
import { CertificateLog, encodeSctList, type SctOverrides } from '../../../sandbox/certificate-log/index.ts';
import {
  encodeTbsCertificate,
  generateSigningKey,
  hashOf,
  type ProfileOverrides,
  signCertificate,
} from '../../../sandbox/pki/index.ts';
import { readBundle } from '../../../src/core/bundle/index.ts';
import {
  type Certificate,
  oids,
  readCertificate,
  readSignedCertificateTimestamps,
  type SignedCertificateTimestamp,
  verifySignedCertificateTimestamp,
} from '../../../src/core/certificate/index.ts';
import { readPublicKey } from '../../../src/core/crypto/index.ts';
import { concatBytes, decodeHex, der, uintBytes } from '../../../src/core/encoding/index.ts';
import { readTrustedRoot } from '../../../src/core/trust/index.ts';
import { type LeafKey, rsaKey } from '../../kit/keys.ts';
import { certificateOf, fixture } from '../bundle/vectors.ts';
import { expectFailure } from '../errors/failure.ts';
import { extension, leafProfile, makeAuthorities, makeLeaf, sctExtension, sources, used } from './made.ts';

const { intermediate, root, chain } = makeAuthorities();
const [issuer] = chain;
if (issuer === undefined) throw new Error('the chain has an issuer');
const log = new CertificateLog(sources.clock);
const logKey = readPublicKey(log.key.publicKey);

/** A leaf with one timestamp of the log, over the leaf without it. */
function logged(changes: ProfileOverrides = {}, overrides: SctOverrides = {}): Certificate {
  const profile = leafProfile(intermediate, changes);
  const sct = log.submit(
    { tbsCertificate: encodeTbsCertificate(profile), issuerKeyHash: hashOf('sha256', intermediate.key.publicKey) },
    overrides,
  );
  return readCertificate(signCertificate(profile, [sctExtension(encodeSctList([sct]))]));
}

function onlyOf(certificate: Certificate): SignedCertificateTimestamp {
  const [sct, ...others] = readSignedCertificateTimestamps(certificate);
  if (sct === undefined || others.length > 0) throw new Error('the certificate has one timestamp');
  return sct;
}

const verifies = (certificate: Certificate, changes: Partial<SignedCertificateTimestamp> = {}) =>
  verifySignedCertificateTimestamp({ ...onlyOf(certificate), ...changes }, certificate, issuer, logKey);

describe('verifying', () => {
  test('the timestamp that the log signed', async () => {
    const leaf = logged();
    expect(onlyOf(leaf)).toMatchObject({
      algorithm: 'ecdsa',
      logId: log.logId,
      timestamp: used,
      milliseconds: BigInt(used.getTime()),
    });
    expect(await verifies(leaf)).toBe(true);
  });

  test('with extensions, which are signed too', async () => {
    const extensions = decodeHex('0000050000000070');
    const leaf = logged({}, { extensions });
    expect(onlyOf(leaf).extensions).toEqual(extensions);
    expect(await verifies(leaf)).toBe(true);
    expect(await verifies(leaf, { extensions: extensions.with(7, 0x71) })).toBe(false);
    expect(await verifies(leaf, { extensions: new Uint8Array() })).toBe(false);
  });

  test('another time, another signature', async () => {
    const leaf = logged();
    expect(await verifies(leaf, { milliseconds: BigInt(used.getTime()) + 1n })).toBe(false);
    const { signature } = onlyOf(leaf);
    expect(await verifies(leaf, { signature: signature.with(20, (signature[20] ?? 0) ^ 1) })).toBe(false);
    expect(await verifies(leaf, { signature: new Uint8Array() })).toBe(false);
  });

  test('under the key of another log', async () => {
    const leaf = logged();
    const other = readPublicKey(generateSigningKey('P-256').publicKey);
    expect(await verifySignedCertificateTimestamp(onlyOf(leaf), leaf, issuer, other)).toBe(false);
    expect(await verifies(logged({}, { signingKey: generateSigningKey('P-256') }))).toBe(false);
  });

  test('under another issuer, even one that is in the chain', async () => {
    const leaf = logged();
    expect(await verifySignedCertificateTimestamp(onlyOf(leaf), leaf, readCertificate(root.certificate), logKey)).toBe(
      false,
    );
    expect(await verifySignedCertificateTimestamp(onlyOf(leaf), leaf, leaf, logKey)).toBe(false);
  });

  test('of another certificate', async () => {
    expect(await verifySignedCertificateTimestamp(onlyOf(logged()), logged(), issuer, logKey)).toBe(false);
  });

  test('a log with an Ed25519 key, which RFC 6962 does not have, never: the timestamp says ECDSA', async () => {
    const signingKey = generateSigningKey('Ed25519');
    const leaf = logged({}, { signingKey });
    expect(
      await verifySignedCertificateTimestamp(onlyOf(leaf), leaf, issuer, readPublicKey(signingKey.publicKey)),
    ).toBe(false);
  });

  test('a log with an RSA key, by PKCS #1 v1.5 alone, and only where the timestamp says RSA', async () => {
    const algorithm = 44;
    const rsa = (key: LeafKey) => {
      const profile = leafProfile(intermediate, {});
      const unsigned = {
        tbsCertificate: encodeTbsCertificate(profile),
        issuerKeyHash: hashOf('sha256', intermediate.key.publicKey),
      };
      const signingKey = { ...log.key, sign: (message: Uint8Array) => key.sign(message, 'sha256') };
      const sct = log.submit(unsigned, { signingKey, extensions: new Uint8Array() }).with(algorithm, 1);
      return readCertificate(signCertificate(profile, [sctExtension(encodeSctList([sct]))]));
    };
    const under = (leaf: Certificate, key: LeafKey, changes: Partial<SignedCertificateTimestamp> = {}) =>
      verifySignedCertificateTimestamp({ ...onlyOf(leaf), ...changes }, leaf, issuer, readPublicKey(key.publicKey));
    const key = rsaKey(2048);
    const leaf = rsa(key);
    expect(onlyOf(leaf).algorithm).toBe('rsa');
    expect(await under(leaf, key)).toBe(true);
    expect(await under(leaf, key, { algorithm: 'ecdsa' })).toBe(false);
    expect(await under(leaf, rsaKey(2048))).toBe(false);
    expect(await under(leaf, log.key)).toBe(false);
    const pss = rsaKey(2048, 'pss');
    expect(await under(rsa(pss), pss)).toBe(false);
    expect(await verifies(logged(), { algorithm: 'rsa' })).toBe(false);
  });

  test('wherever the list stands among the extensions', async () => {
    const others = [extension('1.2.3', der.null()), extension('1.2.4', der.octetString(new Uint8Array(300)), true)];
    const profile = leafProfile(intermediate, { additionalExtensions: others });
    const sct = log.submit({
      tbsCertificate: encodeTbsCertificate(profile),
      issuerKeyHash: hashOf('sha256', intermediate.key.publicKey),
    });
    const list = sctExtension(encodeSctList([sct]));
    for (let at = 0; at <= others.length; at++) {
      expect(
        await verifies(
          readCertificate(signCertificate({ ...profile, additionalExtensions: others.toSpliced(at, 0, list) })),
        ),
      ).toBe(true);
    }
  });

  test('an extension that no log has seen is noticed', async () => {
    const profile = leafProfile(intermediate);
    const sct = log.submit({
      tbsCertificate: encodeTbsCertificate(profile),
      issuerKeyHash: hashOf('sha256', intermediate.key.publicKey),
    });
    const list = sctExtension(encodeSctList([sct]));
    expect(await verifies(readCertificate(signCertificate(profile, [list])))).toBe(true);
    expect(await verifies(readCertificate(signCertificate(profile, [list, extension('1.2.3', der.null())])))).toBe(
      false,
    );
  });

  test('a certificate with no other extension', async () => {
    const leaf = logged({
      keyUsage: undefined,
      extendedKeyUsage: undefined,
      subjectKeyIdentifier: undefined,
      authorityKeyIdentifier: undefined,
      subjectAlternativeNames: undefined,
    });
    expect([...leaf.extensions.keys()]).toEqual([oids.signedCertificateTimestamps]);
    expect(await verifies(leaf)).toBe(true);
  });
});

describe('real timestamps', () => {
  test.each(['rekor2-happy-path', 'rekor2-checkpoint-cosigned'])('of %s', async (name) => {
    const { certificateAuthorities, certificateTransparencyLogs } = readTrustedRoot(
      fixture(`vectors/${name}.root.json`),
    );
    const leaf = readCertificate(certificateOf(readBundle(fixture(`vectors/${name}.json`))));
    const sct = onlyOf(leaf);
    const key = certificateTransparencyLogs.find(({ keyId }) => Buffer.from(keyId).equals(sct.logId))?.publicKey;
    const realIssuer = certificateAuthorities
      .flatMap(({ chain }) => chain)
      .find(({ subject }) => Buffer.from(subject).equals(leaf.issuer));
    if (key === undefined || realIssuer === undefined) throw new Error('the vector has its log and its authority');
    expect(await verifySignedCertificateTimestamp(sct, leaf, realIssuer, key)).toBe(true);
    expect(await verifySignedCertificateTimestamp(sct, leaf, issuer, key)).toBe(false);
  });

  test('of a static log, with the index of the leaf as an extension', async () => {
    const leaf = readCertificate(certificateOf(readBundle(fixture('vectors/bundle-with-sct-with-extensions.json'))));
    const { certificateAuthorities, certificateTransparencyLogs } = readTrustedRoot(
      fixture('vectors/bundle-with-sct-with-extensions.root.json'),
    );
    const [key] = certificateTransparencyLogs;
    const realIssuer = certificateAuthorities[0]?.chain[0];
    const sct = onlyOf(leaf);
    if (key === undefined || realIssuer === undefined) throw new Error('the vector has its log and its authority');
    expect(sct.extensions).toEqual(decodeHex('0000050000000070'));
    expect(sct.logId).toEqual(key.keyId);
    expect(await verifySignedCertificateTimestamp(sct, leaf, realIssuer, key.publicKey)).toBe(true);
    expect(
      await verifySignedCertificateTimestamp({ ...sct, extensions: new Uint8Array() }, leaf, realIssuer, key.publicKey),
    ).toBe(false);
  });
});

describe('reading', () => {
  const sct = log.submit(
    { tbsCertificate: new Uint8Array(), issuerKeyHash: new Uint8Array(32) },
    { extensions: new Uint8Array() },
  );
  const read = (value: Uint8Array) =>
    readSignedCertificateTimestamps(
      readCertificate(
        makeLeaf(intermediate, { additionalExtensions: [extension(oids.signedCertificateTimestamps, value)] }),
      ),
    );
  const list = (bytes: Uint8Array) => read(der.octetString(bytes));
  const one = (bytes: Uint8Array) => list(encodeSctList([bytes]));

  test('a certificate without the extension has none', () => {
    expect(readSignedCertificateTimestamps(readCertificate(makeLeaf(intermediate)))).toEqual([]);
  });

  test('several, in their order', () => {
    const second = new CertificateLog(sources.clock);
    const other = second.submit({ tbsCertificate: new Uint8Array(), issuerKeyHash: new Uint8Array(32) });
    expect(list(encodeSctList([sct, other, sct])).map(({ logId }) => logId)).toEqual([
      log.logId,
      second.logId,
      log.logId,
    ]);
  });

  test('32 are read, 33 are not', () => {
    const many = (count: number) => encodeSctList(Array.from({ length: count }, () => sct));
    expect(list(many(32))).toHaveLength(32);
    expectFailure(() => list(many(33)), 'LIMIT_EXCEEDED', /more than 32/);
  });

  // version 1, log id 32, time 8, length of the extensions 2, hash 1, signature algorithm 1, length of the signature 2
  const at = { version: 0, time: 33, extensions: 41, hash: 43, algorithm: 44, signature: 45 } as const;
  const amended = (index: number, ...bytes: readonly number[]) => {
    const copy = sct.slice();
    copy.set(bytes, index);
    return copy;
  };
  const signatureLength = sct.length - 47;

  test.each([
    ['another version', () => one(amended(at.version, 1)), /version 1 of signed/],
    ['another hash', () => one(amended(at.hash, 2)), /algorithm 2\/3/],
    ['DSA', () => one(amended(at.algorithm, 2)), /algorithm 4\/2/],
    ['no signature algorithm', () => one(amended(at.algorithm, 0)), /algorithm 4\/0/],
    ['an algorithm that every object has', () => one(amended(at.algorithm, 255)), /algorithm 4\/255/],
    ['a time that no date has', () => one(amended(at.time, 0xff)), /out of range/],
    [
      'extensions longer than announced',
      () => one(concatBytes(sct.subarray(0, 43), new Uint8Array(1), sct.subarray(43))),
      /algorithm 0\/4/,
    ],
    ['extensions beyond the end', () => one(amended(at.extensions, 0xff, 0xff)), /unexpected end of data/],
    [
      'a signature beyond the end',
      () => one(amended(at.signature, ...uintBytes(signatureLength + 1, 2))),
      /unexpected end of data/,
    ],
    [
      'a signature that ends before',
      () => one(amended(at.signature, ...uintBytes(signatureLength - 1, 2))),
      /unexpected data after the end/,
    ],
    ['a byte after it', () => one(concatBytes(sct, new Uint8Array(1))), /unexpected data after the end/],
    ['an empty timestamp', () => one(new Uint8Array()), /unexpected end of data/],
    ['the version alone', () => one(sct.subarray(0, 1)), /unexpected end of data/],
    ['no time', () => one(sct.subarray(0, 33)), /unexpected end of data/],
    ['half of a time', () => one(sct.subarray(0, 37)), /unexpected end of data/],
    ['no extensions', () => one(sct.subarray(0, 41)), /unexpected end of data/],
    ['no algorithm', () => one(sct.subarray(0, 43)), /unexpected end of data/],
    ['no signature', () => one(sct.subarray(0, 45)), /unexpected end of data/],
    [
      'a list beyond the end',
      () => list(concatBytes(uintBytes(sct.length + 3, 2), uintBytes(sct.length, 2), sct)),
      /unexpected end of data/,
    ],
    [
      'a list that ends before',
      () => list(concatBytes(uintBytes(sct.length, 2), uintBytes(sct.length, 2), sct)),
      /unexpected data after the end/,
    ],
    [
      'a timestamp beyond the end of the list',
      () => list(concatBytes(uintBytes(sct.length + 2, 2), uintBytes(sct.length + 1, 2), sct)),
      /unexpected end of data/,
    ],
    ['half of a length', () => list(concatBytes(uintBytes(1, 2), new Uint8Array(1))), /unexpected end of data/],
    [
      'a byte after the list',
      () => list(concatBytes(encodeSctList([sct]), new Uint8Array(1))),
      /unexpected data after the end/,
    ],
    ['no length of the list', () => list(new Uint8Array()), /unexpected end of data/],
    ['a list without its OCTET STRING', () => read(encodeSctList([sct])), /expected tag 0x4/],
    [
      'a byte after the OCTET STRING',
      () => read(concatBytes(der.octetString(encodeSctList([sct])), new Uint8Array(1))),
      /unexpected data after the end/,
    ],
  ])('%s is refused', (_, action, reason) => {
    expectFailure(action, 'SCT_INVALID', reason);
    expectFailure(action, 'SCT_INVALID', /^the list of signed certificate timestamps: /);
  });

  test('the last moment that a date has is read', () => {
    const last = concatBytes(
      sct.subarray(0, at.time),
      uintBytes(8_640_000_000_000_000n, 8),
      sct.subarray(at.extensions),
    );
    expect(one(last).map(({ timestamp }) => timestamp.getTime())).toEqual([8_640_000_000_000_000]);
    const next = concatBytes(
      sct.subarray(0, at.time),
      uintBytes(8_640_000_000_000_001n, 8),
      sct.subarray(at.extensions),
    );
    expectFailure(() => one(next), 'SCT_INVALID', /out of range/);
  });
});
