/** The outcome of a case: what the core says of it. */

import { readFileSync } from 'node:fs';
import {
  type Artifact,
  artifactOfBytes,
  artifactOfDigest,
  CountersignError,
  exactIdentity,
  managedKey,
  type PolicyOptions,
  parseDigest,
  readBundle,
  readPublicKeyPem,
  readTrustedRoot,
  type TrustedRoot,
  verify,
} from '../../../src/core/verify/index.ts';

/** One verification, with the paths of its files. */
export interface Case {
  /** A path, or the bundle itself. */
  readonly bundle: string | Uint8Array;
  /** A path, or `sha256:…`, `sha384:…`, `sha512:…`; an artifact that is not at hand is an empty one. */
  readonly target?: string | undefined;
  readonly trustedRoot: string;
  readonly identity?: string | undefined;
  readonly issuer?: string | undefined;
  readonly key?: string | undefined;
}

/** Later than every bundle here, so that the outcomes do not depend on the time of the test. */
const now = new Date('2026-11-23T12:00:00Z');

const bytesOf = (path: string): Uint8Array => new Uint8Array(readFileSync(path));
const roots = new Map<string, TrustedRoot>();

function trustedRootAt(path: string): TrustedRoot {
  const root = roots.get(path) ?? readTrustedRoot(bytesOf(path));
  roots.set(path, root);
  return root;
}

function artifactAt(target: string | undefined): Artifact {
  if (target === undefined) return artifactOfBytes(new Uint8Array());
  return /^sha(?:256|384|512):/.test(target) ? artifactOfDigest(parseDigest(target)) : artifactOfBytes(bytesOf(target));
}

/** The client specification of Sigstore alone: a bundle of the suite carries the provenance of another repository. */
export const bySpecification: PolicyOptions = { content: { provenance: 'ignore' } };

/** Returns `accept`, or the code of the refusal. Throws other errors on. */
export async function outcome(one: Case, options: PolicyOptions = {}): Promise<string> {
  try {
    const trust = trustedRootAt(one.trustedRoot);
    const policy =
      one.key === undefined
        ? exactIdentity(one.identity ?? '', one.issuer ?? '', options)
        : managedKey(readPublicKeyPem(readFileSync(one.key, 'utf8')), options);
    const bundle = readBundle(typeof one.bundle === 'string' ? bytesOf(one.bundle) : one.bundle);
    await verify(bundle, artifactAt(one.target), trust, policy, now);
    return 'accept';
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
}
