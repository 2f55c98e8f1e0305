/** Artifacts to verify: a file, a digest, a stream from a pipe, or a container image. */

import { createHash } from 'node:crypto';
import { type Digest, type HashAlgorithm, type SubjectDigest, toDigest } from '../../core/crypto/index.ts';
import { type Artifact, artifactOfDigest, artifactOfRelease } from '../../core/verify/index.ts';
import type { AttachmentSource } from '../../fetch/index.ts';
import type { Platform } from '../../services/registry/index.ts';
import {
  type DigestSubject,
  digestFileWith,
  type FileSubject,
  hashObserver,
  type ImageContent,
  readFileWithin,
} from '../../subject/index.ts';
import type { VerifyPolicy } from '../policy/index.ts';
import type { World } from '../world/index.ts';
import type { BundlePool } from './bundle-pool.ts';

export type Verifiable = LocalVerifiable | VerifiableImage;

export type LocalVerifiable =
  | Pick<FileSubject, 'kind' | 'name' | 'path' | 'identity'>
  | (Pick<DigestSubject, 'kind' | 'name'> & { readonly digest: SubjectDigest })
  | { readonly kind: 'stream'; readonly name: string; readonly content: AsyncIterable<Uint8Array> }
  /** The release that the policy names, as a whole: `owner/name@tag`. */
  | { readonly kind: 'release'; readonly name: string };

export interface VerifiableImage {
  readonly kind: 'image';
  /** The name that was given. */
  readonly name: string;
  /** The platform to verify; if absent, all of them. */
  readonly platform?: Platform | undefined;
  /** Resolves a tag in the registry, once; a digest needs no request. */
  readonly resolve: () => Promise<KnownImage>;
}

export interface KnownImage {
  readonly digest: Digest;
  /** Returns the reference to deploy after verification: `registry/name@sha256:…`; `undefined` for an image on disk. */
  readonly referenceTo: (digest: Digest) => string | undefined;
  /** Fetches the bundles that are attached to it: at least one, or one that cannot be read. */
  readonly attached: () => Promise<BundlePool>;
  /** Fetches the bundles that are attached to a manifest of it, if there are any. */
  readonly attachedTo: (digest: Digest) => Promise<BundlePool>;
  readonly source: ImageSource;
}

/** A repository or layout that contains an image. */
export interface ImageSource extends ImageContent, Pick<AttachmentSource, 'findReferrers'> {
  /** `registry/name`, or the path of the layout. */
  readonly name: string;
}

/** Returns the release that a policy names; `undefined` if it names none. */
export function releaseOf({ content: { release } }: Pick<VerifyPolicy, 'content'>): LocalVerifiable | undefined {
  return release && { kind: 'release', name: `${release.repository}@${release.tag}` };
}

/** The length up to which an artifact is kept in memory in any case: with its bytes, verifying takes a tenth of the time. */
const smallLength = 1024 * 1024;

/** The length up to which an artifact is kept in memory for pure Ed25519 signatures, which are over all of its bytes at once. */
export const maxWholeLength = 64 * 1024 * 1024;

/**
 * Reads an artifact once, as a stream, and returns these digests of it.
 *
 * @param whole whether its bytes are needed too; they are left out where they are more than {@link maxWholeLength}
 * @throws CountersignError `SUBJECT_UNREADABLE`, `SUBJECT_CHANGED`
 */
export async function readArtifact(
  artifact: LocalVerifiable,
  algorithms: readonly HashAlgorithm[],
  whole: boolean,
  { files, onHash }: Pick<World, 'files' | 'onHash'>,
): Promise<Artifact> {
  if (artifact.kind === 'digest') return artifactOfDigest(artifact.digest);
  if (artifact.kind === 'release') return artifactOfRelease();
  if (artifact.kind === 'stream') return readStream(artifact.content, algorithms, whole);
  const bytes = await readFileWithin(files, artifact, whole ? maxWholeLength : smallLength);
  if (bytes === undefined)
    return { digests: await digestFileWith(files, artifact, algorithms, hashObserver(artifact.name, onHash)) };
  return { digests: algorithms.map((algorithm) => toDigest(algorithm, hashOf(algorithm, bytes))), bytes };
}

async function readStream(
  content: AsyncIterable<Uint8Array>,
  algorithms: readonly HashAlgorithm[],
  whole: boolean,
): Promise<Artifact> {
  const hashers = algorithms.map((algorithm) => [algorithm, createHash(algorithm)] as const);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of content) {
    for (const [, hasher] of hashers) hasher.update(chunk);
    length += chunk.length;
    if (whole && length <= maxWholeLength) chunks.push(chunk);
  }
  const digests = hashers.map(([algorithm, hasher]) => toDigest(algorithm, hasher.digest()));
  return whole && length <= maxWholeLength ? { digests, bytes: Buffer.concat(chunks) } : { digests };
}

function hashOf(algorithm: HashAlgorithm, bytes: Uint8Array): Uint8Array {
  return createHash(algorithm).update(bytes).digest();
}
