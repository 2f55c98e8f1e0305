/** Verifying images by what is signed of their platforms: the manifests, and the attestation manifests that BuildKit makes. */

import { randomUUID } from 'node:crypto';
import * as files from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { writeBundle } from '../../../src/core/bundle/index.ts';
import { formatDigest } from '../../../src/core/crypto/index.ts';
import type { ErrorCode } from '../../../src/core/errors/index.ts';
import { exactly } from '../../../src/core/policy/index.ts';
import {
  type ArtifactOutcome,
  artifactOutcomes,
  resultsJson,
  type VerificationReport,
  verificationJson,
  verificationSummary,
  verificationText,
  verifiedImage,
} from '../../../src/report/index.ts';
import { verifyRun } from '../../../src/run/verify/index.ts';
import { verifiableImages } from '../../../src/run/verify/verify-image.ts';
import {
  attachedAttestation,
  attachment,
  attestationEntry,
  attestationManifest,
  type BuiltImage,
  buildKitAttestation,
  buildKitStatement,
  buildKitTypes,
  digestOf,
  image,
  index,
  layoutFiles,
  multiPlatform,
  platforms,
  writeFiles,
} from '../../kit/image-layout.ts';
import { proxying } from '../../kit/proxy.ts';
import { attachInto, clientOf, pushBuilt, registriesFor } from '../../kit/registries.ts';
import { SignedImages } from '../../kit/signed-images.ts';
import { type Expected, Workplace } from '../workplace.ts';

let place: Workplace;
let signer: SignedImages;
beforeAll(async () => {
  place = await Workplace.open();
  signer = new SignedImages(place.sandbox);
});
afterAll(async () => {
  signer[Symbol.dispose]();
  await place[Symbol.asyncDispose]();
});
beforeEach(() => place.reset());

interface Options extends Expected {
  readonly platform?: string;
}

const freshRepository = (): string => `${place.sandbox.registry.host}/example/${randomUUID()}`;
const references = (repository: string, { digest }: BuiltImage): string => `${repository}@${formatDigest(digest)}`;

/** Pushes it as `repository:v1`, and returns that name. */
async function push(built: BuiltImage, repository = freshRepository()): Promise<string> {
  await pushBuilt(place.registries, repository, built, 'v1');
  return repository;
}

/** Signs manifests as `cosign sign` does, and attaches the bundles. */
async function sign(repository: string, ...manifests: readonly BuiltImage[]): Promise<void> {
  for (const each of manifests) await signAs(repository, each);
}

async function signAs(repository: string, { digest, bytes }: BuiltImage, predicateType?: string): Promise<void> {
  const signed = { byDigest: `${repository}@${formatDigest(digest)}`, digest, size: bytes.length };
  await signer.attach(signed, await signer.sign(signed, predicateType));
}

async function report(name: string, { platform, ...expected }: Options = {}): Promise<VerificationReport> {
  const world = place.world();
  const images = verifiableImages([name], registriesFor(world.http), files, platform);
  return verifyRun(place.verification(images, expected), world);
}

async function verify(name: string, options: Options = {}): Promise<ArtifactOutcome> {
  const [outcome, ...others] = artifactOutcomes(await report(name, options));
  if (outcome === undefined || others.length > 0) throw new Error('one outcome was wanted');
  return outcome;
}

async function expectVerified(repository: string, options: Options = {}): Promise<ArtifactOutcome> {
  const outcome = await verify(`${repository}:v1`, options);
  expect(outcome.failure).toBeUndefined();
  return outcome;
}

async function expectFailure(repository: string, code: ErrorCode, options: Options = {}): Promise<ArtifactOutcome> {
  const outcome = await verify(`${repository}:v1`, options);
  expect(outcome.failure).toMatchObject({ code });
  return outcome;
}

/** The parts that a verified bundle is about. */
const partsOf = ({ results }: ArtifactOutcome) => results.flatMap(({ part, verdict }) => (verdict && part) ?? []);

/** Two platforms, with the attestation manifest of each. */
function twoPlatforms() {
  const images = platforms.map((platform) => image([randomUUID()], platform));
  const [amd, arm] = images;
  if (amd === undefined || arm === undefined) throw new Error('two platforms were wanted');
  const [amdAttested] = buildKitAttestation(amd);
  const [armAttested] = buildKitAttestation(arm);
  return { amd, arm, amdAttested, armAttested };
}
type Two = ReturnType<typeof twoPlatforms>;

const entry = (at: number) => ({ platform: platforms[at] });

function indexOf({ amd, arm, amdAttested, armAttested }: Two): BuiltImage {
  return index([
    [amd, entry(0)],
    [arm, entry(1)],
    [amdAttested, attestationEntry(amd)],
    [armAttested, attestationEntry(arm)],
  ]);
}

describe('an index is verified', () => {
  test('by the signatures on the attestation manifests of all platforms', async () => {
    const two = twoPlatforms();
    const built = indexOf(two);
    const repository = await push(built);
    await sign(repository, two.amdAttested, two.armAttested);
    const outcome = await expectVerified(repository);
    expect(outcome).toMatchObject({
      digest: formatDigest(built.digest),
      image: { reference: references(repository, built) },
    });
    expect(partsOf(outcome)).toEqual([
      {
        digest: formatDigest(two.amd.digest),
        platform: 'linux/amd64',
        attestationManifest: formatDigest(two.amdAttested.digest),
      },
      {
        digest: formatDigest(two.arm.digest),
        platform: 'linux/arm64/v8',
        attestationManifest: formatDigest(two.armAttested.digest),
      },
    ]);
    await expectFailure(repository, 'IDENTITY_MISMATCH', { identity: 'https://example.test/somebody' });
  });

  test('by signatures on the manifests of all platforms, and by one of each kind', async () => {
    const two = twoPlatforms();
    const direct = await push(indexOf(two));
    await sign(direct, two.amd, two.arm);
    expect(partsOf(await expectVerified(direct)).map(({ attestationManifest }) => attestationManifest)).toEqual([
      undefined,
      undefined,
    ]);
    const mixed = await push(indexOf(two));
    await sign(mixed, two.amd, two.armAttested);
    await expectVerified(mixed);
  });

  test('by attestation manifests that are attached to the platforms', async () => {
    const { amd, arm } = twoPlatforms();
    const repository = await push(
      index([
        [amd, entry(0)],
        [arm, entry(1)],
      ]),
    );
    for (const each of [amd, arm]) {
      const built = attachedAttestation(each);
      await attachInto(clientOf(place.registries, repository), { subject: each, built });
      await sign(repository, built);
    }
    await expectVerified(repository);
  });

  test('by a signature of cosign’s older layout on the attestation manifest', async () => {
    const { amd, amdAttested } = twoPlatforms();
    const repository = await push(
      index([
        [amd, entry(0)],
        [amdAttested, attestationEntry(amd)],
      ]),
    );
    const layer = await signer.olderSignature(amdAttested.digest, repository);
    await signer.tag({ byDigest: references(repository, amdAttested), digest: amdAttested.digest }, 'sig', [layer]);
    await expectVerified(repository);
    await expectVerified(repository, { content: { predicateType: exactly(buildKitTypes[1]) } });
    await expectFailure(repository, 'IDENTITY_MISMATCH', { identity: 'https://example.test/somebody' });
  });

  test('in an index that an index lists', async () => {
    const two = twoPlatforms();
    const repository = await push(index([[indexOf(two), {}]]));
    await sign(repository, two.amdAttested, two.armAttested);
    await expectVerified(repository);
    await expectVerified(repository, { platform: 'linux/arm64' });
  });
});

describe('a manifest is verified', () => {
  test('by the attestation manifest that is attached to it', async () => {
    const { amd } = twoPlatforms();
    const repository = await push(amd);
    const built = attachedAttestation(amd);
    await attachInto(clientOf(place.registries, repository), { subject: amd, built });
    await expectFailure(repository, 'BUNDLE_MISSING');
    await sign(repository, built);
    await expectVerified(repository);
    await expectVerified(repository, { platform: 'linux/amd64' });
    const { failure } = await expectFailure(repository, 'SUBJECT_MISSING', { platform: 'linux/arm64' });
    expect(failure?.message).toContain('it has linux/amd64');
  });
});

describe('one platform', () => {
  let two: Two;
  let repository: string;
  beforeAll(async () => {
    two = twoPlatforms();
    repository = await push(indexOf(two));
    await sign(repository, two.amdAttested);
  });

  test('is verified alone, and all platforms are not', async () => {
    const outcome = await expectVerified(repository, { platform: 'linux/amd64' });
    const reference = references(repository, two.amd);
    expect(outcome).toMatchObject({ digest: formatDigest(two.amd.digest), image: { reference } });
    expect(verifiedImage(await report(`${repository}:v1`, { platform: 'linux/amd64' }))).toBe(reference);
    for (const platform of [undefined, 'linux/arm64', 'linux/arm64/v8'])
      await expectFailure(repository, 'BUNDLE_MISSING', platform === undefined ? {} : { platform });
  });

  test('reports name each platform, and do not deploy an image of which one is not verified', async () => {
    const found = await report(`${repository}:v1`);
    expect(verifiedImage(found)).toBe('');
    expect(JSON.parse(resultsJson(found))).toEqual([
      expect.objectContaining({ verified: false, code: 'BUNDLE_MISSING', identity: null, bundle: null }),
    ]);
    expect(verificationJson(found)).toMatchObject({
      verified: false,
      artifacts: [
        {
          verified: false,
          results: [
            { verified: true, part: { digest: formatDigest(two.amd.digest), platform: 'linux/amd64' } },
            { verified: false, part: { platform: 'linux/arm64/v8', attestationManifest: null } },
          ],
        },
      ],
    });
    const way = `linux/amd64 (${formatDigest(two.amd.digest)}), by the attestation manifest ${formatDigest(two.amdAttested.digest)}`;
    expect(verificationText(found)).toContain(`  ${way}\n`);
    expect(verificationSummary(found)).toContain(way);
    const verified = await report(`${repository}:v1`, { platform: 'linux/amd64' });
    expect(verificationText(verified)).toContain(`  ${way}\n`);
  });

  test('is verified by a signature on the index', async () => {
    const built = indexOf(twoPlatforms());
    const signed = await push(built);
    await sign(signed, built);
    const outcome = await expectVerified(signed, { platform: 'linux/arm64' });
    expect(outcome.image?.reference).not.toBe(references(signed, built));
    await expectFailure(signed, 'SUBJECT_MISSING', { platform: 'linux/s390x' });
  });

  test('that the index does not list is refused, with those that it lists', async () => {
    for (const platform of ['linux/s390x', 'linux/arm64/v9', 'windows/amd64', 'unknown/unknown']) {
      const { failure } = await expectFailure(repository, 'SUBJECT_MISSING', { platform });
      expect(failure?.message).toMatch(/it has linux\/amd64, linux\/arm64\/v8$/);
    }
  });

  test('that is not the name of one is refused', async () => {
    for (const platform of ['', 'linux', 'linux/', '/amd64', 'linux/arm64/v8/x', 'linux/ amd64', 'Linux/amd64'])
      await expect(report(`${repository}:v1`, { platform })).rejects.toMatchObject({ code: 'USAGE' });
  });

  test('that two manifests are for is refused', async () => {
    const variants = ['v6', 'v7'].map((variant) => ({ os: 'linux', architecture: 'arm', variant }));
    const built = index(variants.map((platform) => [image([randomUUID()], platform), { platform }] as const));
    const name = await push(built);
    const { failure } = await expectFailure(name, 'USAGE', { platform: 'linux/arm' });
    expect(failure?.message).toContain('linux/arm/v6, linux/arm/v7');
    await expectFailure(name, 'BUNDLE_MISSING', { platform: 'linux/arm/v6' });
  });
});

describe('a required attestation', () => {
  const type = 'https://spdx.dev/Document/v2.3';
  const attestations = [{ type: 'sbom', expected: [exactly(type), exactly('https://cyclonedx.org/bom')] }];

  test('of one platform is none of the others', async () => {
    const two = twoPlatforms();
    const repository = await push(indexOf(two));
    await sign(repository, two.amd, two.arm);
    await expectFailure(repository, 'ATTESTATION_MISSING', { attestations });
    await signAs(repository, two.amd, type);
    await expectFailure(repository, 'ATTESTATION_MISSING', { attestations });
    await expectVerified(repository, { attestations, platform: 'linux/amd64' });
    await signAs(repository, two.arm, 'https://cyclonedx.org/bom');
    await expectVerified(repository, { attestations });
  });

  test('of the index is one of every platform, and that of a platform is none of the index', async () => {
    const two = twoPlatforms();
    const built = indexOf(two);
    const repository = await push(built);
    await sign(repository, built);
    await signAs(repository, two.amd, type);
    await expectFailure(repository, 'ATTESTATION_MISSING', { attestations });
    await signAs(repository, built, type);
    await expectVerified(repository, { attestations });
  });
});

describe('content policies', () => {
  test('apply to the statements of the attestation manifest', async () => {
    const two = twoPlatforms();
    const repository = await push(indexOf(two));
    await sign(repository, two.amdAttested, two.armAttested);
    for (const type of buildKitTypes) await expectVerified(repository, { content: { predicateType: exactly(type) } });
    for (const type of ['https://sigstore.dev/cosign/sign/v1', 'https://slsa.dev/provenance/v0.2'])
      await expectFailure(repository, 'PREDICATE_TYPE_MISMATCH', { content: { predicateType: exactly(type) } });
    const name = 'pkg:docker/example/app@1?platform=linux%2Famd64';
    await expectVerified(repository, { content: { subjectName: exactly(name) } });
    await expectFailure(repository, 'SUBJECT_NAME_MISMATCH', { content: { subjectName: exactly('another') } });
  });

  test('apply to the predicates of the statements, of which none may contradict the certificate', async () => {
    const { amd } = twoPlatforms();
    const signed = async (predicate: object): Promise<string> => {
      const provenance = { ...buildKitStatement(amd), predicate };
      const attested = attestationManifest([buildKitStatement(amd, buildKitTypes[1]), provenance]);
      const repository = await push(
        index([
          [amd, entry(0)],
          [attested, attestationEntry(amd)],
        ]),
      );
      await sign(repository, attested);
      return repository;
    };
    const builder = 'https://builder.example.test/1';
    const built = await signed({
      buildDefinition: { buildType: 'https://example.test/buildkit' },
      runDetails: { builder: { id: builder } },
    });
    const content = (id: string) => ({ predicate: [{ kind: 'builder-id', expected: [exactly(id)] } as const] });
    await expectVerified(built, { content: content(builder) });
    await expectFailure(built, 'PREDICATE_MISMATCH', { content: content(`${builder}0`) });
    const workflow = { repository: 'https://github.com/example/another', ref: 'refs/heads/main', path: 'a.yml' };
    const contradicting = await signed({
      buildDefinition: {
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        externalParameters: { workflow },
      },
    });
    await expectFailure(contradicting, 'PROVENANCE_MISMATCH');
    const sbom = { predicateType: exactly(buildKitTypes[1]) };
    await expectFailure(contradicting, 'PROVENANCE_MISMATCH', { content: sbom });
  });

  test('are met by one statement, not by two', async () => {
    const { amd } = twoPlatforms();
    const [provenance, sbom] = buildKitTypes.map((type) => buildKitStatement(amd, type));
    const renamed = {
      ...sbom,
      subject: [{ name: 'renamed', digest: { sha256: formatDigest(amd.digest).slice('sha256:'.length) } }],
    };
    const attested = attestationManifest([provenance ?? {}, renamed]);
    const repository = await push(
      index([
        [amd, entry(0)],
        [attested, attestationEntry(amd)],
      ]),
    );
    await sign(repository, attested);
    const content = (type: string) => ({ predicateType: exactly(type), subjectName: exactly('renamed') });
    await expectVerified(repository, { content: content(buildKitTypes[1]) });
    await expectFailure(repository, 'SUBJECT_NAME_MISMATCH', { content: content(buildKitTypes[0]) });
  });
});

describe('an attestation manifest is refused', () => {
  const alone = async (attested: BuiltImage, about: BuiltImage, predicateType?: string): Promise<string> => {
    const repository = await push(
      index([
        [about, entry(0)],
        [attested, attestationEntry(about)],
      ]),
    );
    await signAs(repository, attested, predicateType);
    return repository;
  };

  test('that is listed for another platform than its own', async () => {
    const two = twoPlatforms();
    const swapped = { ...two, amdAttested: two.armAttested, armAttested: two.amdAttested };
    const repository = await push(indexOf(swapped));
    await sign(repository, two.amdAttested, two.armAttested);
    const { results } = await expectFailure(repository, 'ARTIFACT_MISMATCH');
    expect(results.map(({ failure }) => failure?.code)).toEqual(['ARTIFACT_MISMATCH', 'ARTIFACT_MISMATCH']);
  });

  test('if one of its statements is about another image', async () => {
    const { amd, arm } = twoPlatforms();
    const attested = attestationManifest([buildKitStatement(amd), buildKitStatement(arm)]);
    await expectFailure(await alone(attested, amd), 'ARTIFACT_MISMATCH');
    await expectFailure(await alone(attested, { ...arm, ...image(['x'], platforms[0]) }), 'ARTIFACT_MISMATCH');
  });

  test('if it has no statement', async () => {
    const { amd } = twoPlatforms();
    await expectFailure(await alone(attestationManifest([]), amd), 'ARTIFACT_MISMATCH');
  });

  test('if a statement cannot be read', async () => {
    const { amd } = twoPlatforms();
    await expectFailure(
      await alone(attestationManifest([buildKitStatement(amd), { _type: 'https://in-toto.io/Statement/v1' }]), amd),
      'STATEMENT_INVALID',
    );
  });

  test('if it is attached to another image than it is listed for', async () => {
    const { amd, arm } = twoPlatforms();
    await expectFailure(await alone(attachedAttestation(amd, arm), amd), 'ARTIFACT_MISMATCH');
  });

  test('if what is signed says something else of it than that it is signed', async () => {
    const { amd, amdAttested } = twoPlatforms();
    await expectFailure(
      await alone(amdAttested, amd, 'https://in-toto.io/attestation/vulns/v0.2'),
      'PREDICATE_TYPE_MISMATCH',
    );
  });

  test('if it or a statement is missing', async () => {
    const { amd, amdAttested } = twoPlatforms();
    const layer = amdAttested.blobs.at(-1);
    if (layer === undefined) throw new Error('a statement was wanted');
    const repository = await alone(amdAttested, amd);
    const missing = { code: 'BUNDLE_MISSING', message: expect.stringContaining('does not have it') };
    const path = (digest: string, kind: string) => new RegExp(`/${kind}/${digest}`);
    const layerDigest = formatDigest(digestOf(layer.bytes));
    for (const lost of [path(layerDigest, 'blobs'), path(formatDigest(amdAttested.digest), 'manifests')]) {
      await using proxy = await proxying(place.sandbox.registry.host, (url) =>
        lost.test(url) ? { status: 404, body: '' } : undefined,
      );
      const name = repository.replace(place.sandbox.registry.host, new URL(proxy.origin).host);
      expect((await verify(`${name}:v1`)).failure).toMatchObject(missing);
    }
  });
});

describe('an index is refused', () => {
  test('if it marks an image that runtimes select as an attestation manifest', async () => {
    const { amd, amdAttested, arm } = twoPlatforms();
    for (const platform of [platforms[1], undefined]) {
      const marked = { ...attestationEntry(amd), platform };
      const repository = await push(
        index([
          [amd, entry(0)],
          [amdAttested, attestationEntry(amd)],
          [arm, marked],
        ]),
      );
      await sign(repository, amdAttested);
      await expectFailure(repository, 'BUNDLE_MISSING');
    }
  });

  test('if it lists an unsigned image for a platform and for none', async () => {
    const { amd, amdAttested, arm } = twoPlatforms();
    const repository = await push(
      index([
        [amd, entry(0)],
        [amdAttested, attestationEntry(amd)],
        [arm, attestationEntry(amd)],
        [arm, entry(1)],
      ]),
    );
    await sign(repository, amdAttested);
    await expectFailure(repository, 'BUNDLE_MISSING');
  });

  test('if it has no platform', async () => {
    const { amd, amdAttested } = twoPlatforms();
    const repository = await push(index([[amdAttested, attestationEntry(amd)]]));
    await pushBuilt(place.registries, repository, amd);
    await sign(repository, amdAttested);
    await expectFailure(repository, 'BUNDLE_MISSING');
    await expectFailure(repository, 'SUBJECT_MISSING', { platform: 'linux/amd64' });
  });

  test('if it lists an image for another platform than it is for', async () => {
    const { amd, arm, amdAttested, armAttested } = twoPlatforms();
    const repository = await push(
      index([
        [amd, entry(1)],
        [arm, entry(0)],
        [amdAttested, attestationEntry(amd)],
        [armAttested, attestationEntry(arm)],
      ]),
    );
    await sign(repository, amdAttested, armAttested);
    await expectFailure(repository, 'IMAGE_INVALID');
    await expectFailure(repository, 'IMAGE_INVALID', { platform: 'linux/amd64' });
  });

  test('if it has more platforms than are read', async () => {
    const many = Array.from({ length: 201 }, (_, at) => {
      const platform = { os: 'linux', architecture: `cpu${at}` };
      return [image([], platform), { platform }] as const;
    });
    await expectFailure(await push(index(many)), 'LIMIT_EXCEEDED');
  }, 60_000);

  test('if more attestation manifests are listed for an image than are read', async () => {
    const { amd } = twoPlatforms();
    const many = Array.from({ length: 17 }, (_, at) => attestationManifest([{ at }]));
    const listed = many.map((each) => [each, attestationEntry(amd)] as const);
    await expectFailure(await push(index([[amd, entry(0)], ...listed])), 'LIMIT_EXCEEDED');
  });
});

describe('an image on disk', () => {
  /** Writes a layout with the bundles of manifests in it. */
  async function layout(built: BuiltImage, ...signed: readonly BuiltImage[]): Promise<string> {
    const folder = join(place.folder, randomUUID());
    const bundles = await Promise.all(
      signed.map(async (each) => {
        return attachment(each, { content: writeBundle(await signer.sign(each)) });
      }),
    );
    await writeFiles(folder, layoutFiles([[built, {}], ...bundles.map((each) => [each, {}] as const)]));
    return folder;
  }

  test('is verified by what is signed of its platforms', async () => {
    const two = twoPlatforms();
    const both = await layout(indexOf(two), two.amdAttested, two.armAttested);
    expect((await verify(both)).failure).toBeUndefined();
    const one = await layout(indexOf(two), two.amdAttested);
    expect((await verify(one)).failure).toMatchObject({ code: 'BUNDLE_MISSING' });
    expect((await verify(one, { platform: 'linux/amd64' })).failure).toBeUndefined();
    expect((await verify(one, { platform: 'linux/s390x' })).failure).toMatchObject({ code: 'SUBJECT_MISSING' });
  });

  test('is verified by named bundles of its platforms', async () => {
    const two = twoPlatforms();
    const folder = await layout(indexOf(two));
    const path = join(place.folder, 'bundles.jsonl');
    const write = async (...signed: readonly BuiltImage[]): Promise<void> => {
      const lines = await Promise.all(signed.map(async (each) => writeBundle(await signer.sign(each))));
      await files.writeFile(path, lines.map((line) => `${line}\n`).join(''));
    };
    await write(two.amdAttested, two.arm);
    expect((await verify(folder, { bundles: [path] })).failure).toBeUndefined();
    await write(two.amdAttested);
    expect((await verify(folder, { bundles: [path] })).failure).toBeDefined();
  });
});

test('an index without signatures is reported once', async () => {
  const repository = await push(multiPlatform(randomUUID()));
  const { results } = await expectFailure(repository, 'BUNDLE_MISSING');
  expect(results).toHaveLength(1);
  const alone = await expectFailure(repository, 'BUNDLE_MISSING', { platform: 'linux/amd64' });
  expect(alone.results).toHaveLength(1);
});
