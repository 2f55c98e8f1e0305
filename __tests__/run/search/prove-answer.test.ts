import { expect, test } from '@jest/globals';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import type { LogEntry } from '../../../src/core/bundle/index.ts';
import { encodeHex } from '../../../src/core/encoding/index.ts';
import { leafHash } from '../../../src/core/log/index.ts';
import { proveAnswer } from '../../../src/run/search/prove-answer.ts';
import { bodiesV1, Instance, now, submittedPem } from '../../kit/instance.ts';

const instance = new Instance();
const bundle = instance.sign();
const entry = instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(bundle, submittedPem(bundle)));
const wanted = encodeHex(leafHash(entry.canonicalizedBody));
const log = instance.trust().transparencyLogs.find(({ baseUrl }) => baseUrl === 'https://rekor.example.test');
if (log === undefined) throw new Error('no log of Rekor v1');

test('an entry is proven, with its place and time', async () => {
  expect(await proveAnswer(entry, wanted, [log])).toEqual({
    entry,
    origin: 'rekor.example.test - 1193050959916656506',
    index: Number(entry.inclusionProof?.logIndex),
    treeSize: Number(entry.inclusionProof?.treeSize),
    leafHash: wanted,
    time: now,
  });
});

const proof = entry.inclusionProof as NonNullable<LogEntry['inclusionProof']>;
const forged = instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(instance.sign(), submittedPem(bundle)), {
  signingKey: generateSigningKey('P-256'),
});

test.each<[string, LogEntry, string]>([
  ['another entry', forged, 'LOG_ENTRY_INVALID'],
  ['an entry of another log', { ...entry, logKeyId: new Uint8Array(32) }, 'LOG_UNKNOWN'],
  ['an entry without a proof', { ...entry, inclusionProof: undefined }, 'LOG_ENTRY_INVALID'],
  ['an entry without a promise', { ...entry, signedEntryTimestamp: undefined }, 'LOG_ENTRY_INVALID'],
  [
    'a proof of another size',
    { ...entry, inclusionProof: { ...proof, treeSize: proof.treeSize + 1n } },
    'INCLUSION_PROOF_INVALID',
  ],
  [
    'a proof of another root',
    { ...entry, inclusionProof: { ...proof, rootHash: new Uint8Array(32) } },
    'INCLUSION_PROOF_INVALID',
  ],
  ['a proof of another index', { ...entry, inclusionProof: { ...proof, logIndex: 0n } }, 'INCLUSION_PROOF_INVALID'],
  [
    'a checkpoint that nobody signed',
    { ...entry, inclusionProof: { ...proof, checkpoint: proof.checkpoint.replace('— ', '— x') } },
    'CHECKPOINT_INVALID',
  ],
  ['another time', { ...entry, integratedTime: entry.integratedTime + 1n }, 'LOG_ENTRY_INVALID'],
])('%s is refused', async (_, answered, code) => {
  await expect(proveAnswer(answered, wanted, [log])).rejects.toMatchObject({ code });
});

test('an entry is proven with the key that it names: the shards of a log may have a key each', async () => {
  const other = {
    ...log,
    keyId: new Uint8Array(32),
    publicKey: instance.trust().transparencyLogs[0]?.publicKey ?? log.publicKey,
  };
  for (const logs of [
    [other, log],
    [log, other],
  ])
    expect((await proveAnswer(entry, wanted, logs)).leafHash).toBe(wanted);
  await expect(proveAnswer(entry, wanted, [other])).rejects.toMatchObject({ code: 'LOG_UNKNOWN' });
});

test('another entry of the log is refused', async () => {
  const other = encodeHex(leafHash(forged.canonicalizedBody));
  const message = `the log returned another entry than ${other}`;
  await expect(proveAnswer(entry, other, [log])).rejects.toMatchObject({ code: 'LOG_ENTRY_INVALID', message });
});

test('a promise by another key is refused', async () => {
  const hash = encodeHex(leafHash(forged.canonicalizedBody));
  await expect(proveAnswer(forged, hash, [log])).rejects.toMatchObject({ code: 'LOG_ENTRY_INVALID' });
});
