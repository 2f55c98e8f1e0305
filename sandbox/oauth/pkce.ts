/** Proof Key for Code Exchange (RFC 7636), with SHA-256, which is the only method worth having. */

import { hashOf } from '../pki/index.ts';

/** A SHA-256 in base64url: what a challenge of S256 must look like. */
export function isChallenge(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}

/** Whether the verifier is the one that the challenge was made of (section 4.6). */
export function answers(challenge: string, verifier: string): boolean {
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false;
  return Buffer.from(hashOf('sha256', Buffer.from(verifier))).toString('base64url') === challenge;
}
