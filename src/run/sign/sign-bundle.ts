/**
 * Signs by the one rule for all signatures: check that the bundle can be written; sign; read the bundle's text back as a verifier
 * would; verify it; write it atomically.
 */

import { dirname } from 'node:path';
import { writeBundle } from '../../core/bundle/index.ts';
import { equalBytes } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { type Artifact, type Bundle, readBundle, type Verdict, verify } from '../../core/verify/index.ts';
import { deliverFile, demandDeliverable } from '../../deliver/index.ts';
import type { LogOutage, SignedBundle } from '../../sign/index.ts';
import type { World } from '../world/index.ts';
import type { Signing } from './open-signing.ts';

/** Lends the bytes of an artifact, which are forgotten afterwards. */
export type WithBytes = <Result>(use: (bytes: Uint8Array | undefined) => Promise<Result>) => Promise<Result>;

export interface BundleRequest {
  /** The path of the bundle. */
  readonly path: string;
  /** The artifact that the bundle must verify for. */
  readonly artifact: Artifact;
  /** Lends the artifact's bytes, with which verifying is faster; `undefined` if they cannot be read again. */
  readonly withBytes?: WithBytes | undefined;
  /** Reports whether a bundle signs what was to be signed. */
  readonly isSame: (content: Bundle['content']) => boolean;
  readonly sign: () => Promise<SignedBundle>;
}

/** A bundle that was verified and written. */
export interface WrittenBundle {
  readonly verdict: Verdict;
  /** The outages because of which it lacks log entries, or has entries of another log. */
  readonly outages: readonly LogOutage[];
}

/**
 * Signs, verifies the bundle and writes it. If the bundle could not be written, nothing is signed, as log entries are permanent; if it
 * does not verify, it is not written.
 *
 * @throws CountersignError those of signing, verifying and writing; `ARTIFACT_MISMATCH` for a bundle of something else
 */
export async function signBundle(
  { path, ...request }: BundleRequest,
  signing: BundleSigning & Pick<Signing, 'places'>,
  world: World,
): Promise<WrittenBundle> {
  const { places } = signing;
  await demandDeliverable(world.files, dirname(path), places);
  const { text, ...made } = await makeBundle(request, signing, world);
  await deliverFile(world.files, world.random, path, text, places);
  return made;
}

type BundleSigning = Pick<Signing, 'trust' | 'policy' | 'timestampOnlyPolicy'>;

/** A bundle that was verified, as files have it. */
export interface MadeBundle extends WrittenBundle {
  readonly text: string;
}

/**
 * Signs, and verifies the bundle.
 *
 * @throws CountersignError those of signing and verifying; `ARTIFACT_MISMATCH` for a bundle of something else
 */
export async function makeBundle(
  { artifact, withBytes, isSame, sign }: Omit<BundleRequest, 'path'>,
  { trust, policy, timestampOnlyPolicy }: BundleSigning,
  { clock }: Pick<World, 'clock'>,
): Promise<MadeBundle> {
  const { bundle: signed, outages } = await sign();
  const text = writeBundle(signed);
  const bundle = readBundle(text);
  // A bundle without an entry is verified as verifiers do who accept one; every other bundle as all verifiers do.
  const isUnlogged = outages.some(({ fallback }) => fallback === 'timestamp-only');
  const required = isUnlogged ? timestampOnlyPolicy : policy;
  const verdict = await verifyFast(artifact, withBytes, (one) => verify(bundle, one, trust, required, clock()));
  if (!isSame(bundle.content)) fail('ARTIFACT_MISMATCH', 'the new bundle is for a different subject');
  return { text: `${text}\n`, verdict, outages };
}

/**
 * Verifies with the bytes, which needs no curve arithmetic in JavaScript. If that fails, because the file cannot be read again or has
 * changed since it was hashed, the digest decides.
 */
async function verifyFast(
  artifact: Artifact,
  withBytes: WithBytes | undefined,
  verifyOne: (artifact: Artifact) => Promise<Verdict>,
): Promise<Verdict> {
  const verdict = await withBytes?.(async (bytes) => {
    if (bytes === undefined) return undefined;
    return verifyOne({ ...artifact, bytes }).catch((error: unknown) => {
      if (error instanceof CountersignError) return undefined;
      throw error;
    });
  });
  return verdict ?? verifyOne(artifact);
}

/** Returns the check that a bundle holds this very statement, to the byte. */
export function holdsStatement(statement: Uint8Array): BundleRequest['isSame'] {
  return (content) => content.kind === 'dsse-envelope' && equalBytes(content.payload, statement);
}
