/** Attestation manifests of images, as BuildKit makes them: listed in the index, or attached to the image of a platform. */

import { type Digest, equalDigests, formatDigest } from '../core/crypto/index.ts';
import { fail } from '../core/errors/index.ts';
import type { AttestationManifest } from '../core/verify/index.ts';
import { mapConcurrently } from '../node/index.ts';
import { type Descriptor, emptyMediaType, imageMediaType, readImageManifest } from '../services/registry/index.ts';
import { formatImage, type PlatformImage, type StoredImage } from '../subject/index.ts';
import { type AttachedTo, type AttachmentSource, placeOfList } from './attachment-source.ts';
import { failMissing, orUnread, type UnreadAttachment, unreadPlace } from './attachments.ts';

/** The artifact type of attestation manifests that are attached to an image instead of listed in its index. */
export const attestationManifestType = 'application/vnd.docker.attestation.manifest.v1+json';

const statementLayer = 'application/vnd.in-toto+json';

/** Its type, or one under which registries and layouts list what they do not know the type of. */
const possibleTypes: ReadonlySet<string> = new Set([attestationManifestType, emptyMediaType]);

/** As many as there may be bundles. */
const maxReferrers = 256;
/** BuildKit makes one for each platform; a second one may come from a merge of indexes. */
const maxManifests = 16;
const maxStatements = 64;
/** An SBOM may have 16 MiB. */
const maxStatementLength = 17 * 1024 * 1024;
/** The limit for all statements of a manifest. */
const maxTotalLength = 64 * 1024 * 1024;

/** The attestation manifests of an image. Nothing in them is verified. */
export interface FoundAttestations {
  /** Of different manifests. */
  readonly digests: readonly Digest[];
  /** Lists that cannot be read. */
  readonly unread: readonly UnreadAttachment[];
}

/**
 * Finds the attestation manifests of the image of a platform: those that its index lists, and its referrers.
 *
 * @param source the repository or layout of the image itself
 * @param name the name of the image, for errors
 * @throws CountersignError `LIMIT_EXCEEDED`; those of the source
 */
export async function findAttestationManifests(
  { manifest: { digest }, attestations }: Pick<PlatformImage, 'manifest' | 'attestations'>,
  source: Pick<AttachmentSource, 'findReferrers' | 'getManifest'>,
  name: string,
): Promise<FoundAttestations> {
  const { descriptors, unread } = await source.findReferrers(digest);
  const image = { name, digest };
  const possible = descriptors.filter(({ artifactType = emptyMediaType }) => possibleTypes.has(artifactType));
  if (possible.length > maxReferrers)
    fail('LIMIT_EXCEEDED', `${formatImage(image)} has more than ${maxReferrers} attachments`);
  const checked = await mapConcurrently(possible, async (referrer) => {
    const place = formatImage({ name, digest: referrer.digest });
    return orUnread(place, async () => ((await isAttached(referrer, source, place)) ? [referrer.digest] : []));
  });
  const attached = checked.flatMap((one) => ('failure' in one ? [] : one));
  const digests = [
    ...new Map([...attestations.map((each) => each.digest), ...attached].map((each) => [formatDigest(each), each])),
  ].map(([, each]) => each);
  if (digests.length > maxManifests)
    fail('LIMIT_EXCEEDED', `${formatImage(image)} has more than ${maxManifests} attestation manifests`);
  return {
    digests,
    unread: [
      ...unread.map(({ tag, failure }) => unreadPlace(placeOfList(image, tag), failure)),
      ...checked.flatMap((one) => ('failure' in one ? [one] : [])),
    ],
  };
}

/** Reports whether a referrer is an attestation manifest. Lists need not have its type, and only its manifest tells. */
async function isAttached(
  { digest, artifactType }: Descriptor,
  source: Pick<AttachmentSource, 'getManifest'>,
  place: string,
): Promise<boolean> {
  if (artifactType === attestationManifestType) return true;
  const manifest = (await source.getManifest(digest)) ?? failMissing(place);
  return readImageManifest(manifest.bytes, place).artifactType === attestationManifestType;
}

/** An attestation manifest, as it is stored. */
export interface StoredAttestations extends AttestationManifest, Pick<StoredImage, 'mediaType' | 'size'> {}

/**
 * Reads an attestation manifest, with its statements: each is held to the digest that the manifest names. What is in them is not read.
 *
 * @param manifest the attestation manifest
 * @param image the digest of the image that it is to be about
 * @throws CountersignError `BUNDLE_MISSING` if it or a statement is missing; `ARTIFACT_MISMATCH` if it is attached to another image;
 *   `BUNDLE_INVALID`; `LIMIT_EXCEEDED`; those of the source
 */
export async function readAttestationManifest(
  source: Pick<AttachmentSource, 'getManifest' | 'getBlob'>,
  manifest: AttachedTo,
  image: Digest,
): Promise<StoredAttestations> {
  const place = formatImage(manifest);
  const { mediaType, bytes } = (await source.getManifest(manifest.digest)) ?? failMissing(place);
  if (mediaType !== imageMediaType)
    fail('BUNDLE_INVALID', `the attestation manifest ${place} has the media type ${mediaType}`);
  const { subject, layers } = readImageManifest(bytes, place);
  if (subject !== undefined && !equalDigests(subject.digest, image)) {
    fail(
      'ARTIFACT_MISMATCH',
      `the attestation manifest ${place} is attached to ${formatDigest(subject.digest)}, not ${formatDigest(image)}`,
      {
        remedy:
          'Check that the index lists each attestation manifest for its own image. Otherwise, build the image again.',
      },
    );
  }
  // Layers of other types say nothing of the image.
  const statements = layers.filter((layer) => layer.mediaType === statementLayer);
  const total = statements.reduce((sum, { size }) => sum + size, 0);
  if (
    statements.length > maxStatements ||
    total > maxTotalLength ||
    statements.some(({ size }) => size > maxStatementLength)
  ) {
    fail(
      'LIMIT_EXCEEDED',
      `the attestation manifest ${place} has ${statements.length} statements with ${total} bytes in total; the limits are ${maxStatements} statements, ${maxStatementLength} bytes for each, and ${maxTotalLength} bytes in total`,
    );
  }
  return {
    digest: manifest.digest,
    mediaType,
    size: bytes.length,
    statements: await mapConcurrently(
      statements,
      async ({ digest, size }) =>
        (await source.getBlob(digest, size)) ?? failMissing(`${place}, statement ${formatDigest(digest)}`),
    ),
  };
}
