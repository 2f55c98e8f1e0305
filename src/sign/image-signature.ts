/** What a signature on a container image says: that it was signed, and no more. */

import type { JsonObject } from '../core/encoding/index.ts';

/**
 * The claim that `cosign sign` makes, and `cosign verify` looks for. Whoever reads an image's bundles from a registry expects a
 * statement in each, and none that is a bare signature.
 */
export const imageSignature: { readonly predicateType: string; readonly predicate: JsonObject } = {
  predicateType: 'https://sigstore.dev/cosign/sign/v1',
  predicate: {},
};
