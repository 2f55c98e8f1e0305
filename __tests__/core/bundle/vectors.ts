import { readFileSync } from 'node:fs';

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
