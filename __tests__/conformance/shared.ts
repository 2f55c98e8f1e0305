/** The bundles of others that lie beside this project in `../shared`, and what is to come of each. */

import { existsSync, readFileSync } from 'node:fs';
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
  type Verdict,
  verify,
} from '../../src/core/verify/index.ts';

const shared = new URL('../../../shared/', import.meta.url);

/** One verification, all of its files by their paths in `../shared`. */
export interface Case {
  readonly bundle: string | Uint8Array;
  /** A file, or `sha256:…`, `sha384:…`, `sha512:…`; an artifact that is not at hand is an empty one. */
  readonly target?: string | undefined;
  readonly trustedRoot: string;
  readonly identity?: string | undefined;
  readonly issuer?: string | undefined;
  readonly key?: string | undefined;
}

/** Later than every bundle here, so that what comes of them does not depend on when it is asked. */
const now = new Date('2026-11-23T12:00:00Z');

/** The identity and issuer of whatever the public suite signed, where it does not say another. */
export const suiteIdentity =
  'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main';
export const suiteIssuer = 'https://token.actions.githubusercontent.com';
export const publicGoodRoot = 'roots/public-good.trusted_root.json';

/** A folder of `../shared`. A clone without it cannot be tested for conformance: that is said, not passed over. */
export function folder(path: string): URL {
  const url = new URL(`${path}/`, shared);
  if (!existsSync(url)) {
    throw new Error(
      `These tests are about bundles of other clients, which are not part of this repository: put them at ${url.pathname}`,
    );
  }
  return url;
}

export function file(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, shared)));
}

export function fileText(path: string): string {
  return readFileSync(new URL(path, shared), 'utf8');
}

export function exists(path: string): boolean {
  return existsSync(new URL(path, shared));
}

const roots = new Map<string, TrustedRoot>();

function trustedRootAt(path: string): TrustedRoot {
  const root = roots.get(path) ?? readTrustedRoot(file(path));
  roots.set(path, root);
  return root;
}

function artifactAt(target: string | undefined): Artifact {
  if (target === undefined) return artifactOfBytes(new Uint8Array());
  return /^sha(?:256|384|512):/.test(target) ? artifactOfDigest(parseDigest(target)) : artifactOfBytes(file(target));
}

/** Verifies as whoever downloaded the bundle would. */
export async function verifyCase(one: Case, options: PolicyOptions = {}): Promise<Verdict> {
  const trust = trustedRootAt(one.trustedRoot);
  const policy =
    one.key === undefined
      ? exactIdentity(one.identity ?? '', one.issuer ?? '', options)
      : managedKey(readPublicKeyPem(fileText(one.key)), options);
  const bundle = readBundle(typeof one.bundle === 'string' ? file(one.bundle) : one.bundle);
  const artifact = artifactAt(one.target);
  return verify(bundle, artifact, trust, policy, now);
}

/** `accept`, or the code of the refusal. What is no refusal of ours is thrown on. */
export async function outcome(one: Case, options?: PolicyOptions): Promise<string> {
  try {
    await verifyCase(one, options);
    return 'accept';
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
}
