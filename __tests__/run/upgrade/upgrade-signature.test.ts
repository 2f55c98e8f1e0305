/** Upgrading signatures of every older format, with a log of Rekor v1 that answers rightly, wrongly or not at all. */

import { afterAll, describe, expect, test } from '@jest/globals';
import { generateSigningKey } from '../../../sandbox/index.ts';
import { type Bundle, differentPart, type LogEntry, readBundle } from '../../../src/core/bundle/index.ts';
import { digest } from '../../../src/core/crypto/index.ts';
import { parseJson } from '../../../src/core/encoding/index.ts';
import { CountersignError } from '../../../src/core/errors/index.ts';
import { defaultThresholds, exactIdentity, type Policy } from '../../../src/core/policy/index.ts';
import type { TrustedRoot } from '../../../src/core/trust/index.ts';
import { artifactOfDigest, verify } from '../../../src/core/verify/index.ts';
import { readCosignBundle } from '../../../src/fetch/formats/cosign-bundle.ts';
import { upgradeSignature } from '../../../src/run/upgrade/index.ts';
import { openHttp } from '../../../src/services/http/index.ts';
import {
  artifact,
  bodiesV1,
  Instance,
  identity,
  issuer,
  now,
  policy,
  policyOfKey,
  submittedPem,
  withEntries,
  withProof,
} from '../../kit/instance.ts';
import { cosignBundleText, olderBundleText, sentTo, servingEntries } from '../../kit/older-files.ts';

const connections = openHttp('countersign-test');
afterAll(() => connections[Symbol.dispose]());

const instance = new Instance();
const plain = instance.sign();
const entry = instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(plain, submittedPem(plain)));
const signed: Bundle = { ...withEntries(plain, entry), timestamps: [] };
const statement = instance.attest();
const intoto = instance.loggedV1('intoto', bodiesV1.intoto(statement, submittedPem(statement)), { version: '0.0.2' });
const attested: Bundle = { ...withEntries(statement, intoto), timestamps: [] };

const digests = artifactOfDigest(digest('sha256', artifact));

interface Setting {
  readonly entries?: readonly LogEntry[];
  readonly policy?: Policy;
  readonly trust?: TrustedRoot;
  readonly origin?: string;
}

async function upgrade(old: Bundle, setting: Setting = {}) {
  const { entries = [entry, intoto], policy: expected = policy, trust = instance.trust() } = setting;
  await using log = await servingEntries(...entries);
  const http = sentTo(setting.origin ?? log.origin, connections.send);
  const choice = { instance: 'custom', trust, thresholds: defaultThresholds, sandbox: 'accept' } as const;
  const result = upgradeSignature(old, digests, [{ choice, policy: expected }], { http, clock: () => now });
  const settled = await result.catch((failure: unknown) => failure);
  return { settled, requests: log.received.length };
}

async function expectUpgraded(old: Bundle, expected: Bundle, requests: number, setting: Setting = {}): Promise<void> {
  const { settled, requests: sent } = await upgrade(old, setting);
  expect(settled).toMatchObject({ kind: 'upgraded', bundle: expected });
  expect(sent).toBe(requests);
  const { text } = settled as { readonly text: string };
  await verify(readBundle(text), digests, instance.trust(), setting.policy ?? policy, now);
  expect(differentPart(old, readBundle(text))).toBeUndefined();
}

function readCosign(bundle: Bundle): Bundle {
  const [found] = readCosignBundle(parseJson(cosignBundleText(bundle))) ?? [];
  if (found === undefined) throw new Error('not read');
  return found.read();
}

describe('an older signature is upgraded', () => {
  const { chain } = instance.certificateAuthority;

  test.each<[string, Bundle]>([
    ['over an artifact', signed],
    ['over a statement', attested],
  ])('%s', async (_, bundle) => {
    for (const version of ['0.1', '0.2'] as const) {
      await expectUpgraded(readBundle(olderBundleText(bundle, { version, chain })), bundle, 0);
      await expectUpgraded(readBundle(olderBundleText(bundle, { version, withoutDigest: true })), bundle, 0);
    }
    await expectUpgraded(readBundle(olderBundleText(bundle, { version: '0.1', withoutProof: true })), bundle, 1);
    await expectUpgraded(readCosign(bundle), bundle, 1);
  });

  test('with timestamps', async () => {
    const bundle = { ...signed, timestamps: plain.timestamps };
    await expectUpgraded(readBundle(olderBundleText(bundle, { version: '0.1', withoutProof: true })), bundle, 1);
  });

  test('by a long-lived key', async () => {
    const key = generateSigningKey('P-256');
    const managed = instance.sign({ key, managed: true });
    const logged = instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(managed, submittedPem(managed, key)));
    const bundle = withEntries(managed, logged);
    const setting = { entries: [logged], policy: policyOfKey(key) };
    await expectUpgraded(
      readBundle(olderBundleText(bundle, { version: '0.1', withoutProof: true })),
      bundle,
      1,
      setting,
    );
  });
});

test('a bundle of version 0.3 is left as it is', async () => {
  expect(await upgrade(signed)).toEqual({ settled: { kind: 'current' }, requests: 0 });
});

const promised = readBundle(olderBundleText(signed, { version: '0.1', withoutProof: true }));
const other = exactIdentity(`${identity}x`, issuer, { sandbox: 'accept' });
const spoilt = (bundle: Bundle): Bundle => ({
  ...bundle,
  content: { ...bundle.content, signature: instance.sign().content.signature },
});

describe('a signature that the policy does not accept is not upgraded, and no log is asked about it', () => {
  test.each<[string, Bundle, Setting, string]>([
    ['a bundle of version 0.1', spoilt(promised), {}, 'SIGNATURE_INVALID'],
    ['a bundle of version 0.3', spoilt(signed), {}, 'SIGNATURE_INVALID'],
    ['an attestation', spoilt(readCosign(attested)), {}, 'SIGNATURE_INVALID'],
    ["cosign's older bundle", spoilt(readCosign(signed)), {}, 'SIGNATURE_INVALID'],
    ['another identity', promised, { policy: other }, 'IDENTITY_MISMATCH'],
    ['another instance', promised, { trust: new Instance().trust() }, 'LOG_UNKNOWN'],
  ])('%s', async (_, old, setting, code) => {
    const { settled, requests } = await upgrade(old, setting);
    expect(settled).toMatchObject({ code });
    expect(requests).toBe(0);
  });

  test('without a trusted root', async () => {
    const upgraded = upgradeSignature(promised, digests, [], { http: connections.send, clock: () => now });
    await expect(upgraded).rejects.toMatchObject({ code: 'TRUSTED_ROOT_MISSING' });
  });
});

describe('a signature without a proof is not upgraded if the log', () => {
  const again = instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(plain, submittedPem(plain)), { logIndex: 77 });
  const later = new Date(now.getTime() + 60_000);
  const delayed = instance.loggedV1('hashedrekord', bodiesV1.hashedrekord(plain, submittedPem(plain)), {
    time: later,
    logIndex: Number(entry.logIndex),
  });
  const unsigned = withProof(signed, ({ checkpoint }) => ({ checkpoint: checkpoint.replace('\u2014 ', '\u2014 x') }));
  const unproven = withProof(signed, () => ({ hashes: [] }));

  test.each<[string, readonly LogEntry[], string]>([
    ['does not have the entry', [], 'SERVICE_REFUSED'],
    ['returns another entry with the same body', [again], 'LOG_ENTRY_MISMATCH'],
    ['states another time', [delayed], 'LOG_ENTRY_MISMATCH'],
    ['has not signed the checkpoint', unsigned.logEntries, 'CHECKPOINT_INVALID'],
    ['does not prove the entry', unproven.logEntries, 'INCLUSION_PROOF_INVALID'],
  ])('%s', async (_, entries, code) => {
    const { settled } = await upgrade(promised, { entries });
    expect(settled).toMatchObject({ code, remedy: expect.stringContaining('ign the artifact again') });
  });

  test('cannot be reached', async () => {
    await using closed = await servingEntries();
    const { origin } = closed;
    await closed[Symbol.asyncDispose]();
    const { settled } = await upgrade(promised, { origin });
    expect(settled).toBeInstanceOf(CountersignError);
    expect(settled).toMatchObject({
      message: expect.stringMatching(/has a promise of the log https:\/\/rekor\.example\.test but no inclusion proof/),
      remedy: 'Run again with a connection to the log.',
    });
  });
});
