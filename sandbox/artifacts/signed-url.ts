/** Shared access signatures like Azure's: each URL permits one operation for a limited time. */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { refuseBlob } from '../http/index.ts';
import { type Sources, secondsAfter, wholeSecond } from '../sources.ts';

/** `cw` permits to create and write, `r` to read. */
export type Permissions = 'cw' | 'r';

export class UrlSigner {
  readonly #sources: Sources;
  readonly #key: Uint8Array;

  constructor(sources: Sources) {
    this.#sources = sources;
    this.#key = sources.random(32);
  }

  /** Signs a URL with its query. The signature has `+`, `/` and `=`, which are percent-encoded. */
  sign(url: URL, permissions: Permissions, lifetimeSeconds: number): string {
    const signed = new URL(url);
    const expiry = wholeSecond(secondsAfter(this.#sources.clock(), lifetimeSeconds));
    signed.searchParams.set('se', expiry.toISOString().replace('.000Z', 'Z'));
    signed.searchParams.set('sp', permissions);
    signed.searchParams.set('spr', 'https,http');
    signed.searchParams.set('sr', 'b');
    signed.searchParams.set('sv', '2026-04-06');
    signed.searchParams.set('sig', this.#signature(signed));
    return signed.href;
  }

  /**
   * Verifies that a URL permits an operation.
   *
   * @throws Refusal `AuthenticationFailed`, `AuthorizationPermissionMismatch`
   */
  demand(url: URL, permissions: Permissions): void {
    const given = Buffer.from(url.searchParams.get('sig') ?? '');
    const right = Buffer.from(this.#signature(url));
    if (given.length !== right.length || !timingSafeEqual(given, right)) {
      refuseBlob('AuthenticationFailed', 'Signature did not match.');
    }
    if (new Date(url.searchParams.get('se') ?? '') < this.#sources.clock()) {
      refuseBlob('AuthenticationFailed', 'Signature not valid in the specified time frame.');
    }
    if (url.searchParams.get('sp') !== permissions) {
      refuseBlob('AuthorizationPermissionMismatch', 'This request is not authorized to perform this operation.');
    }
  }

  /** Signs the path and those parameters that Azure's clients do not add themselves. */
  #signature({ pathname, searchParams }: URL): string {
    const parts = ['rscd', 'rsct', 'se', 'sp', 'spr', 'sr', 'sv'].map((name) => searchParams.get(name) ?? '');
    return createHmac('sha256', this.#key)
      .update([pathname, ...parts].join('\n'))
      .digest('base64');
  }
}
