/** Upgrading files: bundles that are named, and signatures beside artifacts, with a sandbox over HTTP. */

import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Bundle, differentPart, readBundle, writeBundle } from '../../../src/core/bundle/index.ts';
import { encodeBase64, encodePem, utf8 } from '../../../src/core/encoding/index.ts';
import { readSigningConfig } from '../../../src/core/trust/index.ts';
import type { UpgradeOutcome } from '../../../src/report/index.ts';
import { signRun } from '../../../src/run/sign/index.ts';
import { type UpgradeRequest, upgradeRun } from '../../../src/run/upgrade/index.ts';
import type { World } from '../../../src/run/world/index.ts';
import { certificateOf } from '../../kit/instance.ts';
import { cosignBundleText, olderBundleText } from '../../kit/older-files.ts';
import { type Expected, Workplace } from '../workplace.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => place.reset());

const pathOf = (name: string): string => join(place.folder, name);
const read = (name: string): Promise<string> => readFile(pathOf(name), 'utf8');
const write = (name: string, content: string | Uint8Array): Promise<void> => writeFile(pathOf(name), content);

/** Signs app.txt with Rekor v1, and returns the bundle, which is removed, without the timestamp that older formats lack. */
async function sign(): Promise<Bundle> {
  await place.write('app.txt');
  const signingConfig = readSigningConfig(JSON.stringify(place.sandbox.signingConfigBothLogs));
  const request = place.request({ instance: { ...place.instance, signingConfig }, logVersion: 1 });
  const { unsigned } = await signRun(request, place.world());
  expect(unsigned).toEqual([]);
  const bundle = readBundle(await read('app.txt.sigstore.json'));
  await rm(pathOf('app.txt.sigstore.json'));
  return { ...bundle, timestamps: [] };
}

interface Changes extends Partial<Omit<UpgradeRequest, 'policy' | 'trust'>> {
  readonly expected?: Expected;
  readonly world?: World;
}

async function upgrade(name: string, { expected, world = place.world(), ...changes }: Changes = {}) {
  const { policy, trust } = place.verification([], expected);
  const { registries } = place;
  const upgradables = [{ kind: 'file', name, path: pathOf(name) }] as const;
  const request = { upgradables, policy, trust, registries, recursive: false, dryRun: false, ...changes };
  const { outcomes } = await upgradeRun(request, world);
  const [outcome, ...others] = outcomes;
  if (outcome === undefined || others.length > 0) throw new Error('one outcome was expected');
  return outcome;
}

/** Expects the new bundle of app.txt to prove the same as the one that was signed. */
async function expectNew(outcome: UpgradeOutcome, signed: Bundle, from: string): Promise<void> {
  expect(outcome).toMatchObject({ kind: 'upgraded', from: pathOf(from), to: pathOf('app.txt.sigstore.json') });
  const newer = readBundle(await read('app.txt.sigstore.json'));
  expect(newer.version).toBe('0.3');
  const [entry] = signed.logEntries;
  if (entry === undefined) throw new Error('not logged');
  // A log signs its promise anew in each answer.
  const isFetched = from.endsWith('.sig');
  const { signedEntryTimestamp } = (isFetched ? newer.logEntries[0] : undefined) ?? entry;
  const logEntries = [{ ...entry, signedEntryTimestamp, inclusionProof: undefined }];
  expect(differentPart({ ...signed, logEntries }, newer)).toBeUndefined();
}

const current = { kind: 'current' };
const failure = (code: string) => ({ kind: 'failed', failure: { code } });

describe('beside an artifact', () => {
  test.each<[string, (bundle: Bundle) => string]>([
    ['app.txt.sigstore', (bundle) => olderBundleText(bundle, { version: '0.2' })],
    ['app.txt.bundle', (bundle) => olderBundleText(bundle, { version: '0.1', withoutProof: true })],
    ['app.txt.cosign.bundle', cosignBundleText],
  ])('%s is upgraded once, and kept', async (name, write_) => {
    const signed = await sign();
    const old = write_(signed);
    await write(name, old);
    await expectNew(await upgrade('app.txt'), signed, name);
    expect(await read(name)).toBe(old);
    const written = await read('app.txt.sigstore.json');
    expect(await upgrade('app.txt')).toMatchObject(current);
    expect(await upgrade(name)).toMatchObject(current);
    expect(await read('app.txt.sigstore.json')).toBe(written);
    expect(await place.list()).toEqual(['app.txt', name, 'app.txt.sigstore.json'].sort());
  });

  test('a bundle with the name of the new one is kept with .old', async () => {
    const signed = await sign();
    const old = olderBundleText(signed, { version: '0.1', withoutProof: true });
    await write('app.txt.sigstore.json', `\uFEFF${old}\n`);
    const outcome = await upgrade('app.txt');
    await expectNew(outcome, signed, 'app.txt.sigstore.json');
    expect(outcome).toMatchObject({ kept: pathOf('app.txt.sigstore.json.old') });
    expect(await read('app.txt.sigstore.json.old')).toBe(`\uFEFF${old}\n`);
    expect(await upgrade('app.txt')).toMatchObject(current);
  });

  test('an upgrade that was interrupted after the old bundle was kept continues', async () => {
    const signed = await sign();
    const old = olderBundleText(signed, { version: '0.2' });
    await write('app.txt.sigstore.json', old);
    await write('app.txt.sigstore.json.old', old);
    await expectNew(await upgrade('app.txt'), signed, 'app.txt.sigstore.json');
  });

  test('an old file that was kept is not replaced by another', async () => {
    const old = olderBundleText(await sign(), { version: '0.2' });
    await write('app.txt.sigstore.json', old);
    await write('app.txt.sigstore.json.old', 'something else');
    expect(await upgrade('app.txt')).toMatchObject(failure('USAGE'));
    expect(await read('app.txt.sigstore.json')).toBe(old);
    expect(await read('app.txt.sigstore.json.old')).toBe('something else');
  });

  test('nothing is found', async () => {
    await place.write('app.txt', 'app.txt.sig');
    expect(await upgrade('app.txt')).toMatchObject(failure('BUNDLE_MISSING'));
    expect(await upgrade('missing.txt')).toMatchObject(failure('SUBJECT_MISSING'));
  });

  test('a dry run verifies, and writes nothing', async () => {
    const signed = await sign();
    await write('app.txt.sigstore.json', olderBundleText(signed, { version: '0.1', withoutProof: true }));
    const before = await place.list();
    expect(await upgrade('app.txt', { dryRun: true })).toMatchObject({ kind: 'upgraded' });
    expect(await place.list()).toEqual(before);
    expect(readBundle(await read('app.txt.sigstore.json')).version).toBe('0.1');
  });

  test('another signature with the name of the new bundle is not replaced', async () => {
    const [first, second] = [await sign(), await sign()];
    const present = writeBundle(second);
    await write('app.txt.sigstore.json', present);
    await write('app.txt.bundle', olderBundleText(first, { version: '0.2' }));
    expect(await upgrade('app.txt.bundle')).toMatchObject(failure('USAGE'));
    expect(await read('app.txt.sigstore.json')).toBe(present);
  });

  test('a new bundle whose proof is broken does not count as done', async () => {
    const signed = await sign();
    await write('app.txt.bundle', olderBundleText(signed, { version: '0.1', withoutProof: true }));
    const broken = JSON.parse(writeBundle(signed));
    broken.verificationMaterial.tlogEntries[0].inclusionProof.rootHash = encodeBase64(new Uint8Array(32));
    await write('app.txt.sigstore.json', JSON.stringify(broken));
    expect(await upgrade('app.txt.bundle')).toMatchObject(failure('INCLUSION_PROOF_INVALID'));
  });

  test('a folder without write permission is reported, and the old bundle stays', async () => {
    const old = olderBundleText(await sign(), { version: '0.2' });
    await write('app.txt.bundle', old);
    const out = join(pathOf('app.txt'), 'not-a-folder.json');
    expect(await upgrade('app.txt', { out })).toMatchObject(failure('WRITE_FAILED'));
    expect(await read('app.txt.bundle')).toBe(old);
  });
});

describe('a bundle that is named', () => {
  test('is verified by the digest that it names, and written where it was asked for', async () => {
    const signed = await sign();
    await write('any name', olderBundleText(signed, { version: '0.2' }));
    await rename(pathOf('app.txt'), pathOf('elsewhere'));
    const out = pathOf('new.json');
    expect(await upgrade('any name', { out })).toMatchObject({ kind: 'upgraded', to: out });
    expect(readBundle(await read('new.json'))).toEqual(signed);
  });

  test('needs its artifact if it names no digest', async () => {
    const signed = await sign();
    const old = olderBundleText(signed, { version: '0.2', withoutDigest: true });
    await write('app.txt.bundle', old);
    await expectNew(await upgrade('app.txt.bundle'), signed, 'app.txt.bundle');
    await write('other.bundle', old);
    expect(await upgrade('other.bundle')).toMatchObject(failure('DIGEST_UNAVAILABLE'));
  });

  test('is verified with the artifact that has its name', async () => {
    await write('app.txt.bundle', olderBundleText(await sign(), { version: '0.2' }));
    await write('app.txt', 'changed');
    expect(await upgrade('app.txt.bundle')).toMatchObject(failure('ARTIFACT_MISMATCH'));
    expect(await place.bundles()).toEqual([]);
  });

  test('is not upgraded if it is one of several, or cannot be read', async () => {
    const signed = await sign();
    await write('two.json', JSON.stringify([JSON.parse(writeBundle(signed)), JSON.parse(writeBundle(signed))]));
    expect(await upgrade('two.json')).toMatchObject(failure('BUNDLE_UNSUPPORTED'));
    await write('app.txt.sigstore.json', writeBundle(signed).slice(0, -9));
    expect(await upgrade('app.txt.sigstore.json')).toMatchObject(failure('BUNDLE_INVALID'));
    expect(await upgrade('app.txt')).toMatchObject(failure('BUNDLE_INVALID'));
  });

  test('of version 0.3 stays as it is, and is verified', async () => {
    const signed = await sign();
    await write('app.txt.sigstore.json', writeBundle(signed));
    expect(await upgrade('app.txt.sigstore.json')).toMatchObject(current);
    const expected = { identity: 'https://example.test/other' };
    expect(await upgrade('app.txt.sigstore.json', { expected })).toMatchObject(failure('IDENTITY_MISMATCH'));
  });
});

describe('a detached signature', () => {
  const pem = ({ signer }: Bundle): string => encodePem('CERTIFICATE', certificateOf(signer) ?? new Uint8Array());

  async function detach(encode: (text: string) => string = (text) => text, ending = 'pem'): Promise<Bundle> {
    const signed = await sign();
    await write('app.txt.sig', `${encodeBase64(signed.content.signature)}\n`);
    await write(`app.txt.${ending}`, encode(pem(signed)));
    return signed;
  }

  test('is upgraded with its entry from the log', async () => {
    for (const [encode, ending] of [
      [(text: string) => text, 'pem'],
      [(text: string) => encodeBase64(utf8(text)), 'crt'],
      [(text: string) => `${encodeBase64(utf8(text))}\n`, 'cert'],
    ] as const) {
      const signed = await detach(encode, ending);
      await expectNew(await upgrade('app.txt'), signed, 'app.txt.sig');
      expect(await upgrade('app.txt')).toMatchObject(current);
      expect(await read(`app.txt.${ending}`)).toBe(encode(pem(signed)));
      await place.reset();
    }
    const signed = await detach();
    await write('app.txt.sig', signed.content.signature);
    await expectNew(await upgrade('app.txt'), signed, 'app.txt.sig');
  });

  test('of another artifact is in no log', async () => {
    await detach();
    await write('app.txt', 'changed');
    expect(await upgrade('app.txt')).toMatchObject(failure('LOG_ENTRY_MISSING'));
    expect(await place.bundles()).toEqual([]);
  });

  test('must be accepted by the policy', async () => {
    await detach();
    const expected = { identity: 'https://example.test/other' };
    expect(await upgrade('app.txt', { expected })).toMatchObject(failure('IDENTITY_MISMATCH'));
    expect(await place.bundles()).toEqual([]);
  });

  test('needs the log', async () => {
    await detach();
    place.sandbox.misbehave('rekor-v1:503');
    const outcome = await upgrade('app.txt');
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { code: 'SERVICE_UNAVAILABLE', message: expect.stringContaining('cannot be fetched') },
    });
    expect(await place.bundles()).toEqual([]);
  });

  test.each<[string, string, string, string]>([
    ['an envelope', '{"payload":""}', 'ok', 'FORMAT_UNSUPPORTED'],
    ['a public key', 'MEUC', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n', 'CERTIFICATE_INVALID'],
    ['text', 'MEUC', 'text', 'CERTIFICATE_INVALID'],
    ['a signature that is too long', 'A'.repeat(65 * 1024), 'text', 'LIMIT_EXCEEDED'],
  ])('cannot be %s', async (_, signature, certificate, code) => {
    await place.write('app.txt');
    await write('app.txt.sig', signature);
    await write('app.txt.pem', certificate);
    expect(await upgrade('app.txt')).toMatchObject(failure(code));
  });
});

test('a run that is cancelled says so', async () => {
  await place.write('app.txt');
  const world = { ...place.world(), cancellation: AbortSignal.abort() };
  await expect(upgrade('app.txt', { world })).rejects.toMatchObject({ code: 'CANCELLED' });
});
