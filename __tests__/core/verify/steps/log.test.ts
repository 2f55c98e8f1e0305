import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  generateSigningKey,
  jobIdentity,
  noteSigner,
  TransparencyLog,
  verifierKey,
  witness,
} from '../../../../sandbox/index.ts';
import { generateMlDsaKey } from '../../../../sandbox/pki/index.ts';
import type { Bundle } from '../../../../src/core/bundle/index.ts';
import { digest } from '../../../../src/core/crypto/index.ts';
import { utf8 } from '../../../../src/core/encoding/index.ts';
import { examine, type Policy, readWitnessKey } from '../../../../src/core/verify/index.ts';
import {
  bodiesV1,
  claims,
  inVersion,
  now,
  policy,
  policyOfKey,
  submittedPem,
  withEntries,
  withEntry,
  withProof,
} from '../../../kit/instance.ts';

import { accepted, artifactDigest, type Case, hours, instance, known, refused, trust, verdict } from '../step-cases.ts';

/** A right bundle, with its only log entry changed. */
const entryOf = (change: Parameters<typeof withEntry>[1]): Case => ({ bundle: withEntry(instance.sign(), change) });
const proofOf = (change: Parameters<typeof withProof>[1]): Case => ({ bundle: withProof(instance.sign(), change) });

describe('log entries', () => {
  test('there must be one', async () => {
    await refused(
      { bundle: { ...instance.sign(), logEntries: [] } },
      'LOG_ENTRY_MISSING',
      /from 0 of 1 required transparency logs/,
    );
  });

  describe('with a policy that accepts a timestamp alone', () => {
    const timestampOnly: Policy = { ...policy, timestampOnly: 'accept' };
    const unlogged = (changes: Parameters<typeof instance.sign>[0] = {}): Bundle => ({
      ...instance.sign(changes),
      logEntries: [],
    });

    test('there need not be one', async () => {
      expect((await verdict({ bundle: unlogged(), policy: timestampOnly })).logEntries).toEqual([]);
      const { criteria } = await examine(unlogged(), known, trust, timestampOnly, now);
      expect(criteria.find(({ name }) => name === 'log')).toMatchObject({
        outcome: 'pass',
        expected: 'at least 1 log entry, or none and a timestamp',
      });
    });

    test('without it, the error names what adds the entry and what accepts the bundle', async () => {
      const failure = await verdict({ bundle: unlogged() }).catch((error: unknown) => error);
      expect(failure).toMatchObject({
        code: 'LOG_ENTRY_MISSING',
        remedy: expect.stringMatching(/`countersign complete`.*`accept-timestamp-only`/),
      });
    });

    test('a bundle with entries needs as many as before', async () => {
      const strict = { ...timestampOnly, thresholds: { ...policy.thresholds, logEntries: 2 } };
      await refused({ policy: strict }, 'LOG_ENTRY_MISSING', /from 1 of 2 required/);
    });

    test('entries are verified as before', async () => {
      const { logEntries } = instance.sign();
      await refused({ bundle: { ...instance.sign(), logEntries }, policy: timestampOnly }, 'LOG_ENTRY_MISMATCH', /./);
    });

    test('there must be a timestamp, even of a signature by a key, which needs none', async () => {
      const key = generateSigningKey('P-256');
      const bundle = { ...unlogged({ key, managed: true }), timestamps: [] };
      const byKey = policyOfKey(key, { timestampOnly: 'accept' });
      await refused({ bundle, policy: byKey }, 'LOG_ENTRY_MISSING', /from 0 of 1/);
    });

    test('the timestamp must be within the validity of the certificate', async () => {
      const bundle = unlogged({ timestamp: { genTime: hours(-2) } });
      const service = instance.timestampAuthority;
      const timestampAuthorities = [{ service, url: 'https://tsa.example.test', start: hours(-3) }];
      const early = instance.trust({ timestampAuthorities });
      await refused({ bundle, policy: timestampOnly, trust: early }, 'CERTIFICATE_OUTSIDE_VALIDITY', /./);
    });

    test('the certificate must be in a certificate log', async () => {
      const bundle = unlogged({ leaf: { signedCertificateTimestamps: () => [] } });
      await refused({ bundle, policy: timestampOnly }, 'SCT_MISSING', /from 0 of 1/);
    });

    test('required witnesses need an entry', async () => {
      const key = readWitnessKey(verifierKey(witness('one.example.test', generateMlDsaKey(), () => now)));
      const strict = { ...timestampOnly, witnesses: { keys: [key], threshold: 1 } };
      await refused({ bundle: unlogged(), policy: strict }, 'LOG_ENTRY_MISSING', /./);
    });
  });

  test('the same entry twice counts once (GHSA-9vcr-p3rj-q5q6)', async () => {
    const bundle = instance.sign();
    const strict = { ...policy, thresholds: { ...policy.thresholds, logEntries: 2 } };
    const twice = withEntries(bundle, ...bundle.logEntries, ...bundle.logEntries);
    await refused({ bundle: twice, policy: strict }, 'LOG_ENTRY_MISSING', /from 1 of 2 required/);
  });

  test('of another signature, though valid in itself (CVE-2022-23649, CVE-2026-22703)', async () => {
    const { logEntries } = instance.sign();
    await refused(
      { bundle: { ...instance.sign(), logEntries } },
      'LOG_ENTRY_MISMATCH',
      /a different artifact, signature or signer/,
    );
  });

  test('of another certificate for the same key', async () => {
    const key = generateSigningKey('P-256');
    const bundle = instance.sign({ key });
    const other = instance.certificateAuthority.issue({ publicKey: key.publicKey, ...jobIdentity(claims) });
    const logEntries = [instance.logged(other, bundle.content.signature, artifactDigest, key)];
    await refused({ bundle: { ...bundle, logEntries } }, 'LOG_ENTRY_MISMATCH', /a different/);
  });

  test('a bad entry beside a good one is not passed over', async () => {
    const bundle = instance.sign();
    const logEntries = [...bundle.logEntries, ...instance.sign().logEntries];
    await refused({ bundle: { ...bundle, logEntries } }, 'LOG_ENTRY_MISMATCH', /a different/);
  });

  test('of a kind that is not read', async () => {
    await refused(
      entryOf(() => ({ kind: 'rfc3161' })),
      'LOG_ENTRY_INVALID',
      /rfc3161 0\.0\.2/,
    );
    await refused(
      entryOf(() => ({ version: '0.0.3' })),
      'LOG_ENTRY_INVALID',
      /hashedrekord 0\.0\.3/,
    );
  });

  test('that says the same in other bytes', async () => {
    const bundle = instance.sign();
    const [entry] = bundle.logEntries;
    const spaced = utf8(` ${Buffer.from(entry?.canonicalizedBody ?? []).toString()}`);
    await refused(
      { bundle: { ...bundle, logEntries: [instance.appended(spaced)] } },
      'LOG_ENTRY_MISMATCH',
      /a different/,
    );
  });

  test('of a log that is not trusted', async () => {
    const stranger = new TransparencyLog({ origin: 'log.example.test' });
    const root = instance.trust({
      transparencyLogs: [{ service: stranger, url: 'https://log.example.test', start: hours(-1) }],
    });
    await refused({ trust: root }, 'LOG_UNKNOWN', /not in the trusted root/);
  });

  test("outside of the log's window", async () => {
    const root = instance.trust({
      transparencyLogs: [{ service: instance.log, url: 'https://log.example.test', start: hours(-3), end: hours(-1) }],
    });
    await refused({ trust: root }, 'LOG_UNKNOWN', /was not trusted at 2026-11-23T12:00/);
  });

  test('at the first and the last moment of the log’s window', async () => {
    const root = instance.trust({
      transparencyLogs: [{ service: instance.log, url: 'https://log.example.test', start: now, end: now }],
    });
    await accepted({ trust: root });
  });

  test('of a log that was trusted at one of two times', async () => {
    const before = new Date(now.getTime() - 1000);
    const bundle = instance.sign({ leaf: { notBefore: before } });
    const timestamps = [...bundle.timestamps, instance.stamped(bundle.content.signature, { genTime: before })];
    const root = instance.trust({
      transparencyLogs: [{ service: instance.log, url: 'https://log.example.test', start: now }],
    });
    await refused({ bundle: { ...bundle, timestamps }, trust: root }, 'LOG_UNKNOWN', /was not trusted at .*11:59:59/);
  });

  test('in two logs count twice', async () => {
    const bundle = instance.sign();
    const [entry] = bundle.logEntries;
    const second = instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(bundle, submittedPem(bundle)));
    const strict = { ...policy, thresholds: { ...policy.thresholds, logEntries: 2 } };
    const both = withEntries(bundle, ...(entry ? [entry] : []), second);
    await expect(verdict({ bundle: both, policy: strict })).resolves.toMatchObject({
      logEntries: [
        { log: { baseUrl: 'https://log.example.test' } },
        { log: { baseUrl: 'https://rekor.example.test' } },
      ],
    });
    // Two entries of one log, both right, are still one log.
    const third = instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(bundle, submittedPem(bundle).trimEnd()));
    await refused(
      { bundle: withEntries(bundle, second, third), policy: strict },
      'LOG_ENTRY_MISSING',
      /from 1 of 2 required/,
    );
  });

  test('what an entry of Rekor v2 says of its time is not believed', async () => {
    const dated = entryOf(() => ({ integratedTime: 1n }));
    await expect(verdict(dated)).resolves.toMatchObject({ times: [{ kind: 'timestamp-authority', time: now }] });
    const { bundle } = dated;
    if (bundle === undefined) throw new Error('there is a bundle');
    await refused({ bundle: { ...bundle, timestamps: [] } }, 'TIMESTAMP_MISSING', /from 0 of 1 required sources/);
  });

  test('numbers that no tree has', async () => {
    const huge = 2n ** 63n - 1n;
    for (const [change, reason] of [
      [{ logIndex: -1n }, /index of the inclusion proof|index -1/],
      [{ logIndex: huge }, /index of the inclusion proof/],
      [{ treeSize: huge }, /tree size or root hash/],
      [{ treeSize: -1n }, /tree size or root hash/],
      [{ hashes: [] }, /the proof has 0 hashes/],
      [{ hashes: Array.from({ length: 64 }, () => new Uint8Array(32)) }, /the proof has 64 hashes/],
    ] as const)
      await refused(
        proofOf(() => change),
        'INCLUSION_PROOF_INVALID',
        reason,
      );
    const beyond = withEntry(
      withProof(instance.sign(), () => ({ logIndex: huge })),
      () => ({ logIndex: huge }),
    );
    await refused({ bundle: beyond }, 'INCLUSION_PROOF_INVALID', /index 9223372036854775807 is outside of the tree/);
    const negative = withEntry(
      withProof(instance.sign(), () => ({ logIndex: -1n })),
      () => ({ logIndex: -1n }),
    );
    await refused({ bundle: negative }, 'INCLUSION_PROOF_INVALID', /index -1 is outside of the tree/);
  });

  test('a checkpoint under the log’s name with its port, where the address has one', async () => {
    const ported = new TransparencyLog({
      origin: 'log.example.test:8443',
      key: instance.log.signer.key,
      store: instance.log.store,
    });
    const root = (url: string) => instance.trust({ transparencyLogs: [{ service: ported, url, start: hours(-1) }] });
    const bundle = instance.sign();
    const logEntries = bundle.logEntries.map((entry) => ({ ...entry, logKeyId: ported.logId }));
    const signed = withProof({ ...bundle, logEntries }, ({ treeSize }) => ({
      checkpoint: ported.checkpoint({ size: Number(treeSize) }),
    }));
    await accepted({ bundle: signed, trust: root('https://log.example.test:8443') });
    await refused({ bundle: signed, trust: root('https://log.example.test') }, 'CHECKPOINT_INVALID', /origin is/);
    await refused({ bundle: signed, trust: root('https://log.example.test:8444') }, 'CHECKPOINT_INVALID', /origin is/);
  });

  test('an entry of the kind dsse 0.0.2, as Rekor v2 made them once', async () => {
    const bundle = instance.attest();
    const { payload, signature } = bundle.content;
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
    const certificate = bundle.signer.kind === 'certificate' ? bundle.signer.certificate : new Uint8Array();
    const verifier = { keyDetails: 'PKIX_ECDSA_P256_SHA_256', x509Certificate: { rawBytes: base64(certificate) } };
    const payloadHash = { algorithm: 'SHA2_256', digest: base64(digest('sha256', payload).bytes) };
    const dsseV002 = { payloadHash, signatures: [{ content: base64(signature), verifier }] };
    const body = { apiVersion: '0.0.2', kind: 'dsse', spec: { dsseV002 } };
    const logged = withEntries(bundle, instance.appended(body, 'dsse', '0.0.2'));
    await expect(verdict({ bundle: logged })).resolves.toMatchObject({ content: { kind: 'dsse-envelope' } });
    const other = withEntries(instance.attest(), ...logged.logEntries);
    await refused({ bundle: other }, 'LOG_ENTRY_MISMATCH', /a different/);
  });

  test('a checkpoint signed by somebody else', async () => {
    const signers = [noteSigner('log.example.test', generateSigningKey('Ed25519'))];
    await refused(
      proofOf(() => ({ checkpoint: instance.log.checkpoint({ signers }) })),
      'CHECKPOINT_INVALID',
      /not signed by log\.example\.test/,
    );
  });

  test('a checkpoint of another origin, signed by the log', async () => {
    await refused(
      proofOf(() => ({ checkpoint: instance.log.checkpoint({ origin: 'logxexample.test' }) })),
      'CHECKPOINT_INVALID',
      /origin is "logxexample\.test"/,
    );
  });

  test('a checkpoint whose root was altered', async () => {
    const root = new Uint8Array(randomBytes(32));
    const bundle = proofOf(({ checkpoint }) => {
      const [origin, size, , ...rest] = checkpoint.split('\n');
      return { checkpoint: [origin, size, Buffer.from(root).toString('base64'), ...rest].join('\n'), rootHash: root };
    });
    await refused(bundle, 'CHECKPOINT_INVALID', /signature by log\.example\.test is invalid/);
  });

  test('a checkpoint of another tree, signed by the log', async () => {
    const root = new Uint8Array(randomBytes(32));
    await refused(
      proofOf(() => ({
        checkpoint: instance.log.checkpoint({ root }),
        rootHash: root,
        treeSize: BigInt(instance.log.size),
      })),
      'INCLUSION_PROOF_INVALID',
      /computed root hash does not match/,
    );
  });

  test('a root or size that the checkpoint does not have', async () => {
    await refused(
      proofOf(() => ({ rootHash: new Uint8Array(32) })),
      'INCLUSION_PROOF_INVALID',
      /tree size or root hash/,
    );
    await refused(
      proofOf(({ treeSize }) => ({ treeSize: treeSize + 1n })),
      'INCLUSION_PROOF_INVALID',
      /tree size or root hash/,
    );
  });

  test('an index that is not the entry’s', async () => {
    await refused(
      proofOf(() => ({ logIndex: 0n })),
      'INCLUSION_PROOF_INVALID',
      /index of the inclusion proof/,
    );
    await refused(
      {
        bundle: withEntry(
          withProof(instance.sign(), () => ({ logIndex: 0n })),
          () => ({ logIndex: 0n }),
        ),
      },
      'INCLUSION_PROOF_INVALID',
      /./,
    );
  });

  test('a proof with a hash altered', async () => {
    await refused(
      proofOf(({ hashes }) => ({ hashes: hashes.map(() => new Uint8Array(32)) })),
      'INCLUSION_PROOF_INVALID',
      /computed root hash does not match/,
    );
  });
});

describe('witnesses', () => {
  const clock = () => now;
  const one = witness('one.example.test', generateSigningKey('Ed25519'), clock);
  const two = witness('two.example.test', generateSigningKey('Ed25519'), clock);
  const keyOf = (signer: typeof one) => readWitnessKey(verifierKey(signer));
  const asking = (threshold: number, ...signers: readonly (typeof one)[]): Policy => ({
    ...policy,
    witnesses: { keys: signers.map(keyOf), threshold },
  });
  /** A bundle whose checkpoint these have signed beside the log. */
  const seenBy = (...signers: readonly (typeof one)[]): Bundle =>
    withProof(instance.sign(), ({ treeSize }) => ({
      checkpoint: instance.log.checkpoint({ size: Number(treeSize), signers: [instance.log.signer, ...signers] }),
    }));

  test('who have cosigned are named, whether or not they were needed', async () => {
    for (const threshold of [0, 1])
      await expect(verdict({ bundle: seenBy(one), policy: asking(threshold, one, two) })).resolves.toMatchObject({
        logEntries: [{ witnesses: ['one.example.test'] }],
      });
    await expect(verdict({ bundle: seenBy(one, two), policy: asking(2, one, two) })).resolves.toMatchObject({
      logEntries: [{ witnesses: ['one.example.test', 'two.example.test'] }],
    });
  });

  test('of whom there must be enough', async () => {
    await refused({ policy: asking(1, one) }, 'WITNESS_MISSING', /from 0 of 1 required witnesses/);
    await refused(
      { bundle: seenBy(one), policy: asking(2, one, two) },
      'WITNESS_MISSING',
      /from 1 of 2 required witnesses/,
    );
    await refused(
      { bundle: seenBy(one, one), policy: asking(2, one, two) },
      'WITNESS_MISSING',
      /from 1 of 2 required witnesses/,
    );
    // Whom the policy does not name nobody knows.
    await refused({ bundle: seenBy(two), policy: asking(1, one) }, 'WITNESS_MISSING', /from 0 of 1 required witnesses/);
  });

  test('can cosign with ML-DSA-44; the two keys of a witness are one witness', async () => {
    const post = witness('one.example.test', generateMlDsaKey(), clock);
    const keys = [post, one].map((signer) => readWitnessKey(verifierKey(signer)));
    const requiring = (threshold: number, ...some: typeof keys): Policy => ({
      ...policy,
      witnesses: { keys: some, threshold },
    });
    const checkpointBy = (...signers: readonly Parameters<typeof verifierKey>[0][]): Bundle =>
      withProof(instance.sign(), ({ treeSize }) => ({
        checkpoint: instance.log.checkpoint({ size: Number(treeSize), signers: [instance.log.signer, ...signers] }),
      }));
    const [postKey] = keys;
    if (postKey === undefined) throw new Error('no key');
    await expect(verdict({ bundle: checkpointBy(post), policy: requiring(1, postKey) })).resolves.toMatchObject({
      logEntries: [{ witnesses: ['one.example.test'] }],
    });
    await refused({ bundle: checkpointBy(one), policy: requiring(1, postKey) }, 'WITNESS_MISSING', /from 0 of 1/);
    await refused(
      { bundle: checkpointBy(one, post), policy: requiring(2, ...keys) },
      'POLICY_INVALID',
      /keys for only 1/,
    );
    const forged = { ...post, sign: () => new Uint8Array(8 + 2420) };
    await refused(
      { bundle: checkpointBy(one, forged), policy: requiring(1, ...keys) },
      'CHECKPOINT_INVALID',
      /cosignature of one\.example\.test is invalid/,
    );
  });

  test('by two keys of one name are one witness', async () => {
    const again = witness('one.example.test', generateSigningKey('Ed25519'), clock);
    const both = { bundle: seenBy(one, again), policy: asking(2, one, again, two) };
    await refused(both, 'WITNESS_MISSING', /from 1 of 2 required witnesses/);
  });

  test('whose cosignature is wrong are not passed over, though enough others are right', async () => {
    const forged = { ...two, sign: () => new Uint8Array(72) };
    await refused(
      { bundle: seenBy(one, forged), policy: asking(1, one, two) },
      'CHECKPOINT_INVALID',
      /cosignature of two\.example\.test is invalid/,
    );
    await accepted({ bundle: seenBy(one, forged), policy: asking(1, one) });
  });

  test('cannot have seen an entry that was only promised', async () => {
    const bundle = instance.sign();
    const entry = instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(bundle, submittedPem(bundle)));
    const promised = inVersion(withEntries(bundle, { ...entry, inclusionProof: undefined }), '0.1');
    await refused({ bundle: promised, policy: asking(1, one) }, 'WITNESS_MISSING', /no checkpoint/);
    await accepted({ bundle: promised, policy: asking(0, one) });
  });

  test('do not stand in for the log', async () => {
    const bundle = withProof(instance.sign(), ({ treeSize }) => ({
      checkpoint: instance.log.checkpoint({ size: Number(treeSize), signers: [one] }),
    }));
    await refused({ bundle, policy: asking(1, one) }, 'CHECKPOINT_INVALID', /not signed by log\.example\.test/);
  });
});
