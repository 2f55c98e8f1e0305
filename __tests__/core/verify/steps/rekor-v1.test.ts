import { describe, expect, test } from '@jest/globals';
import { generateSigningKey } from '../../../../sandbox/index.ts';
import type { Bundle } from '../../../../src/core/bundle/index.ts';
import { digest } from '../../../../src/core/crypto/index.ts';
import { utf8 } from '../../../../src/core/encoding/index.ts';
import {
  bodiesV1,
  type EntryChangesV1,
  inVersion,
  now,
  submittedPem,
  withEntries,
  withEntry,
  withProof,
} from '../../../kit/instance.ts';

import { accepted, type Case, hours, instance, refused, verdict } from '../step-cases.ts';

describe('Rekor v1', () => {
  /** A bundle whose only time is the log's, as actions/attest makes them. */
  function signedV1(changes: EntryChangesV1 = {}, submit = (pem: string) => pem): Bundle {
    const bundle = instance.sign();
    const body = bodiesV1.hashedrekord(bundle, submit(submittedPem(bundle)));
    return withEntries({ ...bundle, timestamps: [] }, instance.loggedV1('hashedrekord', body, changes));
  }

  test('certifies the time by its signed entry timestamp', async () => {
    await expect(verdict({ bundle: signedV1() })).resolves.toMatchObject({
      times: [{ kind: 'log', time: now, source: { baseUrl: 'https://rekor.example.test' } }],
      logEntries: [{ logIndex: expect.anything() }],
    });
  });

  test('keeps the certificate as it was submitted', async () => {
    await accepted({ bundle: signedV1({}, (pem) => pem.trimEnd()) });
    const other = () => submittedPem(instance.sign());
    await refused({ bundle: signedV1({}, other) }, 'LOG_ENTRY_MISMATCH', /a different signer/);
    await refused({ bundle: signedV1({}, (pem) => pem + other()) }, 'LOG_ENTRY_MISMATCH', /a different signer/);
  });

  test('an altered time (CVE-2024-55655)', async () => {
    const bundle = signedV1();
    const at = (integratedTime: bigint): Case => ({ bundle: withEntry(bundle, () => ({ integratedTime })) });
    await refused(
      at(BigInt(now.getTime() / 1000) + 1n),
      'LOG_ENTRY_INVALID',
      /signed entry timestamp of the log is invalid/,
    );
    await refused(at(0n), 'LOG_ENTRY_INVALID', /integrated time 0/);
  });

  test('a time without a signed entry timestamp is no time', async () => {
    const bundle = withEntry(signedV1(), () => ({ signedEntryTimestamp: undefined }));
    await refused({ bundle }, 'TIMESTAMP_MISSING', /from 0 of 1 required sources/);
  });

  test('a signed entry timestamp by another key', async () => {
    const forged = signedV1({ signingKey: generateSigningKey('P-256') });
    await refused({ bundle: forged }, 'LOG_ENTRY_INVALID', /signed entry timestamp of the log is invalid/);
  });

  test('a signed entry timestamp of another entry', async () => {
    const [other] = signedV1().logEntries;
    const bundle = withEntry(signedV1(), () => ({ signedEntryTimestamp: other?.signedEntryTimestamp }));
    await refused({ bundle }, 'LOG_ENTRY_INVALID', /signed entry timestamp of the log is invalid/);
  });

  test('an altered index over all shards', async () => {
    const bundle = withEntry(signedV1(), ({ logIndex }) => ({ logIndex: logIndex + 1n }));
    await refused({ bundle }, 'LOG_ENTRY_INVALID', /signed entry timestamp of the log is invalid/);
  });

  test('an entry made after the certificate had expired', async () => {
    const late = signedV1({ time: hours(1) });
    await refused({ bundle: late, at: hours(2) }, 'CERTIFICATE_OUTSIDE_VALIDITY', /used at 2026-11-23T13:00/);
  });

  test('an entry from the future', async () => {
    await refused({ bundle: signedV1({ time: hours(1) }) }, 'TIMESTAMP_INVALID', /in the future/);
  });

  test('an entry about another artifact', async () => {
    await refused({ bundle: withEntries(signedV1(), ...signedV1().logEntries) }, 'LOG_ENTRY_MISMATCH', /a different/);
  });

  test('an entry with a member that does not belong to it', async () => {
    const bundle = instance.sign();
    const body = { ...bodiesV1.hashedrekord(bundle, submittedPem(bundle)), extra: true };
    await refused(
      { bundle: withEntries(bundle, instance.loggedV1('hashedrekord', body)) },
      'LOG_ENTRY_MISMATCH',
      /a different/,
    );
  });

  test('an attestation as a dsse entry', async () => {
    const bundle = instance.attest();
    const logged = (about: typeof bundle): Case => ({
      bundle: withEntries(bundle, instance.loggedV1('dsse', bodiesV1.dsse(about, submittedPem(bundle)))),
    });
    await expect(verdict(logged(bundle))).resolves.toMatchObject({ content: { kind: 'dsse-envelope' } });
    const other = { ...bundle, content: { ...bundle.content, payload: utf8('another payload') } };
    await refused(logged(other), 'LOG_ENTRY_MISMATCH', /a different/);
  });

  test('an attestation as an intoto entry, of either version', async () => {
    const bundle = { ...instance.attest(), timestamps: [] };
    const pem = submittedPem(bundle);
    const second = instance.loggedV1('intoto', bodiesV1.intoto(bundle, pem), { version: '0.0.2' });
    await expect(verdict({ bundle: withEntries(bundle, second) })).resolves.toMatchObject({ times: [{ kind: 'log' }] });
    await refused({ bundle: withEntries({ ...instance.attest() }, second) }, 'LOG_ENTRY_MISMATCH', /a different/);
    const { payloadType, payload, signature } = bundle.content;
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
    const signatures = [{ keyid: '', sig: base64(signature) }];
    const sent = JSON.stringify({ payloadType, payload: base64(payload), signatures });
    const first = instance.loggedV1('intoto', bodiesV1.intotoV1(bundle, pem, sent));
    await expect(verdict({ bundle: withEntries(bundle, first) })).resolves.toMatchObject({ times: [{ kind: 'log' }] });
    await refused({ bundle: withEntries({ ...instance.attest() }, first) }, 'LOG_ENTRY_MISMATCH', /a different/);
  });

  test('an envelope as a hashedrekord of what was signed, which a signed file would be as well', async () => {
    const bundle = instance.attest();
    const { payloadType, payload } = bundle.content;
    const encoded = utf8(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} ${Buffer.from(payload)}`);
    const body = bodiesV1.hashedrekord(bundle, submittedPem(bundle), digest('sha256', encoded));
    const logged = withEntries(bundle, instance.loggedV1('hashedrekord', body));
    await refused({ bundle: logged }, 'LOG_ENTRY_MISMATCH', /for a file signature .* the bundle contains an envelope/);
  });

  test('a promise of an entry of Rekor v2, whoever made it', async () => {
    const promised = withEntry(signedV1(), () => ({ version: '0.0.2' }));
    await refused({ bundle: promised }, 'LOG_ENTRY_INVALID', /Rekor v2 but has a signed entry timestamp/);
  });

  test('a promise alone is enough in a bundle of version 0.1, and in no later one', async () => {
    const promised = withEntry(signedV1(), () => ({ inclusionProof: undefined }));
    await expect(verdict({ bundle: inVersion(promised, '0.1') })).resolves.toMatchObject({
      logEntries: [{ treeSize: undefined, witnesses: [] }],
    });
    for (const version of ['0.2', '0.3'] as const)
      await refused({ bundle: inVersion(promised, version) }, 'LOG_ENTRY_INVALID', /no inclusion proof, which bundles/);
  });

  test('a proof that is there is verified in version 0.1 too', async () => {
    const bundle = withProof(inVersion(signedV1(), '0.1'), () => ({ rootHash: new Uint8Array(32) }));
    await refused({ bundle }, 'INCLUSION_PROOF_INVALID', /tree size or root hash/);
  });

  test('an entry with neither proof nor promise', async () => {
    const bare = withEntry(inVersion(instance.sign(), '0.1'), () => ({ inclusionProof: undefined }));
    await refused({ bundle: bare }, 'LOG_ENTRY_INVALID', /neither an inclusion proof nor an inclusion promise/);
    const v1 = { ...signedV1(), timestamps: [] };
    const stamped = { ...v1, timestamps: [instance.stamped(v1.content.signature)] };
    const old = withEntry(inVersion(stamped, '0.1'), () => ({
      inclusionProof: undefined,
      signedEntryTimestamp: undefined,
    }));
    await refused({ bundle: old }, 'LOG_ENTRY_INVALID', /neither an inclusion proof nor an inclusion promise/);
  });
});
