/** Finding and reading attestation manifests: what is too many or too long, or is no attestation manifest. */

import { expect, test } from '@jest/globals';
import { type Digest, equalDigests, formatDigest } from '../../src/core/crypto/index.ts';
import { CountersignError } from '../../src/core/errors/index.ts';
import { attestationManifestType, findAttestationManifests, readAttestationManifest } from '../../src/fetch/index.ts';
import {
  type Descriptor,
  emptyMediaType,
  isManifestMediaType,
  type Manifest,
} from '../../src/services/registry/index.ts';
import {
  attachedAttestation,
  attestationManifest,
  type BuiltImage,
  buildKitStatement,
  digestOf,
  image,
  index,
} from '../kit/image-layout.ts';
import { failure } from '../services/loopback.ts';

function manifestOf({ mediaType, bytes, digest }: BuiltImage): Manifest {
  if (!isManifestMediaType(mediaType)) throw new Error(mediaType);
  return { mediaType, bytes, digest };
}

const app = image();
const name = 'registry.example/app';
const statement = buildKitStatement(app);

/** A source of one manifest and all that it is made of. */
function sourceOf(built: BuiltImage) {
  const blob = (wanted: Digest) => built.blobs.find(({ bytes }) => equalDigests(digestOf(bytes), wanted))?.bytes;
  return {
    getManifest: async () => manifestOf(built),
    getBlob: async (wanted: Digest) => blob(wanted),
  };
}

const read = (built: BuiltImage) =>
  readAttestationManifest(sourceOf(built), { name, digest: built.digest }, app.digest);

/** A source in which these are attached to the image. */
function find(
  descriptors: readonly Descriptor[],
  built: BuiltImage = attachedAttestation(app),
  problem?: CountersignError,
) {
  const unread = problem === undefined ? [] : [{ tag: undefined, failure: problem }];
  const findReferrers = async () => ({ source: 'api', descriptors, unread, isAnswered: true }) as const;
  const part = { manifest: manifestOf(app), attestations: [] };
  return findAttestationManifests(part, { ...sourceOf(built), findReferrers }, name);
}

const referrer = (content: string, artifactType?: string): Descriptor => {
  const { mediaType, bytes } = app;
  const descriptor = { mediaType, digest: digestOf(content), size: bytes.length };
  return artifactType === undefined ? descriptor : { ...descriptor, artifactType };
};

test('statements are read, and layers of other types are not', async () => {
  const other = { mediaType: 'application/octet-stream', digest: formatDigest(app.digest), size: 1 };
  const { layers } = JSON.parse(String(attestationManifest([statement]).bytes));
  const { blobs, ...built } = attestationManifest([statement], { layers: [...layers, other] });
  const whole = { ...built, blobs: [...blobs, ...attestationManifest([statement]).blobs] };
  const { statements } = await read(whole);
  expect(statements.map((bytes) => JSON.parse(String(Buffer.from(bytes))))).toEqual([statement]);
});

test('an index is no attestation manifest', async () => {
  expect(await failure(read(index([[app, {}]])))).toMatchObject({ code: 'BUNDLE_INVALID' });
});

test('statements that are too many or too long are not fetched', async () => {
  const layer = (size: number) => ({
    mediaType: 'application/vnd.in-toto+json',
    digest: formatDigest(app.digest),
    size,
  });
  const limits = [
    Array.from({ length: 65 }, () => layer(1)),
    [layer(17 * 1024 * 1024 + 1)],
    Array.from({ length: 5 }, () => layer(16 * 1024 * 1024)),
  ];
  for (const layers of limits)
    expect(await failure(read(attestationManifest([], { layers })))).toMatchObject({ code: 'LIMIT_EXCEEDED' });
});

test('an attestation manifest is found by its type, which a list may leave to the manifest', async () => {
  const [named, open, unnamed] = [referrer('a', attestationManifestType), referrer('b', emptyMediaType), referrer('c')];
  expect((await find([named, open, unnamed])).digests).toEqual([named.digest, open.digest, unnamed.digest]);
  expect((await find([named, open, unnamed], app)).digests).toEqual([named.digest]);
  expect((await find([referrer('d', 'application/spdx+json')])).digests).toEqual([]);
});

test('what cannot be read is reported, and what is too much is refused', async () => {
  const problem = new CountersignError('SERVICE_REFUSED', 'no');
  expect((await find([], attachedAttestation(app), problem)).unread).toMatchObject([
    { failure: { code: 'ATTACHMENT_UNREADABLE' } },
  ]);
  const many = (length: number, type?: string) => Array.from({ length }, (_, at) => referrer(`${at}`, type));
  expect(await failure(find(many(257), app))).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  expect(await failure(find(many(17, attestationManifestType)))).toMatchObject({ code: 'LIMIT_EXCEEDED' });
});
