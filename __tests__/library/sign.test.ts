/** The front door of signing, with real services and files. */

import { createHash } from 'node:crypto';
import { getEventListeners } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseDigest } from '../../src/core/crypto/index.ts';
import { artifactOfBytes, exactIdentity, readBundle, readTrustedRoot, verify } from '../../src/core/verify/index.ts';
import {
  attachToImage,
  attachToRelease,
  attest,
  openSession,
  signDigest,
  signFile,
  signImage,
  storeAttestation,
  writeBundle,
} from '../../src/library/sign.ts';
import { Place, person } from './place.ts';

let place: Place;
let file: string;
beforeAll(async () => {
  place = await Place.open();
  file = await place.write('app.tar.gz', 'app');
});
afterAll(() => place[Symbol.asyncDispose]());

const policy = () => exactIdentity(person, place.sandbox.urls.personIssuer, { sandbox: 'accept' });
const trust = () => readTrustedRoot(JSON.stringify(place.sandbox.trustedRoot));
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const certificates = (): number =>
  place.sandbox.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/signingCert')).length;

describe('signFile', () => {
  test('returns a bundle that the verifier accepts, as an object and as text', async () => {
    const { bundle, text, verdict } = await signFile(file, await place.signing());
    const artifact = artifactOfBytes(await readFile(file));
    expect(await verify(bundle, artifact, trust(), policy(), new Date())).toEqual(verdict);
    expect(readBundle(text)).toEqual(bundle);
    expect(text).toMatch(/^\{.*\}\n$/);
  });

  test('finds the token of a CI job', async () => {
    const { verdict } = await signFile(file, { instance: place.instance, environment: place.job });
    expect(verdict.signer).toMatchObject({ identity: { issuer: place.sandbox.urls.jobIssuer } });
  });

  test('requests a token of a function', async () => {
    const token = () => place.sandbox.personTokens.token(person);
    const { verdict } = await signFile(file, await place.signing({ token }));
    expect(verdict.signer).toMatchObject({ identity: { subjectAlternativeName: person } });
  });

  test.each([
    ['no token', { token: undefined }, 'TOKEN_INVALID', /Set `token` to/],
    ['a token that is none', { token: 'text' }, 'TOKEN_INVALID', /Request a new token/],
    ['a provider beside a token', { identityProvider: 'file' }, 'USAGE', /Omit one/],
    ['a sandbox that is not there', { instance: 'sandbox' }, 'USAGE', /countersign sandbox -- COMMAND/],
  ] as const)('refuses %s', async (_, options, code, remedy) => {
    const signing = signFile(file, await place.signing(options));
    await expect(signing).rejects.toMatchObject({ code, remedy: expect.stringMatching(remedy) });
  });

  test('refuses an instance without the addresses of its services, and several trusted roots', async () => {
    const { trustedRoot } = place.instance;
    const without = place.signing({ instance: { trustedRoot, sandbox: true } });
    await expect(signFile(file, await without)).rejects.toMatchObject({
      code: 'USAGE',
      remedy: 'Set `signingConfig` next to `trustedRoot`.',
    });
    const line = JSON.stringify(trustedRoot);
    const several = place.signing({ instance: { ...place.instance, trustedRoot: `${line}\n${line}` } });
    await expect(signFile(file, await several)).rejects.toMatchObject({ code: 'USAGE' });
  });

  test('refuses certificates of a sandbox unless the instance is said to be one', async () => {
    const options = await place.signing({ instance: { ...place.instance, sandbox: false } });
    await expect(signFile(file, options)).rejects.toMatchObject({ code: 'CERTIFICATE_SANDBOX' });
  });

  test('refuses to sign in a job that outsiders can start', async () => {
    place.sandbox.jobTokens.configure({ claims: { event_name: 'pull_request_target' } });
    const options = { instance: place.instance, environment: place.job };
    await expect(signFile(file, options)).rejects.toMatchObject({
      code: 'TRIGGER_REFUSED',
      remedy: expect.stringContaining('`allowDangerousTriggers: true`'),
    });
    await signFile(file, { ...options, allowDangerousTriggers: true });
    place.sandbox.jobTokens.configure();
  });

  test('refuses a file that could be the input of another signature', async () => {
    const path = await place.write('dsse', 'DSSEv1 28 application/vnd.in-toto+json 2 {}');
    await expect(signFile(path, await place.signing())).rejects.toMatchObject({ code: 'SUBJECT_AMBIGUOUS' });
  });

  test('sends no request once it is aborted', async () => {
    const before = place.sandbox.requests.length;
    const options = await place.signing({ signal: AbortSignal.abort() });
    await expect(signFile(file, options)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(place.sandbox.requests.length).toBe(before);
  });

  test('is aborted between its requests', async () => {
    const controller = new AbortController();
    const before = certificates();
    const token = () => {
      controller.abort();
      return place.sandbox.personTokens.token(person);
    };
    const options = await place.signing({ token, signal: controller.signal });
    await expect(signFile(file, options)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(certificates()).toBe(before);
  });

  test('leaves no listener at a signal that outlives it', async () => {
    const { signal } = new AbortController();
    await signFile(file, await place.signing({ signal }));
    await expect(signFile('missing', await place.signing({ signal }))).rejects.toThrow();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('signDigest', () => {
  test('signs the digest of an artifact, as text or bytes', async () => {
    const hex = sha256('app');
    for (const digest of [`sha256:${hex}`, Buffer.from(hex, 'hex')]) {
      const { bundle } = await signDigest(digest, await place.signing());
      await verify(bundle, artifactOfBytes(await readFile(file)), trust(), policy(), new Date());
    }
  });

  test.each([
    ['sha256:12', 'DIGEST_INVALID'],
    [new Uint8Array(31), 'DIGEST_INVALID'],
    [`sha512:${'0'.repeat(128)}`, 'DIGEST_UNAVAILABLE'],
  ] as const)('refuses %s', async (digest, code) => {
    await expect(signDigest(digest, await place.signing())).rejects.toMatchObject({ code });
  });
});

describe('openSession', () => {
  test('signs several artifacts with one certificate, and tells who signs', async () => {
    const before = certificates();
    await using session = await openSession(await place.signing());
    expect([session.identity, session.issuer]).toEqual([person, place.sandbox.urls.personIssuer]);
    const signed = await Promise.all([session.signFile(file), session.signDigest(`sha256:${sha256('other')}`)]);
    expect(new Set(signed.map(({ bundle: { signer } }) => JSON.stringify(signer))).size).toBe(1);
    expect(certificates()).toBe(before + 1);
  });

  test('waits for signatures that are under way, and makes no more once it is closed', async () => {
    const session = await openSession(await place.signing());
    const signing = session.signFile(file);
    await session.close();
    expect((await signing).bundle.content.kind).toBe('message-signature');
    await expect(session.signFile(file)).rejects.toMatchObject({ code: 'KEY_DISPOSED' });
  });
});

describe('attest', () => {
  const claim = { predicateType: 'https://example.test/review/v1', predicate: { result: 'passed' } };

  test('signs a document about files and digests', async () => {
    const digest = `sha256:${sha256('other')}`;
    const { verdict } = await attest([file, { name: 'other', digest }], claim, await place.signing());
    expect(verdict.content).toMatchObject({
      statement: {
        predicateType: claim.predicateType,
        predicate: claim.predicate,
        subjects: [
          { name: 'app.tar.gz', digests: [parseDigest(`sha256:${sha256('app')}`)] },
          { name: 'other', digests: [parseDigest(digest)] },
        ],
      },
    });
  });

  test('signs the provenance of the job', async () => {
    const { verdict } = await attest([file], 'provenance', { instance: place.instance, environment: place.job });
    expect(verdict.content).toMatchObject({ statement: { predicateType: 'https://slsa.dev/provenance/v1' } });
  });

  test.each([
    ['no subjects', [], claim, 'SUBJECT_MISSING'],
    ['a file that is not there', ['missing'], claim, 'SUBJECT_UNREADABLE'],
    ['too many subjects', Array.from({ length: 1025 }, () => 'missing'), claim, 'LIMIT_EXCEEDED'],
    ['a digest that is none', [{ name: 'app', digest: 'sha256:1' }], claim, 'DIGEST_INVALID'],
    ['a document that is no object', ['app'], { ...claim, predicate: '[]' }, 'STATEMENT_INVALID'],
    ['a secret', ['app'], { ...claim, predicate: { key: `ghp_${'aB3'.repeat(12)}` } }, 'SECRET_REFUSED'],
    ['a document of another type', ['app'], { ...claim, predicateType: 'spdx' }, 'STATEMENT_INVALID'],
  ] as const)('refuses %s', async (_, subjects, document, code) => {
    const signing = attest(
      subjects.map((one) => (one === 'app' ? file : one)),
      document,
      await place.signing(),
    );
    await expect(signing).rejects.toMatchObject({ code });
  });

  test('refuses the provenance of a person', async () => {
    await expect(attest([file], 'provenance', await place.signing())).rejects.toMatchObject({ code: 'USAGE' });
  });
});

describe('deliveries', () => {
  test('a bundle is written to disk, and replaces an older one', async () => {
    const path = join(place.folder, 'bundles', 'app.sigstore.json');
    for (let turn = 0; turn < 2; turn++) {
      const signed = await signFile(file, await place.signing());
      await writeBundle(path, signed);
      expect(await readFile(path, 'utf8')).toBe(signed.text);
    }
  });

  test('an image is signed, and its bundle is attached', async () => {
    const image = await place.image();
    const signed = await signImage(`${image.repository}:v1`, await place.signing());
    expect(signed.image).toBe(image.reference);
    const attached = await attachToImage(signed.image, signed, { environment: {} });
    expect(attached).toEqual({
      image: image.reference,
      manifest: expect.stringMatching(`^${image.repository}@sha256:`),
    });
  });

  test('a bundle is not attached to another image, nor one without a statement', async () => {
    const [one, other] = [await place.image(), await place.image()];
    const signed = await signImage(one.reference, await place.signing());
    const options = { environment: {} };
    await expect(attachToImage(other.reference, signed, options)).rejects.toMatchObject({ code: 'ARTIFACT_MISMATCH' });
    const plain = await signFile(file, await place.signing());
    await expect(attachToImage(one.reference, plain, options)).rejects.toMatchObject({ code: 'DELIVERY_FAILED' });
  });

  test('files arrive at a release', async () => {
    const bundle = join(place.folder, 'app.tar.gz.sigstore.json');
    await writeBundle(bundle, await signFile(file, await place.signing()));
    const attaching = { release: 'v1', files: [file, bundle], environment: place.job };
    expect(await attachToRelease(attaching)).toMatchObject({ tag: 'v1', isPublished: false, uploaded: [file, bundle] });
    expect(await attachToRelease({ ...attaching, publish: true })).toMatchObject({ isPublished: true, uploaded: [] });
    await place.write('app.tar.gz', 'changed');
    await expect(attachToRelease(attaching)).rejects.toMatchObject({ message: expect.stringContaining('app.tar.gz') });
    await place.write('app.tar.gz', 'app');
  });

  test('a statement is stored at GitHub, and no other bundle', async () => {
    const signed = await attest([file], 'provenance', { instance: place.instance, environment: place.job });
    const { id, url } = await storeAttestation(signed, { environment: place.job });
    expect(url).toBe(`https://github.com/${place.repository.name}/attestations/${id}`);
    const plain = await signFile(file, await place.signing());
    await expect(storeAttestation(plain, { environment: place.job })).rejects.toMatchObject({ code: 'USAGE' });
    await expect(storeAttestation(signed, { environment: {} })).rejects.toMatchObject({
      code: 'USAGE',
      remedy: 'Set `repository` to `owner/name`.',
    });
    const denied = storeAttestation(signed, { environment: place.job, githubToken: 'none' });
    await expect(denied).rejects.toMatchObject({ code: expect.stringMatching(/^(PERMISSION|TOKEN)/) });
  });
});
