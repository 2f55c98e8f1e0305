/** Finds the attestation manifests of an image that is to be signed. */

import { resolve } from 'node:path';
import { formatDigest } from '../../core/crypto/index.ts';
import { fail } from '../../core/errors/index.ts';
import { readAttestedStatements } from '../../core/verify/index.ts';
import {
  type AttachmentSource,
  findAttestationManifests,
  layoutAttachments,
  readAttestationManifest,
} from '../../fetch/index.ts';
import { formatPlatform, type Registries } from '../../services/registry/index.ts';
import {
  type ImageContent,
  type ImageSubject,
  listedAttestations,
  platformImages,
  readDiskImage,
  readImageName,
} from '../../subject/index.ts';
import type { World } from '../world/index.ts';

/**
 * Finds the attestation manifests of an image and of everything below it: those that its indexes list, and those that are attached. All
 * of their statements must be about the image that they belong to.
 *
 * @param workspace the folder that paths are relative to
 * @throws CountersignError `ARTIFACT_MISMATCH` for an attestation manifest of another image; those of {@link platformImages}, of
 *   {@link findAttestationManifests} and of {@link readAttestationManifest}
 */
export async function attestationSubjects(
  image: ImageSubject,
  workspace: string,
  registries: Registries,
  files: World['files'],
): Promise<readonly ImageSubject[]> {
  const { name, digest, origin, stored } = image;
  const source = await sourceOf(image, workspace, registries, files);
  const root =
    (await source.getManifest(digest)) ??
    fail('SUBJECT_MISSING', `${origin} has no manifest, as in archives of \`docker save\` before Docker 25`);
  const found = new Map<string, ImageSubject>();
  for (const each of await platformImages(root, source, origin)) {
    const about = each.manifest.digest;
    const { digests, unread } = await findAttestationManifests(each, source, name);
    const [first] = unread;
    // There may be more, and signing some of them would look as if all were signed.
    if (first !== undefined) throw first.failure;
    for (const attestation of digests) {
      const { mediaType, size, ...manifest } = await readAttestationManifest(
        source,
        { name, digest: attestation },
        about,
      );
      readAttestedStatements(manifest, about);
      found.set(formatDigest(attestation), {
        kind: 'image',
        name,
        digest: attestation,
        origin,
        ...(each.platform !== undefined && { platform: formatPlatform(each.platform) }),
        attests: about,
        stored: stored && { ...stored, tags: [], mediaType, size },
      });
    }
  }
  const stray = listedAttestations(root, origin).find((each) => !found.has(formatDigest(each.digest)));
  if (stray !== undefined)
    fail(
      'ARTIFACT_MISMATCH',
      `${origin}: the attestation manifest ${formatDigest(stray.digest)} is listed for ${JSON.stringify(stray.annotations?.['vnd.docker.reference.digest']?.slice(0, 100) ?? 'nothing')}, which is not an image in this index`,
      {
        remedy: 'Build the image again, or remove the entry from its index.',
      },
    );
  return [...found.values()];
}

type Source = ImageContent & Pick<AttachmentSource, 'findReferrers'>;

async function sourceOf(
  image: ImageSubject,
  workspace: string,
  registries: Registries,
  files: World['files'],
): Promise<Source> {
  if (image.stored !== undefined) return registries(image.stored.repository);
  const name = readImageName(image.origin);
  const path = resolve(workspace, name.kind === 'path' ? name.path : image.origin);
  const saved = await readDiskImage(path, files);
  const { findReferrers } = await layoutAttachments(saved, path);
  return { getManifest: saved.getManifest, getBlob: saved.getBlob, findReferrers };
}
