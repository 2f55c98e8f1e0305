/** Proofs of broken promises. */

import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import {
  CertificateAuthority,
  CertificateLog,
  generateSigningKey,
  jobIdentity,
  LogStore,
  type SctOverrides,
  trustedRoot,
} from '../../../sandbox/index.ts';
import { promisedLeaf, readCertificate, readSignedCertificateTimestamps } from '../../../src/core/certificate/index.ts';
import { readPublicKey } from '../../../src/core/crypto/index.ts';
import { canonicalJson, encodeBase64, encodeHex, utf8 } from '../../../src/core/encoding/index.ts';
import { leafHash } from '../../../src/core/log/index.ts';
import { readTrustedRoot } from '../../../src/core/trust/index.ts';
import {
  brokenPromise,
  checkEvidence,
  type EntryPromise,
  promisedIndex,
  shardOffset,
  verifyProof,
  writeEvidence,
} from '../../../src/monitor/evidence/index.ts';
import type { MonitoredLog } from '../../../src/monitor/log/index.ts';
import { verifyHead } from '../../../src/monitor/readers/index.ts';
import { expectRejection } from '../../core/errors/failure.ts';
import { claims } from '../../kit/instance.ts';
import { Branch, FakeLog } from '../kit/fake-log.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const day = 24 * 60 * 60 * 1000;
const submitted = new Date('2026-11-23T12:00:00Z');

describe('the promise of a certificate log', () => {
  let now = submitted;
  const log = new CertificateLog(() => now, { origin: 'ct.example' });
  const authority = new CertificateAuthority({
    sources: { clock: () => now, random: (length) => new Uint8Array(randomBytes(length)) },
    log,
  });
  const issue = () => authority.issue({ publicKey: generateSigningKey('P-256').publicKey, ...jobIdentity(claims) });
  const [certificate, otherCertificate] = [issue(), issue()];
  const [issuer = new Uint8Array()] = authority.chain;
  const monitored: MonitoredLog = {
    protocol: 'static-ct',
    baseUrl: 'https://ct.example',
    publicKey: readPublicKey(new Uint8Array(log.key.publicKey)),
    keyId: new Uint8Array(log.logId),
    names: ['ct.example'],
    validFor: { start: submitted, end: undefined },
  };

  function leafOf(der: Uint8Array): Uint8Array {
    const parsed = readCertificate(new Uint8Array(der));
    const [timestamp] = readSignedCertificateTimestamps(parsed);
    if (timestamp === undefined) throw new Error('the certificate has a timestamp');
    return promisedLeaf(timestamp, parsed, readCertificate(new Uint8Array(issuer)));
  }

  /** A log of the same key that has the other certificate first. */
  const lying = log.showing(new LogStore());
  const [promised, other] = [leafOf(certificate), leafOf(otherCertificate)];
  for (const bytes of [other, promised]) lying.store.append({ bytes, leafHash: leafHash(bytes), time: submitted });

  async function proofAt(
    time: number,
    changes: { readonly index?: number; readonly certificate?: Uint8Array; readonly issuer?: Uint8Array } = {},
  ) {
    now = new Date(submitted.getTime() + time);
    const head = await verifyHead(monitored, lying.checkpoint());
    now = submitted;
    const { index = 0 } = changes;
    return {
      kind: 'promise',
      promise: {
        kind: 'signed-certificate-timestamp',
        certificate: new Uint8Array(certificate),
        issuer: new Uint8Array(issuer),
        ...changes,
      },
      index,
      bytes: index === 0 ? other : promised,
      proof: [leafHash(index === 0 ? promised : other)],
      head,
    } as const;
  }

  test('is about the leaf that an honest log has', () => {
    expect(leafHash(promised)).toEqual(new Uint8Array(log.store.leafHash(0)));
    expect(leafHash(other)).toEqual(new Uint8Array(log.store.leafHash(1)));
  });

  test('is proven to be broken a day later', async () => {
    expect(await verifyProof(await proofAt(day), monitored)).toMatch(/has another entry there/);
  });

  test('is proven offline by the evidence file', async () => {
    const proof = await proofAt(day);
    const finding = brokenPromise(monitored, 'ct.example', { index: 0, leafHash: leafHash(promised) }, 'broken', proof);
    if (finding.proof === undefined) throw new Error('the finding has a proof');
    const context = { log: monitored, keySource: 'a test', fetched: [], now, tool: 'countersign test' };
    const path = await writeEvidence(await temporaryFolder(), finding, context, { files, random: randomBytes });
    const trust = readTrustedRoot(
      JSON.stringify(trustedRoot({ certificateLogs: [{ service: log, url: 'https://ct.example', start: submitted }] })),
    );
    expect(await checkEvidence(new Uint8Array(await files.readFile(path)), trust)).toMatchObject({
      verdict: 'proven',
      code: 'PROMISE_BROKEN',
    });
  });

  test('is not proven to be broken before the log had to keep it', async () => {
    const proof = await proofAt(day - 1);
    await expectRejection(
      () => verifyProof(proof, monitored),
      'SCT_INVALID',
      /before the log had to include the certificate/,
    );
  });

  test('is not proven to be broken by', async () => {
    const proof = await proofAt(day);
    const refused = (changes: object, code: Parameters<typeof expectRejection>[1], reason: RegExp) =>
      expectRejection(() => verifyProof({ ...proof, ...changes }, monitored), code, reason);
    await refused({ bytes: promised }, 'LOG_ENTRY_MISMATCH', /the entry is the promised one/);
    await refused(
      { index: 1, bytes: promised, proof: [leafHash(other)] },
      'LOG_ENTRY_MISMATCH',
      /is for index 0, and the entry is at index 1/,
    );
    await refused({ proof: [leafHash(other)] }, 'INCLUSION_PROOF_INVALID', /does not match the checkpoint/);
    await refused({ bytes: utf8('nothing') }, 'INCLUSION_PROOF_INVALID', /does not match the checkpoint/);
    const self = { ...proof.promise, issuer: new Uint8Array(certificate) };
    await refused({ promise: self }, 'SCT_INVALID', /timestamp of the log is invalid/);
    await expectRejection(
      () => verifyProof(proof, { ...monitored, keyId: new Uint8Array(32) }),
      'SCT_MISSING',
      /has no timestamp of the log/,
    );
  });

  test('is not proven to be broken by a head without a time, or with a second note', async () => {
    const proof = await proofAt(day);
    const untimed = { ...proof, head: { ...proof.head, time: undefined } };
    await expectRejection(() => verifyProof(untimed, monitored), 'SCT_INVALID', /before the log had to include/);
    const finding = brokenPromise(monitored, 'ct.example', { index: 0, leafHash: leafHash(promised) }, 'broken', proof);
    if (finding.proof === undefined) throw new Error('the finding has a proof');
    const context = { log: monitored, keySource: 'a test', fetched: [], now, tool: 'countersign test' };
    const path = await writeEvidence(await temporaryFolder(), finding, context, { files, random: randomBytes });
    const evidence = JSON.parse(await files.readFile(path, 'utf8'));
    const trust = readTrustedRoot(
      JSON.stringify(trustedRoot({ certificateLogs: [{ service: log, url: 'https://ct.example', start: submitted }] })),
    );
    const [note] = evidence.notes;
    for (const notes of [[note, note], []]) {
      const verdict = await checkEvidence(new Uint8Array(Buffer.from(JSON.stringify({ ...evidence, notes }))), trust);
      const reason = `the evidence file has ${notes.length} notes; it must have one`;
      expect(verdict).toMatchObject({ verdict: 'not proven', reason });
    }
  });

  test('without an index proves nothing', async () => {
    const withoutIndex = { extensions: new Uint8Array() } satisfies SctOverrides;
    const der = authority.issue({
      publicKey: generateSigningKey('P-256').publicKey,
      ...jobIdentity(claims),
      signedCertificateTimestamps: (precertificate) => [log.submit(precertificate, withoutIndex)],
    });
    const proof = await proofAt(day);
    const promise = { ...proof.promise, certificate: new Uint8Array(der) };
    await expectRejection(() => verifyProof({ ...proof, promise }, monitored), 'SCT_INVALID', /contains no index/);
  });

  test.each([
    [[0, 0, 5, 0, 0, 0, 1, 2], 258],
    [[0, 0, 5, 255, 255, 255, 255, 255], 2 ** 40 - 1],
    [[1, 0, 5, 0, 0, 0, 1, 2], undefined],
    [[0, 1, 5, 0, 0, 0, 1, 2], undefined],
    [[0, 0, 4, 0, 0, 0, 1, 2], undefined],
    [[0, 0, 4, 0, 0, 0, 1], undefined],
    [[0, 0, 5, 0, 0, 0, 1, 2, 0], undefined],
    [[], undefined],
  ])('has an index in the extensions %j: %p', (extensions, index) => {
    expect(promisedIndex(new Uint8Array(extensions))).toBe(index);
  });
});

test('checkpoints of two logs prove nothing about each other', async () => {
  const [one, two] = [new FakeLog(Branch.of(8)), new FakeLog(Branch.of(9, 'other'), { names: ['other.example'] })];
  const [smaller, larger] = [await one.head(8), await two.head(9)];
  const rootInstead = two.served.root(8);
  const proof = two.served.consistency(8, 9);
  await expectRejection(
    () => verifyProof({ kind: 'contradiction', smaller, larger, rootInstead, proof }, one.log),
    'CONSISTENCY_UNPROVEN',
    /the checkpoints are of two logs: log\.example and other\.example/,
  );
  const frozen = { ...smaller, frozen: true };
  await expectRejection(
    () => verifyProof({ kind: 'thawed', frozen, later: larger }, one.log),
    'CONSISTENCY_UNPROVEN',
    /the checkpoints are of two logs/,
  );
});

describe('the promise of Rekor v1', () => {
  const log = new FakeLog(Branch.of(20), { protocol: 'rekor-v1', names: ['rekor.example - 12'] });
  const body = utf8('the promised body');
  const offset = 100;
  const offsets = (origin: string) => (origin === 'rekor.example - 12' ? offset : undefined);

  function promise(changes: Partial<EntryPromise> = {}): EntryPromise {
    const entry = { canonicalizedBody: body, integratedTime: 1_796_000_000n, logIndex: BigInt(offset + 7), ...changes };
    const payload = canonicalJson({
      body: encodeBase64(entry.canonicalizedBody),
      integratedTime: Number(entry.integratedTime),
      logID: encodeHex(log.log.keyId),
      logIndex: Number(entry.logIndex),
    });
    const signature = new Uint8Array(log.signer.key.sign(utf8(payload)));
    return { kind: 'signed-entry-timestamp', ...entry, signature, ...changes };
  }

  const proofOf = async (of: EntryPromise) => ({
    kind: 'promise' as const,
    promise: of,
    index: 7,
    bytes: log.served.entries[7] ?? new Uint8Array(),
    proof: log.served.inclusion(7, 20),
    head: await log.head(),
  });

  test('is proven to be broken, where the offset of the shard is known', async () => {
    expect(await verifyProof(await proofOf(promise()), log.log, offsets)).toMatch(
      /at index 7, and has another entry there/,
    );
  });

  test('is not proven to be broken where no signature states the offset of the shard', async () => {
    const proof = await proofOf(promise());
    await expectRejection(
      () => verifyProof(proof, log.log),
      'LOG_ENTRY_INVALID',
      /no signature states where the shard/,
    );
  });

  test('is not proven to be broken with an invalid signature, at another index, or by the promised entry', async () => {
    const forged = await proofOf({ ...promise(), logIndex: BigInt(offset + 8) });
    await expectRejection(
      () => verifyProof(forged, log.log, offsets),
      'LOG_ENTRY_INVALID',
      /signed entry timestamp of the log is invalid/,
    );
    const elsewhere = await proofOf(promise({ logIndex: BigInt(offset + 8) }));
    await expectRejection(() => verifyProof(elsewhere, log.log, offsets), 'LOG_ENTRY_MISMATCH', /is for index 8/);
    const kept = await proofOf(promise({ canonicalizedBody: log.served.entries[7] ?? body }));
    await expectRejection(() => verifyProof(kept, log.log, offsets), 'LOG_ENTRY_MISMATCH', /is the promised one/);
  });

  test('has known offsets only for the public log, by its key', () => {
    const key = Buffer.from('c0d23d6ad406973f9559f3ba2d1ca01f84147d8ffc5b8445c224f98b9591801d', 'hex');
    expect(shardOffset('rekor.sigstore.dev - 1193050959916656506', key)).toBe(121_904_262);
    expect(shardOffset('rekor.sigstore.dev - 3904496407287907110', key)).toBe(0);
    expect(shardOffset('rekor.sigstore.dev - 1', key)).toBeUndefined();
    expect(shardOffset('toString', key)).toBeUndefined();
    expect(shardOffset('rekor.sigstore.dev - 1193050959916656506', log.log.keyId)).toBeUndefined();
  });
});
