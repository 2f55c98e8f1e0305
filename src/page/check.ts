/** Verifies a file or a digest, as the command does. */

import type { HashAlgorithm } from '../core/crypto/index.ts';
import { CountersignError } from '../core/errors/index.ts';
import {
  type Artifact,
  artifactOfBytes,
  type Bundle,
  type Examination,
  examine,
  examineUnderRoots,
  neededDigests,
  needsBytes,
} from '../core/verify/index.ts';
import type { PageRoot } from '../report/index.ts';
import { hashFile, readWhole } from './hash-file.ts';

/** The length up to which a file is kept in memory for pure Ed25519 signatures, as in the command. */
const maxWholeLength = 64 * 1024 * 1024;

/** Examines a bundle for an artifact, under each root until one passes. */
export async function check(
  bundle: Bundle,
  artifact: Artifact,
  roots: readonly PageRoot[],
  now: Date,
): Promise<Examination> {
  const examination = await examineUnderRoots(roots, ({ trust, policy }) =>
    examine(bundle, artifact, trust, policy, now),
  );
  const isTooLong =
    examination.failure?.code === 'SIGNATURE_INVALID' && artifact.bytes === undefined && isPure(bundle, roots);
  return isTooLong ? { ...examination, verdict: undefined, failure: withoutBytes() } : examination;
}

function withoutBytes(): CountersignError {
  return new CountersignError(
    'LIMIT_EXCEEDED',
    `the signature may be over the whole file, which this page reads up to a length of ${maxWholeLength} bytes`,
    { remedy: 'Verify the file with the command.' },
  );
}

/** Reads what the signature needs of a file: its digests, or its bytes. */
export async function artifactOf(
  file: Blob,
  bundle: Bundle,
  roots: readonly PageRoot[],
  onRead: (bytes: number) => void,
  cancellation: AbortSignal,
): Promise<Artifact> {
  if (isPure(bundle, roots) && file.size <= maxWholeLength)
    return artifactOfBytes(await readWhole(file, 'the file', maxWholeLength));
  const algorithms = new Set<HashAlgorithm>(roots.flatMap(({ policy }) => neededDigests(bundle, policy)));
  return { digests: await hashFile(file, [...algorithms], onRead, cancellation) };
}

function isPure(bundle: Bundle, roots: readonly PageRoot[]): boolean {
  return roots.some(({ policy }) => needsBytes(bundle, policy));
}
