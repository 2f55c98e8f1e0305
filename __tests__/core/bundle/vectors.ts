import { readFileSync } from 'node:fs';
import type { Bundle, LogEntry, LogInclusion } from '../../../src/core/bundle/index.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);

/** The bundles in fixtures/vectors with a signature over the artifact itself, logged by Rekor v2. */
export const messageBundles = [
  'rekor2-happy-path',
  'rekor2-checkpoint-cosigned',
  'bundle-with-sct-with-extensions',
] as const;

/** Those with a DSSE envelope, logged by Rekor v2 and v1. */
export const envelopeBundles = ['rekor2-dsse-happy-path', 'happy-path-intoto-in-dsse-v3'] as const;

/** Those logged by Rekor v1, of the public-good instance. */
export const oldLogBundles = ['happy-path-v0.3-new-mediaType', 'happy-path-intoto-in-dsse-v3'] as const;

/** A file of the fixtures: what the real services made. */
export function fixture(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, fixtures)));
}

export function fixtureText(path: string): string {
  return readFileSync(new URL(path, fixtures), 'utf8');
}

/** The certificate of a bundle that must have one. */
export function certificateOf({ signer }: Bundle): Uint8Array {
  if (signer.kind !== 'certificate') throw new Error('the bundle has a certificate');
  return signer.certificate;
}

/** The proof of an entry that must have one. */
export function proofOf(entry: LogEntry | undefined): LogInclusion {
  if (entry?.inclusionProof === undefined) throw new Error('the entry has a proof');
  return entry.inclusionProof;
}
