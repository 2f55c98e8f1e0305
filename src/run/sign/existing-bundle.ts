/** Bundles of an earlier attempt of this run: a subject that is signed already, by this very job, is not signed again. */

import { dirname } from 'node:path';
import { maxBundleLength } from '../../core/bundle/index.ts';
import { readCertificate } from '../../core/certificate/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import {
  artifactOfDigest,
  type Bundle,
  type Digest,
  readBundle,
  type Verdict,
  verify,
} from '../../core/verify/index.ts';
import { demandConfined } from '../../deliver/index.ts';
import { demandOwnRun } from '../../identity/index.ts';
import { readRegularFile } from '../../node/index.ts';
import type { World } from '../world/index.ts';
import type { Signing } from './open-signing.ts';

export interface ExistingBundle {
  readonly path: string;
  readonly artifact: Digest;
  /** Reports whether the bundle signs what this run would sign, to the byte. */
  readonly isSame: (content: Bundle['content']) => boolean;
}

/**
 * Returns the verdict on a bundle that is there already; `undefined` if there is none, or none that this run would have made. A build
 * step, a commit or a cache may have put it there: it counts only if everything that its certificate shows is this job's.
 *
 * @throws CountersignError `USAGE` if a link leads the path out of the workspace
 */
export async function verifyExisting(
  { path, artifact, isSame }: ExistingBundle,
  { trust, policy, token, places }: Pick<Signing, 'trust' | 'policy' | 'token' | 'places'>,
  { files, clock }: Pick<World, 'files' | 'clock'>,
): Promise<Verdict | undefined> {
  await demandConfined(files, dirname(path), places);
  const json = await readRegularFile(files, path, maxBundleLength).catch(() => undefined);
  if (json === undefined) return undefined;
  try {
    const bundle = readBundle(json);
    if (!isSame(bundle.content)) return undefined;
    const verdict = await verify(bundle, artifactOfDigest(artifact), trust, policy, clock());
    demandOwnRun(certificateOf(bundle), token.certificateClaims);
    return verdict;
  } catch (error) {
    if (error instanceof CountersignError) return undefined;
    throw error;
  }
}

function certificateOf({ signer }: Bundle): ReturnType<typeof readCertificate> {
  return signer.kind === 'certificate'
    ? readCertificate(signer.certificate)
    : fail('IDENTITY_MISMATCH', 'the bundle was signed with a long-lived key');
}
