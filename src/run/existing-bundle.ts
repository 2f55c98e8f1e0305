/** Bundles of an earlier run over the same subjects: what is signed already and still verifies is not signed again. */

import { maxBundleLength } from '../core/bundle/index.ts';
import { CountersignError } from '../core/errors/index.ts';
import {
  artifactOfDigest,
  type Digest,
  type Policy,
  readBundle,
  type TrustedRoot,
  type Verdict,
  verify,
} from '../core/verify/index.ts';
import { readRegularFile } from '../node/index.ts';
import type { World } from './world.ts';

export interface ExistingBundle {
  readonly path: string;
  readonly artifact: Digest;
  readonly trust: TrustedRoot;
  readonly policy: Policy;
}

/** The verdict on a bundle that is there already; `undefined` if there is none, or none that this run would have made. */
export async function verifyExisting(
  { path, artifact, trust, policy }: ExistingBundle,
  { files, clock }: Pick<World, 'files' | 'clock'>,
): Promise<Verdict | undefined> {
  const json = await readRegularFile(files, path, maxBundleLength).catch(() => undefined);
  if (json === undefined) return undefined;
  try {
    return await verify(readBundle(json), artifactOfDigest(artifact), trust, policy, clock());
  } catch (error) {
    if (error instanceof CountersignError) return undefined;
    throw error;
  }
}
