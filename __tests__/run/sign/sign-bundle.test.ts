import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { digest } from '../../../src/core/crypto/index.ts';
import { artifactOfDigest } from '../../../src/core/verify/index.ts';
import { openSigning } from '../../../src/run/sign/open-signing.ts';
import { signBundle, type WithBytes } from '../../../src/run/sign/sign-bundle.ts';
import { Workplace } from '../workplace.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => place.reset());

const signed = digest('sha256', Buffer.from('signed'));
const other = digest('sha256', Buffer.from('other'));

/** Signs a digest with a real session, and keeps the bundle under the conditions of the test. */
async function sign(
  artifact: typeof signed,
  isSame: boolean,
  name = 'bundle',
  withBytes?: WithBytes,
): Promise<unknown> {
  const world = place.world();
  using signing = await openSigning(place.request(), world);
  const request = {
    path: join(place.folder, name),
    artifact: artifactOfDigest(artifact),
    withBytes,
    isSame: () => isSame,
    sign: () => signing.session.signArtifact(signed),
  };
  return await signBundle(request, signing, world).catch((error: unknown) => error);
}

test('a bundle that verifies, and is what was to be signed, is written', async () => {
  expect(await sign(signed, true)).toMatchObject({ verdict: { content: { kind: 'message-signature' } }, outages: [] });
  expect(await place.list()).toEqual(['bundle']);
});

test.each([
  ['does not verify for the artifact', other, true],
  ['verifies, and is not what was to be signed', signed, false],
])('a bundle that %s is not written', async (_, artifact, isSame) => {
  expect(await sign(artifact, isSame)).toMatchObject({ code: 'ARTIFACT_MISMATCH' });
  expect(await place.list()).toEqual([]);
});

test('nothing is signed where the bundle could not be written', async () => {
  await place.write('file');
  expect(await sign(signed, true, 'file/bundle')).toMatchObject({ code: 'WRITE_FAILED' });
  expect([place.count('fulcio'), place.count('rekor-v2')]).toEqual([0, 0]);
});

describe('with the bytes of the artifact', () => {
  const lending =
    (text: string | undefined): WithBytes =>
    (use) =>
      use(text === undefined ? undefined : Buffer.from(text));

  test.each([
    ['that were signed', 'signed'],
    ['that have changed since they were signed: the digest decides', 'other'],
    ['that cannot be read again', undefined],
  ])('%s, a bundle that verifies is written', async (_, text) => {
    expect(await sign(signed, true, 'bundle', lending(text))).toMatchObject({
      verdict: { content: { kind: 'message-signature' } },
      outages: [],
    });
    expect(await place.list()).toEqual(['bundle']);
  });

  test.each(['signed', 'other', undefined])('a bundle that does not verify is not written (%s)', async (text) => {
    expect(await sign(other, true, 'bundle', lending(text))).toMatchObject({ code: 'ARTIFACT_MISMATCH' });
    expect(await place.list()).toEqual([]);
  });

  test('no curve arithmetic in JavaScript is needed', async () => {
    // Without the bytes, the signature is verified over the digest, by a module that is loaded for that.
    const { verify } = globalThis.crypto.subtle;
    const messages: string[] = [];
    globalThis.crypto.subtle.verify = (...args) => {
      messages.push(Buffer.from(args[3] as Uint8Array).toString());
      return verify.apply(globalThis.crypto.subtle, args);
    };
    try {
      await sign(signed, true, 'bundle', lending('signed'));
      expect(messages.filter((text) => text === 'signed')).toHaveLength(1);
      messages.length = 0;
      await sign(signed, true, 'another');
      expect(messages).not.toContain('signed');
    } finally {
      globalThis.crypto.subtle.verify = verify;
    }
  });
});

test.each([
  ['of nothing else', [], 'LOG_ENTRY_MISSING'],
  ['and of an entry in a second log', ['second-log'], 'LOG_ENTRY_MISSING'],
  ['because of an outage that the session states', ['timestamp-only'], undefined],
] as const)('a bundle without a log entry, %s', async (_, fallbacks, code) => {
  const world = place.world();
  using signing = await openSigning(place.request(), world);
  const sign = async (): ReturnType<typeof signing.session.signArtifact> => {
    const made = await signing.session.signArtifact(signed);
    const outages = fallbacks.map((fallback) => ({ log: 'https://log.example.test', reason: 'it is down', fallback }));
    return { ...made, bundle: { ...made.bundle, logEntries: [] }, outages };
  };
  const request = { path: join(place.folder, 'bundle'), artifact: artifactOfDigest(signed), isSame: () => true, sign };
  const result = await signBundle(request, signing, world).catch((error: unknown) => error);
  expect(result).toMatchObject(code === undefined ? { verdict: { logEntries: [] } } : { code });
  expect(await place.list()).toEqual(code === undefined ? ['bundle'] : []);
});
