/** Checks that repeated evidence is refused, and that a log or an authority counts once, by its key, however often the trusted root lists it. */

import { describe, expect, test } from '@jest/globals';
import {
  CertificateLog,
  generateSigningKey,
  type LeafRequest,
  TimestampAuthority,
  type TransparencyLog,
} from '../../../sandbox/index.ts';
import { verifierKey, witness } from '../../../sandbox/log/index.ts';
import type { Bundle, LogEntry } from '../../../src/core/bundle/index.ts';
import { writeBundle } from '../../../src/core/bundle/index.ts';
import { digest } from '../../../src/core/crypto/index.ts';
import { concatBytes, DerReader, der, encodeBase64, type JsonObject, utf8 } from '../../../src/core/encoding/index.ts';
import type { ErrorCode } from '../../../src/core/errors/index.ts';
import { readWitnessKey } from '../../../src/core/log/index.ts';
import { checkPolicy, type Policy } from '../../../src/core/policy/index.ts';
import { readTrustedRoot, type TrustedRoot } from '../../../src/core/trust/index.ts';
import { artifactOfBytes, readBundle, verify } from '../../../src/core/verify/index.ts';
import {
  artifact,
  bodiesV1,
  Instance,
  inVersion,
  logEntry,
  now,
  policy,
  sources,
  submittedPem,
  withEntries,
  withProof,
} from '../../kit/instance.ts';
import { expectFailure, expectRejection } from '../errors/failure.ts';
import { expectAbout } from './expect-about.ts';

const instance = new Instance();
const trust = instance.trust();
const start = new Date(now.getTime() - 3_600_000);

interface Case {
  readonly bundle: Bundle;
  readonly trust?: TrustedRoot;
  readonly policy?: Policy;
}

/** Through the text of the bundle, as a stranger gets it. */
const verdict = ({ bundle, trust: root = trust, policy: who = policy }: Case) =>
  verify(readBundle(writeBundle(bundle)), artifactOfBytes(artifact), root, who, now);
const accepted = async (given: Case) =>
  expectAbout(await verdict(given), given.bundle, artifactOfBytes(artifact), given.policy ?? policy);
const refused = (given: Case, code: ErrorCode, reason: RegExp) => expectRejection(() => verdict(given), code, reason);
const asking = (thresholds: Partial<Policy['thresholds']>): Policy => ({
  ...policy,
  thresholds: { ...policy.thresholds, ...thresholds },
});

/** The trusted root of the instance, amended. */
function amended(change: (root: { readonly [Name in string]: JsonObject[] }) => JsonObject): TrustedRoot {
  const json = instance.trustedRoot();
  return readTrustedRoot(JSON.stringify({ ...json, ...change(json as Parameters<typeof change>[0]) }));
}

/** A log as the root lists it, under another id and address. */
function listedAgain(log: JsonObject | undefined, keyId: Uint8Array, baseUrl: string): JsonObject {
  return { ...log, baseUrl, logId: { keyId: encodeBase64(keyId) } };
}

/** The id with another end: the first four bytes are in every checkpoint. */
const otherId = (id: Uint8Array): Uint8Array => concatBytes(id.subarray(0, -1), new Uint8Array([(id.at(-1) ?? 0) ^ 1]));

/** The other signature that holds wherever this one does: (r, n - s). */
function malleated(signature: Uint8Array, order: bigint): Uint8Array {
  const reader = new DerReader(signature).sequence();
  const [r, s] = [reader.unsigned(), reader.unsigned()];
  const integer = (value: bigint) => {
    const hex = value.toString(16);
    return der.unsigned(new Uint8Array(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')));
  };
  return der.sequence(integer(r), integer(order - s));
}
const orders = {
  'P-256': 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  'P-384': 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
};

describe('a timestamp', () => {
  const bundle = instance.sign();
  const [first = new Uint8Array()] = bundle.timestamps;
  const { signature } = bundle.content;
  const { signer } = instance.timestampAuthority;
  const serialNumber = new Uint8Array([1, 2, 3, 4]);
  const stamped = instance.stamped(signature, { serialNumber });
  const twice = (...timestamps: readonly Uint8Array[]): Case => ({ bundle: { ...bundle, timestamps } });
  const reason =
    /^the bundle contains the timestamp of 2026-11-23T12:00:00\.000Z from https:\/\/tsa\.example\.test twice$/;

  test.each<[string, Uint8Array, Uint8Array]>([
    ['to the byte', first, first],
    ['granted with changes', stamped, granted(1, stamped)],
    [
      'with the certificate',
      stamped,
      instance.stamped(signature, { serialNumber, certificates: [signer.certificate] }),
    ],
    [
      'with the other signature that holds',
      stamped,
      instance.stamped(signature, { serialNumber, amendSignature: (bytes) => malleated(bytes, orders['P-384']) }),
    ],
    ['under another serial number', first, instance.stamped(signature)],
    [
      'of the imprint by another hash',
      first,
      instance.stamped(signature, { imprintHash: 'sha512', imprint: digest('sha512', signature).bytes }),
    ],
  ])('twice, %s', async (_, one, other) => {
    for (const timestamps of [
      [one, other],
      [other, one],
      [one, other, one],
    ])
      await refused(twice(...timestamps), 'TIMESTAMP_INVALID', reason);
    await accepted(twice(other));
  });

  test('of another moment by the same authority is another, which counts once with it', async () => {
    const later = instance.stamped(signature, { genTime: new Date(now.getTime() + 1000) });
    await expect(verdict(twice(first, later))).resolves.toMatchObject({ times: { length: 2 } });
    await refused(
      { ...twice(first, later), policy: asking({ timestamps: 2 }) },
      'TIMESTAMP_MISSING',
      /from 1 of 2 required sources/,
    );
  });

  test('of the same moment by another authority is another', async () => {
    const other = new TimestampAuthority({ sources });
    const second = other.timestamp({ imprint: digest('sha256', signature).bytes });
    const root = instance.trust({
      timestampAuthorities: [
        { service: instance.timestampAuthority, url: 'https://one.example.test', start },
        { service: other, url: 'https://two.example.test', start },
      ],
    });
    const both = { ...twice(first, second), trust: root, policy: asking({ timestamps: 2 }) };
    await expect(verdict(both)).resolves.toMatchObject({ times: { length: 2 } });
    await refused(
      { ...twice(first, second, first), trust: root },
      'TIMESTAMP_INVALID',
      /contains the timestamp of .* twice/,
    );
  });

  test('by one key under two certificates counts once, and twice is a repeat', async () => {
    const { key } = signer;
    // Renewed, or listed by somebody who wants it to count twice.
    const renewed = new TimestampAuthority({ sources, signer: { publicKey: key.publicKey } });
    const root = instance.trust({
      timestampAuthorities: [
        { service: instance.timestampAuthority, url: 'https://one.example.test', start },
        { service: renewed, url: 'https://two.example.test', start },
      ],
    });
    const at = (genTime: Date) =>
      renewed.timestamp({ imprint: digest('sha256', signature).bytes, signingKey: key, genTime });
    await accepted({ ...twice(at(now)), trust: root });
    await refused({ ...twice(first, at(now)), trust: root }, 'TIMESTAMP_INVALID', /contains the timestamp of .* twice/);
    const later = { ...twice(first, at(new Date(now.getTime() + 1000))), trust: root };
    await accepted(later);
    await refused({ ...later, policy: asking({ timestamps: 2 }) }, 'TIMESTAMP_MISSING', /from 1 of 2 required sources/);
  });

  test('by an authority that the root lists twice counts once', async () => {
    const later = instance.stamped(signature, { genTime: new Date(now.getTime() + 1000) });
    const root = instance.trust({
      timestampAuthorities: [
        { service: instance.timestampAuthority, url: 'https://one.example.test', start, end: now },
        { service: instance.timestampAuthority, url: 'https://two.example.test', start: now },
      ],
    });
    const both = { ...twice(first, later), trust: root, policy: asking({ timestamps: 2 }) };
    await refused(both, 'TIMESTAMP_MISSING', /from 1 of 2 required sources/);
  });

  test('by the key of a log that says the time as well counts once', async () => {
    const { key } = instance.logV1.signer;
    const authority = new TimestampAuthority({ sources, kind: 'P-256', signer: { publicKey: key.publicKey } });
    const root = instance.trust({
      timestampAuthorities: [{ service: authority, url: 'https://tsa.example.test', start }],
    });
    const entry = instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(bundle, submittedPem(bundle)));
    const timestamps = [authority.timestamp({ imprint: digest('sha256', signature).bytes, signingKey: key })];
    const both = { bundle: { ...withEntries(bundle, entry), timestamps }, trust: root };
    await expect(verdict(both)).resolves.toMatchObject({ times: { length: 2 } });
    await refused({ ...both, policy: asking({ timestamps: 2 }) }, 'TIMESTAMP_MISSING', /from 1 of 2 required sources/);
  });

  /** A TimeStampResp with another status. */
  function granted(status: number, response: Uint8Array): Uint8Array {
    const parts = new DerReader(response).sequence();
    parts.any();
    return der.sequence(der.sequence(der.integer(status)), parts.any().der);
  }
});

describe('a log entry', () => {
  const bundle = instance.sign();
  const [entry] = bundle.logEntries;
  if (entry === undefined) throw new Error('the bundle has an entry');
  const pem = submittedPem(bundle);
  const v1 = (text = pem, changes: Parameters<Instance['loggedV1']>[2] = {}) =>
    instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(bundle, text), changes);
  const inV1 = v1();
  const reason = /^the bundle contains the log entry \d+ twice$/;

  test.each<[string, readonly LogEntry[]]>([
    ['to the byte', [entry, entry]],
    ['of Rekor v1, to the byte', [inV1, inV1]],
    ['beside one of another log', [entry, inV1, entry]],
    ['proven in a later tree', [entry, { ...entry, inclusionProof: proofOf(instance.log, entry) }]],
    ['taken in again, at another index', [inV1, v1()]],
    ['under another index, which nothing proves', [{ ...inV1, signedEntryTimestamp: undefined }, unproven(inV1, 7n)]],
    ['with its promise and without', [inV1, { ...inV1, signedEntryTimestamp: undefined }]],
    ['with another time, which nothing proves', [entry, { ...entry, integratedTime: 5n }]],
    ['at the index of another', [v1(pem, { logIndex: 4711 }), v1(pem.trimEnd(), { logIndex: 4711 })]],
  ])('twice, %s', async (_, entries) => {
    await refused({ bundle: withEntries(bundle, ...entries) }, 'LOG_ENTRY_INVALID', reason);
    await refused({ bundle: withEntries(bundle, ...[...entries].reverse()) }, 'LOG_ENTRY_INVALID', reason);
    const [one, other] = entries;
    for (const alone of [one, other])
      await expect(verdict({ bundle: withEntries(bundle, ...(alone ? [alone] : [])) })).resolves.toMatchObject({
        logEntries: { length: 1 },
      });
  });

  test('twice with the promise alone, as version 0.1 had it', async () => {
    const promised = { ...inV1, inclusionProof: undefined };
    const once = inVersion(withEntries(bundle, promised), '0.1');
    await accepted({ bundle: once });
    await refused({ bundle: withEntries(once, promised, inV1) }, 'LOG_ENTRY_INVALID', reason);
  });

  test('where no entry is asked for', async () => {
    const none = asking({ logEntries: 0 });
    await refused({ bundle: withEntries(bundle, entry, entry), policy: none }, 'LOG_ENTRY_INVALID', reason);
  });

  test('of a log that the root lists under two ids is a repeat, and counts once', async () => {
    const id = otherId(entry.logKeyId);
    const root = amended(({ tlogs = [] }) => ({
      tlogs: [...tlogs, listedAgain(tlogs[0], id, 'https://log.example.test/again')],
    }));
    const again = { ...entry, logKeyId: id };
    await accepted({ bundle: withEntries(bundle, again), trust: root });
    await refused({ bundle: withEntries(bundle, entry, again), trust: root }, 'LOG_ENTRY_INVALID', reason);
    const two = { bundle: withEntries(bundle, entry, again), trust: root, policy: asking({ logEntries: 2 }) };
    await refused(two, 'LOG_ENTRY_MISSING', /from 1 of 2 required transparency logs/);
  });

  test('two of one log whose texts differ count once', async () => {
    const both = withEntries(bundle, inV1, v1(pem.trimEnd()));
    await expect(verdict({ bundle: both })).resolves.toMatchObject({ logEntries: { length: 2 } });
    await refused({ bundle: both, policy: asking({ logEntries: 2 }) }, 'LOG_ENTRY_MISSING', /from 1 of 2 required/);
    // One key with two names, as two shards of one operator would have it.
    const id = otherId(inV1.logKeyId);
    const root = amended(({ tlogs = [] }) => ({
      tlogs: [...tlogs, listedAgain(tlogs[1], id, 'https://rekor.example.test/2')],
    }));
    const other = { ...v1(pem.trimEnd()), logKeyId: id, signedEntryTimestamp: undefined };
    const shards = { bundle: withEntries(bundle, inV1, other), trust: root };
    await expect(verdict(shards)).resolves.toMatchObject({ logEntries: { length: 2 } });
    await refused({ ...shards, policy: asking({ logEntries: 2 }) }, 'LOG_ENTRY_MISSING', /from 1 of 2 required/);
  });

  test('in two logs is no repeat', async () => {
    const both = { bundle: withEntries(bundle, entry, inV1), policy: asking({ logEntries: 2 }) };
    await expect(verdict(both)).resolves.toMatchObject({ logEntries: { length: 2 } });
  });

  /** The proof of an entry in the tree as it has grown since. */
  function proofOf(log: TransparencyLog, { logIndex }: LogEntry): LogEntry['inclusionProof'] {
    log.append(utf8('a later entry'));
    return logEntry({ ...log.entry(Number(logIndex)), kindVersion: { kind: 'hashedrekord', version: '0.0.2' } })
      .inclusionProof;
  }

  function unproven(one: LogEntry, logIndex: bigint): LogEntry {
    return { ...one, signedEntryTimestamp: undefined, logIndex };
  }
});

describe('a timestamp of a certificate transparency log', () => {
  const { certificateLog } = instance;
  const scts = (make: NonNullable<LeafRequest['signedCertificateTimestamps']>): Bundle =>
    instance.sign({ leaf: { signedCertificateTimestamps: make } });
  const reason = /^the certificate has two signed certificate timestamps of the log /;

  test.each<[string, Bundle]>([
    [
      'to the byte',
      scts((precertificate) => {
        const sct = certificateLog.submit(precertificate);
        return [sct, sct];
      }),
    ],
    [
      'with the other signature that holds',
      scts((precertificate) => {
        const sct = certificateLog.submit(precertificate);
        // Version, log id and time, the extensions, the algorithms, and the length of the signature.
        const extensionsEnd = 43 + (sct[41] ?? 0) * 256 + (sct[42] ?? 0);
        const signature = malleated(sct.subarray(extensionsEnd + 4), orders['P-256']);
        const head = sct.subarray(0, extensionsEnd + 2);
        return [sct, concatBytes(head, new Uint8Array([0, signature.length]), signature)];
      }),
    ],
    [
      'taken in again',
      scts((precertificate) => [certificateLog.submit(precertificate), certificateLog.submit(precertificate)]),
    ],
    [
      'of another moment',
      scts((precertificate) => [
        certificateLog.submit(precertificate),
        certificateLog.submit(precertificate, { timestamp: new Date(now.getTime() - 1000) }),
      ]),
    ],
  ])('twice, %s', async (_, bundle) => {
    await refused({ bundle }, 'SCT_INVALID', reason);
    const strict = asking({ signedCertificateTimestamps: 2 });
    await refused({ bundle, policy: strict }, 'SCT_MISSING', /from 1 of 2 required certificate transparency logs/);
  });

  test('twice, of a log that is not trusted', async () => {
    const stranger = new CertificateLog(sources.clock);
    const bundle = scts((precertificate) => [
      stranger.submit(precertificate),
      certificateLog.submit(precertificate),
      stranger.submit(precertificate),
    ]);
    await refused({ bundle }, 'SCT_INVALID', reason);
  });

  test('of a log that the root lists under two ids is a repeat, and counts once: no SCT signs the id', async () => {
    const id = new Uint8Array(32).fill(7);
    const root = amended(({ ctlogs = [] }) => ({
      ctlogs: [...ctlogs, listedAgain(ctlogs[0], id, 'https://ct-2.example.test')],
    }));
    const bundle = scts((precertificate) => {
      const sct = certificateLog.submit(precertificate);
      return [sct, concatBytes(sct.subarray(0, 1), id, sct.subarray(33))];
    });
    await refused({ bundle, trust: root }, 'SCT_INVALID', reason);
    const strict = asking({ signedCertificateTimestamps: 2 });
    await refused({ bundle, trust: root, policy: strict }, 'SCT_MISSING', /from 1 of 2 required/);
    const alone = scts((precertificate) => [certificateLog.submit(precertificate, { logId: id })]);
    await accepted({ bundle: alone, trust: root });
  });

  test('of two logs at the same moment is no repeat', async () => {
    const second = new CertificateLog(sources.clock);
    const root = instance.trust({
      certificateLogs: [
        { service: certificateLog, url: 'https://one.example.test', start },
        { service: second, url: 'https://two.example.test', start },
      ],
    });
    const bundle = scts((precertificate) => [certificateLog.submit(precertificate), second.submit(precertificate)]);
    const strict = asking({ signedCertificateTimestamps: 2 });
    await accepted({ bundle, trust: root, policy: strict });
  });
});

describe('a timestamp of a certificate transparency log from the future', () => {
  const at = (milliseconds: number): Bundle =>
    instance.sign({
      leaf: {
        signedCertificateTimestamps: (precertificate) => [
          instance.certificateLog.submit(precertificate, { timestamp: new Date(now.getTime() + milliseconds) }),
        ],
      },
    });

  test('is refused, beyond what clocks differ by', async () => {
    for (const milliseconds of [60_001, 3_600_000, 4 * 365 * 86_400_000])
      await refused({ bundle: at(milliseconds) }, 'SCT_INVALID', /ct\.example\.test is in the future/);
    await accepted({ bundle: at(60_000) });
  });

  test('where no timestamp is asked for too', async () => {
    const none = asking({ signedCertificateTimestamps: 0 });
    await refused({ bundle: at(60_001), policy: none }, 'SCT_INVALID', /in the future/);
  });
});

describe('a witness', () => {
  const key = generateSigningKey('Ed25519');
  const named = (name: string, by = key) => witness(name, by, () => now);
  const [one, alias, two] = [named('one.test'), named('alias.test'), named('two.test', generateSigningKey('Ed25519'))];
  const asked = (threshold: number, ...signers: readonly (typeof one)[]): Policy => ({
    ...policy,
    witnesses: { keys: signers.map((signer) => readWitnessKey(verifierKey(signer))), threshold },
  });
  const seenBy = (...signers: readonly (typeof one)[]): Bundle =>
    withProof(instance.sign(), ({ treeSize }) => ({
      checkpoint: instance.log.checkpoint({ size: Number(treeSize), signers: [instance.log.signer, ...signers] }),
    }));

  test('counts once, under however many names its key is given', async () => {
    const bundle = seenBy(one, alias);
    await refused({ bundle, policy: asked(2, one, alias, two) }, 'WITNESS_MISSING', /from 1 of 2 required witnesses/);
    await accepted({ bundle: seenBy(one, alias, two), policy: asked(2, one, alias, two) });
  });

  test('is one in the policy as well', () => {
    const more = /^the policy requires 2 witnesses but has keys for only 1$/;
    expectFailure(() => checkPolicy(asked(2, one, alias)), 'POLICY_INVALID', more);
    // Alias has the key of the first and the name of the last.
    const last = named('alias.test', two.key);
    expectFailure(() => checkPolicy(asked(2, one, last, alias)), 'POLICY_INVALID', more);
    expectFailure(() => checkPolicy(asked(2, one, alias, last)), 'POLICY_INVALID', more);
    expect(checkPolicy(asked(2, one, two))).toBeUndefined();
  });

  test('that is no key is refused as such', () => {
    const untyped = { ...policy, witnesses: { keys: [{ name: 'one.test' }], threshold: 0 } } as unknown as Policy;
    expectFailure(
      () => checkPolicy(untyped),
      'POLICY_INVALID',
      /^the publicKey of an entry of policy.witnesses.keys is not an object$/,
    );
  });
});
