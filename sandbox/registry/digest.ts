/** Digests (image specification, "Digests") of the algorithms that it registers and the sandbox supports. */

import { encodeHex } from '../../src/core/encoding/index.ts';
import { refuseRegistry } from '../http/index.ts';
import { hashOf } from '../pki/index.ts';

const grammar = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

export function isDigest(text: string): boolean {
  return grammar.test(text);
}

export function demandDigest(text: string | null): string {
  if (text !== null && isDigest(text)) return text;
  return refuseRegistry('DIGEST_INVALID', 'the digest is none, or of an algorithm that is not supported');
}

/** What a registry calls bytes that nobody has named. */
export function canonicalDigest(bytes: Uint8Array): string {
  return `sha256:${encodeHex(hashOf('sha256', bytes))}`;
}

export function demandMatch(digest: string, bytes: Uint8Array): void {
  const right = digest.startsWith('sha512:') ? `sha512:${encodeHex(hashOf('sha512', bytes))}` : canonicalDigest(bytes);
  if (digest !== right) {
    refuseRegistry('DIGEST_INVALID', 'provided digest did not match uploaded content', { detail: { digest } });
  }
}
