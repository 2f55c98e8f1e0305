/** Verifies one artifact with its bundle, as a user who downloaded both would. */

import { maxBundleLength } from '../../core/bundle/index.ts';
import type { Digest } from '../../core/crypto/index.ts';
import { fail } from '../../core/errors/index.ts';
import {
  artifactOfDigest,
  type Bundle,
  neededDigests,
  type Policy,
  readBundle,
  type TrustedRoot,
  type Verdict,
  verify,
} from '../../core/verify/index.ts';
import { readRegularFile, utf8Bytes } from '../../node/index.ts';
import { digestFileWith } from '../../subject/index.ts';
import type { World } from '../world/index.ts';

/**
 * Verifies a file, given by its path, or an artifact that is known only by its digest. Opens no socket.
 *
 * @throws CountersignError the verifier's; `SUBJECT_UNREADABLE`; `BUNDLE_MISSING` if there is no bundle to be read
 */
export async function verifyFile(
  file: string | Digest,
  bundlePath: string,
  trust: TrustedRoot,
  policy: Policy,
  { files, clock }: Pick<World, 'files' | 'clock'>,
): Promise<Verdict> {
  const bundle = await readBundleFile(bundlePath, files);
  const artifact =
    typeof file === 'string'
      ? { digests: await digestFileWith(files, { path: file }, neededDigests(bundle, policy)) }
      : artifactOfDigest(file);
  return verify(bundle, artifact, trust, policy, clock());
}

async function readBundleFile(path: string, files: World['files']): Promise<Bundle> {
  const json = await readRegularFile(files, path, maxBundleLength).catch((cause: unknown) =>
    fail('BUNDLE_MISSING', `the bundle ${path} cannot be read`, {
      cause,
      remedy: 'If the bundle is at a different path, specify that path.',
    }),
  );
  return readBundle(utf8Bytes(json, 'BUNDLE_INVALID', `the bundle ${path}`));
}
