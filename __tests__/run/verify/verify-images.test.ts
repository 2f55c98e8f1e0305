/** Verifying images in the sandbox's registries: by bundles, by cosign's older layout, and where a registry or somebody else lies. */

import * as files from 'node:fs/promises';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { digest, formatDigest } from '../../../src/core/crypto/index.ts';
import { type JsonObject, utf8 } from '../../../src/core/encoding/index.ts';
import type { ErrorCode } from '../../../src/core/errors/index.ts';
import { exactly } from '../../../src/core/policy/index.ts';
import { attachBundle } from '../../../src/deliver/index.ts';
import { Secret } from '../../../src/node/index.ts';
import {
  type ArtifactOutcome,
  artifactOutcomes,
  imagesJson,
  verificationJson,
  verificationSummary,
  verificationText,
  verifiedImage,
} from '../../../src/report/index.ts';
import { deliverRun, registry, signRun } from '../../../src/run/sign/index.ts';
import { verifyRun } from '../../../src/run/verify/index.ts';
import { verifiableImage } from '../../../src/run/verify/verify-image.ts';
import { systemRegistries } from '../../../src/run/world/system-registries.ts';
import type { Registries } from '../../../src/services/registry/index.ts';
import { proxying, unusualAnswers } from '../../kit/proxy.ts';
import {
  clientOf,
  emptyType,
  imageType,
  type PushedImage,
  pushDocument,
  pushImage,
  registriesFor,
} from '../../kit/registries.ts';
import {
  envelopeType,
  type OlderLayer,
  SignedImages,
  simpleSigning,
  simpleSigningType,
} from '../../kit/signed-images.ts';
import type { Answer } from '../../services/loopback.ts';
import { type Expected, Workplace } from '../workplace.ts';

const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => place.reset());

const host = (which: 0 | 1 = 0): string =>
  [place.sandbox.registry.host, place.sandbox.registryWithoutReferrers.host][which] ?? '';
const image = (name: string, which: 0 | 1 = 0, ...tags: readonly string[]): Promise<PushedImage> =>
  pushImage(place.registries, `${host(which)}/example/${name}`, ...tags);

/** Signs an image as the action does, and attaches the bundle. */
function sign(...references: readonly string[]): Promise<readonly string[]> {
  return signWith(registriesFor(place.world().http), ...references);
}

async function signWith(own: Registries, ...references: readonly string[]): Promise<readonly string[]> {
  const world = place.world();
  const request = place.request(
    {
      subjects: { files: [], checksums: [], digests: [] },
      images: {
        named: references,
        push: true,
        recursive: false,
        attestations: false,
        workspace: place.folder,
        registries: own,
      },
    },
    world,
  );
  const receipt = await signRun(request, world);
  const images = { registries: own, push: true };
  const { failures } = await deliverRun(
    receipt,
    { places: request.places, collect: false, deliveries: [registry(images)] },
    world,
  );
  expect(failures).toEqual([]);
  return receipt.signed.map(({ bundlePath }) => bundlePath);
}

/** Signatures and attestations of the older layout. */
let older: SignedImages;
beforeAll(() => {
  older = new SignedImages(place.sandbox);
});
afterAll(() => older[Symbol.dispose]());

const signatureOn = ({ digest, repository }: PushedImage): Promise<OlderLayer> =>
  older.olderSignature(digest, repository);
const attestationOn = ({ digest, repository }: PushedImage): Promise<OlderLayer> =>
  older.olderAttestation(digest, repository, 'https://example.test/v1');
const tag = ({ reference, digest }: PushedImage, suffix: 'sig' | 'att', layers: readonly OlderLayer[]): Promise<void> =>
  older.tag({ byDigest: reference, digest }, suffix, layers);

async function verify(name: string, expected?: Expected): Promise<ArtifactOutcome> {
  const world = place.world();
  const request = place.verification([verifiableImage(name, registriesFor(world.http), files)], expected);
  const [outcome, ...others] = artifactOutcomes(await verifyRun(request, world));
  if (outcome === undefined || others.length > 0) throw new Error('one outcome was wanted');
  return outcome;
}

async function expectVerified(name: string, wanted: PushedImage, options: Expected = {}): Promise<ArtifactOutcome> {
  const outcome = await verify(name, options);
  expect(outcome.failure).toBeUndefined();
  expect(outcome).toMatchObject({ digest: formatDigest(wanted.digest), image: { reference: wanted.reference } });
  return outcome;
}

async function expectFailure(name: string, code: ErrorCode, options: Expected = {}): Promise<ArtifactOutcome> {
  const outcome = await verify(name, options);
  expect(outcome.failure).toMatchObject({ code });
  return outcome;
}

describe.each([0, 1] as const)('in registry %i', (which) => {
  test('an image is verified by the bundle that is attached to it, by tag and by digest', async () => {
    const signed = await image('signed', which, 'v1');
    await sign(signed.reference);
    for (const name of [`${signed.repository}:v1`, signed.reference, `oci://${signed.reference}`]) {
      const { results } = await expectVerified(name, signed);
      expect(results).toHaveLength(1);
      expect(results[0]?.bundle).toMatch(
        new RegExp(`^${signed.repository.replaceAll('.', '\\.')}@sha256:[0-9a-f]{64}$`),
      );
    }
    await expectFailure(signed.reference, 'IDENTITY_MISMATCH', { identity: 'https://example.test/somebody' });
  });

  test('an image is verified by cosign’s older signature', async () => {
    const signed = await image('older', which, 'v1');
    await tag(signed, 'sig', [await signatureOn(signed)]);
    const { results } = await expectVerified(`${signed.repository}:v1`, signed);
    const named = `sha256-${formatDigest(signed.digest).slice('sha256:'.length)}.sig`;
    expect(results.map(({ bundle: where }) => where)).toEqual([`${signed.repository}:${named}, layer 1`]);
    await expectVerified(signed.reference, signed, { content: { subjectName: exactly(signed.repository) } });
    await expectFailure(signed.reference, 'SUBJECT_NAME_MISMATCH', { content: { subjectName: exactly('x') } });
    await expectFailure(signed.reference, 'IDENTITY_MISMATCH', { identity: 'https://example.test/somebody' });
  });

  test('an image is verified by cosign’s older attestation', async () => {
    const signed = await image('attested', which);
    await tag(signed, 'att', [await attestationOn(signed)]);
    await expectVerified(signed.reference, signed, { content: { predicateType: exactly('https://example.test/v1') } });
    await expectFailure(signed.reference, 'PREDICATE_TYPE_MISMATCH', {
      content: { predicateType: exactly('https://example.test/v2') },
    });
  });

  test('what is about another image does not count, by whichever layout it is attached', async () => {
    const signed = await image('honest', which);
    const target = await image('target', which);
    const [path = ''] = await sign(signed.reference);
    const bundle = await readFile(path);
    await attachBundle(clientOf(place.registries, target.repository), {
      image: target,
      stored: { mediaType: imageType, size: target.bytes.length },
      bundle,
      predicateType: 'https://sigstore.dev/cosign/sign/v1',
      signedAt: new Date(),
    });
    const layer = await signatureOn(signed);
    // The second with the document of the image itself, under somebody else's signature.
    const forged = { ...layer, bytes: simpleSigning(target.digest, target.repository) };
    await tag(target, 'sig', [layer, forged]);
    await tag(target, 'att', [await attestationOn(signed)]);
    const { results } = await expectFailure(target.reference, 'SIGNATURE_INVALID');
    expect(results.map(({ criteria, failure }) => criteria.length > 0 && failure?.code)).toEqual([
      'ARTIFACT_MISMATCH',
      'ARTIFACT_MISMATCH',
      'SIGNATURE_INVALID',
      'ARTIFACT_MISMATCH',
    ]);
  });

  test('what others attach does not hide what counts', async () => {
    const signed = await image('crowded', which);
    const client = clientOf(place.registries, signed.repository);
    await sign(signed.reference);
    const attach = async (artifactType: string, layer: string, changes: JsonObject = {}): Promise<void> => {
      const bytes = utf8(layer);
      const layers = [
        { mediaType: artifactType, digest: formatDigest(await client.pushBlob(bytes)), size: bytes.length },
      ];
      const config = { mediaType: emptyType, digest: formatDigest(await client.pushBlob(utf8('{}'))), size: 2 };
      const subject = { mediaType: imageType, digest: formatDigest(signed.digest), size: signed.bytes.length };
      const document = { schemaVersion: 2, mediaType: imageType, artifactType, config, layers, subject, ...changes };
      await client.attach({
        mediaType: imageType,
        bytes: utf8(JSON.stringify(document)),
        subject: signed.digest,
        artifactType,
        annotations: {},
      });
    };
    await attach('application/spdx+json', '{}');
    await attach(bundleType, 'no bundle');
    await attach(bundleType, '{}', { layers: [] });
    const annotations = { 'dev.cosignproject.cosign/signature': '!', 'dev.sigstore.cosign/bundle': '[]' };
    await tag(signed, 'sig', [
      { bytes: utf8('{}'), annotations: {} },
      { bytes: simpleSigning(signed.digest, signed.repository), annotations },
    ]);
    const { results } = await expectVerified(signed.reference, signed);
    const unread = results.flatMap(({ criteria, failure }) => (criteria.length === 0 && failure ? [failure.code] : []));
    expect(unread).toEqual(['BUNDLE_INVALID', 'BUNDLE_INVALID', 'BUNDLE_INVALID', 'BUNDLE_INVALID']);
    expect(results).toHaveLength(5);
  });

  test('an image to which nothing is attached is not verified, and one that is not there is said to be absent', async () => {
    const bare = await image('bare', which, 'v1');
    const { failure } = await expectFailure(`${bare.repository}:v1`, 'BUNDLE_MISSING');
    expect(failure?.message).toContain(bare.reference);
    await expectFailure(`${bare.repository}:v2`, 'SUBJECT_MISSING');
    await expectFailure(`${bare.repository}@sha256:${'ab'.repeat(32)}`, 'SUBJECT_MISSING');
  });
});

test('with a bundle that is named, and the digest in the name, the registry is asked for nothing', async () => {
  const signed = await image('named', 0, 'v1');
  const bundles = await sign(signed.reference);
  const before = place.count('registry');
  await expectVerified(signed.reference, signed, { bundles });
  expect(place.count('registry')).toBe(before);
  await expectVerified(`${signed.repository}:v1`, signed, { bundles });
  const other = await image('unnamed');
  await expectFailure(other.reference, 'ARTIFACT_MISMATCH', { bundles });
});

describe('a registry that lies', () => {
  test.each([
    ['registry:altered-manifest', 'SERVICE_RESPONSE_INVALID'],
    ['registry:altered-blob', 'SERVICE_RESPONSE_INVALID'],
    ['registry:missing-manifest', 'BUNDLE_MISSING'],
    ['registry:redirected-blobs', undefined],
    ['registry:large-headers', undefined],
    ['registry:503', 'SERVICE_UNAVAILABLE'],
    ['registry:html', 'SERVICE_RESPONSE_INVALID'],
  ] as const)('%s', async (lie, code) => {
    const signed = await image(`lie-${lie.replace('registry:', '')}`, 0, 'v1');
    await sign(signed.reference);
    place.sandbox.misbehave(lie);
    if (code === undefined) await expectVerified(signed.reference, signed);
    else await expectFailure(signed.reference, code);
  });

  test('what a tag leads to is asked once, and the digest that was verified is the one that is said', async () => {
    const signed = await image('asked-once', 0, 'v1');
    await sign(signed.reference);
    place.sandbox.misbehave('registry:moved-tag');
    const outcome = await verify(`${signed.repository}:v1`);
    // Whatever it was told first is what was looked at.
    const said = outcome.digest;
    expect(outcome.image?.reference).toBe(`${signed.repository}@${said}`);
    if (said !== formatDigest(signed.digest)) expect(outcome.failure).toBeDefined();
  });

  test('a registry that does not say what is attached is no registry to which nothing is attached', async () => {
    const signed = await image('guarded', 0, 'v1');
    await sign(signed.reference);
    place.sandbox.registry.configure({ authentication: 'basic' });
    await expectFailure(signed.reference, 'SERVICE_REFUSED');
    place.sandbox.registry.configure({ authentication: 'none' });
  });
});

test('a bundle under a fallback tag whose manifest says that it is another image’s is not read', async () => {
  const signed = await image('listed', 1);
  const target = await image('listed', 1);
  await sign(signed.reference);
  const client = clientOf(place.registries, signed.repository);
  const index = await client.getManifest(`sha256-${formatDigest(signed.digest).slice(7)}` as never);
  await pushDocument(
    place.registries,
    target.repository,
    'application/vnd.oci.image.index.v1+json',
    JSON.parse(Buffer.from(index?.bytes ?? []).toString()),
    `sha256-${formatDigest(target.digest).slice(7)}`,
  );
  const { results } = await expectFailure(target.reference, 'BUNDLE_INVALID');
  expect(results).toHaveLength(1);
});

test('more bundles than anybody needs are refused rather than passed over', async () => {
  const signed = await image('flooded');
  const bytes = simpleSigning(signed.digest, signed.repository);
  await tag(
    signed,
    'sig',
    Array.from({ length: 257 }, () => ({ bytes, annotations: {} })),
  );
  await expectFailure(signed.reference, 'LIMIT_EXCEEDED');
});

test('the outputs say what may be deployed', async () => {
  const [signed, bare] = [await image('deployed', 0, 'v1'), await image('withheld', 0, 'v1')];
  await sign(signed.reference);
  const world = place.world();
  const report = (...names: readonly string[]) =>
    verifyRun(place.verification(names.map((name) => verifiableImage(name, registriesFor(world.http), files))), world);
  const [good, bad, absent] = [`${signed.repository}:v1`, `${bare.repository}:v1`, `${bare.repository}:v2`];
  expect(verifiedImage(await report(good))).toBe(signed.reference);
  expect(verifiedImage(await report(bad))).toBe('');
  expect(verifiedImage(await report(good, absent))).toBe('');
  expect(JSON.parse(imagesJson(await report(good, bad, absent)))).toEqual([
    { image: good, verified: true, reference: signed.reference, digest: formatDigest(signed.digest) },
    { image: bad, verified: false, reference: bare.reference, digest: formatDigest(bare.digest) },
    { image: absent, verified: false, reference: null, digest: null },
  ]);
});

test('an image and a file of one name are not told apart by their reports, and refused', async () => {
  const name = `${host()}/example/app:v1`;
  const artifacts = [verifiableImage(name, place.registries, files), { kind: 'file', name, path: '/nowhere' } as const];
  await expect(verifyRun(place.verification(artifacts), place.world())).rejects.toMatchObject({ code: 'USAGE' });
});

describe('a registry that answers unusually', () => {
  /** Verifies an image behind a proxy, and returns the report and its exit code. */
  async function through(built: PushedImage, which: 0 | 1, isMeant: RegExp, answer: Answer, expected: Expected = {}) {
    await using proxy = await proxying(host(which), (path) => (isMeant.test(path) ? answer : undefined));
    const name = built.reference.replace(host(which), new URL(proxy.origin).host);
    const world = place.world();
    const request = place.verification([verifiableImage(name, registriesFor(world.http), files)], expected);
    const report = await verifyRun(request, world);
    const [outcome] = artifactOutcomes(report);
    return { report, outcome, exitCode: outcome?.failure?.exitCode ?? 0 };
  }

  const places: readonly (readonly [string, 0 | 1, RegExp])[] = [
    ['for the older tags', 0, /\.(?:sig|att)$/],
    ['for one of them', 1, /\.att$/],
    ['for the list of referrers', 1, /\/referrers\//],
  ];
  const cases = places.flatMap((each) =>
    unusualAnswers.map(([what, answer]) => [each[0], what, each, answer] as const),
  );
  // A list of referrers that is an index is what it should be.
  const isList = ([where, what]: readonly [string, string, ...unknown[]]): boolean =>
    where === 'for the list of referrers' && what === 'an index';

  let signed: readonly PushedImage[];
  let bare: readonly PushedImage[];
  beforeAll(async () => {
    signed = [await image('unusual', 0), await image('unusual', 1)];
    bare = [await image('unusual-bare', 0), await image('unusual-bare', 1)];
    for (const { reference } of signed) await sign(reference);
  });

  test.each(cases.filter((one) => !isList(one)))('%s: %s', async (_where, _what, [, which, isMeant], answer) => {
    const [good, none] = [signed[which], bare[which]];
    if (good === undefined || none === undefined) throw new Error('not pushed');
    const { report, outcome, exitCode } = await through(good, which, isMeant, answer);
    expect(exitCode).toBe(0);
    const unread = outcome?.results.filter((result) => result.unread) ?? [];
    expect(unread.length).toBeGreaterThan(0);
    const text = verificationText(report, { verbose: true });
    const shown = [text, verificationSummary(report), JSON.stringify(verificationJson(report))];
    for (const each of shown) {
      expect(each).toMatch(/unread/i);
      for (const { failure } of unread) expect(each).toContain(failure?.code);
    }
    // A bundle of somebody else's is no better for it, and an unsigned image is told apart from one that may be signed.
    const elsewhere = { identity: 'https://example.test/somebody' };
    expect((await through(good, which, isMeant, answer, elsewhere)).exitCode).toBe(4);
    const unsigned = await through(none, which, isMeant, answer);
    expect(unsigned.exitCode).toBe(6);
    expect(unsigned.outcome?.failure?.kind).toBe('unavailable');
    const certain = await through(none, which, isMeant, { status: 404 });
    expect([certain.exitCode, certain.outcome?.failure?.code]).toEqual([3, 'BUNDLE_MISSING']);
  });

  test('has a code of its own', async () => {
    const [none] = bare;
    if (none === undefined) throw new Error('not pushed');
    const { outcome } = await through(none, 0, /\.sig$/, { status: 403 });
    expect(outcome?.failure).toMatchObject({
      code: 'ATTACHMENT_UNREADABLE',
      message: expect.stringContaining('cannot be read, and may contain signatures'),
    });
  });
});

describe('cosign’s signatures as referrers (OCI 1.1)', () => {
  const artifactType = 'application/vnd.dev.cosign.artifact.sig.v1+json';

  /** Attaches layers as `--registry-referrers-mode oci-1-1` does. */
  async function attachOlder(
    built: PushedImage,
    layers: readonly (OlderLayer & { readonly mediaType: string })[],
    changes: JsonObject = {},
    subject: PushedImage = built,
  ): Promise<void> {
    const client = clientOf(place.registries, built.repository);
    const described = await Promise.all(
      layers.map(async ({ bytes, annotations, mediaType }) => ({
        mediaType,
        digest: formatDigest(await client.pushBlob(bytes)),
        size: bytes.length,
        annotations,
      })),
    );
    const config = { mediaType: artifactType, digest: formatDigest(await client.pushBlob(utf8('{}'))), size: 2 };
    const named = { mediaType: imageType, digest: formatDigest(subject.digest), size: subject.bytes.length };
    const document = { schemaVersion: 2, mediaType: imageType, config, layers: described, subject: named, ...changes };
    await client.attach({
      mediaType: imageType,
      bytes: utf8(JSON.stringify(document)),
      subject: built.digest,
      artifactType: typeof changes.artifactType === 'string' ? changes.artifactType : artifactType,
      annotations: {},
    });
  }

  const signature = async (built: PushedImage) => ({ mediaType: simpleSigningType, ...(await signatureOn(built)) });
  const attestation = async (built: PushedImage) => ({ mediaType: envelopeType, ...(await attestationOn(built)) });

  test.each([0, 1] as const)('are verified in registry %i', async (which) => {
    const [built, other] = [await image('oci11', which), await image('oci11', which)];
    await attachOlder(built, [await signature(other), await signature(built)]);
    const { results } = await expectVerified(built.reference, built);
    expect(results.map(({ failure }) => failure?.code)).toEqual(['ARTIFACT_MISMATCH', undefined]);
    expect(results[1]?.bundle).toMatch(/@sha256:[0-9a-f]{64}, layer 2$/);
    await expectFailure(built.reference, 'IDENTITY_MISMATCH', { identity: 'https://example.test/somebody' });
  });

  test('are verified as attestations, under the type of statements', async () => {
    const built = await image('oci11-attested');
    await attachOlder(built, [await attestation(built)], { artifactType: 'application/vnd.in-toto+json' });
    await expectVerified(built.reference, built, { content: { predicateType: exactly('https://example.test/v1') } });
  });

  test('that are attached to another image are not read', async () => {
    const [built, other] = [await image('oci11-listed', 1), await image('oci11-other', 1)];
    await attachOlder(built, [await signature(built)], {}, other);
    const { results } = await expectFailure(built.reference, 'BUNDLE_INVALID');
    expect(results[0]?.failure?.message).toContain('but its subject is');
  });

  test('of more layers than are examined are refused', async () => {
    const built = await image('oci11-flooded');
    const bytes = simpleSigning(built.digest, built.repository);
    await attachOlder(built, Array(257).fill({ bytes, annotations: {}, mediaType: simpleSigningType }));
    await expectFailure(built.reference, 'LIMIT_EXCEEDED');
  });
});

describe('bundles in another repository (COSIGN_REPOSITORY)', () => {
  const elsewhere = (which: 0 | 1): string => `${host(which)}/example/signatures`;
  const withRepository = (name: string) => {
    const environment = { COSIGN_REPOSITORY: name };
    return systemRegistries({ images: [], account: undefined, environment }, place.world());
  };
  const verifyWith = async (registries: Registries, reference: string): Promise<ArtifactOutcome | undefined> => {
    const request = place.verification([verifiableImage(reference, registries, files)]);
    return artifactOutcomes(await verifyRun(request, place.world()))[0];
  };

  test.each([0, 1] as const)('are pushed to it and found in it: registry %i', async (which) => {
    const built = await image('signed-elsewhere', which);
    const registries = withRepository(elsewhere(which));
    await signWith(registries, built.reference);
    const outcome = await verifyWith(registries, built.reference);
    expect(outcome).toMatchObject({ failure: undefined, image: { reference: built.reference } });
    expect(outcome?.results[0]?.bundle).toMatch(`${elsewhere(which)}@sha256:`);
    // They are not in the repository of the image, nor looked for there.
    await expectFailure(built.reference, 'BUNDLE_MISSING');
    const beside = await image('signed-beside', which);
    await sign(beside.reference);
    const missed = await verifyWith(registries, beside.reference);
    expect(missed?.failure).toMatchObject({
      code: 'BUNDLE_MISSING',
      message: expect.stringContaining(`in ${elsewhere(which)} (COSIGN_REPOSITORY)`),
    });
  });

  test('of another registry, and by an older signature', async () => {
    const built = await image('signed-in-another-registry');
    const signatures = new SignedImages(place.sandbox, 'registryWithoutReferrers');
    await signatures.tag({ byDigest: `${elsewhere(1)}@${formatDigest(built.digest)}`, digest: built.digest }, 'sig', [
      await signatureOn(built),
    ]);
    signatures[Symbol.dispose]();
    expect(await verifyWith(withRepository(elsewhere(1)), built.reference)).toMatchObject({ failure: undefined });
  });

  test('whose name is wrong is refused before a request', () => {
    for (const name of ['registry.example/signatures:1', 'https://registry.example/x', 'Signatures'])
      expect(() => withRepository(name)).toThrow(
        expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('COSIGN_REPOSITORY') }),
      );
    expect(() => withRepository('')).not.toThrow();
  });

  test('in another registry makes it unclear which registry a password is for', () => {
    const account = { registry: undefined, user: 'me', password: new Secret('s3cr3t') };
    const request = (registry: string | undefined, repository: string) => () =>
      systemRegistries(
        {
          images: [`${host(0)}/example/app:1`],
          account: { ...account, registry },
          environment: { COSIGN_REPOSITORY: repository },
        },
        place.world(),
      );
    expect(request(undefined, elsewhere(1))).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(request(undefined, elsewhere(0))).not.toThrow();
    expect(request(host(1), elsewhere(1))).not.toThrow();
  });
});

describe('an image layout on disk, as `cosign save` writes it', () => {
  let saved = 0;

  /** Saves an image with what is put beside it, as index.json lists it; a referrer may be among the blobs alone. */
  async function save(
    built: PushedImage,
    beside: readonly { readonly kind: string; readonly layers: readonly OlderLayer[] }[],
    referrers: readonly { readonly bytes: Uint8Array; readonly blobs: readonly Uint8Array[]; listed: boolean }[] = [],
  ): Promise<string> {
    const folder = join(place.folder, `layout-${saved++}`);
    await files.mkdir(join(folder, 'blobs/sha256'), { recursive: true });
    const store = async (bytes: Uint8Array) => {
      const named = formatDigest(digest('sha256', bytes));
      await files.writeFile(join(folder, 'blobs', named.replace(':', '/')), bytes);
      return { digest: named, size: bytes.length };
    };
    const entry = async (bytes: Uint8Array, kind?: string) => ({
      mediaType: imageType,
      ...(await store(bytes)),
      ...(kind !== undefined && { annotations: { kind: `dev.cosignproject.cosign/${kind}` } }),
    });
    const manifests = [await entry(built.bytes, 'image')];
    for (const { kind, layers } of beside) {
      const described = await Promise.all(
        layers.map(async ({ bytes, annotations, mediaType }) => ({ mediaType, ...(await store(bytes)), annotations })),
      );
      const bytes = utf8(JSON.stringify({ schemaVersion: 2, mediaType: imageType, config: {}, layers: described }));
      manifests.push(await entry(bytes, kind));
    }
    for (const { bytes, blobs, listed } of referrers) {
      for (const blob of blobs) await store(blob);
      const own = await entry(bytes);
      if (listed) manifests.push(own);
    }
    const index = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests };
    await files.writeFile(join(folder, 'index.json'), JSON.stringify(index));
    await files.writeFile(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
    return folder;
  }

  const signatures = async (built: PushedImage) => ({
    kind: 'sigs',
    layers: [{ mediaType: simpleSigningType, ...(await signatureOn(built)) }],
  });
  const attestations = async (built: PushedImage) => ({
    kind: 'atts',
    layers: [{ mediaType: envelopeType, ...(await attestationOn(built)) }],
  });
  async function bundleOf(built: PushedImage, listed: boolean) {
    const [path = ''] = await sign(built.reference);
    const bundle = await readFile(path);
    const [found] = (await clientOf(place.registries, built.repository).referrers(built.digest)).descriptors;
    if (found === undefined) throw new Error('nothing is attached');
    const manifest = await clientOf(place.registries, built.repository).getManifest(found.digest);
    return { bytes: manifest?.bytes ?? new Uint8Array(), blobs: [bundle], listed };
  }

  test('is verified by the signature, the attestation or the bundle in it, without a request', async () => {
    const built = await image('saved');
    const other = await image('saved-other');
    const cases = [
      await save(built, [await signatures(built)]),
      await save(built, [await attestations(built)]),
      await save(built, [], [await bundleOf(built, true)]),
      await save(built, [], [await bundleOf(built, false)]),
    ];
    const before = place.count('registry');
    for (const path of cases) {
      const outcome = await verify(path);
      expect(outcome.failure).toBeUndefined();
      expect(outcome).toMatchObject({ digest: formatDigest(built.digest), image: { reference: undefined } });
    }
    expect(place.count('registry')).toBe(before);
    await expectFailure(await save(built, [await signatures(other)]), 'ARTIFACT_MISMATCH');
  });

  test('without a signature is not verified', async () => {
    await expectFailure(await save(await image('saved-bare'), []), 'BUNDLE_MISSING');
  });

  test('with an altered signature is not verified', async () => {
    const built = await image('saved-altered');
    const { layers, kind } = await signatures(built);
    const path = await save(built, [{ kind, layers }]);
    const [layer] = layers;
    const name = formatDigest(digest('sha256', layer?.bytes ?? utf8(''))).replace(':', '/');
    await files.writeFile(join(path, 'blobs', name), simpleSigning(built.digest, 'another/name'));
    await expectFailure(path, 'IMAGE_INVALID');
  });

  test('of several images is refused', async () => {
    const [one, two] = [await image('saved-one'), await image('saved-two')];
    const path = await save(one, []);
    const index = JSON.parse(await readFile(join(path, 'index.json'), 'utf8'));
    const second = { mediaType: imageType, digest: formatDigest(two.digest), size: two.bytes.length };
    await files.writeFile(join(path, 'blobs', formatDigest(two.digest).replace(':', '/')), two.bytes);
    await files.writeFile(
      join(path, 'index.json'),
      JSON.stringify({ ...index, manifests: [...index.manifests, second] }),
    );
    const { failure } = await expectFailure(path, 'USAGE');
    expect(failure?.message).toContain('contains 2 images');
  });

  test('that is not there is absent', async () => {
    for (const name of ['./image.tar', '/nowhere/image', 'oci-archive:image.tar']) {
      await expectFailure(name, 'SUBJECT_UNREADABLE');
    }
  });
});
